"""The commands, one file a subject: a file that is here is found."""
