"""What waits to be published: one of a study, in its own time, held back and let go."""

import asyncio
from datetime import timedelta

import pytest

from bot.rules.refusal import Refused
from bot.services import connecting, delivery, outbox, publishing
from bot.services.outbox import DROPPED, SENT, WAITING
from bot.services.publishing import Seen, Why
from db import Runner
from db.models import Outbox
from tests.store import Group, founded, seoul

SEEN = Seen("ku/mlops", "https://github.com/ku/mlops", "README.md", True, True, False)
AT = seoul("2022-04-07 21:00")
A_MINUTE = timedelta(minutes=1)


async def connected(runner: Runner) -> Group:
    """A study whose record is published."""
    group = await founded(runner)
    await group.asks(connecting.connect, SEEN, ("질문",), "koo", at="2022-04-07 21:00")
    for row in await group.outbox():
        await runner.run(delivery.ended, row.id, DROPPED)
    return group


async def waiting(group: Group) -> list[Outbox]:
    """What waits to be published."""
    return [row for row in await group.outbox() if row.kind == "publish" and row.state == WAITING]


async def test_changes_are_gathered_for_a_minute(runner: Runner) -> None:
    group = await connected(runner)
    await group.submits("구미진", "2022-04-07 22:00")
    await group.submits("이은빈", "2022-04-07 22:00")
    (row,) = await waiting(group)
    at = seoul("2022-04-07 22:00")
    assert row.not_before == at + A_MINUTE
    assert row.id not in {x.id for x in await runner.run(delivery.claim, at, at + A_MINUTE / 2)}
    (claimed,) = await runner.run(delivery.claim, at, at + A_MINUTE)
    assert claimed.id == row.id
    await group.submits("한현경", "2022-04-07 22:02")
    (later,) = await waiting(group)
    assert later.id != row.id


async def test_it_waits_for_no_message_and_no_message_for_it(runner: Runner) -> None:
    group = await connected(runner)
    await group.submits("구미진", "2022-04-07 22:00")
    await group.asks(publishing.publish, None, at="2022-04-07 22:00")
    await group.lives_until("2022-04-13 00:01")
    now = seoul("2022-04-13 00:01")
    claimed = await runner.run(delivery.claim, now, now)
    assert sorted(row.via or "" for row in claimed) == ["", "github"]


async def test_at_once_is_at_once(runner: Runner) -> None:
    group = await connected(runner)
    await group.submits("구미진", "2022-04-07 22:00")
    await group.asks(publishing.publish, None, at="2022-04-07 22:00")
    (row,) = await waiting(group)
    assert row.not_before is None
    assert "line" in row.values


async def test_what_is_held_back_has_one_successor(runner: Runner) -> None:
    group = await connected(runner)
    await group.submits("구미진", "2022-04-07 22:00")
    at = seoul("2022-04-07 22:05")
    (claimed,) = await runner.run(delivery.claim, at, at)
    await group.submits("이은빈", "2022-04-07 22:05")
    await runner.run(publishing.blocked, claimed.id, Why.RIGHTS, "no", at)
    assert len(await waiting(group)) == 1
    later = at + timedelta(hours=1)
    assert await runner.run(delivery.claim, later, later) != [claimed]
    assert not any(row.via for row in await runner.run(delivery.claim, later, later))
    await runner.run(publishing.try_again)
    assert [row.kind for row in await runner.run(delivery.claim, later, later) if row.via] == ["publish"]


async def test_many_who_change_something_at_once_leave_one(runner: Runner) -> None:
    group = await connected(runner)
    names = ("구미진", "이은빈", "한현경", "문수인")
    await asyncio.gather(*(group.submits(name, "2022-04-07 22:00") for name in names))
    assert len(await waiting(group)) == 1


async def test_only_a_leader_connects_and_only_what_is_connected_is_published(runner: Runner) -> None:
    group = await founded(runner)
    for who, key in (("구미진", "not-allowed"), ("장서진", "github-not-connected")):
        with pytest.raises(Refused) as no:
            await group.asks(publishing.publish, None, by=who, at="2022-04-07 22:00")
        assert no.value.key == key
    await group.submits("구미진", "2022-04-07 22:00")
    assert await waiting(group) == []


async def test_another_repository_takes_the_first_one_s_place(runner: Runner) -> None:
    group = await connected(runner)
    await group.submits("구미진", "2022-04-07 22:00")
    other = Seen("ku/other", "https://github.com/ku/other", "README.md", True, True, False)
    found = await group.asks(connecting.connect, other, (), None, at="2022-04-07 22:00")
    assert found.repository.name == "ku/other"
    assert len(await waiting(group)) == 1
    await group.asks(connecting.disconnect, at="2022-04-07 22:01")
    assert await waiting(group) == []
    assert SENT not in {row.state for row in await group.outbox() if row.via}
    assert outbox.GITHUB == "github"
