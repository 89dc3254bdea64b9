"""The season of Study-MLOps in 2022, and instants as its members read them off the clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.rules.calendar import Break, Schedule, calendar

SEOUL = ZoneInfo("Asia/Seoul")


def instant_in(zone: str, text: str) -> datetime:
    """The instant at which clocks in a zone read this."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def seoul(text: str) -> datetime:
    """The instant at which clocks in Seoul read this: `2022-04-13 09:00`."""
    return instant_in("Asia/Seoul", text)


def day(text: str) -> date:
    """A day of 2022: `04-13`."""
    return date.fromisoformat(f"2022-{text}")


JANG, KOO, LEE, HAN, MOON = NAMES = ("장서진", "구미진", "이은빈", "한현경", "문수인")
OPENINGS = {
    2: "04-27", 3: "05-04", 4: "05-11", 5: "05-18", 6: "05-25", 7: "06-01",
    8: "06-22", 9: "06-29", 10: "07-06", 11: "07-13", 12: "07-20",
}  # fmt: skip
"""When each week opens, at midnight in Seoul (DESIGN.md's table of the 2022 season)."""

SCHEDULE = Schedule(SEOUL, day("04-06"), 12)
MIDTERM = Break(day("04-13"), day("04-26"), 1)
FINALS = Break(day("06-08"), day("06-21"), 2)
WEEKS = calendar(SCHEDULE, (MIDTERM, FINALS))
WEEK_1, WEEK_2, WEEK_3 = WEEKS[:3]
