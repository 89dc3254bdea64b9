"""The door on Discord: application commands, private answers, and a channel that the outbox writes to."""
