"""Times of day as Korean prose writes them."""

import re
from datetime import time

from bot.rules.calendar import MIDNIGHT, NOON

TIME = (
    r"(?:자정|정오|(?:(?:오전|오후|아침|저녁|낮|밤|새벽)\s*)?\d{1,2}\s*시(?:\s*(?:\d{1,2}\s*분|반))?(?:\s*\d{1,2}\s*초)?"
    r"|\d{1,2}:\d{2})"
)
"""A pattern of what `time_of` may be asked about."""

WORDS = {"자정": MIDNIGHT, "정오": NOON}
HOURS = re.compile(
    r"(?P<half>\D*?)\s*(?P<hour>\d{1,2})\s*시\s*(?:(?P<minute>\d{1,2})\s*분|(?P<half_past>반))?.*"
)
MORNING = {hour: hour for hour in range(12)}
AFTERNOON = {hour: hour + 12 for hour in range(1, 12)}
HALVES = {
    "오전": MORNING,
    "새벽": MORNING,
    "아침": MORNING,
    "오후": {12: 12, **AFTERNOON},
    "저녁": AFTERNOON,
    "낮": {12: 12, **{hour: AFTERNOON[hour] for hour in range(1, 6)}},
    "밤": {hour: AFTERNOON[hour] for hour in range(6, 12)},
    "": {0: 0, **{hour: hour for hour in range(13, 24)}},
}
"""Which hours each part of the day holds; 9시 alone may be either, 밤 12시 the day's beginning or its end."""


def time_of(text: str) -> time | None:
    """The time that a phrase names, or nothing where it may mean two."""
    words = text.strip()
    if words in WORDS:
        return WORDS[words]
    if found := HOURS.fullmatch(words):
        hour = HALVES.get(found["half"], {}).get(int(found["hour"]))
        minute = 30 if found["half_past"] else int(found["minute"] or 0)
    else:
        hour, minute = (int(part) for part in words.split(":"))
    return time(hour, minute) if hour is not None and hour < 24 and minute < 60 else None
