"""How values look in Korean and in English."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.texts.style import Style
from bot.texts.values import (
    Clock,
    Command,
    Money,
    Month,
    Name,
    Names,
    People,
    Person,
    Url,
    Value,
    Written,
)
from bot.texts.words import Words

KOREAN = Style("ko", ZoneInfo("Asia/Seoul"))
ENGLISH = Style("en", ZoneInfo("Asia/Seoul"))
MIDNIGHT_IN_SEOUL = datetime(2022, 4, 12, 15, tzinfo=UTC)


class TestMoney:
    @pytest.mark.parametrize(
        ("amount", "shown"),
        [(0, "0원"), (500, "500원"), (3_000, "3,000원"), (14_000, "14,000원"), (-3_000, "-3,000원")],
    )
    def test_won_in_korean(self, amount: int, shown: str) -> None:
        assert KOREAN.money(Money(amount)) == shown

    @pytest.mark.parametrize(
        ("money", "shown"),
        [
            (Money(3_000), "₩3,000"),
            (Money(1_000_000), "₩1,000,000"),
            (Money(-3_000), "-₩3,000"),
            (Money(350, "USD"), "$3.50"),
            (Money(123_456, "USD"), "$1,234.56"),
            (Money(29, "USD"), "$0.29"),
            (Money(500, "JPY"), "¥500"),
        ],
    )
    def test_minor_units_in_english(self, money: Money, shown: str) -> None:
        assert ENGLISH.money(money) == shown

    def test_dollars_in_korean(self) -> None:
        assert KOREAN.money(Money(350, "USD")) == "US$3.50"


class TestDates:
    def test_an_instant_as_a_korean_reader_writes_it(self) -> None:
        assert KOREAN.instant(MIDNIGHT_IN_SEOUL) == "4월 13일(수) 00:00"

    def test_an_instant_in_english(self) -> None:
        assert ENGLISH.instant(MIDNIGHT_IN_SEOUL) == "Wed, Apr 13, 00:00"

    @pytest.mark.parametrize(
        ("day", "korean", "english"),
        [
            (date(2022, 4, 6), "4월 6일(수)", "Wed, Apr 6"),
            (date(2022, 12, 31), "12월 31일(토)", "Sat, Dec 31"),
        ],
    )
    def test_a_day(self, day: date, korean: str, english: str) -> None:
        assert (KOREAN.day(day), ENGLISH.day(day)) == (korean, english)

    def test_a_month(self) -> None:
        april = Month(date(2022, 4, 1))
        assert (KOREAN.month(april), ENGLISH.month(april)) == ("2022년 4월", "April 2022")

    @pytest.mark.parametrize(("minutes", "shown"), [(0, "00:00"), (9 * 60 + 5, "09:05"), (21 * 60, "21:00")])
    def test_a_clock_shows_24_hours(self, minutes: int, shown: str) -> None:
        clock = Clock(MIDNIGHT_IN_SEOUL + timedelta(minutes=minutes))
        assert (KOREAN.clock(clock), ENGLISH.clock(clock)) == (shown, shown)


class TestZones:
    @pytest.mark.parametrize(
        ("zone", "instant", "clock"),
        [
            ("Asia/Seoul", "4월 13일(수) 00:00", "00:00"),
            ("Europe/Berlin", "4월 12일(화) 17:00", "17:00"),
            ("America/New_York", "4월 12일(화) 11:00", "11:00"),
            ("Asia/Kathmandu", "4월 12일(화) 20:45", "20:45"),
        ],
    )
    def test_an_instant_is_shown_in_the_studys_zone(self, zone: str, instant: str, clock: str) -> None:
        style = Style("ko", ZoneInfo(zone))
        assert style.instant(MIDNIGHT_IN_SEOUL) == instant
        assert style.clock(Clock(MIDNIGHT_IN_SEOUL)) == clock

    def test_of_a_repeated_hour_both_look_alike(self) -> None:
        style = Style("en", ZoneInfo("Europe/Berlin"))
        first = datetime(2022, 10, 30, 0, 30, tzinfo=UTC)
        both = [style.instant(first), style.instant(first + timedelta(hours=1))]
        assert both == ["Sun, Oct 30, 02:30"] * 2


class TestSpans:
    @pytest.mark.parametrize(
        ("span", "korean", "english"),
        [
            (timedelta(0), "0분", "0 minutes"),
            (timedelta(minutes=1), "1분", "1 minute"),
            (timedelta(minutes=30), "30분", "30 minutes"),
            (timedelta(hours=1), "1시간", "1 hour"),
            (timedelta(hours=3), "3시간", "3 hours"),
            (timedelta(hours=3, minutes=20), "3시간 20분", "3 hours 20 minutes"),
            (timedelta(days=1), "1일", "1 day"),
            (timedelta(days=6, hours=15), "6일 15시간", "6 days 15 hours"),
        ],
    )
    def test_they_are_counted_in_days_hours_and_minutes(
        self, span: timedelta, korean: str, english: str
    ) -> None:
        assert (KOREAN.span(span), ENGLISH.span(span)) == (korean, english)

    def test_only_the_two_largest_units_are_shown(self) -> None:
        assert KOREAN.span(timedelta(days=2, hours=3, minutes=4)) == "2일 3시간"

    @pytest.mark.parametrize(
        ("span", "shown"),
        [
            (timedelta(milliseconds=1), "1분"),
            (timedelta(seconds=59), "1분"),
            (timedelta(seconds=60), "1분"),
            (timedelta(seconds=60, milliseconds=1), "2분"),
            (timedelta(minutes=59, seconds=30), "1시간"),
            (timedelta(hours=23, minutes=59, seconds=59), "1일"),
        ],
    )
    def test_they_are_rounded_up_to_a_minute(self, span: timedelta, shown: str) -> None:
        assert KOREAN.span(span) == shown


class TestCommands:
    def test_they_are_written_as_they_are_typed_in_the_readers_language(self) -> None:
        planning = Command("week plan", "3")
        assert (KOREAN.command(planning), ENGLISH.command(planning)) == ("/주차 계획 3", "/week plan 3")

    def test_without_anything_behind_it_is_the_name_alone(self) -> None:
        assert KOREAN.command(Command("mine")) == "/내현황"

    def test_a_workspaces_prefix_comes_first(self) -> None:
        style = Style("en", ZoneInfo("UTC"), prefix="study-")
        assert style.command(Command("submit")) == "/study-submit"


class Loud(Style):
    """A platform that needs somebody's words in capitals."""

    def escape(self, text: str) -> str:
        return text.upper()


class TestShowing:
    """Each kind of value has its way through the style."""

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (3, 3),
            (MIDNIGHT_IN_SEOUL, "Wed, Apr 13, 00:00"),
            (date(2022, 4, 13), "Wed, Apr 13"),
            (timedelta(hours=3), "3 hours"),
            (Money(3_000), "₩3,000"),
            (Month(date(2022, 4, 1)), "April 2022"),
            (Clock(MIDNIGHT_IN_SEOUL), "00:00"),
        ],
    )
    def test_values_of_ours(self, value: Value, shown: str | int) -> None:
        assert Words(ENGLISH).show(value) == shown

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("mine", "MINE"),
            (Written("<b>"), "<B>"),
            (Name("Anne"), "ANNE"),
            (Names(("Anne", "Bob")), "ANNE, BOB"),
            (Names(()), ""),
            (Person("U1", "Anne"), "@ANNE"),
            (People((Person("U1", "Anne"), Person(None, "Bob"))), "@ANNE @BOB"),
            (Url("https://example.org/a"), "HTTPS://EXAMPLE.ORG/A"),
        ],
    )
    def test_words_of_people_are_made_harmless(self, value: Value, shown: str) -> None:
        assert Words(Loud("en", ZoneInfo("UTC"))).show(value) == shown
