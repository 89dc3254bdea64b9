"""Messages go out in order, each once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.services import delivery, membership
from bot.services.delivery import LEASE
from bot.services.outbox import LEASED, SENT, WAITING
from db import Runner, Session
from db import models as m
from tests.agenda.platform import WALL, Office, is_said_late
from tests.store import MEMBERS, account, founded, seoul

CLOSED = "2022-04-13 12:01"


async def test_a_channel_s_messages_go_out_in_order(runner: Runner) -> None:
    office = Office(await founded(runner))
    await office.group.lives_until("2022-04-12 21:00")
    await office.delivers("2022-04-12 21:00")
    rows = await office.group.outbox()
    assert office.platform.asked("send") == [row.key for row in rows]
    assert {row.state for row in rows} == {SENT}
    assert [row.message_id for row in rows] == list(office.platform.messages)
    assert {row.sent_at for row in rows} == {office.now}
    assert office.platform.asked("find") == []


async def test_a_message_knows_where_it_goes(runner: Runner) -> None:
    office = Office(await founded(runner, language="en"))
    await office.lives_until("2022-04-06 00:00")
    started, opened = office.platform.messages.values()
    assert (opened.workspace, opened.channel, opened.recipient) == ("ku", "mlops", None)
    assert (opened.language, opened.zone.key) == ("en", "Asia/Seoul")
    assert (opened.at, opened.silent) == (seoul("2022-04-06 00:00"), True)
    assert not started.silent


async def test_one_study_s_trouble_does_not_hold_up_another(runner: Runner) -> None:
    office = Office(await founded(runner))
    other = await founded(runner, channel="algorithms")
    await office.group.lives_until("2022-04-06 00:00")
    office.platform.trouble["send in mlops"] = [RuntimeError("broken")]
    await office.delivers("2022-04-06 00:00")
    assert [row.state for row in await office.group.outbox()] == [LEASED, WAITING]
    assert [row.state for row in await other.outbox()] == [SENT, SENT]


async def test_what_is_claimed_is_not_claimed_again_before_its_lease_ends(runner: Runner) -> None:
    await founded(runner)
    (row,) = await runner.run(delivery.claim, WALL)
    assert (row.state, row.attempts, row.leased_until) == (LEASED, 1, WALL + LEASE)
    assert await runner.run(delivery.claim, WALL) == []
    assert not await runner.read(delivery.is_waiting, WALL + LEASE - timedelta(seconds=1))
    assert await runner.read(delivery.is_waiting, WALL + LEASE)
    (again,) = await runner.run(delivery.claim, WALL + LEASE)
    assert (again.id, again.attempts) == (row.id, 2)


async def test_what_follows_a_claimed_message_waits_for_it(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until("2022-04-06 00:00")
    (first,) = await runner.run(delivery.claim, WALL)
    assert await runner.run(delivery.claim, WALL) == []
    await runner.run(delivery.sent, first.id, "1", WALL)
    (second,) = await runner.run(delivery.claim, WALL)
    assert second.id > first.id


async def test_of_many_who_claim_at_once_one_gets_a_message(runner: Runner) -> None:
    await founded(runner)
    async with Runner(runner.url) as other:
        claims = (one.run(delivery.claim, WALL) for one in (runner, other, runner, other))
        found = await asyncio.gather(*claims)
    assert sorted(map(len, found)) == [0, 0, 0, 1]


async def test_two_processes_send_a_message_once(runner: Runner) -> None:
    office = Office(await founded(runner))
    await office.group.lives_until(CLOSED)
    async with Runner(runner.url) as other:
        second = Office(await founded(other, channel="beside"), office.platform)
        await asyncio.gather(office.delivers(CLOSED), second.delivers(CLOSED))
        await office.delivers(CLOSED)
    assert office.platform.twice == []
    assert {row.state for row in await office.group.outbox()} <= {SENT, "dropped"}


async def test_a_direct_message_goes_to_its_reader(runner: Runner) -> None:
    office = Office(await founded(runner, MEMBERS[:2]))
    await office.group.asks(membership.notify, "dm", by="구미진", at="2022-04-07 10:00")
    await office.lives_until("2022-04-12 00:00")
    sent = list(office.platform.messages.values())
    (alone,) = [message for message in sent if message.recipient == account("구미진")]
    channel = [message for message in sent if message.recipient is None][-1]
    assert [person.account for person in channel.message.mentions] == [account("장서진")]
    assert [person.account for person in alone.message.mentions] == [account("구미진")]


async def test_a_direct_message_in_trouble_does_not_hold_up_the_channel(runner: Runner) -> None:
    office = Office(await founded(runner, MEMBERS[:1]))
    await office.group.asks(membership.notify, "dm", at="2022-04-07 10:00")
    await office.lives_until("2022-04-11 00:00")
    await office.group.lives_until("2022-04-12 00:00")
    office.platform.trouble["send"] = [RuntimeError("broken")]
    await office.delivers("2022-04-12 00:00")
    await office.lives_until("2022-04-13 00:01")
    alone = [row for row in await office.group.outbox() if row.recipient_id is not None]
    assert alone[0].state != SENT
    told = [row for row in await office.group.outbox() if row.recipient_id is None]
    assert {row.state for row in told if row.kind != "take_down"} == {SENT}


async def test_only_the_missing_are_mentioned(runner: Runner) -> None:
    office = Office(await founded(runner, MEMBERS[:2]))
    await office.group.submits("구미진", "2022-04-07 10:00")
    for at in ("2022-04-06 00:00", "2022-04-12 00:00", "2022-04-13 00:01", "2022-04-13 09:00", CLOSED):
        await office.lives_until(at)
    told = {row.key: row.kind + str(row.values.get("parts", "")) for row in await office.group.outbox()}
    mentioned = [
        (told[key][:15], person.name)
        for key, parcel in office.platform.ever.items()
        for person in parcel.message.mentions
    ]
    assert mentioned == [
        ("reminder-due", "장서진"),
        ("announcement[{'", "장서진"),
        ("reminder-close", "장서진"),
    ]


async def test_a_study_whose_door_is_shut_says_nothing(runner: Runner) -> None:
    office = Office(await founded(runner))

    async def shut(session: Session) -> None:
        await session.execute(update(m.Study).values(door="slack"))

    await runner.run(shut)
    await office.delivers()
    assert await office.states() == [("started", "dropped")]


@pytest.mark.parametrize(("at", "late"), [("2022-04-06 00:10", False), ("2022-04-06 00:11", True)])
async def test_only_a_late_message_says_for_when_it_was(runner: Runner, at: str, late: bool) -> None:
    office = Office(await founded(runner))
    await office.group.lives_until("2022-04-06 00:00")
    await office.delivers(at)
    assert is_said_late(list(office.platform.messages.values())[-1]) == late


@pytest.mark.parametrize("late", [False, True])
async def test_an_edit_says_no_more_about_lateness_than_the_message_did(runner: Runner, late: bool) -> None:
    office = Office(await founded(runner))
    await office.group.lives_until("2022-04-06 00:00")
    await office.delivers("2022-04-06 03:00" if late else "2022-04-06 00:01")
    await office.group.submits("구미진", "2022-04-09 10:00")
    await office.delivers("2022-04-09 10:00")
    (who,) = office.platform.shows("who-is-in")
    assert who.values["count"] == 1
    assert is_said_late(list(office.platform.messages.values())[-1]) == late
