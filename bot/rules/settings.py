"""What a study may be set to: bounds, and how times and reminders are written."""

import re
from datetime import date, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.rules.calendar import YEARS, years_refused
from bot.rules.refusal import Refused
from bot.rules.timeline import Cutoff, Reminder

WEEKS_AT_MOST = 104
REMINDERS_AT_MOST = 6
SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=6)

REMINDER = re.compile(
    r"(?P<cutoff>due|close|마감|결석)\s*(?P<number>\d{1,3})\s*(?P<unit>m|h|d|분|시간|일)",
    re.IGNORECASE,
)
CUTOFFS = {"due": Cutoff.DUE, "마감": Cutoff.DUE, "close": Cutoff.CLOSE, "결석": Cutoff.CLOSE}
UNITS = {
    "m": timedelta(minutes=1),
    "분": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "시간": timedelta(hours=1),
    "d": timedelta(days=1),
    "일": timedelta(days=1),
}
NONE = frozenset({"none", "없음"})
NO_PLACE = frozenset({"localtime", "Factory"})
"""Zone files that mean whatever a machine is set to, or nothing."""


def zone(name: str) -> ZoneInfo:
    """The IANA time zone of this name; refused where there is none."""
    if name not in zone_names():
        raise Refused("unknown-timezone", name=name)
    return ZoneInfo(name)


@cache
def zone_names() -> frozenset[str]:
    """The IANA names that are known here; finding them reads many files, so it is done once."""
    return frozenset(available_timezones()) - NO_PLACE


def check_season(starts: date, weeks: int) -> None:
    """Refuse a season of no weeks or too many, or outside this century."""
    if not 1 <= weeks <= WEEKS_AT_MOST:
        raise Refused("weeks-out-of-range", most=WEEKS_AT_MOST)
    if starts.year not in YEARS:
        raise years_refused()


def wall_time(text: str) -> time:
    """A time of day written as 00:00 to 23:59; 24:00 is midnight."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text.strip())
    if not found:
        raise Refused("not-a-time", text=text)
    hour, minute = int(found[1]), int(found[2])
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        raise Refused("not-a-time", text=text)
    return time(hour, minute)


def reminders(text: str) -> tuple[Reminder, ...]:
    """Reminders written as `due 24h, due 3h, close 3h` (`마감 24시간, 결석 3시간`), or `none`."""
    if text.strip().lower() in NONE:
        return ()
    parts = [part.strip() for part in text.split(",") if part.strip()]
    chosen = dict.fromkeys(_reminder(part) for part in parts)
    if not 1 <= len(chosen) <= REMINDERS_AT_MOST:
        raise Refused("too-many-reminders", most=REMINDERS_AT_MOST)
    return tuple(sorted(chosen, key=lambda reminder: (reminder.cutoff is Cutoff.CLOSE, -reminder.before)))


def _reminder(text: str) -> Reminder:
    found = REMINDER.fullmatch(text)
    if not found:
        raise Refused("not-a-reminder", text=text)
    before = int(found["number"]) * UNITS[found["unit"].lower()]
    if not SHORTEST <= before <= LONGEST:
        raise Refused("not-a-reminder", text=text)
    return Reminder(CUTOFFS[found["cutoff"].lower()], before)
