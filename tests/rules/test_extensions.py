"""Putting a week off: for everybody, for one, how far, and what becomes of its moments."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.calendar import WEEK, Break, Extension, Schedule, Week, calendar, extended, extension
from bot.rules.refusal import Refused
from bot.rules.season import Judgement, Season
from bot.rules.timeline import Kind, Moment, instants
from bot.rules.verdicts import HandIn, Member, Verdict
from tests.rules.season_2022 import FINALS, MIDTERM, SCHEDULE, WEEK_1, WEEK_2, WEEK_3, WEEKS, seoul
from tests.rules.strategies import seasons

FOUNDED = seoul("2022-04-05 21:00")
ONE, OTHER = Member(1, FOUNDED), Member(2, FOUNDED)
TWO_DAYS = timedelta(days=2)
PUT_OFF = Extension(WEEK_2.due_at + TWO_DAYS, WEEK_2.closes_at + TWO_DAYS)


def season(**more: Any) -> Season:
    """The season of 2022 with two members."""
    usual: dict[str, Any] = {"members": (ONE, OTHER), "breaks": (MIDTERM, FINALS)}
    return Season(SCHEDULE, FOUNDED, WEEKS, **usual | more)


def for_one(**more: Any) -> Season:
    """The season in which the first member has two more days for the second week."""
    return season(extensions={(2, 1): PUT_OFF}, **more)


def for_all(revision: int = 1, **more: Any) -> Season:
    """The season in which everybody has two more days for the second week."""
    week = extended(WEEK_2, replace(PUT_OFF, revision=revision))
    return replace(season(**more), weeks=(WEEK_1, week, *WEEKS[2:]))


def of(season: Season, kind: Kind, week: int = 2) -> list[Moment]:
    """The season's moments of one kind for a week."""
    return [moment for moment in season.moments() if moment.kind is kind and moment.week == week]


def refused(week: Week, until: datetime) -> str:
    """The key of the no to a new due."""
    with pytest.raises(Refused) as no:
        extension(WEEKS, week, until)
    return no.value.key


# How far


def test_due_and_close_move_together() -> None:
    done = extension(WEEKS, WEEK_2, seoul("2022-05-06 09:00"))
    assert (done.due_at, done.closes_at) == (seoul("2022-05-06 09:00"), seoul("2022-05-06 21:00"))
    assert extended(WEEK_2, done) == replace(WEEK_2, due_at=done.due_at, closes_at=done.closes_at, revision=1)


def test_a_week_is_put_off_to_the_next_weeks_due_at_most() -> None:
    assert extension(WEEKS, WEEK_2, WEEK_3.due_at).due_at == WEEK_3.due_at
    assert refused(WEEK_2, WEEK_3.due_at + timedelta(minutes=1)) == "extend-too-late"


def test_across_a_break_the_next_weeks_due_is_weeks_away() -> None:
    assert extension(WEEKS, WEEK_1, WEEK_2.due_at).closes_at == WEEK_2.closes_at
    assert WEEK_2.due_at - WEEK_1.due_at == 3 * WEEK
    assert refused(WEEK_1, WEEK_2.due_at + timedelta(seconds=1)) == "extend-too-late"


def test_the_last_week_is_put_off_by_a_week_at_most() -> None:
    last = WEEKS[-1]
    assert extension(WEEKS, last, last.due_at + WEEK).closes_at == last.closes_at + WEEK
    assert refused(last, last.due_at + WEEK + timedelta(seconds=1)) == "extend-too-late"


@pytest.mark.parametrize("until", [WEEK_2.due_at, WEEK_2.due_at - timedelta(days=1)])
def test_a_week_is_never_due_sooner(until: datetime) -> None:
    assert refused(WEEK_2, until) == "extend-too-early"


def test_the_next_week_opens_when_it_would_have() -> None:
    assert calendar(SCHEDULE, (MIDTERM, FINALS), WEEKS[:2])[2] == WEEK_3
    assert for_all().week(3) == WEEK_3


def test_an_extension_that_the_calendar_has_overtaken_changes_no_cutoff() -> None:
    moved = replace(WEEK_2, due_at=WEEK_2.due_at + WEEK, closes_at=WEEK_2.closes_at + WEEK)
    done = extended(moved, PUT_OFF)
    assert (done.due_at, done.closes_at) == (moved.due_at, moved.closes_at)


@given(seasons(), st.data())
def test_whatever_is_allowed_keeps_the_hours_between_due_and_close(
    drawn: tuple[Schedule, tuple[Break, ...]], data: st.DataObject
) -> None:
    weeks = calendar(*drawn)
    week = data.draw(st.sampled_from(weeks))
    following = next((x for x in weeks if x.number > week.number), None)
    seconds = data.draw(st.integers(-100_000, 2_000_000))
    until = week.due_at + timedelta(seconds=seconds)
    latest = following.due_at if following else week.due_at + WEEK
    if not week.due_at < until <= latest:
        with pytest.raises(Refused) as no:
            extension(weeks, week, until)
        assert no.value.key == ("extend-too-early" if seconds <= 0 else "extend-too-late")
        return
    done = extended(week, extension(weeks, week, until))
    assert done.due_at == until
    assert done.closes_at - done.due_at == week.closes_at - week.due_at
    assert (done.number, done.opens_at) == (week.number, week.opens_at)


# For whom


def test_one_member_has_cutoffs_of_their_own() -> None:
    there = for_one()
    assert there.own(WEEK_2, 1).due_at == PUT_OFF.due_at
    assert there.own(WEEK_2, 2) == WEEK_2
    assert there.weeks_of(1)[1].closes_at == PUT_OFF.closes_at
    assert there.weeks_of(2) == WEEKS


def test_verdicts_follow_the_members_own_cutoffs() -> None:
    at = WEEK_2.due_at + timedelta(hours=5)
    handed_in = {(2, 1): HandIn(at), (2, 2): HandIn(at)}
    there = for_one(hand_ins=handed_in)
    assert there.fresh_verdict(WEEK_2, ONE, at) is Verdict.ON_TIME
    assert there.fresh_verdict(WEEK_2, OTHER, at) is Verdict.LATE
    missing = for_one()
    assert missing.fresh_verdict(WEEK_2, ONE, WEEK_2.closes_at) is Verdict.PENDING
    assert missing.fresh_verdict(WEEK_2, OTHER, WEEK_2.closes_at) is Verdict.ABSENT
    assert missing.fresh_verdict(WEEK_2, ONE, PUT_OFF.closes_at) is Verdict.ABSENT


def test_of_two_extensions_the_later_cutoffs_count() -> None:
    own = Extension(WEEK_2.due_at + timedelta(days=1), WEEK_2.closes_at + timedelta(days=1))
    there = for_all(extensions={(2, 1): own})
    assert there.own(there.week(2), 1).due_at == PUT_OFF.due_at


def test_who_left_before_the_own_close_owes_nothing() -> None:
    left = replace(ONE, left_at=WEEK_2.closes_at + timedelta(hours=1))
    assert season(members=(left, OTHER)).owes(WEEK_2, left)
    there = for_one(members=(left, OTHER))
    assert not there.owes(WEEK_2, left)
    assert [moment.subject for moment in of(there, Kind.CLOSED)] == [""]


def test_a_verdict_that_was_put_off_does_not_stand() -> None:
    there = for_one(judged={(2, 1): Judgement(Verdict.PENDING, 2), (2, 2): Judgement(Verdict.ABSENT)})
    assert not there.stands((2, 1))
    assert there.stands((2, 2))
    assert there.verdict(WEEK_2, ONE, WEEK_2.closes_at) is Verdict.PENDING


# Its moments


def test_put_off_for_all_the_cutoffs_are_new_moments() -> None:
    before, after = season(), for_all()
    for kind, at in ((Kind.DUE, PUT_OFF.due_at), (Kind.CLOSED, PUT_OFF.closes_at)):
        assert [(x.at, x.revision) for x in of(after, kind)] == [(at, 1)]
        assert of(after, kind)[0].key != of(before, kind)[0].key
    assert of(after, Kind.OPENED) == of(before, Kind.OPENED)
    assert {x.revision for x in of(after, Kind.REMINDER)} == {1}
    assert of(after, Kind.REMINDER)[0].at + timedelta(hours=24) == PUT_OFF.due_at


def test_put_off_again_they_are_new_once_more() -> None:
    done = [moment.key for moment in (*season().moments(), *for_all().moments())]
    left = [m for x in instants(for_all(revision=2).moments(), done) for m in x.moments]
    assert {m.kind for m in left} == {Kind.DUE, Kind.CLOSED, Kind.REMINDER}
    assert {(m.week, m.revision) for m in left} == {(2, 2)}


def test_put_off_for_one_the_others_moments_stay_and_the_one_has_more() -> None:
    added = [moment for moment in for_one().moments() if moment not in season().moments()]
    assert [(m.kind, m.subject, m.at) for m in added] == [
        (Kind.REMINDER, "due-1440@1", PUT_OFF.due_at - timedelta(hours=24)),
        (Kind.REMINDER, "due-180@1", PUT_OFF.due_at - timedelta(hours=3)),
        (Kind.REMINDER, "close-180@1", PUT_OFF.closes_at - timedelta(hours=3)),
        (Kind.CLOSED, "1", PUT_OFF.closes_at),
    ]
    assert [moment for moment in for_one().moments() if moment not in added] == list(season().moments())


def test_one_whose_cutoffs_are_everybodys_has_no_moments_alone() -> None:
    assert for_all(extensions={(2, 1): PUT_OFF}).moments() == for_all().moments()


def test_a_month_is_settled_after_the_last_own_close() -> None:
    late = Extension(seoul("2022-08-03 00:00"), seoul("2022-08-03 12:00"))
    months = season(extensions={(12, 1): late}).settlements()
    assert [f"{month:%m}" for month, _ in months] == ["04", "05", "06", "07", "08"]
    assert months[-1][1] == late.closes_at
    assert months[-2][1] == seoul("2022-08-01 09:00")
