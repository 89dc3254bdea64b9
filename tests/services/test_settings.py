"""Changing a study's settings."""

import pytest

from bot.rules.refusal import Refused
from bot.services import studies
from bot.services.studies import Changes
from db import Runner
from db import models as m
from tests.store import MEMBERS, SEOUL, TREASURER, Group, founded, seoul

MONDAY = "2022-05-09 10:00"
"""In week 3, which is due two days later."""


async def cutoffs(group: Group, number: int) -> list[str]:
    """A week's opening and cutoffs, as clocks in Seoul show them."""
    (week,) = await group.rows(m.Week, m.Week.study_id == group.id, m.Week.number == number)
    instants = (week.opens_at, week.due_at, week.closes_at)
    return [f"{at.astimezone(SEOUL):%m-%d %H:%M}" for at in instants]


async def test_a_new_due_time_counts_for_weeks_that_are_not_open_yet(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to(MONDAY)
    await group.asks(studies.change, Changes(due="22:00", close="09:30"), at=MONDAY)
    assert await cutoffs(group, 3) == ["05-04 00:00", "05-11 00:00", "05-11 12:00"]
    assert await cutoffs(group, 4) == ["05-11 00:00", "05-18 22:00", "05-19 09:30"]
    assert await cutoffs(group, 5) == ["05-18 22:00", "05-25 22:00", "05-26 09:30"]
    await group.jumps_to("2022-05-19 12:00")
    told = await group.told()
    assert told.index("due 3, opened 4") < told.index("due 4, opened 5")
    assert told[-1] == "closed 4"


async def test_new_amounts_count_for_what_is_judged_from_then_on(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("장서진", "2022-04-13 01:00")
    await group.jumps_to("2022-04-13 12:01")
    await group.asks(studies.change, Changes(late=500, absent=0), at="2022-04-13 12:02")
    await group.submits("장서진", "2022-05-04 01:00", week=2)
    await group.jumps_to("2022-05-04 12:01")
    fines = [entry for entry in await group.ledger() if entry[1] != "share"]
    assert fines == [
        ("장서진", "late", 3_000), ("구미진", "absent", 4_000), ("장서진", "late", 500),
    ]  # fmt: skip
    assert (await group.verdicts(2))["구미진"] == ["absent"]


async def test_new_amounts_leave_a_week_alone_that_was_judged_late_for_downtime(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await group.asks(studies.change, Changes(absent=9_000), at="2022-04-13 13:00")
    await group.jumps_to("2022-04-13 13:01")
    assert await group.ledger() == [("장서진", "absent", 4_000)]


async def test_new_reminders_are_used_from_then_on(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:1])
    await group.lives_until("2022-04-12 22:00")
    await group.asks(studies.change, Changes(reminders="due 1h, 결석 30분"), at="2022-04-12 22:00")
    await group.lives_until("2022-04-13 12:01")
    sent = [row for row in await group.outbox() if row.kind.startswith("reminder")]
    assert [(row.kind, row.at) for row in sent] == [
        ("reminder-due", seoul("2022-04-12 00:00")),
        ("reminder-due", seoul("2022-04-12 21:00")),
        ("reminder-due", seoul("2022-04-12 23:00")),
        ("reminder-close", seoul("2022-04-13 11:30")),
    ]


async def test_a_study_may_do_without_reminders(runner: Runner) -> None:
    group = await founded(runner)
    await group.asks(studies.change, Changes(reminders="없음"), at="2022-04-06 10:00")
    await group.jumps_to("2022-04-13 12:01")
    assert await group.told() == ["opened 1", "due 1, break_begins", "closed 1"]


async def test_a_change_is_told_to_the_channel_and_noted(runner: Runner) -> None:
    group = await founded(runner)
    shown = await group.asks(studies.change, Changes(late=0, close="13:00"), at=MONDAY)
    assert (shown.study.late_fine, f"{shown.study.close_time:%H:%M}") == (0, "13:00")
    told = (await group.outbox())[-1]
    assert (told.kind, told.values) == ("settings", {"changes": {"close": "13:00", "late": 0}})
    assert (await group.history())[-1] == "settings"


async def test_without_changes_a_leader_is_shown_the_settings(runner: Runner) -> None:
    group = await founded(runner)
    shown = await group.asks(studies.change, Changes(), at="2022-04-05 22:00")
    assert shown.study.name == "Study-MLOps"
    assert await group.history() == ["started"]


async def test_of_changes_that_cannot_be_nothing_is_kept(runner: Runner) -> None:
    group = await founded(runner)
    for changes, key in (
        (Changes(due="25:00"), "not-a-time"),
        (Changes(late=1, close="noon"), "not-a-time"),
        (Changes(late=1, reminders="due 5m"), "not-a-reminder"),
        (Changes(late=1, reminders=",".join(f"due {n}h" for n in range(1, 8))), "too-many-reminders"),
    ):
        with pytest.raises(Refused) as no:
            await group.asks(studies.change, changes, at="2022-04-05 22:00")
        assert no.value.key == key
    assert (await group.study()).late_fine == 3_000
    assert await group.history() == ["started"]


async def test_only_a_leader_changes_settings(runner: Runner) -> None:
    group = await founded(runner)
    for who, key in ((TREASURER, "not-allowed"), ("지나가던이", "not-a-member")):
        with pytest.raises(Refused) as no:
            await group.asks(studies.change, Changes(late=0), by=who, at="2022-04-05 22:00")
        assert no.value.key == key
