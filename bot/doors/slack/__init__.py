"""The door on Slack: slash commands, private answers, forms, a Home tab, and the outbox's way out."""
