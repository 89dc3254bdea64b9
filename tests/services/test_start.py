"""Starting a study."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.rules.fines import NO_FINES
from bot.rules.refusal import Refused
from bot.services import membership, studies
from bot.services.scope import Role
from bot.services.studies import Plan
from db import Runner
from db import models as m
from tests.store import MEMBERS, caller, founded, rows, seoul

EVENING = seoul("2022-04-05 21:00")
PLAN = Plan("Study-MLOps", date(2022, 4, 6), 12)
OPENINGS = {
    1: "04-06", 2: "04-27", 3: "05-04", 4: "05-11", 5: "05-18", 6: "05-25",
    7: "06-01", 8: "06-22", 9: "06-29", 10: "07-06", 11: "07-13", 12: "07-20",
}  # fmt: skip


async def test_whoever_starts_a_study_leads_it(runner: Runner) -> None:
    shown = await runner.run(studies.start, caller("장서진"), PLAN, EVENING)
    assert [(x.name, x.account, x.role) for x in shown.members] == [("장서진", "U-장서진", Role.LEADER)]
    assert shown.caller
    assert (shown.study.language, shown.study.timezone, shown.study.currency) == ("ko", "Asia/Seoul", "KRW")
    assert (shown.study.late_fine, shown.study.absent_fine) == (3_000, 4_000)


async def test_the_weeks_are_laid_out_around_the_breaks(runner: Runner) -> None:
    group = await founded(runner)
    assert await group.weeks() == OPENINGS
    assert (await group.study()).next_moment_at == seoul("2022-04-06 00:00")


async def test_those_who_found_a_study_are_in_it_in_their_order(runner: Runner) -> None:
    group = await founded(runner)
    members = await group.rows(m.Member)
    assert [member.name for member in members] == list(MEMBERS)
    assert {member.joined_at for member in members} == {EVENING}
    (started,) = await group.outbox()
    assert (started.kind, started.values) == ("started", {"members": [member.id for member in members]})
    assert await group.history() == ["started"]


async def test_a_second_running_study_in_the_channel_is_refused(runner: Runner) -> None:
    await founded(runner)
    with pytest.raises(Refused) as no:
        await runner.run(studies.start, caller("남"), PLAN, EVENING)
    assert (no.value.key, no.value.values["study"]) == ("study-running-here", "Study-MLOps")
    assert len(await runner.read(rows, m.Study)) == 1


async def test_another_channel_or_workspace_may_have_its_own_study(runner: Runner) -> None:
    await founded(runner)
    for where in (caller("남", channel="algorithms"), caller("남", workspace="snu")):
        await runner.run(studies.start, where, PLAN, EVENING)
    assert len(await runner.read(rows, m.Study)) == 3


async def test_of_two_who_start_at_once_one_is_refused(runner: Runner) -> None:
    starts = (runner.run(studies.start, caller(name), PLAN, EVENING) for name in ("장서진", "구미진"))
    answers = await asyncio.gather(*starts, return_exceptions=True)
    (no,) = [answer for answer in answers if isinstance(answer, BaseException)]
    assert isinstance(no, Refused)
    assert no.key == "study-running-here"
    assert len(await runner.read(rows, m.Study)) == 1


async def test_a_plan_that_the_rules_do_not_allow_is_refused(runner: Runner) -> None:
    impossible: list[tuple[dict[str, Any], str]] = [
        ({"weeks": 0}, "weeks-out-of-range"),
        ({"weeks": 1_000}, "weeks-out-of-range"),
        ({"starts": date(1999, 12, 31)}, "starts-out-of-range"),
        ({"timezone": "Asia/Nowhere"}, "unknown-timezone"),
        ({"timezone": "../../etc/passwd"}, "unknown-timezone"),
        ({"breaks": [(date(2022, 5, 2), date(2022, 5, 1), "거꾸로")]}, "break-backwards"),
    ]
    for plan, key in impossible:
        with pytest.raises(Refused) as no:
            await runner.run(studies.start, caller("장서진"), replace(PLAN, **plan), EVENING)
        assert no.value.key == key
    for table in (m.Study, m.Member, m.Week, m.History, m.Outbox):
        assert await runner.read(rows, table) == []


async def test_somebody_whom_the_platform_does_not_let_start_is_refused(runner: Runner) -> None:
    with pytest.raises(Refused) as no:
        await runner.run(studies.start, replace(caller("손님"), may_start=False), PLAN, EVENING)
    assert no.value.key == "not-allowed-start"


async def test_a_study_that_starts_late_says_what_runs_and_is_silent_about_the_past(
    runner: Runner,
) -> None:
    group = await founded(runner, at="2022-05-12 15:00")
    await group.jumps_to("2022-05-12 15:00")
    assert await group.told() == ["opened 4"]
    await group.jumps_to("2022-05-25 12:01")
    assert await group.verdicts(3) == {}
    assert set(await group.verdicts(4)) == set(MEMBERS)


async def test_whoever_joins_the_running_week_of_a_new_study_before_it_is_due_owes_it(
    runner: Runner,
) -> None:
    group = await founded(runner, ["장서진"], at="2022-05-12 15:00")
    await group.asks(membership.join, None, by="구미진", at="2022-05-13 15:00")
    await group.jumps_to("2022-05-18 12:01")
    assert await group.verdicts(4) == {"장서진": ["absent"], "구미진": ["absent"]}
    await group.asks(membership.join, None, by="이은빈", at="2022-05-19 15:00")
    await group.jumps_to("2022-05-25 12:01")
    assert set(await group.verdicts(5)) == {"장서진", "구미진"}


async def test_a_study_without_fines_judges_and_books_nothing(runner: Runner) -> None:
    group = await founded(runner, fines=NO_FINES)
    await group.jumps_to("2022-04-13 12:01")
    assert await group.verdicts(1) == {name: ["absent"] for name in MEMBERS}
    assert await group.ledger() == []


async def test_a_study_abroad_lives_by_its_own_clocks(runner: Runner) -> None:
    group = await founded(runner, timezone="America/New_York", breaks=())
    assert (await group.study()).next_moment_at == seoul("2022-04-06 13:00")
    await group.jumps_to("2022-04-07 00:00")
    opened = (await group.outbox())[-1]
    assert (opened.at, opened.silent) == (seoul("2022-04-06 13:00"), True)
