"""Names of a record without an account, and how each becomes somebody's."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.doors import playground
from bot.records import importing
from bot.rules.refusal import Refused
from bot.services import membership
from bot.services.membership import How
from bot.services.scope import Role
from bot.services.snapshot import snapshot
from db import Runner, Session
from db import models as m
from tests.store import Group, account, caller, seoul

SEED = Path(playground.__file__).parent / "seeds" / "study-mlops.README.md"
ANSWERS = {
    "year": "2022",
    "breaks": "2022-04-13..2022-04-26,2022-06-08..2022-06-21",
    "last": "most_fines",
}
NAMES = ("장서진", "구미진", "이은빈", "한현경", "문수인")
LEADER = "조교"
NOW = "2022-04-06 10:00"
KEPT = (m.Submission, m.Judgement, m.Ledger, m.Turn, m.Swap, m.Extension, m.Note, m.Topic, m.Settlement)


async def imported(runner: Runner, channel: str = "mlops") -> Group:
    """The seed's study, imported by somebody who is not in it: its five names have no account."""
    taken = importing.reading(SEED.read_bytes(), ANSWERS)
    shown = await runner.run(importing.found, caller(LEADER, channel), taken, seoul("2022-04-05 21:00"))
    return Group(runner, shown.study.id, channel)


async def adds(group: Group, who: str, name: str | None, *, at: str = NOW, by: str = LEADER) -> How:
    """Have the leader add an account, under a name if one is given, else as it is called."""
    entered = await group.runner.run(membership.add, group.caller(by), account(who), name, seoul(at), who)
    return entered.how


async def joins(group: Group, who: str, name: str | None = None) -> How:
    """Have somebody ask to be in."""
    return (await group.asks(membership.join, name, by=who, at=NOW)).how


async def no(group: Group, who: str, name: str | None, by: str = LEADER) -> str:
    """The key of the no to adding somebody."""
    with pytest.raises(Refused) as refused:
        await adds(group, who, name, by=by)
    return refused.value.key


async def kept(session: Session, study: int) -> list[list[tuple[object, ...]]]:
    """What is on record of a study and its people, accounts aside, and whose turn each week is."""
    tables = [model.__table__ for model in KEPT]
    rows = [[tuple(row) for row in await session.execute(select(x).order_by(x.c.id))] for x in tables]
    people = [x for x in m.Member.__table__.c if x.name != "account"]
    members = await session.execute(select(*people).order_by(m.Member.id))
    shot = await snapshot(session, await session.get_one(m.Study, study))
    turns = [(week, turn.member) for week, turn in shot.season.turns().items()]
    return [*rows, [tuple(row) for row in members], [*turns]]


async def claims(group: Group) -> Sequence[dict[str, object]]:
    """What the channel is told of those who say that a name is theirs."""
    return [row.values for row in await group.outbox(m.Outbox.kind == "claimed")]


async def test_a_leader_connects_a_name_and_the_channel_hears_who_is_in(runner: Runner) -> None:
    group = await imported(runner)
    assert await adds(group, "은빈", "이은빈") is How.CONNECTED
    member = await group.member("이은빈")
    assert member.account == account("은빈")
    told = (await group.outbox(m.Outbox.kind != "refresh"))[-1]
    assert (told.kind, told.values) == ("joined", {"member": member.id})
    assert (await group.history())[-1] == "connected"
    assert len(await group.rows(m.Member)) == len(NAMES) + 1


@pytest.mark.parametrize(
    "at", ["2022-04-05 21:30", "2022-04-13 09:00", "2022-05-04 12:30", "2022-05-20 08:00", "2022-06-30 10:00"]
)
async def test_connecting_moves_no_fine_no_turn_and_no_submission(runner: Runner, at: str) -> None:
    group = await imported(runner)
    await group.jumps_to(at)
    before = await runner.read(kept, group.id)
    for name in NAMES:
        await adds(group, name, name, at=at)
    assert await runner.read(kept, group.id) == before


async def test_the_season_goes_the_same_way_connected_or_not(runner: Runner) -> None:
    one, other = await imported(runner), await imported(runner, "algorithms")
    for group in (one, other):
        await group.jumps_to("2022-05-05 12:00")
    for name in NAMES:
        await adds(one, name, name, at="2022-05-05 12:00")
    await one.jumps_to("2022-08-10 12:00")
    assert await one.ledger() == await other.ledger()
    assert {who for who, kind, _ in await one.ledger() if kind == "absent"} == {LEADER, *NAMES}


async def test_whoever_is_connected_hands_in_as_that_member(runner: Runner) -> None:
    group = await imported(runner)
    before = await group.links()
    await adds(group, "한현경", "한현경")
    await group.submits("한현경", "2022-04-07 10:00")
    assert await group.links() == before | {(1, "한현경"): "https://example.org/한현경"}
    await group.jumps_to("2022-04-13 12:01")
    assert (await group.verdicts(1))["한현경"] == ["on_time"]


async def test_nothing_is_guessed_from_what_somebody_is_called(runner: Runner) -> None:
    group = await imported(runner)
    before = await group.history()
    assert await adds(group, "이은빈", None) is How.ASKED
    assert (await group.member("이은빈")).account is None
    assert await group.history() == before
    assert await adds(group, "안민우", None) is How.JOINED
    assert (await group.member("안민우")).account == account("안민우")


async def test_a_person_without_any_name_is_not_added_under_a_bare_account(runner: Runner) -> None:
    group = await imported(runner)
    with pytest.raises(Refused) as refused:
        await group.asks(membership.add, account("안민우"), None, at=NOW, by=LEADER)
    assert refused.value.key == "add-needs-name"


async def test_who_is_in_under_another_name_is_not_connected(runner: Runner) -> None:
    group = await imported(runner)
    await adds(group, "은빈", "은빈이")
    assert await no(group, "은빈", "이은빈") == "is-in-as-another"
    assert await no(group, "은빈", "아무개") == "is-in-already"
    assert await no(group, LEADER, "장서진") == "is-in-as-another"
    await group.asks(membership.leave, by="은빈", at=NOW)
    assert await adds(group, "은빈", "이은빈") is How.CONNECTED
    assert await no(group, "다른이", "이은빈") == "name-taken"


async def test_only_a_leader_connects(runner: Runner) -> None:
    group = await imported(runner)
    await adds(group, "은빈", "이은빈")
    await group.asks(membership.set_role, "이은빈", Role.TREASURER, at=NOW, by=LEADER)
    await adds(group, "미진", "구미진")
    before = await runner.read(kept, group.id)
    assert await no(group, "수인", "문수인", by="은빈") == "not-allowed"
    assert await no(group, "수인", "문수인", by="미진") == "not-allowed"
    assert await no(group, "수인", "문수인", by="수인") == "not-a-member"
    assert (await group.member("문수인")).account is None
    assert await runner.read(kept, group.id) == before


async def test_a_name_of_somebody_who_left_connects_nobody(runner: Runner) -> None:
    group = await imported(runner)
    await group.asks(membership.remove, "문수인", at=NOW, by=LEADER)
    assert await adds(group, "수인", "문수인") is How.JOINED


async def test_one_name_goes_to_one_of_two_at_once(runner: Runner) -> None:
    group = await imported(runner)
    wishes = (adds(group, who, "이은빈") for who in ("하나", "둘"))
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sorted(x.key if isinstance(x, Refused) else str(x) for x in answers) == ["connected", "name-taken"]


async def test_one_person_gets_one_of_two_names_at_once(runner: Runner) -> None:
    group = await imported(runner)
    wishes = (adds(group, "하나", name) for name in ("이은빈", "문수인"))
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert [x.key for x in answers if isinstance(x, Refused)] == ["is-in-as-another"]


@pytest.mark.parametrize(("who", "name"), [("구미진", None), ("미진", "구미진")])
async def test_saying_a_name_is_ones_own_is_not_enough(runner: Runner, who: str, name: str | None) -> None:
    group = await imported(runner)
    assert await joins(group, who, name) is How.ASKED
    member = await group.member("구미진")
    assert member.account is None
    assert await claims(group) == [{"member": member.id, "account": account(who)}]
    assert await adds(group, who, "구미진") is How.CONNECTED


async def test_the_channel_is_asked_once(runner: Runner) -> None:
    group = await imported(runner)
    for _ in range(3):
        await joins(group, "미진", "구미진")
    assert len(await claims(group)) == 1
    await joins(group, "미진", "이은빈")
    await joins(group, "딴사람", "구미진")
    assert len(await claims(group)) == 3


async def test_a_namesake_joins_under_another_name(runner: Runner) -> None:
    group = await imported(runner)
    await joins(group, "구미진")
    assert await joins(group, "구미진", "구미진B") is How.JOINED
    assert (await group.member("구미진B")).account == account("구미진")
    assert (await group.member("구미진")).account is None


async def test_who_imports_says_which_of_the_names_is_theirs(runner: Runner) -> None:
    taken = importing.reading(SEED.read_bytes(), ANSWERS)
    at = seoul("2022-04-05 21:00")
    shown = await runner.run(importing.found, caller("seojin"), taken, at, "장서진")
    group = Group(runner, shown.study.id)
    assert [x.name for x in shown.members] == list(NAMES)
    leader = await group.member("장서진")
    assert (leader.account, leader.role) == (account("seojin"), "leader")
    assert [x.name for x in shown.members if x.account is None] == list(NAMES[1:])
