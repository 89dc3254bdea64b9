"""The study group whose pages are looked at."""

from tests.prepared import prepared, study, week_3

__all__ = ["prepared", "study", "week_3"]
