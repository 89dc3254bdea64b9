"""Who is in a study."""

import asyncio

import pytest

from bot.rules.refusal import Refused
from bot.services import membership
from bot.services.membership import MEMBERS_AT_MOST
from bot.services.scope import Role
from db import Runner
from db import models as m
from tests.store import LEADER, MEMBERS, TREASURER, Group, account, founded

NOW = "2022-04-08 10:00"


async def refused(group: Group, *what: object, by: str = LEADER) -> str:
    """The key of the no that somebody gets."""
    service, *args = what
    with pytest.raises(Refused) as no:
        await group.asks(service, *args, by=by, at=NOW)  # type: ignore[arg-type]
    return no.value.key


async def test_whoever_joins_is_a_member_and_the_channel_hears_of_it(runner: Runner) -> None:
    group = await founded(runner)
    member = (await group.asks(membership.join, "민우", by="새사람", at=NOW)).member
    assert (member.name, member.account, member.role) == ("민우", account("새사람"), "member")
    told = (await group.outbox())[-1]
    assert (told.kind, told.values) == ("joined", {"member": member.id})
    assert (await group.history())[-1] == "joined"


async def test_without_a_name_one_is_called_as_on_the_platform(runner: Runner) -> None:
    group = await founded(runner)
    assert (await group.asks(membership.join, None, by="새사람", at=NOW)).member.name == "새사람"


async def test_joining_twice_or_under_a_name_that_is_taken_is_refused(runner: Runner) -> None:
    group = await founded(runner)
    assert await refused(group, membership.join, "딴이름", by="구미진") == "already-in"
    assert await refused(group, membership.join, "구미진", by="새사람") == "name-taken"
    assert len(await group.rows(m.Member)) == len(MEMBERS)


async def test_two_who_want_the_same_name_at_once_do_not_both_get_it(runner: Runner) -> None:
    group = await founded(runner)
    wishes = (group.asks(membership.join, "민우", by=who, at=NOW) for who in ("하나", "둘"))
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Entered", "Refused"]


async def test_a_double_click_on_join_makes_one_member(runner: Runner) -> None:
    group = await founded(runner)
    wishes = (group.asks(membership.join, None, by="새사람", at=NOW) for _ in range(2))
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert [answer.key for answer in answers if isinstance(answer, Refused)] == ["already-in"]
    assert len(await group.rows(m.Member)) == len(MEMBERS) + 1


async def test_a_study_is_full_at_some_point(runner: Runner) -> None:
    group = await founded(runner, [LEADER, *(f"member {n}" for n in range(2, MEMBERS_AT_MOST + 1))])
    assert await refused(group, membership.join, None, by="새사람") == "study-full"


async def test_a_leader_takes_somebody_in_and_out(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(membership.add, account("새사람"), "민우", at=NOW)
    assert (await group.member("민우")).account == account("새사람")
    assert await refused(group, membership.add, account("새사람"), "딴이름") == "is-in-already"
    gone = await group.asks(membership.remove, "민우", at=NOW)
    assert gone.left_at is not None
    assert [row.kind for row in await group.outbox()][-2:] == ["joined", "left"]
    assert await refused(group, membership.remove, "민우") == "no-such-member"


async def test_only_a_leader_adds_removes_and_gives_roles(runner: Runner) -> None:
    group = await founded(runner)
    for who in ("구미진", TREASURER):
        assert await refused(group, membership.add, account("새사람"), None, by=who) == "not-allowed"
        assert await refused(group, membership.remove, "문수인", by=who) == "not-allowed"
        assert await refused(group, membership.set_role, who, Role.LEADER, by=who) == "not-allowed"
    assert await refused(group, membership.leave, by="지나가던이") == "not-a-member"


async def test_whoever_leaves_is_gone_and_what_they_owe_stays(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-04-13 12:01")
    before = await group.ledger()
    study = await group.asks(membership.leave, by="구미진", at="2022-04-13 13:00")
    assert study.id == group.id
    assert await group.ledger() == before
    await group.jumps_to("2022-05-04 12:01")
    assert "구미진" not in await group.verdicts(2)


async def test_whoever_leaves_before_the_close_is_not_judged(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(membership.leave, by="구미진", at="2022-04-13 11:59")
    await group.jumps_to("2022-04-13 12:01")
    assert set(await group.verdicts(1)) == set(MEMBERS) - {"구미진"}


async def test_whoever_comes_back_is_a_new_member(runner: Runner) -> None:
    group = await founded(runner)
    first = await group.member("구미진")
    await group.submits("구미진", "2022-04-07 10:00")
    await group.asks(membership.leave, by="구미진", at=NOW)
    await group.asks(membership.join, None, by="구미진", at="2022-04-09 10:00")
    again = await group.member("구미진")
    assert (again.id != first.id, again.role, again.notify) == (True, "member", "channel")
    await group.jumps_to("2022-04-13 12:01")
    assert "구미진" not in await group.verdicts(1)


async def test_the_last_leader_stays_until_there_is_another(runner: Runner) -> None:
    group = await founded(runner)
    assert await refused(group, membership.leave) == "last-leader"
    assert await refused(group, membership.remove, LEADER) == "last-leader"
    assert await refused(group, membership.set_role, LEADER, Role.MEMBER) == "last-leader"
    await group.asks(membership.set_role, "구미진", Role.LEADER, at=NOW)
    await group.asks(membership.leave, at=NOW)
    assert await refused(group, membership.leave, by="구미진") == "last-leader"


async def test_two_leaders_who_leave_at_once_do_not_leave_the_study_without_one(
    runner: Runner,
) -> None:
    group = await founded(runner)
    await group.asks(membership.set_role, "구미진", Role.LEADER, at=NOW)
    wishes = (group.asks(membership.leave, by=who, at=NOW) for who in (LEADER, "구미진"))
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert [answer.key for answer in answers if isinstance(answer, Refused)] == ["last-leader"]


async def test_a_role_is_given_once_and_told(runner: Runner) -> None:
    group = await founded(runner)
    member = await group.asks(membership.set_role, "구미진", Role.TREASURER, at=NOW)
    told = (await group.outbox())[-1]
    assert (told.kind, told.values) == ("role", {"member": member.id, "role": "treasurer"})
    assert await refused(group, membership.set_role, "구미진", Role.TREASURER) == "role-unchanged"


async def test_a_member_of_another_study_cannot_be_named(runner: Runner) -> None:
    group = await founded(runner)
    await founded(runner, ["남", "이웃"], channel="algorithms")
    for who in ("이웃", account("이웃")):
        assert await refused(group, membership.remove, who) == "no-such-member"
        assert await refused(group, membership.set_role, who, Role.LEADER) == "no-such-member"


async def test_how_one_is_reminded_is_ones_own_business(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to(NOW)
    before = len(await group.outbox())
    await group.asks(membership.notify, "dm", by="구미진", at=NOW)
    assert (await group.member("구미진")).notify == "dm"
    assert len(await group.outbox()) == before
    assert await refused(group, membership.notify, "off", by="지나가던이") == "not-a-member"
