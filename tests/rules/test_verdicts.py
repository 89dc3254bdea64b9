"""What a hand-in is worth, and who is asked for one."""

import pytest

from bot.rules.verdicts import HandIn, Member, Verdict, owes, verdict
from tests.rules.season_2022 import WEEK_1, WEEK_2, seoul

AFTER_THE_CLOSE = seoul("2022-04-13 12:00")


def judged(handed_in: str | None, *, now: str = "2022-04-13 12:00", owed: bool = True) -> Verdict | None:
    """The verdict on week 1 of 2022, due on 04-13 at 00:00 and closed at 12:00."""
    hand_in = HandIn(seoul(handed_in)) if handed_in else None
    return verdict(WEEK_1, hand_in, seoul(now), owed=owed, excused=False)


class TestCutoffs:
    @pytest.mark.parametrize(
        ("handed_in", "expected"),
        [
            ("2022-04-06 00:00", Verdict.ON_TIME),
            ("2022-04-12 23:59:59.999", Verdict.ON_TIME),
            ("2022-04-13 00:00", Verdict.LATE),
            ("2022-04-13 11:59:59.999", Verdict.LATE),
            ("2022-04-13 12:00", Verdict.ABSENT),
            ("2022-05-01 09:00", Verdict.ABSENT),
        ],
    )
    def test_a_hand_in_is_judged_by_its_own_time(self, handed_in: str, expected: Verdict) -> None:
        assert judged(handed_in, now="2022-06-01 09:00") is expected

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            ("2022-04-06 00:00", Verdict.PENDING),
            ("2022-04-13 00:00", Verdict.PENDING),
            ("2022-04-13 11:59:59.999", Verdict.PENDING),
            ("2022-04-13 12:00", Verdict.ABSENT),
        ],
    )
    def test_with_nothing_in_one_is_absent_from_the_close_on(self, now: str, expected: Verdict) -> None:
        assert judged(None, now=now) is expected

    def test_what_came_in_time_shows_so_before_the_close(self) -> None:
        assert judged("2022-04-07 09:00", now="2022-04-07 09:00") is Verdict.ON_TIME


def test_verdicts_are_stored_by_the_words_of_the_design() -> None:
    words = {"on_time", "late", "absent", "excused", "recorded", "pending"}
    assert {verdict.value for verdict in Verdict} == words


class TestRecorded:
    def test_a_link_without_a_time_is_recorded_before_and_after_the_close(self) -> None:
        for now in ("2022-04-06 00:00", "2022-04-13 00:00", "2022-06-01 00:00"):
            imported = verdict(WEEK_1, HandIn(None), seoul(now), owed=True, excused=False)
            assert imported is Verdict.RECORDED

    def test_so_is_one_of_somebody_who_does_not_owe_the_week(self) -> None:
        imported = verdict(WEEK_1, HandIn(None), AFTER_THE_CLOSE, owed=False, excused=False)
        assert imported is Verdict.RECORDED


class TestExcused:
    @pytest.mark.parametrize("hand_in", [None, HandIn(None), HandIn(seoul("2022-04-13 09:00"))])
    def test_an_excused_member_is_excused_whatever_is_in(self, hand_in: HandIn | None) -> None:
        for owed in (True, False):
            given = verdict(WEEK_1, hand_in, AFTER_THE_CLOSE, owed=owed, excused=True)
            assert given is Verdict.EXCUSED


class TestNotOwed:
    def test_nothing_asked_and_nothing_in_is_no_verdict(self) -> None:
        assert judged(None, owed=False) is None
        assert judged(None, owed=False, now="2022-04-07 09:00") is None

    def test_what_is_in_on_time_is_on_time_all_the_same(self) -> None:
        assert judged("2022-04-12 23:59", owed=False) is Verdict.ON_TIME

    def test_after_the_due_time_it_is_recorded_and_never_late(self) -> None:
        assert judged("2022-04-13 00:00", owed=False) is Verdict.RECORDED
        assert judged("2022-05-01 09:00", owed=False) is Verdict.RECORDED


BEFORE_THE_SEASON = "2022-04-01 09:00"


def owes_week_1(
    joined: str, *, left: str | None = None, founded: str = BEFORE_THE_SEASON, excused: bool = False
) -> bool:
    """Whether week 1 of 2022, opened on 04-06 at 00:00, is asked of a member."""
    member = Member(1, seoul(joined), seoul(left) if left else None)
    return owes(WEEK_1, member, seoul(founded), excused)


class TestWhoOwes:
    def test_a_member_who_joined_before_it_opened_does(self) -> None:
        assert owes_week_1("2022-04-05 23:59:59.999")

    @pytest.mark.parametrize("joined", ["2022-04-06 00:00", "2022-04-08 09:00", "2022-05-01 09:00"])
    def test_a_member_who_joined_after_it_opened_does_not(self, joined: str) -> None:
        assert not owes_week_1(joined)

    @pytest.mark.parametrize(
        ("left", "expected"),
        [
            ("2022-04-08 09:00", False),
            ("2022-04-13 00:00", False),
            ("2022-04-13 11:59:59.999", False),
            ("2022-04-13 12:00", True),
            ("2022-05-01 09:00", True),
        ],
    )
    def test_a_member_who_left_before_it_closed_does_not(self, left: str, expected: bool) -> None:
        assert owes_week_1(BEFORE_THE_SEASON, left=left) is expected

    def test_an_excused_member_does_not(self) -> None:
        assert not owes_week_1(BEFORE_THE_SEASON, excused=True)

    @pytest.mark.parametrize(
        ("joined", "expected"),
        [
            ("2022-04-08 09:00", True),
            ("2022-04-12 23:59:59.999", True),
            ("2022-04-13 00:00", False),
            ("2022-04-13 09:00", False),
        ],
    )
    def test_where_the_study_is_founded_while_it_runs_joining_before_it_is_due_is_enough(
        self, joined: str, expected: bool
    ) -> None:
        assert owes_week_1(joined, founded="2022-04-08 09:00") is expected

    def test_a_week_opening_at_the_instant_of_the_founding_runs_then(self) -> None:
        assert owes_week_1("2022-04-08 09:00", founded="2022-04-06 00:00")

    def test_nobody_owes_a_week_that_was_in_its_late_hours_at_the_founding(self) -> None:
        assert not owes_week_1("2022-04-13 09:00", founded="2022-04-13 09:00")

    @pytest.mark.parametrize("founded", ["2022-04-13 12:00", "2022-05-01 09:00"])
    def test_nobody_owes_a_week_that_closed_before_the_founding(self, founded: str) -> None:
        assert not owes_week_1(BEFORE_THE_SEASON, founded=founded)

    def test_only_the_week_of_the_founding_is_lenient(self) -> None:
        newcomer = Member(1, seoul("2022-04-28 09:00"))
        assert not owes(WEEK_2, newcomer, seoul("2022-04-08 09:00"), excused=False)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2022-04-05 23:59:59.999", False),
        ("2022-04-06 00:00", True),
        ("2022-04-09 23:59:59.999", True),
        ("2022-04-10 00:00", False),
    ],
)
def test_a_member_is_in_from_joining_until_just_before_leaving(at: str, expected: bool) -> None:
    member = Member(1, seoul("2022-04-06 00:00"), seoul("2022-04-10 00:00"))
    assert member.is_in(seoul(at)) is expected
