"""What lateness and absence cost, and to which month it belongs."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.rules.fines import NO_FINES, Entry, Fines, month_of
from bot.rules.verdicts import Verdict
from tests.rules.season_2022 import SEOUL, WEEKS, seoul


@pytest.mark.parametrize(
    ("verdict", "entry"),
    [(Verdict.LATE, (Entry.LATE, 3_000)), (Verdict.ABSENT, (Entry.ABSENT, 4_000))],
)
def test_late_costs_3000_won_and_absent_4000(verdict: Verdict, entry: tuple[Entry, int]) -> None:
    assert Fines().of(verdict) == entry


def test_entries_are_stored_by_the_words_of_the_design() -> None:
    assert [Entry.LATE, Entry.ABSENT, Entry.WAIVER] == ["late", "absent", "waiver"]


def test_no_other_verdict_costs_anything() -> None:
    costly = {verdict for verdict in Verdict if Fines().of(verdict)}
    assert costly == {Verdict.LATE, Verdict.ABSENT}


def test_a_study_may_choose_its_own_amounts() -> None:
    assert Fines(late=500, absent=9_999).of(Verdict.LATE) == (Entry.LATE, 500)
    assert Fines(late=500, absent=9_999).of(Verdict.ABSENT) == (Entry.ABSENT, 9_999)


def test_without_fines_nothing_is_booked() -> None:
    assert [NO_FINES.of(verdict) for verdict in Verdict] == [None] * len(Verdict)


def test_an_amount_of_nothing_is_not_booked() -> None:
    fines = Fines(late=0, absent=4_000)
    assert fines.of(Verdict.LATE) is None
    assert fines.of(Verdict.ABSENT) == (Entry.ABSENT, 4_000)


class TestMonth:
    @pytest.mark.parametrize(
        ("at", "month"),
        [
            ("2022-05-31 23:59:59.999", date(2022, 5, 1)),
            ("2022-06-01 00:00", date(2022, 6, 1)),  # still 31 May in UTC
            ("2022-01-01 08:59", date(2022, 1, 1)),  # still last year in UTC
        ],
    )
    def test_it_is_the_one_of_the_studys_zone(self, at: str, month: date) -> None:
        assert month_of(seoul(at), SEOUL) == month

    def test_one_instant_lies_in_two_months(self) -> None:
        at = seoul("2022-06-01 09:00")
        assert month_of(at, ZoneInfo("America/New_York")) == date(2022, 5, 1)
        assert month_of(at, SEOUL) == date(2022, 6, 1)

    def test_week_6_closes_on_the_first_of_june_and_is_fined_in_june(self) -> None:
        assert month_of(WEEKS[5].closes_at, SEOUL) == date(2022, 6, 1)
        assert month_of(WEEKS[4].closes_at, SEOUL) == date(2022, 5, 1)
