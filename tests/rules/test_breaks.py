"""Which breaks may be added, prolonged and cut, and when."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendar import Break, calendar, change_break, check_break, earliest_break
from bot.rules.refusal import Refused
from tests.rules.season_2022 import FINALS, MIDTERM, SCHEDULE, WEEKS, day, seoul


class TestEarliestBreak:
    @pytest.mark.parametrize(
        ("now", "earliest"),
        [
            ("2022-04-01 09:00", "04-01"),  # before the season
            ("2022-04-06 00:00", "04-13"),  # week 1 has just opened
            ("2022-04-12 23:59:59.999", "04-13"),
            ("2022-04-13 00:00", "04-13"),  # week 1 is due, nothing else is open
            ("2022-04-20 09:00", "04-20"),
            ("2022-05-04 00:00", "05-11"),  # week 2 is due as week 3 opens
            ("2022-07-30 09:00", "07-30"),  # after the season
        ],
    )
    def test_it_is_the_running_weeks_due_day_else_today(self, now: str, earliest: str) -> None:
        assert earliest_break(SCHEDULE, WEEKS, seoul(now)) == day(earliest)

    def test_on_the_due_day_of_a_week_due_in_the_evening_it_is_today(self) -> None:
        evening = replace(SCHEDULE, due_time=time(22))
        weeks = calendar(evening)
        assert earliest_break(evening, weeks, seoul("2022-04-13 21:59")) == day("04-13")
        assert earliest_break(evening, weeks, seoul("2022-04-13 22:00")) == day("04-20")

    def test_today_is_meant_in_the_studys_zone(self) -> None:
        hawaii = replace(SCHEDULE, zone=ZoneInfo("Pacific/Honolulu"))
        now = seoul("2022-04-01 00:30")
        assert earliest_break(SCHEDULE, (), now) == day("04-01")
        assert earliest_break(hawaii, (), now) == day("03-31")

    def test_week_0_runs_too(self) -> None:
        schedule = replace(SCHEDULE, zero=(day("03-28"), day("04-04")))
        now = seoul("2022-03-29 09:00")
        assert earliest_break(schedule, calendar(schedule), now) == day("04-04")


def add(first: str, last: str, now: str, *others: Break) -> None:
    """Ask to add a break to the season with these others in it."""
    weeks = calendar(SCHEDULE, others)
    check_break(SCHEDULE, weeks, others, Break(day(first), day(last)), seoul(now))


def refused_to_add(first: str, last: str, now: str, *others: Break) -> tuple[str, dict[str, Any]]:
    """Ask for a break that is refused, and hear why."""
    with pytest.raises(Refused) as no:
        add(first, last, now, *others)
    return no.value.key, no.value.values


class TestAdding:
    def test_it_may_begin_on_the_running_weeks_due_day(self) -> None:
        add("04-13", "04-26", "2022-04-12 23:59")

    def test_it_may_not_begin_a_day_earlier(self) -> None:
        why = refused_to_add("04-12", "04-26", "2022-04-06 00:00")
        assert why == ("break-too-early", {"earliest": day("04-13")})

    def test_it_may_begin_today_where_no_week_runs(self) -> None:
        add("04-27", "04-28", "2022-04-20 12:00", MIDTERM)
        add("07-30", "07-30", "2022-07-30 23:59")

    def test_it_may_not_begin_yesterday(self) -> None:
        why = refused_to_add("07-29", "08-02", "2022-07-30 00:00")
        assert why == ("break-too-early", {"earliest": day("07-30")})

    def test_it_may_be_a_single_day(self) -> None:
        add("04-13", "04-13", "2022-04-06 09:00")

    def test_it_may_not_end_before_it_begins(self) -> None:
        why = refused_to_add("04-26", "04-13", "2022-04-06 09:00")
        assert why == ("break-backwards", {"first": day("04-26"), "last": day("04-13")})

    def test_it_may_not_last_longer_than_a_year(self) -> None:
        now, first = seoul("2022-04-06 09:00"), day("04-13")
        a_year = Break(first, first + timedelta(days=365))
        check_break(SCHEDULE, WEEKS, (), a_year, now)
        with pytest.raises(Refused) as no:
            check_break(SCHEDULE, WEEKS, (), Break(first, first + timedelta(days=366)), now)
        assert no.value.key == "break-too-long"

    @pytest.mark.parametrize("first", [date(2101, 1, 1), date.max])
    def test_it_may_not_begin_after_this_century(self, first: date) -> None:
        with pytest.raises(Refused) as no:
            check_break(SCHEDULE, WEEKS, (), Break(first, first), seoul("2022-04-06 09:00"))
        assert no.value.key == "starts-out-of-range"

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            ("06-01", "06-08"),  # its last day is the other's first
            ("06-21", "06-30"),  # its first day is the other's last
            ("06-10", "06-12"),  # within the other
            ("06-01", "06-30"),  # around the other
            ("06-08", "06-21"),  # the other
        ],
    )
    def test_it_may_not_share_a_day_with_another(self, first: str, last: str) -> None:
        why = refused_to_add(first, last, "2022-04-06 09:00", FINALS)
        assert why == ("break-overlaps", {"first": day("06-08"), "last": day("06-21")})

    def test_it_may_lie_right_beside_others(self) -> None:
        add("04-27", "06-07", "2022-04-06 09:00", MIDTERM, FINALS)


def change(old: Break, last: date, now: str) -> Break:
    """Ask for another last day of a break."""
    return change_break(SCHEDULE, [old], old, last, seoul(now))


def refused_to_change(old: Break, last: date, now: str) -> tuple[str, dict[str, Any]]:
    """Ask for a last day that is refused, and hear why."""
    with pytest.raises(Refused) as no:
        change(old, last, now)
    return no.value.key, no.value.values


class TestChanging:
    def test_one_under_way_can_be_prolonged(self) -> None:
        longer = change(MIDTERM, day("05-03"), "2022-04-20 09:00")
        assert longer == Break(day("04-13"), day("05-03"), MIDTERM.id)

    def test_one_under_way_can_be_prolonged_on_its_last_day(self) -> None:
        assert change(MIDTERM, day("05-03"), "2022-04-26 23:59").last == day("05-03")

    def test_one_under_way_can_be_cut_so_that_today_is_no_rest_day(self) -> None:
        assert change(MIDTERM, day("04-19"), "2022-04-20 09:00").last == day("04-19")

    def test_days_already_rested_stay(self) -> None:
        why = refused_to_change(MIDTERM, day("04-18"), "2022-04-20 09:00")
        assert why == ("break-past", {"today": day("04-20")})

    def test_its_first_day_cannot_be_cut_off(self) -> None:
        why = refused_to_change(MIDTERM, day("04-12"), "2022-04-13 09:00")
        assert why == ("break-backwards", {"first": day("04-13"), "last": day("04-12")})

    def test_one_to_come_can_be_made_longer_or_shorter(self) -> None:
        assert change(FINALS, day("06-28"), "2022-04-20 09:00").last == day("06-28")
        assert change(FINALS, day("06-08"), "2022-04-20 09:00").last == day("06-08")

    def test_one_to_come_cannot_end_before_it_begins(self) -> None:
        why = refused_to_change(FINALS, day("06-07"), "2022-04-20 09:00")
        assert why == ("break-backwards", {"first": day("06-08"), "last": day("06-07")})

    def test_one_that_is_over_stays_as_it_was(self) -> None:
        for last in ("05-10", "04-26", "04-20"):
            why = refused_to_change(MIDTERM, day(last), "2022-04-27 00:00")
            assert why == ("break-over", {"last": day("04-26")})

    def test_it_cannot_be_prolonged_beyond_a_year(self) -> None:
        key, _ = refused_to_change(MIDTERM, date.max, "2022-04-20 09:00")
        assert key == "break-too-long"
        longest = MIDTERM.first + timedelta(days=365)
        assert change(MIDTERM, longest, "2022-04-20 09:00").last == longest

    def test_today_is_meant_in_the_studys_zone(self) -> None:
        hawaii = replace(SCHEDULE, zone=ZoneInfo("Pacific/Honolulu"))
        now = seoul("2022-04-27 09:00")  # still the 26th in Honolulu
        assert change_break(hawaii, [MIDTERM], MIDTERM, day("05-03"), now).last == day("05-03")


@pytest.mark.parametrize(
    ("on", "inside"),
    [("04-12", False), ("04-13", True), ("04-26", True), ("04-27", False)],
)
def test_a_break_holds_its_first_and_its_last_day(on: str, inside: bool) -> None:
    assert (day(on) in MIDTERM) is inside
