"""Handing in: which week it is for, how it stands, and what is kept of it."""

from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.rules.target import NothingOpen
from bot.rules.verdicts import Verdict
from bot.services import membership, weeks
from db import Runner
from db import models as m
from tests.store import LEADER, TREASURER, Group, account, founded, seoul

MONDAY = "2022-05-09 10:00"
NIGHT = "2022-05-11 01:00"
"""Week 3 is in its late hours and week 4 is open."""
A, B = "https://example.org/a", "https://example.org/b"


async def refused(group: Group, name: str, at: str, **more: Any) -> Refused:
    """The no that somebody gets who hands in."""
    with pytest.raises(Refused) as no:
        await group.submits(name, at, **more)
    return no.value


async def test_the_instant_of_the_event_decides(runner: Runner) -> None:
    group = await founded(runner)
    for name, at, verdict in (
        ("장서진", "2022-04-06 00:00", Verdict.ON_TIME),
        ("구미진", "2022-04-12 23:59:59.999", Verdict.ON_TIME),
        ("이은빈", "2022-04-13 00:00", Verdict.LATE),
        ("한현경", "2022-04-13 11:59:59.999", Verdict.LATE),
    ):
        done = await group.submits(name, at)
        assert (done.week.number, done.verdict, done.hand_in.first_at) == (1, verdict, seoul(at))
        assert not any((done.closed, done.replaced, done.repeated, done.for_other))
    await group.jumps_to("2022-04-13 12:01")
    assert await group.verdicts(1) == {
        "장서진": ["on_time"],
        "구미진": ["on_time"],
        "이은빈": ["late"],
        "한현경": ["late"],
        "문수인": ["absent"],
    }


async def test_in_the_late_hours_a_link_is_for_the_week_that_is_missing(runner: Runner) -> None:
    group = await founded(runner)
    first = await group.submits("구미진", NIGHT, A)
    assert (first.week.number, first.verdict) == (3, Verdict.LATE)
    assert first.other is not None
    assert first.other.number == 4
    second = await group.submits("구미진", NIGHT, B)
    assert (second.week.number, second.verdict) == (4, Verdict.ON_TIME)
    assert await group.links() == {(3, "구미진"): A, (4, "구미진"): B}


async def test_whoever_is_in_already_hands_in_for_the_next_week(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("구미진", MONDAY, A)
    assert (await group.submits("구미진", NIGHT, B)).week.number == 4


async def test_whoever_does_not_owe_the_late_week_hands_in_for_the_open_one(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(weeks.excuse, "구미진", 3, "출장", at=MONDAY)
    done = await group.submits("구미진", NIGHT)
    assert (done.week.number, done.other and done.other.number) == (4, 3)


async def test_the_week_may_be_named(runner: Runner) -> None:
    group = await founded(runner)
    assert (await group.submits("구미진", NIGHT, A, week=4)).week.number == 4
    assert (await group.submits("구미진", NIGHT, A, week=3)).verdict is Verdict.LATE
    assert (await refused(group, "구미진", NIGHT, week=5)).key == "week-not-open"
    assert (await refused(group, "구미진", NIGHT, week=13)).key == "no-such-week"
    assert (await refused(group, "구미진", NIGHT, week=0)).key == "no-such-week"


async def test_with_nothing_open_one_hears_when_the_next_week_opens_and_what_is_missing(
    runner: Runner,
) -> None:
    group = await founded(runner)
    no = await refused(group, "구미진", "2022-04-20 10:00")
    assert isinstance(no, NothingOpen)
    assert (no.key, no.values) == ("nothing-open", {"week": 2, "opens": seoul("2022-04-27 00:00")})
    assert no.missing is not None
    assert no.missing.number == 1
    assert (await refused(group, "구미진", "2022-09-01 10:00")).key == "nothing-open-ever"
    early = await refused(group, "구미진", "2022-04-05 22:00")
    assert isinstance(early, NothingOpen)
    assert (early.values["week"], early.missing) == (1, None)


async def test_after_the_close_a_link_is_recorded_and_the_verdict_stays(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-04-20 10:00")
    before = await group.ledger()
    done = await group.submits("구미진", "2022-04-20 10:00", A, week=1)
    assert (done.closed, done.verdict) == (True, Verdict.ABSENT)
    assert await group.links() == {(1, "구미진"): A}
    assert (await group.verdicts(1))["구미진"] == ["absent"]
    assert await group.ledger() == before
    assert (await group.history())[-1] == "submitted"


async def test_handing_in_again_replaces_the_link_and_keeps_the_first_time(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("구미진", "2022-04-08 10:00", A, note="초안")
    again = await group.submits("구미진", "2022-04-13 01:00", B)
    assert (again.replaced, again.verdict) == (True, Verdict.ON_TIME)
    (row,) = await group.rows(m.Submission)
    assert (row.link, row.note, row.first_at) == (B, None, seoul("2022-04-08 10:00"))
    assert (await group.history())[-2:] == ["submitted", "replaced"]
    assert [row.text for row in await group.rows(m.Detail)] == [f"{A} 초안", B]


async def test_the_same_link_again_is_merely_a_repetition(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("구미진", "2022-04-08 10:00", A)
    again = await group.submits("구미진", "2022-04-08 10:01", A)
    assert (again.repeated, again.replaced) == (True, False)
    assert again.hand_in.first_at == seoul("2022-04-08 10:00")
    assert (await group.history()).count("submitted") == 1
    noted = await group.submits("구미진", "2022-04-08 10:02", A, note="고침")
    assert (noted.repeated, noted.replaced) == (False, True)


async def test_a_leader_hands_in_for_somebody_and_says_why(runner: Runner) -> None:
    group = await founded(runner)
    for who in ("구미진", account("구미진")):
        done = await group.submits(LEADER, "2022-04-08 10:00", A, who=who, note="메일로 받음")
        assert (done.member.name, done.for_other) == ("구미진", True)
    assert await group.links() == {(1, "구미진"): A}
    (line,) = await group.rows(m.History, m.History.kind == "submitted")
    names = await group.names()
    assert (names[line.by_id], names[line.member_id]) == (LEADER, "구미진")


async def test_handing_in_for_somebody_takes_a_leader_a_note_and_a_member(runner: Runner) -> None:
    group = await founded(runner)
    await founded(runner, ["남", "이웃"], channel="algorithms")
    at = "2022-04-08 10:00"
    for who in ("구미진", TREASURER):
        no = await refused(group, who, at, who="문수인", note="대신")
        assert no.key == "submit-for-other-leader"
    assert (await refused(group, LEADER, at, who="문수인")).key == "submit-for-other-note"
    for stranger in ("이웃", account("이웃"), "아무개"):
        assert (await refused(group, LEADER, at, who=stranger, note="대신")).key == "no-such-member"
    assert await group.rows(m.Submission) == []


async def test_whoever_names_themselves_needs_neither_role_nor_note(runner: Runner) -> None:
    group = await founded(runner)
    assert not (await group.submits("구미진", "2022-04-08 10:00", A, who="구미진")).for_other


async def test_somebody_who_is_not_in_the_study_hands_in_nothing(runner: Runner) -> None:
    group = await founded(runner)
    assert (await refused(group, "지나가던이", "2022-04-08 10:00")).key == "not-a-member"
    assert await group.rows(m.Submission) == []


async def test_a_newcomer_may_hand_in_what_they_do_not_owe(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(membership.join, None, by="새사람", at="2022-04-08 10:00")
    done = await group.submits("새사람", "2022-04-13 09:00")
    assert (done.week.number, done.verdict) == (1, Verdict.RECORDED)
    await group.jumps_to("2022-04-13 12:01")
    assert "새사람" not in await group.verdicts(1)
