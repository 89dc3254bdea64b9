"""How things stand: fines of a month, the board, one's own week."""

import asyncio
from datetime import date
from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.rules.verdicts import Verdict
from bot.services import fines as fines_service
from bot.services import membership, standing, studies, weeks
from bot.services.studies import Changes
from db import Runner
from tests.store import LEADER, MEMBERS, Group, founded

APRIL, MAY = date(2022, 4, 1), date(2022, 5, 1)
NOON = "2022-05-11 12:01"
"""Weeks 1 to 3 have closed: one in April, two in May."""


async def sums(group: Group, month: date | None, at: str) -> dict[str, int]:
    """What each member owes for a month."""
    fines = await group.looks(fines_service.fines, month, at=at)
    return {account.member.name: account.total for account in fines.accounts}


async def test_a_fine_belongs_to_the_month_in_which_its_week_closed(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", "2022-04-13 01:00")
    await group.jumps_to(NOON)
    assert await sums(group, APRIL, at=NOON) == {LEADER: 4_000, "구미진": 3_000}
    assert await sums(group, None, at=NOON) == {LEADER: 8_000, "구미진": 8_000}
    assert await sums(group, date(2022, 6, 1), at=NOON) == {LEADER: 0, "구미진": 0}


@pytest.mark.parametrize(
    ("timezone", "month"), [("Asia/Seoul", APRIL), ("America/New_York", date(2022, 3, 1))]
)
async def test_months_turn_at_midnight_in_the_study_s_zone(
    runner: Runner, timezone: str, month: date
) -> None:
    season: dict[str, Any] = {"starts": date(2022, 3, 24), "weeks": 1, "breaks": ()}
    group = await founded(runner, MEMBERS[:1], at="2022-03-20 10:00", timezone=timezone, **season)
    clocks = {"Asia/Seoul": "00:30", "America/New_York": "23:30"}
    changes = Changes(due="12:00", close=clocks[timezone])
    day = "2022-03-20 11:00"
    await group.asks(studies.change, changes, at=day)
    await group.jumps_to("2022-04-05 12:00")
    assert await sums(group, month, at=day) == {LEADER: 4_000}


async def test_past_members_are_listed_where_they_have_entries(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:3])
    await group.jumps_to("2022-04-20 10:00")
    await group.asks(membership.leave, by="구미진", at="2022-04-20 10:00")
    assert await sums(group, APRIL, at=NOON) == {LEADER: 4_000, "구미진": 4_000, "이은빈": 4_000}
    assert set(await sums(group, MAY, at=NOON)) == {LEADER, "이은빈"}


async def test_fines_are_shown_to_the_channel_once_a_wish(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.jumps_to("2022-04-20 10:00")
    await group.asks(fines_service.share_fines, APRIL, by="구미진", at="2022-04-20 10:00")
    told = (await group.outbox())[-1]
    names = await group.names()
    assert (told.kind, told.values["month"]) == ("fines", "2022-04-01")
    assert [(names[x], *rest) for x, *rest in told.values["accounts"]] == [
        (LEADER, 0, 1, 0, 0, 4_000), ("구미진", 0, 1, 0, 0, 4_000),
    ]  # fmt: skip
    with pytest.raises(Refused) as no:
        await group.asks(fines_service.share_fines, APRIL, by="지나가던이", at="2022-04-20 10:00")
    assert no.value.key == "not-a-member"


async def test_anybody_may_look_at_the_fines(runner: Runner) -> None:
    group = await founded(runner)
    fines = await group.looks(fines_service.fines, None, by="지나가던이", at="2022-04-08 10:00")
    assert fines.charged == 0


async def board(group: Group, at: str) -> dict[tuple[int, str], Verdict]:
    """The verdicts of the board by week and name."""
    names = await group.names()
    shown = await group.looks(standing.whole_board, at=at)
    return {(week, names[member]): verdict for (week, member), verdict in shown.verdicts.items()}


async def test_the_board_is_provisional_until_a_week_is_judged(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:3])
    await group.submits(LEADER, "2022-04-08 10:00")
    await group.submits("구미진", "2022-04-13 09:00")
    night = await board(group, "2022-04-13 09:30")
    assert night == {
        (1, LEADER): Verdict.ON_TIME, (1, "구미진"): Verdict.LATE, (1, "이은빈"): Verdict.PENDING,
    }  # fmt: skip
    await group.jumps_to("2022-04-13 12:01")
    assert (await board(group, "2022-04-13 12:01"))[1, "이은빈"] is Verdict.ABSENT
    shown = await group.looks(standing.whole_board, at=NOON)
    assert {week for week, _ in shown.judged} == {1}
    assert [member.name for member in shown.members] == list(MEMBERS[:3])
    assert len(shown.owed) == 12 * 3


async def test_my_standing_tells_my_weeks_and_my_month(runner: Runner) -> None:
    group = await founded(runner, MEMBERS[:2])
    await group.submits("구미진", "2022-04-13 01:00")
    await group.jumps_to("2022-05-11 09:00")
    mine = await group.looks(standing.mine, by="구미진", at="2022-05-11 09:00")
    assert mine.member.name == "구미진"
    assert [week.number for week in mine.open_weeks] == [3, 4]
    assert mine.upcoming is not None
    assert (mine.upcoming.number, mine.month, mine.total) == (5, MAY, 4_000)
    await group.asks(weeks.excuse, "구미진", 3, "출장", at="2022-05-11 09:00")
    mine = await group.looks(standing.mine, by="구미진", at="2022-05-11 09:01")
    assert [week.number for week in mine.open_weeks] == [4]
    with pytest.raises(Refused) as no:
        await group.looks(standing.mine, by="지나가던이", at="2022-05-11 09:00")
    assert no.value.key == "not-a-member"


async def test_looking_waits_for_nobody_who_writes(runner: Runner) -> None:
    group = await founded(runner)
    release = asyncio.Event()

    async def slow(session: Any) -> None:
        await membership.join(session, group.caller("새사람"), None, group.wish("x", NOON).at)
        await release.wait()

    writing = asyncio.create_task(runner.run(slow))
    fines = await asyncio.wait_for(group.looks(fines_service.fines, None, at=NOON), 5)
    assert len(fines.accounts) == len(MEMBERS)
    release.set()
    await writing
