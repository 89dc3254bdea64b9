"""What a command is, and the message value that replies and announcements share."""
