"""The agenda: what is due is run and sent, whoever wakes it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from structlog.typing import EventDict

from bot.agenda import agenda as agenda_module
from bot.agenda.agenda import Agenda
from bot.services import advancing
from db import Runner, Session
from db import models as m
from tests.agenda.platform import Office
from tests.store import LEADER, MEMBERS, Group, founded, seoul

DAY, CLOSED = "2022-04-07 10:00", "2022-04-13 12:01"


def made(office: Office, now: Callable[[], datetime] | None = None) -> Agenda:
    """An agenda on the office's clock, or one that ticks."""
    clock = now or (lambda: office.now)
    return Agenda(office.group.runner, office.deliverer, clock, ticking=now is not None)


@contextlib.asynccontextmanager
async def running(agenda: Agenda) -> AsyncIterator[None]:
    """Let an agenda work by itself."""
    task = asyncio.create_task(agenda.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def soon(true: Callable[[], bool], runner: Runner) -> None:
    """Wait, not for long, until something is so; looked at after every commit."""
    committed = asyncio.Event()
    runner.after_commit(committed.set)
    async with asyncio.timeout(10):
        while not true():
            await committed.wait()
            committed.clear()


async def test_catching_up_runs_what_is_due_and_sends_it(runner: Runner) -> None:
    office = Office(await founded(runner, MEMBERS[:2]))
    office.now = seoul(CLOSED)
    await made(office).catch_up()
    assert await office.group.told() == ["opened 1", "due 1, break_begins", "closed 1"]
    assert len(office.platform.messages) == 4
    assert await made(office).next_moment() == seoul("2022-04-27 00:00")


async def test_two_who_catch_up_at_once_send_everything_once(runner: Runner) -> None:
    office = Office(await founded(runner))
    office.now = seoul(CLOSED)
    agenda = made(office)
    await asyncio.gather(agenda.catch_up(), agenda.catch_up(), made(office).catch_up())
    assert office.platform.twice == []
    assert len(office.platform.messages) == 4


async def test_more_studies_than_fit_into_one_go_are_all_advanced(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advancing, "AT_ONCE", 2)
    groups = [await founded(runner, [LEADER], channel=f"study {n}") for n in range(5)]
    office = Office(groups[0], now=seoul(CLOSED))
    await made(office).catch_up()
    assert len(office.platform.messages) == 5 * 4


async def test_it_wakes_when_something_is_committed(runner: Runner) -> None:
    office = Office(await founded(runner, MEMBERS[:2]))
    office.now = seoul(DAY)
    async with running(made(office)):
        await soon(lambda: len(office.platform.messages) == 2, runner)
        await office.group.submits("구미진", DAY)
        await soon(lambda: bool(office.platform.shows("who-is-in")), runner)


async def test_it_does_nothing_while_nothing_happens(runner: Runner) -> None:
    office = Office(await founded(runner))
    commits = []
    async with running(made(office)):
        await soon(lambda: len(office.platform.messages) == 1, runner)
        await asyncio.sleep(0.1)
        runner.after_commit(lambda: commits.append(1))
        await asyncio.sleep(0.2)
    assert commits == []


async def test_a_fault_is_logged_and_the_next_look_is_as_good_as_ever(
    runner: Runner, monkeypatch: pytest.MonkeyPatch, logs: list[EventDict]
) -> None:
    office = Office(await founded(runner, MEMBERS[:1]))
    office.now = seoul(CLOSED)
    agenda = made(office)
    tried = asyncio.Event()

    async def power_cut(*_: object) -> int:
        tried.set()
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr(advancing, "advance", power_cut)
        async with running(agenda):
            await asyncio.wait_for(tried.wait(), 10)
            await asyncio.sleep(0.05)
            assert logs[0]["event"].startswith("fault while advancing")
            broken.undo()
            agenda.wake()
            await soon(lambda: len(office.platform.messages) == 4, runner)


async def damage(group: Group) -> None:
    """Leave a study in a zone that this machine has never heard of."""

    async def lose(session: Session) -> None:
        await session.execute(update(m.Study).where(m.Study.id == group.id).values(timezone="Asia/Lost"))

    await group.runner.run(lose)


async def test_a_fault_in_one_study_holds_up_no_other(runner: Runner, logs: list[EventDict]) -> None:
    broken, group = await founded(runner, channel="broken"), await founded(runner, MEMBERS[:1])
    await damage(broken)
    office = Office(group, now=seoul(CLOSED))
    agenda = made(office)
    await agenda.catch_up()
    assert await group.told() == ["opened 1", "due 1, break_begins", "closed 1"]
    assert len(office.platform.messages) == 4
    assert [entry["study"] for entry in logs if entry["event"] == "fault in a study"] == [broken.id]
    assert (await broken.study()).next_moment_at == seoul("2022-04-06 00:00")
    assert await agenda.next_moment() == seoul("2022-04-27 00:00")


async def test_a_study_with_a_fault_is_not_tried_again_and_again(
    runner: Runner, logs: list[EventDict]
) -> None:
    office = Office(await founded(runner))
    await damage(office.group)
    async with running(made(office, lambda: datetime.now(UTC))):
        await asyncio.sleep(0.5)
    assert len([entry for entry in logs if entry["event"] == "fault in a study"]) <= 3


async def test_it_sleeps_until_the_nearest_moment_and_wakes_by_itself(runner: Runner) -> None:
    office = Office(await founded(runner, MEMBERS[:1]))
    moment = datetime.now(UTC) + timedelta(seconds=0.6)

    async def put_off(session: Session) -> None:
        await session.execute(update(m.Study).values(next_moment_at=moment))

    await runner.run(put_off)
    woken: list[datetime] = []

    def now() -> datetime:
        return datetime.now(UTC)

    async with running(made(office, now)):
        await soon(lambda: len(office.platform.messages) == 1, runner)
        assert await office.group.verdicts(12) == {}
        await soon(lambda: len(office.platform.messages) > 1, runner)
        woken.append(now())
    assert woken[0] >= moment
    assert (await office.group.study()).next_moment_at is None


async def test_a_sweep_looks_now_and_then_at_what_was_put_off(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda_module, "SWEEP", timedelta(seconds=1))
    office = Office(await founded(runner, MEMBERS[:1]))
    office.platform.trouble["send"] = [RuntimeError("broken")]
    async with running(made(office)):
        await soon(lambda: bool(office.platform.asked("send")), runner)
        office.wall += timedelta(minutes=5)
        await soon(lambda: bool(office.platform.messages), runner)
