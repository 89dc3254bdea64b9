"""The study log: a section a week, as people write it."""
