"""Studies whose channel cannot be reached: what waits, who is told, and how they go on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.agenda.outbox import TRIES
from bot.commands.courier import Unreachable
from bot.rules.refusal import Refused
from bot.services import ending, moving, pausing, studies
from bot.services.outbox import DROPPED, FAILED, SENT, WAITING
from bot.services.pausing import Place, Why
from db import Runner, Session
from db import models as m
from tests.agenda.platform import Office
from tests.store import LEADER, caller, founded, seoul

OPENED, BEFORE_DUE = "2022-04-06 00:00", "2022-04-12 21:00"
HERE = Place("playground", "ku", "mlops")


async def paused(runner: Runner, why: Why = Why.CLOSED) -> Office:
    """A study of five whose first announcements met a channel that cannot be written in."""
    office = Office(await founded(runner))
    await office.group.lives_until(OPENED)
    office.platform.trouble["send"] = [Unreachable(why, "no")]
    await office.delivers(OPENED)
    return office


async def kinds(office: Office, state: str) -> list[str]:
    """What stands in the outbox in a state."""
    return [row.kind for row in await office.group.outbox(m.Outbox.state == state)]


async def test_nothing_is_lost_and_the_leader_is_told_once(runner: Runner) -> None:
    office = await paused(runner)
    await office.group.lives_until("2022-04-13 12:01")
    for _ in range(3):
        await office.delivers("2022-04-13 12:01")
    assert await kinds(office, SENT) == ["paused"]
    assert await kinds(office, FAILED) == []
    told = await office.group.outbox(m.Outbox.kind == "paused")
    leader = await office.group.member(LEADER)
    assert [(row.recipient_id, row.state) for row in told] == [(leader.id, SENT)]
    study = await office.group.study()
    assert (study.paused_at, study.paused_why) == (seoul(OPENED), "closed")
    assert await office.group.verdicts(1) != {}


async def test_all_that_still_matters_goes_out_when_it_is_back(runner: Runner) -> None:
    office = await paused(runner)
    await office.group.lives_until("2022-04-13 12:01")
    await office.delivers("2022-04-13 12:01")
    await runner.run(pausing.found, HERE, seoul("2022-04-14 10:00"))
    await office.delivers("2022-04-14 10:00")
    *before, last = await office.group.outbox(m.Outbox.state == SENT, m.Outbox.kind != "paused")
    assert [row.kind for row in before] == [
        "started",
        "announcement",
        "announcement",
        "announcement",
    ]
    assert last.kind == "resumed"
    assert set(await kinds(office, DROPPED)) == {"reminder-due", "reminder-close"}
    assert await kinds(office, WAITING) == []
    study = await office.group.study()
    assert (study.paused_at, study.paused_why) == (None, None)


async def test_direct_messages_go_on(runner: Runner) -> None:
    office = await paused(runner)
    member = await office.group.member("구미진")

    async def by_direct_message(session: Session) -> None:
        await session.execute(update(m.Member).where(m.Member.id == member.id).values(notify="dm"))

    await runner.run(by_direct_message)
    await office.group.lives_until(BEFORE_DUE)
    await office.delivers(BEFORE_DUE)
    sent = await office.group.outbox(m.Outbox.state == SENT, m.Outbox.recipient_id == member.id)
    assert {row.kind for row in sent} == {"reminder-due"}


async def test_a_leader_who_cannot_be_reached_either_stops_nothing(runner: Runner) -> None:
    office = Office(await founded(runner))
    await office.group.lives_until(OPENED)
    office.platform.trouble["send"] = [Unreachable(Why.AWAY, "no") for _ in range(TRIES + 1)]
    for _ in range(TRIES + 1):
        await office.delivers(OPENED, wait=timedelta(minutes=15))
    assert await kinds(office, FAILED) == ["paused"]
    await runner.run(pausing.found, HERE, seoul("2022-04-07 10:00"))
    office.platform.trouble.clear()
    await office.delivers("2022-04-07 10:00")
    assert await kinds(office, SENT) == ["started", "announcement", "resumed"]


async def test_another_reason_takes_the_first_one_s_place_and_is_not_told_again(runner: Runner) -> None:
    office = await paused(runner)
    await runner.run(pausing.lost, Place("playground", "ku"), Why.AWAY, seoul("2022-04-07 09:00"))
    study = await office.group.study()
    assert (study.paused_at, study.paused_why) == (seoul(OPENED), "away")
    assert len(await office.group.outbox(m.Outbox.kind == "paused")) == 1


async def test_other_channels_and_workspaces_go_on(runner: Runner) -> None:
    mlops = await founded(runner)
    other = await founded(runner, ["남"], channel="algorithms")
    for place in (Place("playground", "yonsei"), Place("playground", "ku", "nowhere"), Place("slack", "ku")):
        assert not await runner.read(pausing.has_studies, place)
        await runner.run(pausing.lost, place, Why.GONE, seoul(OPENED))
    assert (await mlops.study()).paused_at is None
    await runner.run(pausing.lost, HERE, Why.GONE, seoul(OPENED))
    assert (await mlops.study()).paused_at
    assert (await other.study()).paused_at is None
    assert await runner.read(pausing.paused, "playground") == [HERE]


async def test_what_an_ended_study_still_had_to_say_is_given_up(runner: Runner) -> None:
    office = Office(await founded(runner))
    await office.delivers("2022-04-05 22:00")
    await office.group.asks(ending.end, at="2022-04-05 22:00")
    office.platform.trouble["send"] = [Unreachable(Why.GONE, "no")]
    await office.delivers("2022-04-05 22:00")
    assert await kinds(office, FAILED) == ["announcement"]
    assert (await office.group.study()).paused_at is None


class TestMoving:
    """`/study move`."""

    async def test_a_lost_study_goes_on_in_the_new_channel(self, runner: Runner) -> None:
        office = await paused(runner, Why.GONE)
        await runner.run(moving.move, caller(LEADER, "new"), seoul("2022-04-07 10:00"))
        await office.delivers("2022-04-07 10:00")
        assert await kinds(office, SENT) == [
            "started",
            "announcement",
            "paused",
            "resumed",
            "moved",
        ]
        assert {x.channel for x in office.platform.messages.values() if x.recipient is None} == {"new"}

    async def test_what_is_open_is_announced_again_and_edited_there(self, runner: Runner) -> None:
        office = Office(await founded(runner))
        await office.group.lives_until(OPENED)
        await office.delivers(OPENED)
        await runner.run(moving.move, caller(LEADER, "new"), seoul("2022-04-07 10:00"))
        await office.delivers("2022-04-07 10:00")
        *_, moved, again = await office.group.outbox()
        assert (moved.kind, again.kind, again.week) == ("moved", "announcement", 1)
        await office.group.submits("구미진", "2022-04-07 11:00")
        await office.delivers("2022-04-07 11:00")
        (edit,) = await office.group.outbox(m.Outbox.kind == "refresh")
        assert edit.target_id == again.id

    async def test_only_leaders_may(self, runner: Runner) -> None:
        await founded(runner)
        with pytest.raises(Refused) as no:
            await runner.run(moving.move, caller("구미진", "new"), seoul(OPENED))
        assert no.value.key == "not-allowed"

    async def test_nobody_moves_it_where_they_may_start_none(self, runner: Runner) -> None:
        await founded(runner)
        far = replace(caller(LEADER, "announcements"), may_start=False)
        with pytest.raises(Refused) as no:
            await runner.run(moving.move, far, seoul(OPENED))
        assert no.value.key == "not-allowed-here"

    async def test_an_ended_study_above_a_thread_is_not_meant(self, runner: Runner) -> None:
        group = await founded(runner)
        old = await founded(runner, ["남"], channel="algorithms")
        await old.asks(ending.end, at="2022-04-05 22:00", by="남")
        thread = replace(caller(LEADER, "a thread"), parent="algorithms")
        await runner.run(moving.move, thread, seoul(OPENED))
        assert (await group.study()).channel == "a thread"

    async def test_it_is_not_moved_where_it_is_or_upon_another(self, runner: Runner) -> None:
        group = await founded(runner)
        await founded(runner, ["남"], channel="algorithms")
        for channel, key in (("mlops", "already-here"), ("algorithms", "study-running-here")):
            with pytest.raises(Refused) as no:
                await runner.run(moving.move, caller(LEADER, channel), seoul(OPENED))
            assert no.value.key == key
        assert (await group.study()).channel == "mlops"

    async def test_a_channel_in_which_one_has_ended_takes_another(self, runner: Runner) -> None:
        group = await founded(runner)
        old = await founded(runner, ["남"], channel="algorithms")
        await old.asks(ending.end, at="2022-04-05 22:00", by="남")
        await runner.run(moving.move, caller(LEADER, "algorithms"), seoul(OPENED))
        assert (await runner.read(studies.show, caller("구미진", "algorithms"))).study.id == group.id
