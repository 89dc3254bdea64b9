"""What a study may be set to."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.rules.settings import check_season, reminders, wall_time, zone
from bot.rules.timeline import DEFAULT_REMINDERS, Cutoff, Reminder


def due(**before: int) -> Reminder:
    """A reminder so long before a week is due."""
    return Reminder(Cutoff.DUE, timedelta(**before))


def close(**before: int) -> Reminder:
    """A reminder so long before a week closes."""
    return Reminder(Cutoff.CLOSE, timedelta(**before))


class TestWallTime:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("00:00", time(0)),
            ("24:00", time(0)),
            ("12:00", time(12)),
            ("9:05", time(9, 5)),
            ("23:59", time(23, 59)),
            (" 22:30 ", time(22, 30)),
        ],
    )
    def test_it_is_read_off_the_clock(self, text: str, expected: time) -> None:
        assert wall_time(text) == expected

    @pytest.mark.parametrize(
        "text",
        ["", "12", "25:00", "24:01", "12:60", "12:5", "-1:00", "12:00:00", "noon", "정오", "1200"],
    )
    def test_anything_else_is_refused_with_what_was_written(self, text: str) -> None:
        with pytest.raises(Refused) as no:
            wall_time(text)
        assert (no.value.key, no.value.values) == ("not-a-time", {"text": text})


class TestReminders:
    @pytest.mark.parametrize(
        "text",
        [
            "due 24h, due 3h, close 3h",
            "마감 24시간, 마감 3시간, 결석 3시간",
            "마감 1일,마감 180분,결석 3시간",
            "DUE 1D, Due180m, close3H,",
            "close 3h, due 3h, 마감 24h",
        ],
    )
    def test_the_usual_ones_can_be_written_in_many_ways(self, text: str) -> None:
        assert reminders(text) == DEFAULT_REMINDERS

    @pytest.mark.parametrize("text", ["none", "None", " 없음 "])
    def test_there_may_be_none(self, text: str) -> None:
        assert reminders(text) == ()

    def test_the_same_one_twice_is_one(self) -> None:
        assert reminders("due 24h, due 1d, 마감 24시간") == (due(days=1),)

    def test_those_before_the_due_time_come_first_and_the_longest_of_them(self) -> None:
        text = "close 30m, due 1h, close 2h, due 6d"
        assert reminders(text) == (due(days=6), due(hours=1), close(hours=2), close(minutes=30))

    @pytest.mark.parametrize("text", ["due 10m", "due 6d", "close 144h"])
    def test_the_shortest_is_ten_minutes_and_the_longest_six_days(self, text: str) -> None:
        assert len(reminders(text)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            *("due 9m", "due 0h", "due 145h", "due 7d"),
            *("due", "3h", "noon 3h", "due 3", "due 3w", "due -3h", "due 3h before", "마감 세시간"),
        ],
    )
    def test_what_is_no_reminder_is_named(self, text: str) -> None:
        with pytest.raises(Refused) as no:
            reminders(f"due 24h, {text}")
        assert (no.value.key, no.value.values) == ("not-a-reminder", {"text": text})

    def test_there_are_six_at_most(self) -> None:
        six = ", ".join(f"due {hours}h" for hours in range(1, 7))
        assert len(reminders(six)) == 6
        assert len(reminders(f"{six}, due 60m")) == 6
        with pytest.raises(Refused) as no:
            reminders(f"{six}, close 1h")
        assert (no.value.key, no.value.values) == ("too-many-reminders", {"most": 6})

    @pytest.mark.parametrize("text", ["", " ", ","])
    def test_nothing_written_is_not_taken_for_none(self, text: str) -> None:
        with pytest.raises(Refused):
            reminders(text)


class TestZone:
    @pytest.mark.parametrize("name", ["Asia/Seoul", "UTC", "America/Argentina/Buenos_Aires"])
    def test_it_has_an_iana_name(self, name: str) -> None:
        assert zone(name).key == name

    @pytest.mark.parametrize(
        "name",
        [
            *("", "Seoul", "Asia/Pyeongchang", "asia/seoul", "KST", "+09:00", "Asia"),
            *("../etc/passwd", "/etc/localtime", "localtime", "Factory", "posixrules"),
        ],
    )
    def test_any_other_name_is_refused(self, name: str) -> None:
        with pytest.raises(Refused) as no:
            zone(name)
        assert (no.value.key, no.value.values) == ("unknown-timezone", {"name": name})


def refused_season(starts: date, weeks: int) -> tuple[str, dict[str, Any]]:
    """Ask for a season that is refused, and hear why."""
    with pytest.raises(Refused) as no:
        check_season(starts, weeks)
    return no.value.key, no.value.values


class TestSeason:
    @pytest.mark.parametrize(
        ("starts", "weeks"),
        [
            (date(2022, 4, 6), 12),
            (date(2022, 4, 6), 1),
            (date(2022, 4, 6), 104),
            (date(2000, 1, 1), 12),
            (date(2100, 12, 31), 12),
        ],
    )
    def test_it_has_one_week_to_two_years_of_them_in_this_century(self, starts: date, weeks: int) -> None:
        check_season(starts, weeks)

    @pytest.mark.parametrize("weeks", [0, -1, 105])
    def test_any_other_number_of_weeks_is_refused(self, weeks: int) -> None:
        why = refused_season(date(2022, 4, 6), weeks)
        assert why == ("weeks-out-of-range", {"most": 104})

    @pytest.mark.parametrize("starts", [date(1999, 12, 31), date(2101, 1, 1), date.max, date.min])
    def test_any_other_year_is_refused(self, starts: date) -> None:
        why = refused_season(starts, 12)
        assert why == ("starts-out-of-range", {"first": "2000", "last": "2100"})
