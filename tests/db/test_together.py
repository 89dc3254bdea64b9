"""What waits beside each other goes into one transaction, and a no or a fault stays with its item."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, select

from bot.rules.refusal import Refused
from db import Runner, Session
from db.models import Clock
from db.runner import TOGETHER_AT_MOST

NOON = datetime(2022, 4, 13, 3, tzinfo=UTC)
REFUSED, BROKEN = 13, 99


def minute(number: int) -> datetime:
    """A number as an instant, to be written."""
    return NOON + timedelta(minutes=number)


async def note_many(session: Session, numbers: Sequence[int]) -> Sequence[int | Refused]:
    """Write numbers down; one of them is refused, another one breaks whoever works on it."""
    wanted = [number for number in numbers if number != REFUSED]
    if wanted:
        await session.execute(insert(Clock), [{"now": minute(number)} for number in wanted])
    if BROKEN in numbers:
        raise RuntimeError("a fault")
    return [Refused("not-allowed") if number == REFUSED else number * 10 for number in numbers]


async def noted(session: Session) -> list[int]:
    """The numbers written down."""
    found = await session.scalars(select(Clock.now).order_by(Clock.now))
    return [int((now - NOON).total_seconds()) // 60 for now in found]


def commits(runner: Runner) -> list[str]:
    """Count the commits from here on."""
    seen: list[str] = []
    event.listen(runner._engine.sync_engine, "commit", lambda _: seen.append("commit"))
    return seen


async def test_everybody_gets_their_own_answer(runner: Runner) -> None:
    answers = await asyncio.gather(*(runner.together(note_many, number) for number in range(10)))
    assert answers == [number * 10 for number in range(10)]
    assert await runner.read(noted) == list(range(10))


async def test_what_waits_together_is_committed_together(runner: Runner) -> None:
    seen = commits(runner)
    await asyncio.gather(*(runner.together(note_many, number) for number in range(12)))
    assert len(seen) == 1


async def test_what_comes_during_a_commit_goes_into_the_next(runner: Runner) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow_many(session: Session, numbers: Sequence[int]) -> Sequence[int | Refused]:
        begun.set()
        await go_on.wait()
        return await note_many(session, numbers)

    seen = commits(runner)
    first = asyncio.create_task(runner.together(slow_many, 0))
    await begun.wait()
    others = [asyncio.create_task(runner.together(slow_many, number)) for number in range(1, 8)]
    await asyncio.sleep(0)
    go_on.set()
    assert await asyncio.gather(first, *others) == [number * 10 for number in range(8)]
    assert len(seen) == 2


async def test_in_a_rush_those_just_behind_are_waited_for(runner: Runner) -> None:
    async def twice(number: int) -> None:
        await runner.together(note_many, number)
        for _ in range(number):
            await asyncio.sleep(0)
        await runner.together(note_many, number + 20)

    seen = commits(runner)
    await asyncio.gather(*(twice(number) for number in range(8)))
    assert len(seen) == 2


async def test_a_crowd_is_taken_in_batches(runner: Runner) -> None:
    seen = commits(runner)
    crowd = [n for n in range(TOGETHER_AT_MOST * 2 + 3) if n not in (REFUSED, BROKEN)]
    await asyncio.gather(*(runner.together(note_many, number) for number in crowd))
    assert len(seen) == 3
    assert await runner.read(noted) == crowd


async def test_a_refusal_concerns_only_its_own_item(runner: Runner) -> None:
    seen = commits(runner)
    wishes = (runner.together(note_many, number) for number in (1, REFUSED, 2))
    one, refusal, two = await asyncio.gather(*wishes, return_exceptions=True)
    assert (one, two) == (10, 20)
    assert isinstance(refusal, Refused)
    assert len(seen) == 1
    assert await runner.read(noted) == [1, 2]


async def test_a_fault_concerns_only_its_own_item(runner: Runner) -> None:
    wishes = (runner.together(note_many, number) for number in (1, BROKEN, 2, REFUSED))
    one, fault, two, refusal = await asyncio.gather(*wishes, return_exceptions=True)
    assert (one, two) == (10, 20)
    assert isinstance(fault, RuntimeError)
    assert isinstance(refusal, Refused)
    assert await runner.read(noted) == [1, 2]


async def test_after_a_fault_the_next_ones_are_served(runner: Runner) -> None:
    with pytest.raises(RuntimeError):
        await runner.together(note_many, BROKEN)
    assert await runner.together(note_many, 3) == 30
    assert await runner.read(noted) == [3]


async def test_whoever_hangs_up_has_been_heard_all_the_same(runner: Runner) -> None:
    tasks = [asyncio.create_task(runner.together(note_many, number)) for number in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    first, gone, third = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, third) == (0, 20)
    assert isinstance(gone, asyncio.CancelledError)
    assert await runner.read(noted) == [0, 1, 2]


async def test_closing_finishes_what_waits(store_url: str) -> None:
    runner = Runner(store_url)
    tasks = [asyncio.create_task(runner.together(note_many, number)) for number in range(5)]
    await asyncio.sleep(0)
    await runner.close()
    assert [task.result() for task in tasks] == [0, 10, 20, 30, 40]
    async with Runner(store_url) as again:
        assert await again.read(noted) == [0, 1, 2, 3, 4]
