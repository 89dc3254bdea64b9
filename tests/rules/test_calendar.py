"""When weeks open, are due and close."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta

import pytest

from bot.rules.calendar import Break, Schedule, Week, calendar
from tests.rules.season_2022 import FINALS, MIDTERM, SCHEDULE, SEOUL, WEEK_1, WEEKS, day, seoul

TABLE_OF_THE_DESIGN = [
    (1, "04-06", "04-13"),
    (2, "04-27", "05-04"),
    (3, "05-04", "05-11"),
    (4, "05-11", "05-18"),
    (5, "05-18", "05-25"),
    (6, "05-25", "06-01"),
    (7, "06-01", "06-08"),
    (8, "06-22", "06-29"),
    (9, "06-29", "07-06"),
    (10, "07-06", "07-13"),
    (11, "07-13", "07-20"),
    (12, "07-20", "07-27"),
]


@pytest.mark.parametrize(("number", "opens", "due"), TABLE_OF_THE_DESIGN)
def test_the_season_of_2022_is_the_one_its_repository_tells(number: int, opens: str, due: str) -> None:
    assert WEEKS[number - 1] == Week(
        number,
        opens_at=seoul(f"2022-{opens} 00:00"),
        due_at=seoul(f"2022-{due} 00:00"),
        closes_at=seoul(f"2022-{due} 12:00"),
    )


def test_the_season_of_2022_has_twelve_weeks() -> None:
    assert [week.number for week in WEEKS] == list(range(1, 13))


def test_weeks_begin_unrevised() -> None:
    assert {week.revision for week in WEEKS} == {0}


def test_instants_are_in_utc() -> None:
    assert {at.tzinfo for week in WEEKS for at in (week.opens_at, week.due_at, week.closes_at)} == {UTC}


def test_week_1_closes_at_noon_inside_the_break() -> None:
    assert WEEK_1.closes_at == seoul("2022-04-13 12:00")
    assert SCHEDULE.day(WEEK_1.closes_at) in MIDTERM


def test_without_a_break_a_week_opens_at_the_instant_the_one_before_is_due() -> None:
    weeks = calendar(SCHEDULE)
    assert [week.opens_at for week in weeks[1:]] == [week.due_at for week in weeks[:-1]]


def test_a_season_that_starts_in_a_break_opens_on_the_first_study_weekday_after_it() -> None:
    weeks = calendar(SCHEDULE, [Break(day("04-01"), day("04-13"))])
    assert weeks[0].opens_at == seoul("2022-04-20 00:00")


@pytest.mark.parametrize(
    ("first", "last"),
    [("04-14", "04-19"), ("04-07", "04-12"), ("03-01", "04-05"), ("06-30", "12-31")],
)
def test_a_break_that_covers_no_opening_day_moves_nothing(first: str, last: str) -> None:
    plain = calendar(SCHEDULE)
    assert plain[-1].opens_at == seoul("2022-06-22 00:00")
    assert calendar(SCHEDULE, [Break(day(first), day(last))]) == plain


@pytest.mark.parametrize(("first", "last"), [("04-13", "04-13"), ("04-07", "04-13")])
def test_a_break_of_one_opening_day_moves_the_rest_by_a_week(first: str, last: str) -> None:
    plain = calendar(SCHEDULE)
    moved = calendar(SCHEDULE, [Break(day(first), day(last))])
    assert moved[0] == plain[0]
    assert [week.opens_at for week in moved[1:]] == [week.opens_at + timedelta(days=7) for week in plain[1:]]


def test_breaks_side_by_side_are_like_one() -> None:
    halves = (Break(day("04-13"), day("04-19")), Break(day("04-20"), day("04-26")), FINALS)
    assert calendar(SCHEDULE, halves) == WEEKS


def test_the_order_in_which_breaks_are_given_says_nothing() -> None:
    assert calendar(SCHEDULE, (FINALS, MIDTERM)) == WEEKS


class TestWeekZero:
    schedule = Schedule(SEOUL, date(2024, 1, 3), 2, zero=(date(2023, 12, 29), date(2024, 1, 3)))

    def test_it_has_dates_of_its_own(self) -> None:
        zero, first, _ = calendar(self.schedule)
        assert zero == Week(
            0,
            opens_at=seoul("2023-12-29 00:00"),
            due_at=seoul("2024-01-03 00:00"),
            closes_at=seoul("2024-01-03 12:00"),
        )
        assert (first.number, first.opens_at) == (1, seoul("2024-01-03 00:00"))

    def test_week_1_opens_on_its_own_day_however_early_week_0_is_due(self) -> None:
        early = replace(self.schedule, zero=(date(2023, 12, 20), date(2023, 12, 22)))
        zero, first, second = calendar(early)
        assert zero.due_at == seoul("2023-12-22 00:00")
        assert first.opens_at == seoul("2024-01-03 00:00")
        assert second.opens_at == first.due_at == seoul("2024-01-10 00:00")

    def test_a_break_does_not_move_it(self) -> None:
        zero, first, _ = calendar(self.schedule, [Break(date(2023, 12, 25), date(2024, 1, 3))])
        assert zero.opens_at == seoul("2023-12-29 00:00")
        assert first.opens_at == seoul("2024-01-10 00:00")

    def test_once_opened_it_keeps_its_dates(self) -> None:
        opened = calendar(self.schedule)[:1]
        later = replace(self.schedule, due_time=time(22))
        assert calendar(later, opened=opened)[0] == opened[0]


class TestClose:
    """The first close time strictly after the due instant."""

    @pytest.mark.parametrize(
        ("due", "close", "closes"),
        [
            (time(0), time(12), "2022-04-13 12:00"),
            (time(22), time(12), "2022-04-14 12:00"),
            (time(12), time(12), "2022-04-14 12:00"),
            (time(11, 59), time(12), "2022-04-13 12:00"),
            (time(12, 1), time(12), "2022-04-14 12:00"),
            (time(0), time(0), "2022-04-14 00:00"),
            (time(23, 59), time(0), "2022-04-14 00:00"),
        ],
    )
    def test_it_is_strictly_after_the_due_time(self, due: time, close: time, closes: str) -> None:
        week = calendar(replace(SCHEDULE, due_time=due, close_time=close))[0]
        assert week.closes_at == seoul(closes)


class TestChangedDueTime:
    """It counts for weeks not yet open; in these tests weeks 1 to 3 have opened."""

    opened = WEEKS[:3]

    def changed(self, due: time) -> tuple[Week, ...]:
        return calendar(replace(SCHEDULE, due_time=due), (MIDTERM, FINALS), self.opened)

    @pytest.mark.parametrize("due", [time(22), time(6), time(0)])
    def test_opened_weeks_keep_their_cutoffs(self, due: time) -> None:
        assert self.changed(due)[:3] == self.opened

    def test_the_next_week_opens_when_the_one_before_is_due_and_is_due_at_the_new_time(
        self,
    ) -> None:
        fourth, fifth = self.changed(time(22))[3:5]
        assert fourth.opens_at == seoul("2022-05-11 00:00")
        assert fourth.due_at == seoul("2022-05-18 22:00")
        assert fourth.closes_at == seoul("2022-05-19 12:00")
        assert fifth.opens_at == seoul("2022-05-18 22:00")

    def test_a_week_after_a_break_opens_at_the_new_time(self) -> None:
        eighth = self.changed(time(22))[7]
        assert (eighth.number, eighth.opens_at) == (8, seoul("2022-06-22 22:00"))

    def test_an_earlier_due_time_makes_the_next_week_shorter(self) -> None:
        late = replace(SCHEDULE, due_time=time(22))
        opened = calendar(late)[:1]
        second = calendar(SCHEDULE, opened=opened)[1]
        assert second.opens_at == opened[0].due_at == seoul("2022-04-13 22:00")
        assert second.due_at == seoul("2022-04-20 00:00")


class TestOpenedWeeks:
    def test_they_never_move_whatever_breaks_are_added(self) -> None:
        everything = Break(day("01-01"), day("12-31"))
        moved = calendar(SCHEDULE, [everything], WEEKS[:5])
        assert moved[:5] == WEEKS[:5]
        assert moved[5].opens_at == seoul("2023-01-04 00:00")

    def test_numbers_stay_when_a_break_is_added_later(self) -> None:
        moved = calendar(SCHEDULE, (MIDTERM, FINALS, Break(day("05-18"), day("05-24"))), WEEKS[:4])
        assert [week.number for week in moved] == list(range(1, 13))
        assert moved[4].opens_at == seoul("2022-05-25 00:00")

    def test_they_keep_their_revision(self) -> None:
        extended = replace(WEEK_1, revision=3)
        assert calendar(SCHEDULE, (), [extended])[0].revision == 3


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2022-04-05 23:59:59.999", False),
        ("2022-04-06 00:00", True),
        ("2022-04-13 00:00", True),
        ("2022-04-13 11:59:59.999", True),
        ("2022-04-13 12:00", False),
    ],
)
def test_a_week_is_open_from_its_opening_until_just_before_its_close(at: str, expected: bool) -> None:
    assert WEEK_1.is_open(seoul(at)) is expected
