"""The way to GitHub: what a study publishes there."""
