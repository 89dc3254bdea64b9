"""What happens by itself, when, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import Break, Schedule, Week, calendar
from bot.rules.timeline import (
    DEFAULT_REMINDERS,
    GRACE,
    Cutoff,
    Instant,
    Kind,
    Moment,
    Reminder,
    instants,
    moments,
    settlements,
)
from tests.rules.season_2022 import FINALS, MIDTERM, SEOUL, WEEK_1, WEEK_2, WEEKS, day, seoul
from tests.rules.strategies import instants_during, seasons

CLOSED, DUE, OPENED, REMINDER = Kind.CLOSED, Kind.DUE, Kind.OPENED, Kind.REMINDER
START = seoul("2022-04-06 00:00")


def timeline(
    founded: str | datetime = START,
    *,
    weeks: Sequence[Week] = WEEKS,
    breaks: Sequence[Break] = (MIDTERM, FINALS),
    reminders: Sequence[Reminder] = DEFAULT_REMINDERS,
) -> tuple[Moment, ...]:
    """The moments of the season of 2022, or of a variation on it."""
    founded_at = seoul(founded) if isinstance(founded, str) else founded
    return moments(weeks, breaks, reminders, SEOUL, founded_at)


def told(found: Sequence[Moment]) -> list[tuple[str, Kind, int | None, str]]:
    """Moments as one would tell them: month, day and time in Seoul, what, which week, which."""
    return [(f"{m.at.astimezone(SEOUL):%m-%d %H:%M}", m.kind, m.week, m.subject) for m in found]


def test_the_first_weeks_of_2022_go_like_this() -> None:
    assert told(timeline())[:17] == [
        ("04-06 00:00", OPENED, 1, ""),
        ("04-12 00:00", REMINDER, 1, "due-1440"),
        ("04-12 21:00", REMINDER, 1, "due-180"),
        ("04-13 00:00", DUE, 1, ""),
        ("04-13 00:00", Kind.BREAK_BEGINS, None, "1"),
        ("04-13 09:00", REMINDER, 1, "close-180"),
        ("04-13 12:00", CLOSED, 1, ""),
        ("04-27 00:00", Kind.BREAK_ENDS, None, "1"),
        ("04-27 00:00", OPENED, 2, ""),
        ("05-03 00:00", REMINDER, 2, "due-1440"),
        ("05-03 21:00", REMINDER, 2, "due-180"),
        ("05-04 00:00", DUE, 2, ""),
        ("05-04 00:00", OPENED, 3, ""),
        ("05-04 09:00", REMINDER, 2, "close-180"),
        ("05-04 12:00", CLOSED, 2, ""),
        ("05-10 00:00", REMINDER, 3, "due-1440"),
        ("05-10 21:00", REMINDER, 3, "due-180"),
    ]


def test_the_season_ends_with_its_last_close() -> None:
    assert told(timeline())[-1] == ("07-27 12:00", CLOSED, 12, "")


def test_each_month_is_settled_on_the_1st_and_the_last_one_at_the_last_close() -> None:
    found = settlements([week.closes_at for week in WEEKS], SEOUL)
    assert [(f"{month:%m}", f"{at.astimezone(SEOUL):%m-%d %H:%M}") for month, at in found] == [
        ("04", "05-01 09:00"),
        ("05", "06-01 09:00"),
        ("06", "07-01 09:00"),
        ("07", "07-27 12:00"),
    ]


def test_at_one_instant_it_is_close_due_break_ends_break_begins_opening_reminder() -> None:
    at = seoul("2022-04-13 00:00")
    weeks = (
        Week(1, at - timedelta(days=8), at - timedelta(days=1), closes_at=at),
        Week(2, at - timedelta(days=7), due_at=at, closes_at=at + timedelta(hours=12)),
        Week(3, at, at + timedelta(days=7), at + timedelta(days=8)),
    )
    breaks = (Break(day("04-13"), day("04-14"), 7), Break(day("04-10"), day("04-12"), 8))
    half_a_day = Reminder(Cutoff.CLOSE, timedelta(hours=12))
    found = timeline(START - timedelta(days=9), weeks=weeks, breaks=breaks, reminders=[half_a_day])
    assert [(m.kind, m.week, m.subject) for m in found if m.at == at] == [
        (CLOSED, 1, ""),
        (DUE, 2, ""),
        (Kind.BREAK_ENDS, None, "8"),
        (Kind.BREAK_BEGINS, None, "7"),
        (OPENED, 3, ""),
        (REMINDER, 2, "close-720"),
    ]


class TestFoundedMidWeek:
    def test_the_running_week_is_opened_late_and_what_passed_is_left_out(self) -> None:
        assert told(timeline("2022-04-12 10:00"))[:3] == [
            ("04-06 00:00", OPENED, 1, ""),
            ("04-12 21:00", REMINDER, 1, "due-180"),
            ("04-13 00:00", DUE, 1, ""),
        ]

    def test_a_moment_at_the_instant_of_the_founding_happens(self) -> None:
        assert told(timeline("2022-04-12 21:00"))[1] == ("04-12 21:00", REMINDER, 1, "due-180")

    @pytest.mark.parametrize("founded", ["2022-04-13 00:00", "2022-04-13 09:00"])
    def test_a_week_that_is_due_already_is_for_the_record_only(self, founded: str) -> None:
        found = timeline(founded)
        assert not [moment for moment in found if moment.week == 1]
        assert OPENED in {moment.kind for moment in found if moment.week == 2}

    def test_a_break_under_way_only_ends(self) -> None:
        kinds = [m.kind for m in timeline("2022-04-20 09:00") if m.subject == "1"]
        assert kinds == [Kind.BREAK_ENDS]

    def test_a_break_that_begins_at_the_instant_of_the_founding_begins(self) -> None:
        kinds = [m.kind for m in timeline("2022-04-13 00:00") if m.subject == "1"]
        assert kinds == [Kind.BREAK_BEGINS, Kind.BREAK_ENDS]

    def test_a_study_founded_after_its_season_has_no_moments(self) -> None:
        assert timeline("2022-07-27 12:00") == ()


class TestReminders:
    def test_without_any_a_week_has_three_moments(self) -> None:
        found = timeline(weeks=[WEEK_1], breaks=(), reminders=())
        assert [moment.kind for moment in found] == [OPENED, DUE, CLOSED]

    def test_one_that_would_come_before_the_opening_is_left_out(self) -> None:
        short = replace(WEEK_2, opens_at=WEEK_2.due_at - timedelta(hours=24))
        subjects = [m.subject for m in timeline(weeks=[short], breaks=()) if m.subject]
        assert subjects == ["due-180", "close-180"]

    @pytest.mark.parametrize(
        ("reminder", "at"),
        [
            (Reminder(Cutoff.DUE, timedelta(minutes=10)), "2022-04-12 23:50"),
            (Reminder(Cutoff.CLOSE, timedelta(minutes=10)), "2022-04-13 11:50"),
            (Reminder(Cutoff.CLOSE, timedelta(hours=13)), "2022-04-12 23:00"),
        ],
    )
    def test_they_are_counted_from_their_cutoff(self, reminder: Reminder, at: str) -> None:
        found = timeline(weeks=[WEEK_1], breaks=(), reminders=[reminder])
        assert [m.at for m in found if m.kind is REMINDER] == [seoul(at)]
        assert reminder.at(WEEK_1) == seoul(at)

    @given(st.sampled_from(Cutoff), st.integers(1, 9_000))
    def test_a_subject_can_be_read_back(self, cutoff: Cutoff, minutes: int) -> None:
        reminder = Reminder(cutoff, timedelta(minutes=minutes))
        assert Reminder.of(reminder.subject) == reminder

    def test_the_usual_ones_are_a_day_and_three_hours_before(self) -> None:
        subjects = [reminder.subject for reminder in DEFAULT_REMINDERS]
        assert subjects == ["due-1440", "due-180", "close-180"]


class TestRevisions:
    def test_moved_cutoffs_and_their_reminders_are_new_but_the_opening_is_not(self) -> None:
        later = timedelta(days=1)
        extended = Week(1, WEEK_1.opens_at, WEEK_1.due_at + later, WEEK_1.closes_at + later, revision=1)
        done = [moment.key for moment in timeline(weeks=[WEEK_1], breaks=())]
        left = instants(timeline(weeks=[extended], breaks=()), done)
        assert told([moment for instant in left for moment in instant.moments]) == [
            ("04-13 00:00", REMINDER, 1, "due-1440"),
            ("04-13 21:00", REMINDER, 1, "due-180"),
            ("04-14 00:00", DUE, 1, ""),
            ("04-14 09:00", REMINDER, 1, "close-180"),
            ("04-14 12:00", CLOSED, 1, ""),
        ]


def run_at(at: str) -> datetime:
    """When what is meant for an instant of 2022 is run."""
    return next(x.run_at for x in instants(timeline(), ()) if x.at == seoul(at))


class TestGrace:
    @pytest.mark.parametrize("cutoff", ["2022-04-13 00:00", "2022-04-13 12:00", "2022-05-04 00:00"])
    def test_a_cutoff_and_all_of_its_instant_run_ten_seconds_after_it(self, cutoff: str) -> None:
        assert run_at(cutoff) == seoul(cutoff) + timedelta(seconds=10)

    @pytest.mark.parametrize(
        "at", ["2022-04-06 00:00", "2022-04-12 21:00", "2022-04-13 09:00", "2022-04-27 00:00"]
    )
    def test_everything_else_runs_on_time(self, at: str) -> None:
        assert run_at(at) == seoul(at)


class TestInstants:
    def test_what_happens_at_one_instant_stays_together(self) -> None:
        together = instants(timeline(), ())[3]
        assert together.at == seoul("2022-04-13 00:00")
        assert [moment.kind for moment in together.moments] == [DUE, Kind.BREAK_BEGINS]

    def test_what_is_done_is_left_out(self) -> None:
        found = timeline()
        done = [moment.key for moment in found[:4]]
        left = instants(found, done)
        assert left[0] == Instant(seoul("2022-04-13 00:00"), found[4:5])
        assert left[0].run_at == seoul("2022-04-13 00:00")

    def test_with_everything_done_nothing_is_left(self) -> None:
        assert instants(timeline(), [moment.key for moment in timeline()]) == []

    def test_keys_are_plain_values_as_rows_hold_them(self) -> None:
        at = datetime(2022, 4, 13, tzinfo=UTC)
        rows = [
            *(("due", 3, "", 2), ("closed", 3, "", 0), ("opened", 4, "", 0), ("reminder", 4, "due-180", 0)),
            *(("break_begins", -1, "7", 0), ("break_ends", -1, "7", 0)),
        ]
        found = [
            *(Moment(at, DUE, 3, "", 2), Moment(at, CLOSED, 3), Moment(at, OPENED, 4)),
            Moment(at, REMINDER, 4, "due-180"),
            *(Moment(at, kind, subject="7") for kind in (Kind.BREAK_BEGINS, Kind.BREAK_ENDS)),
        ]
        assert [moment.key for moment in found] == rows
        assert instants(found, rows) == []


@given(seasons(), st.data())
def test_moments_come_in_order_and_each_is_unique(
    season: tuple[Schedule, tuple[Break, ...]], data: st.DataObject
) -> None:
    schedule, breaks = season
    weeks = calendar(schedule, breaks)
    founded = data.draw(instants_during(weeks))
    found = moments(weeks, breaks, DEFAULT_REMINDERS, schedule.zone, founded)
    assert all(before.at <= after.at for before, after in pairwise(found))
    assert len({moment.key for moment in found}) == len(found)
    for kind in (OPENED, DUE, CLOSED):
        numbers = [moment.week for moment in found if moment.kind is kind]
        assert numbers == [week.number for week in weeks if founded < week.due_at]
    early = [moment for moment in found if moment.at < founded]
    assert {moment.kind for moment in early} <= {OPENED}
    runs = [instant.run_at for instant in instants(found, ())]
    assert all(before + GRACE <= after for before, after in pairwise(runs))
