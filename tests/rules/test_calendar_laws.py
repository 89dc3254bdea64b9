"""What holds of every calendar, whatever the zone, the season and its breaks."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import DAY, Break, Schedule, calendar, check_break, earliest_break, instant
from tests.rules.strategies import ZONES, breaks_from, instants_during, seasons, wall_times

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
JUST_BEFORE = (SECOND, HOUR / 2, HOUR)
"""When the clock must not have shown the time yet; clocks are turned back by 30 or 60 minutes."""


def is_first_reading(at: datetime, day: date, wall: time, zone: ZoneInfo) -> bool:
    """Whether the clocks of a zone show this time, or a later one, for the first time."""
    wanted = datetime.combine(day, wall)

    def shows(instant_: datetime) -> datetime:
        return instant_.astimezone(zone).replace(tzinfo=None)

    return shows(at) >= wanted and all(shows(at - ago) < wanted for ago in JUST_BEFORE)


@cache
def days_of_change(zone: ZoneInfo) -> list[date]:
    """The days from 2020 to 2025 on which a zone's clocks are changed."""
    days = [date(2020, 1, 1) + n * DAY for n in range(6 * 365)]
    offsets = [datetime.combine(day, time(12), zone).utcoffset() for day in days]
    return [days[n] for n in range(1, len(days)) if offsets[n] != offsets[n - 1]] or days[:1]


@given(st.sampled_from(ZONES), st.data())
def test_an_instant_is_the_first_at_which_clocks_show_the_wall_time(
    zone: ZoneInfo, data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(days_of_change(zone)) | st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    early = st.integers(0, 4 * 12).map(lambda n: time(n // 12, n % 12 * 5))
    wall = data.draw(early | wall_times)
    assert is_first_reading(instant(day, wall, zone), day, wall, zone)


@given(seasons())
def test_weeks_come_in_order_and_are_numbered_from_1_or_0(
    season: tuple[Schedule, tuple[Break, ...]],
) -> None:
    schedule, breaks = season
    weeks = calendar(schedule, breaks)
    first = 0 if schedule.zero else 1
    assert [week.number for week in weeks] == list(range(first, schedule.weeks + 1))
    assert list(weeks) == sorted(weeks, key=lambda week: week.opens_at)


@given(seasons())
def test_two_weeks_never_run_at_once(season: tuple[Schedule, tuple[Break, ...]]) -> None:
    weeks = calendar(*season)
    assert all(week.opens_at < week.due_at < week.closes_at for week in weeks)
    assert all(before.due_at <= after.opens_at for before, after in pairwise(weeks))


@given(seasons())
def test_no_week_opens_in_a_break(season: tuple[Schedule, tuple[Break, ...]]) -> None:
    schedule, breaks = season
    opening_days = [schedule.day(week.opens_at) for week in calendar(schedule, breaks) if week.number]
    assert not [(day, rest) for day in opening_days for rest in breaks if day in rest]


@given(seasons())
def test_a_week_waits_for_breaks_alone(season: tuple[Schedule, tuple[Break, ...]]) -> None:
    schedule, breaks = season
    weeks = [week for week in calendar(schedule, breaks) if week.number]
    due_days = [schedule.starts, *(schedule.day(week.due_at) for week in weeks)]
    for due_day, week in zip(due_days, weeks, strict=False):
        opens_on = schedule.day(week.opens_at)
        waited = [due_day + timedelta(n) for n in range(0, (opens_on - due_day).days, 7)]
        assert opens_on.weekday() == schedule.starts.weekday()
        assert all(any(day in rest for rest in breaks) for day in waited)


@given(seasons())
def test_a_week_is_due_seven_days_after_it_opens_at_the_due_time(
    season: tuple[Schedule, tuple[Break, ...]],
) -> None:
    schedule, breaks = season
    for week in calendar(schedule, breaks):
        due_day = schedule.day(week.due_at)
        assert is_first_reading(week.due_at, due_day, schedule.due_time, schedule.zone)
        if week.number:
            assert due_day - schedule.day(week.opens_at) == timedelta(days=7)


@given(seasons())
def test_a_week_closes_within_a_day_of_its_due_time_at_the_close_time(
    season: tuple[Schedule, tuple[Break, ...]],
) -> None:
    schedule, breaks = season
    for week in calendar(schedule, breaks):
        assert timedelta(0) < week.closes_at - week.due_at <= DAY + HOUR
        day = schedule.day(week.closes_at)
        assert is_first_reading(week.closes_at, day, schedule.close_time, schedule.zone)


@given(seasons())
def test_a_calendar_of_its_own_weeks_is_itself(season: tuple[Schedule, tuple[Break, ...]]) -> None:
    schedule, breaks = season
    weeks = calendar(schedule, breaks)
    for opened in range(len(weeks) + 1):
        assert calendar(schedule, breaks, weeks[:opened]) == weeks


@given(seasons(), st.data())
def test_a_break_that_may_be_added_moves_what_is_to_come_and_nothing_else(
    season: tuple[Schedule, tuple[Break, ...]], data: st.DataObject
) -> None:
    schedule, _ = season
    before = calendar(schedule)
    now = data.draw(instants_during(before))
    breaks = data.draw(breaks_from(earliest_break(schedule, before, now)))
    for number, new in enumerate(breaks):
        check_break(schedule, before, breaks[:number], new, now)
    opened = [week for week in before if week.opens_at <= now]
    after = calendar(schedule, breaks, opened)
    assert list(after[: len(opened)]) == opened
    assert [week.number for week in after] == [week.number for week in before]
    assert all(new.opens_at >= old.opens_at for old, new in zip(before, after, strict=True))
    opening_days = {schedule.day(week.opens_at) for week in after if week.number}
    assert not [day for day in opening_days if any(day in rest for rest in breaks)]


@given(seasons(), wall_times, st.data())
def test_a_changed_due_time_leaves_no_gap_and_touches_no_open_week(
    season: tuple[Schedule, tuple[Break, ...]], due: time, data: st.DataObject
) -> None:
    schedule, _ = season
    before = calendar(schedule)
    now = data.draw(instants_during(before))
    opened = [week for week in before if week.opens_at <= now]
    after = calendar(replace(schedule, due_time=due), opened=opened)
    assert list(after[: len(opened)]) == opened
    counted = [week for week in after if week.number]
    assert all(old.due_at == new.opens_at for old, new in pairwise(counted))
    for week in after[len(opened) :]:
        day = schedule.day(week.due_at)
        assert is_first_reading(week.due_at, day, due, schedule.zone)
