"""What happens by itself: studies advance when their next moment comes, and messages go out."""
