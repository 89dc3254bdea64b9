"""What a critic found, so that it stays mended."""

from datetime import date, datetime

import pytest

from bot.rules.refusal import Refused
from bot.services import breaks, extending, ledger, membership, questions, weeks
from bot.services import fines as fines_service
from bot.services.submissions import withdraw
from db import Runner
from db import models as m
from tests.store import LEADER, MEMBERS, TREASURER, Group, founded, seoul

AFTER = "2022-04-13 13:00"


async def extends(group: Group, week: int, until: str, at: str, who: str | None = None) -> extending.Extended:
    """Have the leader put a week off until a wall time in Seoul."""
    return await group.asks(extending.extend, week, datetime.fromisoformat(until), "늦잠", who, at=at)


async def parts_told(group: Group, kind: str) -> list[dict[str, object]]:
    """The parts of announcements of one kind."""
    rows = await group.outbox(m.Outbox.kind == "announcement")
    return [part for row in rows for part in row.values["parts"] if part["kind"] == kind]


async def test_a_withdrawal_in_the_extended_time_is_judged_at_its_own_close(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", "2022-04-13 02:00")
    await group.lives_until(AFTER)
    await extends(group, 1, "2022-04-15 06:00", AFTER)
    assert (await group.verdicts(1))["구미진"] == ["late", "on_time"]
    await group.asks(withdraw, None, None, by="구미진", at="2022-04-13 14:00")
    assert (await group.verdicts(1))["구미진"][-1] == "pending"
    assert [entry for entry in await group.ledger() if entry[:2] == ("구미진", "absent")] == []
    await group.lives_until("2022-04-15 19:00")
    assert (await group.verdicts(1))["구미진"][-1] == "absent"
    assert (await parts_told(group, "closed"))[-1]["verdicts"] == {
        "absent": [x.id for x in await group.rows(m.Member)]
    }


async def test_a_cutoff_put_off_to_the_past_is_told_once_by_the_extension(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until("2022-04-14 10:00")
    before = len(await group.told())
    await extends(group, 1, "2022-04-13 06:00", "2022-04-14 10:00")
    await group.lives_until("2022-04-15 10:00")
    assert len(await group.told()) == before
    assert (await group.outbox())[-1].kind in ("extended", "refresh")


async def test_a_week_that_closes_again_tells_of_everybody(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("장서진", "2022-04-12 10:00")
    await group.lives_until(AFTER)
    await extends(group, 1, "2022-04-15 06:00", AFTER)
    await group.submits("구미진", "2022-04-14 10:00")
    await group.lives_until("2022-04-15 19:00")
    ids = [x.id for x in await group.rows(m.Member)]
    assert (await parts_told(group, "closed"))[-1]["verdicts"] == {"on_time": ids}


async def test_more_time_moves_with_its_week(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await extends(group, 2, "2022-05-08 00:00", "2022-04-07 10:00")
    await group.asks(breaks.remove, date(2022, 4, 13), at="2022-04-07 11:00")
    (extension,) = await group.rows(m.Extension)
    second = (await group.rows(m.Week, m.Week.number == 2))[0]
    assert extension.due_at - second.due_at == seoul("2022-05-08 00:00") - seoul("2022-05-04 00:00")


async def test_a_waived_fine_does_not_come_back_by_itself(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:3])
    await group.lives_until(AFTER)
    await group.asks(ledger.waive, "구미진", "병원", None, None, by=TREASURER, at=AFTER)
    await extends(group, 1, "2022-04-15 06:00", AFTER)
    await group.lives_until("2022-04-15 19:00")
    assert (await group.verdicts(1))["구미진"][-1] == "absent"
    fines = await group.looks(fines_service.fines, None, at="2022-04-16 10:00")
    assert {x.member.name: x.total for x in fines.accounts}["구미진"] == 0


async def test_who_left_and_came_back_pays_what_they_owed(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("장서진", "2022-04-12 10:00")
    await group.lives_until("2022-05-01 10:00")
    await group.asks(membership.leave, by="구미진", at="2022-05-01 11:00")
    await group.asks(membership.join, None, by="구미진", at="2022-05-01 12:00")
    done = await group.asks(ledger.paid, "구미진", None, None, by=TREASURER, at="2022-05-01 13:00")
    assert [(str(month)[:7], x.amount) for month, x in done.payments] == [("2022-04", 4_000)]
    waived = await group.asks(ledger.waive, "구미진", "병원", None, 1, by=TREASURER, at="2022-05-01 14:00")
    assert waived.entry.kind == "absent"


async def test_a_thread_that_was_opened_again_is_closed_by_the_next_week(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1], questions=True)
    await group.lives_until("2022-04-15 10:00")
    await group.asks(questions.open_, at="2022-04-15 10:00")
    await group.asks(questions.close, at="2022-04-15 10:00")
    await group.asks(questions.open_, at="2022-04-15 10:00")
    sent = [row.kind for row in await group.outbox() if row.kind.startswith("questions_")]
    assert sent[-3:] == ["questions_reopened", "questions_closed", "questions_reopened"]
    await group.lives_until("2022-04-27 10:00")
    first, second = await group.rows(m.Question)
    assert first.closed_at is not None
    assert second.closed_at is None


async def test_a_month_that_has_not_begun_is_not_settled(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:3])
    await group.lives_until("2022-04-14 10:00")
    await group.asks(ledger.settle, None, by=TREASURER, at="2022-04-14 10:00")
    with pytest.raises(Refused) as no:
        await group.asks(ledger.settle, None, by=TREASURER, at="2022-04-14 10:01")
    assert no.value.key == "settle-not-begun"


async def test_the_homework_shows_ones_own_cutoffs(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await extends(group, 1, "2022-04-13 09:00", "2022-04-07 10:00", who="구미진")
    mine = await group.looks(weeks.homework, 1, by="구미진", at="2022-04-08 10:00")
    others = await group.looks(weeks.homework, 1, by=LEADER, at="2022-04-08 10:00")
    assert mine.week.due_at == seoul("2022-04-13 09:00")
    assert others.week.due_at == seoul("2022-04-13 00:00")
