"""How the hot paths ask the database: by index, and in few statements however many there are."""

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from bot.services import delivery, standing, telling, weeks
from db import Runner
from tests.store import MEMBERS, Group, founded, seoul

NIGHT = "2022-05-11 01:00"
Statement = tuple[str, Any]


@contextmanager
def listening(runner: Runner) -> Iterator[list[Statement]]:
    """Hear every statement that is sent to the database."""
    heard: list[Statement] = []
    engines = [engine.sync_engine for engine in (runner._engine, runner._reader) if engine]

    def hear(_: object, __: object, statement: str, values: Any, ___: object, many: bool) -> None:
        heard.append((statement, values[0] if many else values))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield heard
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


async def scans(runner: Runner, statements: list[Statement]) -> list[str]:
    """Where SQLite would read a whole table for one of these statements."""
    found = []
    assert runner._reader is not None
    async with runner._reader.connect() as connection:
        for statement, values in statements:
            if statement.split()[0] not in ("SELECT", "UPDATE", "DELETE"):
                continue
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            found += [f"{row.detail}: {statement}" for row in plan if row.detail.startswith("SCAN")]
    return [line for line in found if "CONSTANT ROW" not in line]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
async def test_nothing_on_the_way_reads_a_whole_table(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until("2022-05-10 10:00")
    calls: list[Awaitable[Any]] = [
        group.submits("구미진", "2022-05-10 10:00"),
        group.jumps_to(NIGHT),
        runner.run(delivery.claim, seoul(NIGHT)),
        runner.read(delivery.is_waiting, seoul(NIGHT)),
        runner.read(telling.facts, group.id),
        group.looks(standing.mine, at=NIGHT),
        group.asks(weeks.excuse, "이은빈", 2, "출장", at=NIGHT),
    ]
    for call in calls:
        with listening(runner) as heard:
            await call
        assert heard
        assert await scans(runner, heard) == []


async def statements_of(group: Group, names: tuple[str, ...], at: str) -> int:
    """How many statements it takes some to hand in at once."""
    with listening(group.runner) as heard:
        await asyncio.gather(*(group.submits(name, at) for name in names))
    return len(heard)


async def test_five_who_hand_in_together_take_no_more_statements_than_one(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until("2022-04-07 10:00")
    await statements_of(group, MEMBERS[:1], "2022-04-07 10:00")
    alone = await statements_of(group, MEMBERS[:1], "2022-05-10 10:00")
    together = await statements_of(group, MEMBERS, "2022-05-17 10:00")
    assert together <= alone + 1


async def test_many_studies_take_no_more_statements_to_advance_than_one(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    with listening(runner) as heard:
        await group.jumps_to("2022-04-06 00:00")
        alone = len(heard)
    for number in range(4):
        await founded(runner, MEMBERS[:2], channel=f"study {number}")
    with listening(runner) as heard:
        await group.jumps_to("2022-04-06 00:00")
        assert len(heard) <= alone + 4  # a study's own row is updated by itself
