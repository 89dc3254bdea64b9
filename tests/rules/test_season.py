"""A study as one value: who owes what, who is in, who is missing."""

from dataclasses import replace

import pytest

from bot.rules.season import Judgement, Season
from bot.rules.timeline import Kind
from bot.rules.verdicts import HandIn, Member, Verdict
from tests.rules.season_2022 import FINALS, MIDTERM, SCHEDULE, WEEK_1, WEEK_2, WEEKS, seoul

FOUNDED = seoul("2022-04-01 09:00")
SEOJIN, MIJIN, EUNBIN = (Member(id_, FOUNDED) for id_ in (1, 2, 3))
SEASON = Season(SCHEDULE, FOUNDED, WEEKS, (SEOJIN, MIJIN, EUNBIN), (MIDTERM, FINALS))


def with_in(first_at: str | None, member: Member = SEOJIN) -> Season:
    """The season with a link in for week 1."""
    hand_in = HandIn(seoul(first_at) if first_at else None)
    return replace(SEASON, hand_ins={(1, member.id): hand_in})


class TestMissing:
    def test_it_is_those_who_owe_the_week_and_have_nothing_in_in_their_order(self) -> None:
        season = with_in("2022-04-10 09:00", MIJIN)
        assert season.missing(WEEK_1, seoul("2022-04-12 00:00")) == [SEOJIN, EUNBIN]

    def test_what_came_in_later_was_missing_before(self) -> None:
        season = with_in("2022-04-12 09:00", MIJIN)
        assert MIJIN in season.missing(WEEK_1, seoul("2022-04-12 08:59:59.999"))
        assert MIJIN not in season.missing(WEEK_1, seoul("2022-04-12 09:00"))

    def test_a_link_without_a_time_is_in(self) -> None:
        assert SEOJIN not in with_in(None).missing(WEEK_1, seoul("2022-04-06 00:00"))

    def test_a_link_for_another_week_is_not(self) -> None:
        season = with_in("2022-04-10 09:00")
        assert SEOJIN in season.missing(WEEK_2, seoul("2022-04-28 09:00"))

    def test_the_excused_and_those_who_left_are_not_asked(self) -> None:
        gone = replace(EUNBIN, left_at=seoul("2022-04-11 09:00"))
        season = replace(SEASON, members=(SEOJIN, MIJIN, gone), excused=frozenset({(1, MIJIN.id)}))
        assert season.missing(WEEK_1, seoul("2022-04-12 00:00")) == [SEOJIN]


class TestJudging:
    def test_those_who_owe_the_week_and_those_let_off_it_are_judged(self) -> None:
        newcomer = Member(4, seoul("2022-04-08 09:00"))
        season = replace(SEASON, excused=frozenset({(1, MIJIN.id)}))
        assert season.is_judged(WEEK_1, SEOJIN)
        assert season.is_judged(WEEK_1, MIJIN)
        assert not season.is_judged(WEEK_1, newcomer)

    def test_a_verdict_given_stays_whatever_the_rules_say_now(self) -> None:
        slot = (1, SEOJIN.id)
        season = replace(with_in("2022-04-12 09:00"), judged={slot: Judgement(Verdict.LATE)})
        now = seoul("2022-04-14 09:00")
        assert season.verdict(WEEK_1, SEOJIN, now) is Verdict.LATE
        assert season.fresh_verdict(WEEK_1, SEOJIN, now) is Verdict.ON_TIME

    def test_without_one_it_is_what_the_rules_say(self) -> None:
        now = seoul("2022-04-14 09:00")
        assert with_in("2022-04-13 00:00").verdict(WEEK_1, SEOJIN, now) is Verdict.LATE
        assert SEASON.verdict(WEEK_1, SEOJIN, now) is Verdict.ABSENT

    def test_an_excuse_is_for_one_member_and_one_week(self) -> None:
        season = replace(SEASON, excused=frozenset({(1, SEOJIN.id)}))
        now = seoul("2022-05-05 09:00")
        assert season.verdict(WEEK_1, SEOJIN, now) is Verdict.EXCUSED
        assert season.verdict(WEEK_1, MIJIN, now) is Verdict.ABSENT
        assert season.verdict(WEEK_2, SEOJIN, now) is Verdict.ABSENT


def test_a_week_is_found_by_its_number() -> None:
    assert SEASON.week(2) == WEEK_2
    with pytest.raises(KeyError):
        SEASON.week(13)


def test_its_timeline_is_made_of_its_own_weeks_breaks_and_reminders() -> None:
    found = SEASON.moments()
    assert len([m for m in found if m.kind is Kind.CLOSED]) == 12
    assert [m.subject for m in found if m.kind is Kind.BREAK_BEGINS] == ["1", "2"]
    assert len([m for m in found if m.kind is Kind.REMINDER]) == 36
