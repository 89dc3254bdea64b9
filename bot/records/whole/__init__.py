"""All that a study is, as JSON, and back."""
