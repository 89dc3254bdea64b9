"""The rules of a study: pure functions of values; nothing here reads a clock or a database."""
