"""Tables and lists that are a record, in all their shapes, as one kind of sheet."""
