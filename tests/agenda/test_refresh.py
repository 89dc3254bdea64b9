"""What is changed after it was sent: edits that wait are one edit, and reminders come down in time."""

import asyncio
from dataclasses import replace

import pytest

from bot.commands.courier import Undeliverable
from bot.services import membership, weeks
from bot.services.outbox import DROPPED, FAILED, SENT, WAITING
from bot.services.submissions import submit_many, withdraw
from bot.services.weeks import Planning
from db import Runner, Session
from tests.agenda.platform import Office
from tests.store import LEADER, MEMBERS, founded

OPENED, DAY = "2022-04-06 00:00", "2022-04-07 10:00"
CROWD = [LEADER, *(f"member {n}" for n in range(2, 101))]


async def opened(runner: Runner, members: list[str] | tuple[str, ...] = MEMBERS) -> Office:
    """A study whose first week has been announced."""
    office = Office(await founded(runner, members))
    await office.lives_until(OPENED)
    return office


async def shown(office: Office) -> int:
    """How many the week's message shows as being in."""
    if nobody := office.platform.shows("nobody-in-yet"):
        assert len(nobody) == 1
        return 0
    (who,) = office.platform.shows("who-is-in")
    return int(str(who.values["count"]))


async def test_the_week_s_message_shows_who_is_in(runner: Runner) -> None:
    office = await opened(runner)
    assert await shown(office) == 0
    for count, name in enumerate(MEMBERS, start=1):
        await office.group.submits(name, DAY)
        await office.delivers(DAY)
        assert await shown(office) == count
    await office.group.asks(withdraw, None, None, by="구미진", at=DAY)
    await office.delivers(DAY)
    assert await shown(office) == 4
    assert len(office.platform.messages) == 2


async def test_a_hundred_hand_ins_before_the_message_is_out_are_no_edit(runner: Runner) -> None:
    office = Office(await founded(runner, CROWD))
    await office.group.lives_until(OPENED)
    await asyncio.gather(*(office.group.submits(name, DAY) for name in CROWD))
    await office.delivers(DAY)
    assert await shown(office) == 100
    assert office.platform.asked("edit") == []


async def test_a_hundred_hand_ins_that_wait_for_delivery_are_one_edit(runner: Runner) -> None:
    office = await opened(runner, CROWD)
    for part in range(0, 100, 25):
        await asyncio.gather(*(office.group.submits(name, DAY) for name in CROWD[part : part + 25]))
    await office.delivers(DAY)
    assert await shown(office) == 100
    assert len(office.platform.asked("edit")) == 1


async def test_a_hand_in_while_the_message_is_on_its_way_is_shown_by_an_edit(runner: Runner) -> None:
    office = Office(await founded(runner))
    await office.lives_until("2022-04-05 22:00")
    await office.group.lives_until(OPENED)

    async def meanwhile() -> None:
        await office.group.submits("구미진", DAY)

    office.platform.trouble["send"] = [meanwhile]
    await office.delivers(DAY)
    assert await shown(office) == 1
    assert len(office.platform.asked("edit")) == 1


async def test_a_hand_in_while_an_edit_is_on_its_way_is_shown_by_the_next(runner: Runner) -> None:
    office = await opened(runner)

    async def meanwhile() -> None:
        await office.group.submits("이은빈", DAY)

    office.platform.trouble["edit"] = [meanwhile]
    await office.group.submits("구미진", DAY)
    await office.delivers(DAY)
    assert await shown(office) == 2
    assert len(office.platform.asked("edit")) == 2


async def test_a_hand_in_that_is_committed_while_the_message_is_being_sent_is_shown(
    runner: Runner,
) -> None:
    office = Office(await founded(runner))
    await office.lives_until("2022-04-05 22:00")
    await office.group.lives_until(OPENED)
    sending = []

    async def slowly(session: Session) -> None:
        await submit_many(session, [office.group.wish("구미진", DAY)])
        sending.append(asyncio.create_task(elsewhere.delivers(DAY)))
        await asyncio.sleep(0.3)

    async with Runner(runner.url) as other:
        elsewhere = Office(replace(office.group, runner=other), office.platform)
        await runner.run(slowly)
        await sending[0]
    await office.delivers(DAY)
    assert await shown(office) == 1


async def test_who_comes_and_goes_and_what_is_planned_is_shown_too(runner: Runner) -> None:
    office = await opened(runner, MEMBERS[:2])
    await office.group.asks(weeks.plan, Planning("강의 듣기"), at=DAY)
    await office.group.asks(membership.leave, by="구미진", at=DAY)
    await office.delivers(DAY)
    (nobody,) = office.platform.shows("nobody-in-yet")
    assert nobody.values["asked"] == 1
    homework = [text.values["text"] for text in office.platform.shows("week-homework")]
    assert len(homework) == 2  # in the week's message and in the leader's own


async def test_an_edit_of_a_message_that_never_got_there_is_dropped(runner: Runner) -> None:
    office = Office(await founded(runner))
    await office.group.lives_until(OPENED)

    async def meanwhile() -> None:
        await office.group.submits("구미진", DAY)
        raise Undeliverable("no such channel")

    office.platform.trouble["send"] = [lambda: asyncio.sleep(0), meanwhile]
    await office.delivers(DAY)
    assert [state for _, state in await office.states()] == [SENT, FAILED, DROPPED]
    assert office.platform.asked("edit") == []


async def test_reminders_come_down_when_their_cutoff_has_passed(runner: Runner) -> None:
    office = await opened(runner)
    for at in ("2022-04-12 00:00", "2022-04-12 21:00"):
        await office.lives_until(at)
    assert len(office.platform.shows("remind-due")) == 2
    await office.lives_until("2022-04-13 00:00:10")
    assert office.platform.shows("remind-due") == []
    await office.lives_until("2022-04-13 09:00")
    assert len(office.platform.shows("remind-close")) == 1
    await office.lives_until("2022-04-13 12:00:10")
    assert office.platform.shows("remind-close") == []
    assert len(office.platform.asked("take_down")) == 3


async def test_a_reminder_that_was_not_sent_in_time_is_dropped(runner: Runner) -> None:
    office = await opened(runner)
    await office.group.lives_until("2022-04-12 21:00")
    await office.group.lives_until("2022-04-13 00:00:10")
    assert [state for kind, state in await office.states() if kind == "reminder-due"] == [DROPPED] * 2
    await office.delivers("2022-04-13 00:00:10")
    assert office.platform.shows("remind-due") == []
    assert office.platform.asked("take_down") == []


async def test_a_reminder_is_not_sent_after_its_cutoff_even_before_the_cutoff_is_run(
    runner: Runner,
) -> None:
    office = await opened(runner)
    await office.group.lives_until("2022-04-12 21:00")
    assert [state for kind, state in await office.states() if kind == "reminder-due"] == [WAITING] * 2
    await office.delivers("2022-04-13 00:00:00")
    assert office.platform.shows("remind-due") == []


async def test_a_reminder_on_its_way_at_the_cutoff_comes_down_too(runner: Runner) -> None:
    office = await opened(runner)
    await office.lives_until("2022-04-12 00:00")
    await office.group.lives_until("2022-04-12 21:00")

    async def meanwhile() -> None:
        await office.group.lives_until("2022-04-13 00:00:10")

    office.platform.trouble["send"] = [meanwhile]
    await office.delivers("2022-04-12 21:00")
    assert office.platform.shows("remind-due") == []


@pytest.mark.parametrize("count", [1, 2])
async def test_a_direct_message_is_left_where_it_is(runner: Runner, count: int) -> None:
    office = await opened(runner, MEMBERS[:count])
    await office.group.asks(membership.notify, "dm", by=MEMBERS[count - 1], at=DAY)
    await office.lives_until("2022-04-12 00:00")
    await office.lives_until("2022-04-13 00:00:10")
    left = [parcel.recipient for parcel in office.platform.messages.values() if parcel.recipient]
    assert len(left) == 1
    assert len(office.platform.asked("take_down")) == count
