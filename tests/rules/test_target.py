"""Which week a hand-in is for."""

from collections.abc import Collection

import pytest

from bot.rules.calendar import Week
from bot.rules.refusal import Refused
from bot.rules.target import NothingOpen, Target, chosen, target
from tests.rules.season_2022 import WEEK_1, WEEK_2, WEEK_3, WEEKS, seoul

WEDNESDAY_AT_9 = "2022-05-04 09:00"  # week 2 is in its late hours, week 3 is open
EVERY = range(1, 13)


def goes_to(
    at: str,
    *,
    has_in: Collection[int] = (),
    owes: Collection[int] = EVERY,
    weeks: tuple[Week, ...] = WEEKS,
) -> Target:
    """Where a link goes of a member who owes some weeks and has some in already."""
    return target(weeks, seoul(at), lambda w: w.number in owes, lambda w: w.number in has_in)


class TestTwoWeeksOpen:
    def test_the_one_in_its_late_hours_comes_first(self) -> None:
        assert goes_to(WEDNESDAY_AT_9, has_in=[1]) == Target(WEEK_2, other=WEEK_3)

    def test_with_that_one_in_it_is_the_next(self) -> None:
        assert goes_to(WEDNESDAY_AT_9, has_in=[2]) == Target(WEEK_3, other=WEEK_2)

    def test_one_that_is_not_owed_is_passed_over(self) -> None:
        assert goes_to(WEDNESDAY_AT_9, owes=[3, 4]) == Target(WEEK_3, other=WEEK_2)

    def test_with_only_the_later_one_in_it_is_the_late_one(self) -> None:
        assert goes_to(WEDNESDAY_AT_9, has_in=[3]) == Target(WEEK_2, other=WEEK_3)

    def test_with_both_in_it_replaces_the_latest(self) -> None:
        assert goes_to(WEDNESDAY_AT_9, has_in=[2, 3]) == Target(WEEK_3, other=WEEK_2)

    def test_who_owes_nothing_hands_in_for_the_latest(self) -> None:
        assert goes_to(WEDNESDAY_AT_9, owes=[]) == Target(WEEK_3, other=WEEK_2)

    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2022-05-03 23:59:59.999", Target(WEEK_2)),
            ("2022-05-04 00:00", Target(WEEK_2, other=WEEK_3)),
            ("2022-05-04 11:59:59.999", Target(WEEK_2, other=WEEK_3)),
            ("2022-05-04 12:00", Target(WEEK_3)),
        ],
    )
    def test_they_are_from_the_due_time_until_the_close(self, at: str, expected: Target) -> None:
        assert goes_to(at) == expected


class TestOneWeekOpen:
    def test_it_is_for_that_one(self) -> None:
        assert goes_to("2022-04-06 00:00") == Target(WEEK_1)

    def test_handing_in_again_replaces(self) -> None:
        assert goes_to("2022-04-07 09:00", has_in=[1]) == Target(WEEK_1)

    def test_it_is_for_the_late_one_inside_a_break(self) -> None:
        assert goes_to("2022-04-13 09:00", has_in=[1]) == Target(WEEK_1)


def refused(at: str, *, has_in: Collection[int] = (), weeks: tuple[Week, ...] = WEEKS) -> NothingOpen:
    """Hand in where nothing is open."""
    with pytest.raises(NothingOpen) as no:
        goes_to(at, has_in=has_in, weeks=weeks)
    return no.value


class TestNothingOpen:
    def test_before_the_season_it_says_when_the_first_week_opens(self) -> None:
        no = refused("2022-04-05 23:59:59.999")
        assert (no.key, no.values) == ("nothing-open", {"week": 1, "opens": WEEK_1.opens_at})
        assert no.missing is None

    def test_in_a_break_it_says_when_the_next_week_opens_and_offers_the_missing_one(self) -> None:
        no = refused("2022-04-13 12:00")
        assert (no.key, no.values) == ("nothing-open", {"week": 2, "opens": WEEK_2.opens_at})
        assert no.missing == WEEK_1

    def test_with_the_last_week_in_it_offers_nothing(self) -> None:
        assert refused("2022-04-20 09:00", has_in=[1]).missing is None

    def test_only_the_last_week_is_offered(self) -> None:
        assert refused("2022-06-10 09:00", has_in=[7]).missing is None
        assert refused("2022-06-10 09:00", has_in=[1, 2, 3]).missing == WEEKS[6]

    def test_after_the_season_nothing_opens_any_more(self) -> None:
        no = refused("2022-07-27 12:00")
        assert (no.key, no.values) == ("nothing-open-ever", {})
        assert no.missing == WEEKS[11]


class TestChosenByNumber:
    @pytest.mark.parametrize("at", ["2022-04-27 00:00", "2022-05-04 09:00", "2022-07-30 09:00"])
    def test_a_week_that_has_opened_may_be_chosen_for_ever(self, at: str) -> None:
        assert chosen(WEEKS, 2, seoul(at)) == WEEK_2

    def test_one_that_has_not_opened_is_refused(self) -> None:
        with pytest.raises(Refused) as no:
            chosen(WEEKS, 2, seoul("2022-04-26 23:59:59.999"))
        assert no.value.key == "week-not-open"
        assert no.value.values == {"week": 2, "opens": WEEK_2.opens_at}

    @pytest.mark.parametrize("number", [0, 13, -1])
    def test_one_that_the_season_does_not_have_is_refused(self, number: int) -> None:
        with pytest.raises(Refused) as no:
            chosen(WEEKS, number, seoul("2022-07-30 09:00"))
        assert no.value.key == "no-such-week"
        assert no.value.values == {"week": number, "last": 12}
