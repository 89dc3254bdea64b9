"""Cutoffs keep their wall time where the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendar import Schedule, Week, calendar, instant
from tests.rules.season_2022 import instant_in

BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"


def utc(text: str) -> datetime:
    """An instant by its UTC reading."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "first"),
    [
        (BERLIN, "2022-03-27 02:00", "2022-03-27 01:00"),
        (BERLIN, "2022-03-27 02:30", "2022-03-27 01:00"),
        (BERLIN, "2022-03-27 02:59", "2022-03-27 01:00"),
        (NEW_YORK, "2022-03-13 02:30", "2022-03-13 07:00"),
        (LORD_HOWE, "2022-10-02 02:15", "2022-10-01 15:30"),  # half an hour is skipped there
        ("America/Santiago", "2022-09-11 00:00", "2022-09-11 04:00"),  # no midnight on that day
        ("America/Nuuk", "2025-03-29 23:30", "2025-03-30 01:00"),  # it is the day after, then
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),  # a day that did not exist
    ],
)
def test_a_skipped_wall_time_is_the_first_instant_that_exists(zone: str, wall: str, first: str) -> None:
    local = datetime.fromisoformat(wall)
    assert instant(local.date(), local.time(), ZoneInfo(zone)) == utc(first)


@pytest.mark.parametrize(
    ("zone", "wall", "first"),
    [
        (BERLIN, "2022-10-30 02:00", "2022-10-30 00:00"),
        (BERLIN, "2022-10-30 02:30", "2022-10-30 00:30"),
        (NEW_YORK, "2022-11-06 01:30", "2022-11-06 05:30"),
        (LORD_HOWE, "2022-04-03 01:45", "2022-04-02 14:45"),
        ("America/Havana", "2022-11-06 00:00", "2022-11-06 04:00"),
    ],
)
def test_of_a_repeated_wall_time_the_first_counts(zone: str, wall: str, first: str) -> None:
    local = datetime.fromisoformat(wall)
    assert instant(local.date(), local.time(), ZoneInfo(zone)) == utc(first)


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        (BERLIN, "2022-03-27 01:59", "2022-03-27 00:59"),
        (BERLIN, "2022-03-27 03:00", "2022-03-27 01:00"),
        (BERLIN, "2022-10-30 03:00", "2022-10-30 02:00"),
        (LORD_HOWE, "2022-10-02 02:30", "2022-10-01 15:30"),
        (LORD_HOWE, "2022-04-03 02:00", "2022-04-02 15:30"),
    ],
)
def test_wall_times_beside_a_change_are_themselves(zone: str, wall: str, expected: str) -> None:
    local = datetime.fromisoformat(wall)
    assert instant(local.date(), local.time(), ZoneInfo(zone)) == utc(expected)


@pytest.mark.parametrize(
    ("zone", "starts", "hours_of_change"),
    [
        (BERLIN, date(2022, 3, 16), -1),
        (BERLIN, date(2022, 10, 19), 1),
        (NEW_YORK, date(2022, 3, 2), -1),
        (NEW_YORK, date(2022, 10, 26), 1),
        (LORD_HOWE, date(2022, 9, 21), -0.5),
        (LORD_HOWE, date(2022, 3, 23), 0.5),
    ],
)
def test_cutoffs_keep_their_wall_time_over_a_change(zone: str, starts: date, hours_of_change: float) -> None:
    weeks = calendar(Schedule(ZoneInfo(zone), starts, 3))
    local = [(at.astimezone(ZoneInfo(zone))) for week in weeks for at in (week.opens_at, week.due_at)]
    assert {at.time() for at in local} == {time(0)}
    assert {week.closes_at.astimezone(ZoneInfo(zone)).time() for week in weeks} == {time(12)}
    lengths = {week.due_at - week.opens_at for week in weeks}
    assert lengths == {timedelta(days=7), timedelta(days=7, hours=hours_of_change)}


def sundays(zone: str, starts: date, due: time, close: time = time(12)) -> tuple[Week, ...]:
    """Two weeks that are due on Sundays, the first on the one on which clocks change."""
    return calendar(Schedule(ZoneInfo(zone), starts, 2, due, close))


def test_a_week_due_at_a_skipped_time_is_due_at_the_first_instant_after_it() -> None:
    first, second = sundays(BERLIN, date(2022, 3, 20), time(2, 30))
    assert first.due_at == second.opens_at == utc("2022-03-27 01:00")
    assert second.due_at == instant_in(BERLIN, "2022-04-03 02:30")


def test_a_week_due_at_a_repeated_time_is_due_the_first_time() -> None:
    first, second = sundays(NEW_YORK, date(2022, 10, 30), time(1, 30))
    assert first.due_at == second.opens_at == utc("2022-11-06 05:30")


def test_a_skipped_close_time_moves_too() -> None:
    first, _ = sundays(BERLIN, date(2022, 3, 20), time(0), close=time(2, 30))
    assert first.closes_at == utc("2022-03-27 01:00")


def test_cutoffs_that_fall_together_in_a_skipped_hour_leave_a_day_between_them() -> None:
    first, _ = sundays(BERLIN, date(2022, 3, 20), time(2, 15), close=time(2, 45))
    assert first.due_at == utc("2022-03-27 01:00")
    assert first.closes_at == instant_in(BERLIN, "2022-03-28 02:45")


def test_where_the_skipped_due_time_ends_on_the_next_day_the_weekday_stays() -> None:
    nuuk = "America/Nuuk"
    weeks = calendar(Schedule(ZoneInfo(nuuk), date(2025, 3, 22), 3, time(23, 30)))
    assert [week.due_at for week in weeks] == [
        instant_in(nuuk, "2025-03-30 00:00"),
        instant_in(nuuk, "2025-04-05 23:30"),
        instant_in(nuuk, "2025-04-12 23:30"),
    ]
    assert weeks[1].opens_at == weeks[0].due_at


def test_where_the_due_day_itself_is_skipped_the_weekday_stays() -> None:
    apia = "Pacific/Apia"
    weeks = calendar(Schedule(ZoneInfo(apia), date(2011, 12, 23), 2))
    assert [week.due_at for week in weeks] == [
        instant_in(apia, "2011-12-31 00:00"),
        instant_in(apia, "2012-01-06 00:00"),
    ]
