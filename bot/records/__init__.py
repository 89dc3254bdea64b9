"""A study's record outside the database: the README table, read and edited in place."""
