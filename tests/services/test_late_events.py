"""What arrives after something that happened later: its own time counts, and nobody is taken for another."""

import pytest

from bot.rules.refusal import Refused
from bot.rules.verdicts import Verdict
from bot.services import breaks, membership, studies
from bot.services.scope import Role
from bot.services.studies import Changes
from db import Runner
from db import models as m
from tests.store import LEADER, MEMBERS, account, founded

A = "https://example.org/a"


async def test_the_same_link_stamped_earlier_gives_its_earlier_time(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", "2022-04-13 00:00:05", A)
    answer = await group.submits("구미진", "2022-04-12 23:59:59", A)
    assert (answer.verdict, answer.repeated) == (Verdict.ON_TIME, False)
    await group.jumps_to("2022-04-13 12:00:10")
    assert [row.amount for row in await group.rows(m.Ledger) if row.member_id != 1] == []


async def test_a_later_link_stays_when_an_earlier_event_arrives(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", "2022-04-12 23:59:59", A)
    await group.submits("구미진", "2022-04-12 23:59:50", "https://example.org/older")
    (kept,) = await group.rows(m.Submission)
    assert kept.link == A


async def test_leaving_before_a_close_that_was_judged_meanwhile_takes_the_fine_back(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.jumps_to("2022-04-13 12:00:10")
    await group.asks(membership.leave, by="구미진", at="2022-04-13 11:59:59")
    entries = [row.amount for row in await group.rows(m.Ledger) if row.member_id == 2]
    assert entries == [4_000, -4_000]


async def test_a_week_that_was_announced_does_not_move_for_a_late_break(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.jumps_to("2022-04-06 00:00")
    first = (await group.rows(m.Study))[0].starts
    with pytest.raises(Refused, match="break-too-early"):
        await group.asks(breaks.add, first, first, "늦은 휴식", by=LEADER, at="2022-04-05 23:59:59")


async def test_a_new_list_of_reminders_reminds_of_nothing_gone_by(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.asks(studies.change, Changes(reminders="due 5d"), by=LEADER, at="2022-04-11 12:00")
    await group.jumps_to("2022-04-12 12:00")
    assert [row.kind for row in await group.outbox() if row.kind.startswith("reminder")] == []


async def test_settings_that_stay_as_they_are_are_not_announced(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.asks(studies.change, Changes(due="00:00", late=3_000), by=LEADER, at="2022-04-11 12:00")
    assert "settings" not in [row.kind for row in await group.outbox()]


async def test_an_account_with_an_at_goes_before_a_name(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.asks(membership.join, account("문수인"), by="못된", at="2022-04-06 10:00")
    await group.asks(membership.add, account("문수인"), "문수인", by=LEADER, at="2022-04-06 10:01")
    meant = f"@{account('문수인')}"
    member = await group.asks(membership.set_role, meant, Role.TREASURER, by=LEADER, at="2022-04-06 10:02")
    assert member.name == "문수인"
