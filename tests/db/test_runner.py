"""The runner: all of a service or nothing, one writer, answers after the commit."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.rules.refusal import Refused
from db import Runner, Session
from db.models import Clock

NOON = datetime(2022, 4, 13, 3, tzinfo=UTC)


async def add(session: Session, minutes: int = 0) -> int:
    """Write a row, give everybody else a chance to meddle, and count."""
    await session.execute(insert(Clock).values(now=NOON + timedelta(minutes=minutes)))
    await asyncio.sleep(0)
    return await session.scalar(select(func.count(Clock.id))) or 0


async def add_and_fail(session: Session, fault: Exception) -> None:
    """Write a row, then say no or break."""
    await add(session)
    raise fault


async def count(session: Session) -> int:
    """How many rows there are."""
    return await session.scalar(select(func.count(Clock.id))) or 0


async def test_what_a_service_writes_is_kept_and_its_answer_given(runner: Runner) -> None:
    assert await runner.run(add, minutes=5) == 1
    assert await runner.read(count) == 1


@pytest.mark.parametrize("fault", [Refused("not-allowed"), RuntimeError("a fault")])
async def test_of_a_service_that_breaks_off_nothing_is_kept(runner: Runner, fault: Exception) -> None:
    with pytest.raises(type(fault)) as raised:
        await runner.run(add_and_fail, fault)
    assert raised.value is fault
    assert await runner.read(count) == 0
    assert await runner.run(add) == 1


async def test_of_a_service_that_is_cancelled_nothing_is_kept(runner: Runner) -> None:
    begun = asyncio.Event()

    async def slow(session: Session) -> None:
        await add(session)
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(runner.run(slow))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await runner.run(add) == 1


async def test_sixteen_who_write_at_once_all_get_through(runner: Runner) -> None:
    async def writer(number: int) -> None:
        for _ in range(5):
            await runner.run(add, number)

    async def reader() -> None:
        for _ in range(20):
            await runner.read(count)

    await asyncio.gather(*map(writer, range(16)), reader(), reader())
    assert await runner.read(count) == 80


async def test_two_runners_on_one_database_wait_for_each_other(runner: Runner) -> None:
    async with Runner(runner.url) as other:
        await asyncio.gather(*(one.run(add) for one in (runner, other) for _ in range(20)))
    assert await runner.read(count) == 40


async def test_a_row_read_for_writing_is_changed_by_one_at_a_time(runner: Runner) -> None:
    await runner.run(add)

    async def advance(session: Session) -> None:
        now = await session.scalar(select(Clock.now).with_for_update())
        assert now is not None
        await asyncio.sleep(0)
        await session.execute(update(Clock).values(now=now + timedelta(minutes=1)))

    await asyncio.gather(*(runner.run(advance) for _ in range(16)))
    assert await runner.read(lambda session: session.scalar(select(Clock.now))) == NOON + timedelta(
        minutes=16
    )


async def test_listeners_hear_of_a_commit_once_it_is_there_for_others(runner: Runner) -> None:
    heard: list[asyncio.Task[int]] = []
    runner.after_commit(lambda: heard.append(asyncio.create_task(runner.read(count))))
    await runner.run(add)
    assert [await look for look in heard] == [1]
    await runner.run(add)
    assert [await look for look in heard] == [1, 2]


async def test_listeners_hear_nothing_of_a_rollback_or_a_look(runner: Runner) -> None:
    heard = []
    runner.after_commit(lambda: heard.append("commit"))
    with pytest.raises(Refused):
        await runner.run(add_and_fail, Refused("not-allowed"))
    await runner.read(count)
    assert heard == []
    await runner.run(add)
    assert heard == ["commit"]
