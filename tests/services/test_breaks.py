"""Breaks move the weeks that have not opened, and nothing else."""

from datetime import date
from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.services import breaks
from db import Runner
from db import models as m
from tests.store import LEADER, TREASURER, Group, founded, seoul

MAY = ("2022-05-11", "2022-05-17")
"""A break of one week that begins on the day week 3 is due."""


async def rest(group: Group, first: str, last: str, at: str, reason: str = "축제") -> breaks.Moved:
    """Have the leader add a break, or change the one with this first day."""
    days = date.fromisoformat(first), date.fromisoformat(last)
    return await group.asks(breaks.add, *days, reason, at=at)


async def refused(group: Group, first: str, last: str, at: str, by: str = LEADER) -> dict[str, Any]:
    """The no that somebody gets for a break."""
    days = date.fromisoformat(first), date.fromisoformat(last)
    with pytest.raises(Refused) as no:
        await group.asks(breaks.add, *days, "축제", by=by, at=at)
    return {"key": no.value.key, **no.value.values}


async def listed(group: Group) -> list[tuple[str, str]]:
    """The breaks as they stand."""
    rows = await runner_reads(group)
    return [(f"{row.first}", f"{row.last}") for row in rows]


async def runner_reads(group: Group) -> Any:
    """The rows of the breaks, as the leader sees them."""
    return await group.runner.read(breaks.listed, group.caller(LEADER))


async def test_a_break_moves_every_week_after_it(runner: Runner) -> None:
    group = await founded(runner, breaks=(), weeks=5)
    moved = await rest(group, "2022-04-27", "2022-05-03", at="2022-04-08 10:00")
    assert [week.number for week in moved.moved] == [4, 5]
    assert await group.weeks() == {1: "04-06", 2: "04-13", 3: "04-20", 4: "05-04", 5: "05-11"}
    told = (await group.outbox())[-1]
    assert (told.kind, told.values["moved"], told.values["first"]) == ("break_added", [4, 5], "2022-04-27")
    assert (await group.history())[-1] == "break_added"


async def test_reminders_and_cutoffs_move_along(runner: Runner) -> None:
    group = await founded(runner, weeks=4)
    await group.lives_until("2022-05-09 10:00")
    await rest(group, *MAY, at="2022-05-09 10:00")
    await group.lives_until("2022-05-25 12:01")
    told = await group.told()
    assert told[told.index("closed 3") - 2 :][:1] == ["due 3, break_begins"]
    assert told[told.index("closed 3") + 1] == "break_ends, opened 4"
    assert [f"{row.at:%m-%d}" for row in await group.outbox() if row.values.get("week") == 4] == [
        "05-23", "05-24", "05-25",
    ]  # fmt: skip


async def test_a_break_on_no_opening_day_moves_nothing(runner: Runner) -> None:
    group = await founded(runner)
    moved = await rest(group, "2022-05-12", "2022-05-16", at="2022-05-05 10:00")
    assert moved.moved == []
    assert await listed(group) == [
        ("2022-04-13", "2022-04-26"), ("2022-05-12", "2022-05-16"), ("2022-06-08", "2022-06-21"),
    ]  # fmt: skip


async def test_a_break_in_the_running_week_is_refused_with_the_first_day_that_can_be(
    runner: Runner,
) -> None:
    group = await founded(runner)
    no = await refused(group, "2022-05-10", "2022-05-17", at="2022-05-05 10:00")
    assert (no["key"], no["earliest"]) == ("break-too-early", date(2022, 5, 11))
    assert (await rest(group, *MAY, at="2022-05-05 10:00")).moved[0].number == 4


async def test_a_break_that_cannot_be_is_refused(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-05-05 10:00")
    before = len(await group.outbox()), await group.history(), await group.weeks()
    for first, last, key in (
        ("2022-06-01", "2022-06-08", "break-overlaps"),
        ("2022-06-21", "2022-06-28", "break-overlaps"),
        ("2022-05-17", "2022-05-11", "break-backwards"),
        ("2022-05-11", "2023-06-11", "break-too-long"),
        ("2199-05-11", "2199-05-12", "starts-out-of-range"),
        ("2022-05-01", "2022-05-02", "break-too-early"),
    ):
        assert (await refused(group, first, last, at="2022-05-05 10:00"))["key"] == key
    assert (len(await group.outbox()), await group.history(), await group.weeks()) == before
    assert len(await group.rows(m.Break)) == 2


async def test_only_a_leader_adds_and_removes_breaks(runner: Runner) -> None:
    group = await founded(runner)
    for who, key in ((TREASURER, "not-allowed"), ("지나가던이", "not-a-member")):
        assert (await refused(group, *MAY, at="2022-05-05 10:00", by=who))["key"] == key
        with pytest.raises(Refused) as no:
            await group.asks(breaks.remove, date(2022, 6, 8), by=who, at="2022-05-05 10:00")
        assert no.value.key == key


async def test_a_break_under_way_is_prolonged(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-04-20 10:00")
    moved = await rest(group, "2022-04-13", "2022-05-03", at="2022-04-20 10:00", reason="중간고사 연장")
    assert [week.number for week in moved.moved] == list(range(2, 13))
    assert (await group.weeks())[2] == "05-04"
    assert await listed(group) == [("2022-04-13", "2022-05-03"), ("2022-06-08", "2022-06-21")]
    await group.jumps_to("2022-05-04 00:00")
    assert (await group.told())[-1] == "break_ends, opened 2"
    assert (await group.told()).count("due 1, break_begins") == 1


async def test_a_break_under_way_is_cut_from_today_on(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-04-18 10:00")
    await rest(group, "2022-04-13", "2022-04-19", at="2022-04-18 10:00")
    assert (await group.weeks())[2] == "04-20"
    await group.jumps_to("2022-04-20 00:00")
    assert (await group.told())[-1] == "break_ends, opened 2"
    no = await refused(group, "2022-04-13", "2022-04-21", at="2022-04-20 10:00")
    assert no["key"] == "break-over"


async def test_what_has_been_rested_stays_rested(runner: Runner) -> None:
    group = await founded(runner)
    no = await refused(group, "2022-04-13", "2022-04-15", at="2022-04-18 10:00")
    assert no["key"] == "break-past"


async def test_a_break_is_not_prolonged_into_another(runner: Runner) -> None:
    group = await founded(runner)
    no = await refused(group, "2022-04-13", "2022-06-08", at="2022-04-18 10:00")
    assert (no["key"], no["first"]) == ("break-overlaps", date(2022, 6, 8))


async def test_a_break_to_come_is_removed_and_the_weeks_move_back(runner: Runner) -> None:
    group = await founded(runner)
    moved = await group.asks(breaks.remove, date(2022, 6, 8), at="2022-05-05 10:00")
    assert [week.number for week in moved.moved] == [8, 9, 10, 11, 12]
    assert (await group.weeks())[8] == "06-08"
    assert await listed(group) == [("2022-04-13", "2022-04-26")]
    kept = await group.rows(m.Break)
    assert [row.removed_at for row in kept] == [None, seoul("2022-05-05 10:00")]
    await group.jumps_to("2022-06-22 00:00")
    assert sum("break_begins" in line for line in await group.told()) == 1


async def test_removing_a_break_under_way_ends_it_today(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-04-19 10:00")
    await group.asks(breaks.remove, date(2022, 4, 13), at="2022-04-19 10:00")
    assert (await group.weeks())[2] == "04-20"
    assert (await listed(group))[0] == ("2022-04-13", "2022-04-18")
    await group.jumps_to("2022-04-20 00:00")
    assert (await group.told())[-1] == "opened 2"
    assert (await group.outbox())[-2].kind == "break_removed"


async def test_a_break_that_is_over_or_never_was_cannot_be_removed(runner: Runner) -> None:
    group = await founded(runner)
    for day, key in ((date(2022, 4, 13), "break-over"), (date(2022, 7, 1), "no-such-break")):
        with pytest.raises(Refused) as no:
            await group.asks(breaks.remove, day, at="2022-05-05 10:00")
        assert no.value.key == key


async def test_a_break_removed_on_its_first_day_and_put_back_begins_again(runner: Runner) -> None:
    group = await founded(runner)
    await group.jumps_to("2022-06-08 10:00")
    await group.asks(breaks.remove, date(2022, 6, 8), at="2022-06-08 10:00")
    await group.jumps_to("2022-06-08 10:01")
    with pytest.raises(Refused) as no:
        await rest(group, "2022-06-08", "2022-06-21", at="2022-06-08 10:02")
    assert no.value.key == "break-too-early"  # removing it has opened week 8
    assert (await group.told())[-1] == "opened 8"


async def test_a_break_that_begins_today_is_told_at_once(runner: Runner) -> None:
    group = await founded(runner, breaks=(), weeks=1)
    await group.jumps_to("2022-04-13 13:00")
    await rest(group, "2022-04-13", "2022-04-20", at="2022-04-13 13:00")
    await group.jumps_to("2022-04-13 13:00")
    assert (await group.told())[-1] == "break_begins"
    await group.asks(breaks.remove, date(2022, 4, 13), at="2022-04-13 13:05")
    await rest(group, "2022-04-13", "2022-04-19", at="2022-04-13 13:10")
    await group.jumps_to("2022-04-13 13:10")
    assert (await group.told())[-2:] == ["break_begins", "break_begins"]
