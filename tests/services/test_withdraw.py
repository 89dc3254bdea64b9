"""Taking a link back."""

from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.services.submissions import withdraw
from db import Runner
from db import models as m
from tests.store import LEADER, MEMBERS, Group, founded

DAY, LATE, CLOSE = "2022-04-08 10:00", "2022-04-13 09:00", "2022-04-13 12:00"
NIGHT = "2022-05-11 01:00"


async def refused(group: Group, *what: Any, by: str = "구미진", at: str = DAY) -> str:
    """The key of the no that somebody gets."""
    with pytest.raises(Refused) as no:
        await group.asks(withdraw, *what, by=by, at=at)
    return no.value.key


async def test_a_link_taken_back_is_gone_with_its_time(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("구미진", DAY)
    done = await group.asks(withdraw, None, None, by="구미진", at="2022-04-08 11:00")
    assert (done.week.number, done.member.name) == (1, "구미진")
    assert await group.rows(m.Submission) == []
    assert (await group.history())[-2:] == ["submitted", "withdrawn"]
    assert (await group.submits("구미진", LATE)).verdict == "late"


async def test_until_the_close_it_is_taken_back_and_then_missing(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", DAY)
    await group.jumps_to("2022-04-13 11:00")
    await group.asks(withdraw, None, None, by="구미진", at="2022-04-13 11:59:59")
    await group.jumps_to("2022-04-13 12:01")
    assert (await group.verdicts(1))["구미진"] == ["absent"]


async def test_after_the_close_it_stays(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("구미진", DAY)
    assert await refused(group, 1, None, at=CLOSE) == "withdraw-after-close"
    assert await refused(group, None, None, at=CLOSE) == "nothing-to-withdraw"
    assert await group.links() != {}


async def test_an_event_from_before_a_judged_close_is_corrected_to_absent(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", LATE)
    await group.jumps_to("2022-04-13 12:05")
    await group.asks(withdraw, 1, None, by="구미진", at="2022-04-13 11:59:59")
    assert (await group.verdicts(1))["구미진"] == ["late", "absent"]
    assert [entry for entry in await group.ledger() if entry[0] == "구미진"] == [
        ("구미진", "late", 3_000), ("구미진", "waiver", -3_000), ("구미진", "absent", 4_000),
    ]  # fmt: skip


async def test_with_two_weeks_in_the_newest_is_taken_back(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("구미진", NIGHT, week=3)
    await group.submits("구미진", NIGHT, week=4)
    assert (await group.asks(withdraw, None, None, by="구미진", at=NIGHT)).week.number == 4
    assert (await group.asks(withdraw, None, None, by="구미진", at=NIGHT)).week.number == 3
    assert await refused(group, None, None, at=NIGHT) == "nothing-to-withdraw"


async def test_what_is_not_there_cannot_be_taken_back(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits(LEADER, DAY)
    assert await refused(group, None, None) == "nothing-to-withdraw"
    assert await refused(group, 1, None) == "nothing-to-withdraw"
    assert await refused(group, 2, None) == "week-not-open"
    assert await refused(group, 13, None) == "no-such-week"
    assert await refused(group, None, None, by="지나가던이") == "not-a-member"


async def test_only_a_leader_takes_back_what_somebody_else_handed_in(runner: Runner) -> None:
    group = await founded(runner)
    await group.submits("문수인", DAY)
    assert await refused(group, None, "문수인") == "not-allowed"
    done = await group.asks(withdraw, None, "문수인", by=LEADER, at=DAY)
    assert done.member.name == "문수인"
    assert await group.links() == {}


async def test_after_downtime_the_midnight_still_tells_who_was_in_then(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", DAY)
    await group.asks(withdraw, None, None, by="구미진", at="2022-04-13 11:00")
    await group.jumps_to("2022-04-13 12:01")
    due, _ = [row for row in await group.outbox() if row.kind == "announcement"][1:]
    names = await group.names()
    assert [names[x] for x in due.values["parts"][0]["in"]] == ["구미진"]
