"""Schedules, breaks and instants as Hypothesis draws them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.rules.calendar import DAY, Break, Schedule, Week

ZONES = tuple(
    ZoneInfo(name)
    for name in (
        "Asia/Seoul",
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/Santiago",  # midnight itself is skipped
        "Australia/Lord_Howe",  # half an hour is skipped
        "Asia/Kathmandu",
        "Pacific/Honolulu",
    )
)
zones = st.sampled_from(ZONES)
COMMON = [time(0), time(2), time(2, 30), time(12), time(22), time(23, 59)]


def _on_the_clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


wall_times = st.sampled_from(COMMON) | st.integers(0, 1439).map(_on_the_clock)
days = st.dates(date(2015, 1, 1), date(2045, 1, 1))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """A season of 1 to 30 weeks, at times with a week 0 in the days before its start."""
    starts = draw(days)
    zero = draw(st.none() | st.integers(1, 20).map(lambda n: (starts - n * DAY, starts)))
    return Schedule(
        zone=draw(zones),
        starts=starts,
        weeks=draw(st.integers(1, 30)),
        due_time=draw(wall_times),
        close_time=draw(wall_times),
        zero=zero,
    )


@st.composite
def breaks_from(draw: st.DrawFn, day: date) -> tuple[Break, ...]:
    """Up to five breaks, none of which share a day, the first on or after this day."""
    found = []
    gaps = st.tuples(st.integers(0, 60), st.integers(0, 30))
    for number, (gap, length) in enumerate(draw(st.lists(gaps, max_size=5)), start=1):
        found.append(Break(day + gap * DAY, day + (gap + length) * DAY, number))
        day = found[-1].last + DAY
    return tuple(found)


@st.composite
def seasons(draw: st.DrawFn) -> tuple[Schedule, tuple[Break, ...]]:
    """A schedule and its breaks."""
    schedule = draw(schedules())
    return schedule, draw(breaks_from(schedule.starts - 14 * DAY))


@st.composite
def instants_during(draw: st.DrawFn, weeks: tuple[Week, ...]) -> datetime:
    """An instant of a season: now and then exactly a cutoff, else any from a week before it on."""
    cutoffs = [at for week in weeks for at in (week.opens_at, week.due_at, week.closes_at)]
    first, last = min(cutoffs), max(cutoffs)
    seconds = st.integers(-7 * 86_400, int((last - first).total_seconds()) + 7 * 86_400)
    return draw(st.sampled_from(cutoffs) | seconds.map(lambda n: first + timedelta(seconds=n)))
