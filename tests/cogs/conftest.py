"""The study group that these tests talk with."""

from tests.prepared import empty, english, prepared, study, week_3

__all__ = ["empty", "english", "prepared", "study", "week_3"]
