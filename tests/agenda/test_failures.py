"""What goes wrong on the way, and what becomes of the message."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.agenda import outbox
from bot.agenda.outbox import TRIES
from bot.commands.courier import TryLater, Undeliverable
from bot.services import studies
from bot.services.delivery import LEASE
from bot.services.outbox import FAILED, LEASED, SENT
from db import Runner, Session
from db import models as m
from tests.agenda.platform import Office
from tests.store import LEADER, founded

OPENED = "2022-04-06 00:00"
SECOND = timedelta(seconds=1)


async def opened(runner: Runner) -> Office:
    """A study whose first week has opened: two messages wait, the founding and the week's."""
    office = Office(await founded(runner))
    await office.group.lives_until(OPENED)
    return office


async def test_a_crash_between_sending_and_marking_leaves_one_message(runner: Runner) -> None:
    office = await opened(runner)
    office.platform.loses_answer = [office.platform.forever]
    crashed = asyncio.create_task(office.delivers(OPENED))
    await office.platform.is_busy.wait()
    crashed.cancel()
    with pytest.raises(asyncio.CancelledError):
        await crashed
    assert [row.state for row in await office.group.outbox()] == [LEASED, "waiting"]
    await office.delivers(wait=LEASE - SECOND)
    assert len(office.platform.messages) == 1
    await office.delivers(wait=SECOND)
    first, _ = await office.group.outbox()
    assert office.platform.asked("find") == [first.key]
    assert office.platform.twice == []
    assert len(office.platform.messages) == 2
    assert [row.message_id for row in await office.group.outbox()] == list(office.platform.messages)


async def test_a_crash_before_sending_loses_nothing(runner: Runner) -> None:
    office = await opened(runner)
    office.platform.trouble["send"] = [office.platform.forever]
    crashed = asyncio.create_task(office.delivers(OPENED))
    await office.platform.is_busy.wait()
    crashed.cancel()
    with pytest.raises(asyncio.CancelledError):
        await crashed
    await office.delivers(wait=LEASE)
    assert [row.state for row in await office.group.outbox()] == [SENT, SENT]
    assert len(office.platform.messages) == 2


async def test_an_answer_that_never_comes_is_looked_for(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "TIMEOUT", timedelta(seconds=0.2))
    office = await opened(runner)
    office.platform.loses_answer = [office.platform.forever]
    await office.delivers(OPENED)
    (first, _) = await office.group.outbox()
    assert (first.state, first.message_id) == (LEASED, None)
    await office.delivers(wait=timedelta(minutes=1))
    assert office.platform.asked("find") == [first.key]
    assert len(office.platform.messages) == 2
    assert office.platform.twice == []


def test_a_send_gives_up_well_before_its_lease_ends() -> None:
    assert timedelta(seconds=10) <= outbox.TIMEOUT < LEASE / 2


async def test_a_platform_that_asks_to_wait_is_obeyed(runner: Runner) -> None:
    office = await opened(runner)
    office.platform.trouble["send"] = [TryLater(timedelta(seconds=30))]
    await office.delivers(OPENED)
    await office.delivers(wait=29 * SECOND)
    assert len(office.platform.asked("send")) == 1
    await office.delivers(wait=SECOND)
    first, second = await office.group.outbox()
    assert office.platform.asked("send") == [first.key, first.key, second.key]
    assert {first.state, second.state} == {SENT}


async def test_being_asked_to_wait_often_is_no_reason_to_give_up(runner: Runner) -> None:
    office = await opened(runner)
    office.platform.trouble["send"] = [TryLater(SECOND) for _ in range(TRIES + 1)]
    office.platform.trouble["send"].append(RuntimeError("broken"))
    for _ in range(TRIES + 3):
        await office.delivers(OPENED, wait=timedelta(minutes=1))
    assert [row.state for row in await office.group.outbox()] == [SENT, SENT]


async def test_what_can_never_be_delivered_is_given_up_and_the_next_goes_out(runner: Runner) -> None:
    office = await opened(runner)
    office.platform.trouble["send"] = [Undeliverable("no such channel")]
    await office.delivers(OPENED)
    first, second = await office.group.outbox()
    assert (first.state, first.error) == (FAILED, "no such channel")
    assert second.state == SENT


async def test_what_was_given_up_is_shown(runner: Runner) -> None:
    office = await opened(runner)
    shown = await runner.read(studies.show, office.group.caller(LEADER))
    assert shown.undelivered == 0
    office.platform.trouble["send"] = [Undeliverable("no such channel")]
    await office.delivers(OPENED)
    shown = await runner.read(studies.show, office.group.caller(LEADER))
    assert shown.undelivered == 1


async def test_an_unknown_error_is_tried_again_ever_more_slowly_and_given_up_at_last(
    runner: Runner,
) -> None:
    office = await opened(runner)
    office.platform.trouble["send"] = [RuntimeError(f"broken {n}") for n in range(TRIES)]
    waits = []
    for attempt in range(1, TRIES + 1):
        await office.delivers(OPENED)
        assert len(office.platform.asked("send")) == attempt or attempt == TRIES
        first, _ = await office.group.outbox()
        if first.leased_until is not None:
            waits.append((first.leased_until - office.wall).total_seconds())
            await office.delivers(wait=first.leased_until - office.wall - SECOND)
            assert len(office.platform.asked("send")) == attempt
            office.wall += SECOND
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]
    first, second = await office.group.outbox()
    assert (first.state, second.state) == (FAILED, SENT)
    assert first.error is not None
    assert "broken 11" in first.error


async def test_a_fault_in_the_words_of_a_message_does_not_stop_the_others(runner: Runner) -> None:
    office = await opened(runner)

    async def muddle(session: Session) -> None:
        started = update(m.Outbox).where(m.Outbox.kind == "started")
        await session.execute(started.values(values={"members": ["?"]}))

    await runner.run(muddle)
    for _ in range(TRIES):
        await office.delivers(OPENED, wait=timedelta(minutes=11))
    assert [row.state for row in await office.group.outbox()] == [FAILED, SENT]
