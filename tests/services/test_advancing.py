"""Running moments: each once, in order, in time or late."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.rules.timeline import instants
from bot.services import advancing, breaks, studies
from bot.services.snapshot import snapshot
from bot.services.studies import Changes
from db import Runner, Session
from db import models as m
from tests.store import MEMBERS, Group, founded, rows, seoul


async def next_by_the_rules(session: Session, study_id: int) -> object:
    """When the timeline says that something is to be run next."""
    study = await session.get_one(m.Study, study_id)
    shot = await snapshot(session, study)
    done = await rows(session, m.MomentDone, m.MomentDone.study_id == study_id)
    left = instants(shot.season.moments(), [(x.kind, x.week, x.subject, x.revision) for x in done])
    return left[0].run_at if left else None


async def is_in_step(group: Group) -> bool:
    """Whether the study waits for what the timeline says is next."""
    expected = await group.runner.read(next_by_the_rules, group.id)
    return (await group.study()).next_moment_at == expected


async def written(group: Group) -> list[int]:
    """How much there is in the tables that advancing writes to."""
    return [len(await group.rows(table)) for table in (m.Judgement, m.Ledger, m.MomentDone, m.Outbox)]


async def test_judging_twice_adds_nothing(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-04-13 12:01")
    before = await written(group)
    assert before[:2] == [5, 5]
    await group.jumps_to("2022-04-13 12:01")
    await group.jumps_to("2022-04-13 12:02")
    assert await written(group) == before


async def test_two_who_advance_at_once_run_everything_once(runner: Runner) -> None:
    group = await founded(runner)
    now = seoul("2022-04-13 12:01")
    async with Runner(runner.url) as other:
        runners = (runner, other, runner, other)
        advanced = await asyncio.gather(*(one.run(advancing.advance, now) for one in runners))
    assert sorted(advanced) == [0, 0, 0, 1]
    assert (await written(group))[:2] == [5, 5]
    assert await group.told() == ["opened 1", "due 1, break_begins", "closed 1"]


async def test_a_done_moment_cannot_be_run_again_even_by_mistake(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-04-13 12:01")
    before = await written(group)

    async def forget_the_cursor(session: Session) -> None:
        (await session.get_one(m.Study, group.id)).next_moment_at = seoul("2022-04-06 00:00")

    await runner.run(forget_the_cursor)
    await group.jumps_to("2022-04-13 12:01")
    assert await written(group) == before
    assert await is_in_step(group)


async def test_a_cutoff_is_run_ten_seconds_after_it(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until("2022-04-13 00:00:09")
    assert (await group.study()).next_moment_at == seoul("2022-04-13 00:00:10")
    assert "due 1, break_begins" not in await group.told()
    await group.lives_until("2022-04-13 00:00:10")
    assert (await group.told())[-1] == "due 1, break_begins"
    await group.lives_until("2022-04-13 12:00:09")
    assert await group.verdicts(1) == {}
    await group.lives_until("2022-04-13 12:00:10")
    assert len(await group.verdicts(1)) == 5
    assert {row.at for row in await group.rows(m.Judgement)} == {seoul("2022-04-13 12:00:10")}


async def test_what_arrives_within_the_ten_seconds_is_in_the_announcement(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.lives_until("2022-04-13 00:00:05")
    await group.submits("구미진", "2022-04-12 23:59:59")
    await group.submits("장서진", "2022-04-13 00:00:06")
    await group.jumps_to("2022-04-14 00:00")
    names = await group.names()
    due = (await group.outbox())[-2].values["parts"][0]
    assert sorted(names[x] for x in due["in"]) == ["구미진", "장서진"]
    assert await group.verdicts(1) == {"장서진": ["late"], "구미진": ["on_time"]}


@pytest.mark.parametrize("name", ["break", "none"])
async def test_the_midnight_is_one_message(runner: Runner, name: str) -> None:
    group = await founded(
        runner, breaks=() if name == "none" else [(date(2022, 4, 13), date(2022, 4, 19), "쉼")]
    )
    await group.lives_until("2022-04-13 00:00:10")
    (midnight,) = [row for row in await group.outbox() if row.at == seoul("2022-04-13 00:00")]
    kinds = [part["kind"] for part in midnight.values["parts"]]
    assert kinds == (["due", "opened"] if name == "none" else ["due", "break_begins"])
    assert midnight.week == (2 if name == "none" else None)


async def test_the_study_always_waits_for_what_the_timeline_says_is_next(runner: Runner) -> None:
    group = await founded(runner, weeks=3)
    assert await is_in_step(group)
    for at in ("2022-04-06 00:00", "2022-04-12 03:00", "2022-04-13 00:00:10", "2022-04-30 10:00"):
        await group.jumps_to(at)
        assert await is_in_step(group)
    await group.asks(studies.change, Changes(due="22:00", reminders="due 5h"), at="2022-04-30 10:00")
    assert await is_in_step(group)
    await group.asks(breaks.add, date(2022, 5, 4), date(2022, 5, 10), "쉼", at="2022-04-30 11:00")
    assert await is_in_step(group)
    await group.asks(breaks.remove, date(2022, 5, 4), at="2022-04-30 12:00")
    assert await is_in_step(group)
    await group.jumps_to("2022-09-01 00:00")
    assert (await group.study()).next_moment_at is None
    assert await runner.read(advancing.next_moment) is None


async def test_the_nearest_moment_is_that_of_whichever_study_comes_first(runner: Runner) -> None:
    assert await runner.read(advancing.next_moment) is None
    await founded(runner)
    await founded(runner, channel="early", starts=date(2022, 4, 5), at="2022-04-04 10:00")
    assert await runner.read(advancing.next_moment) == seoul("2022-04-05 00:00")


async def test_many_studies_are_advanced_in_batches(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    groups = [await founded(runner, MEMBERS[:1], channel=f"study {n}") for n in range(5)]
    monkeypatch.setattr(advancing, "AT_ONCE", 2)
    now = seoul("2022-04-13 12:01")
    assert [await runner.run(advancing.advance, now) for _ in range(4)] == [2, 2, 1, 0]
    for group in groups:
        assert await group.told() == ["opened 1", "due 1, break_begins", "closed 1"]
        assert await group.ledger() == [("장서진", "absent", 4_000)]


async def test_advancing_breaks_off_whole(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    group = await founded(runner)

    async def power_cut(*_: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as broken:
        broken.setattr("bot.services.outbox.post", power_cut)
        with pytest.raises(RuntimeError):
            await group.jumps_to("2022-04-13 12:01")
    assert await written(group) == [0, 0, 0, 1]
    await group.jumps_to("2022-04-13 12:01")
    assert await written(group) == [5, 5, 7, 4]


async def test_a_message_is_about_its_instant_however_late_it_was_decided_on(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-04-20 10:00")
    closed = (await group.outbox())[-1]
    assert closed.at == seoul("2022-04-13 12:00")
    assert {row.booked_at for row in await group.rows(m.Ledger)} == {closed.at + timedelta(seconds=10)}
