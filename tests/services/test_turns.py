"""The team blog: whose week it is, swapping, skipping, and posts."""

from datetime import date
from typing import Any

import pytest

from bot.rules.refusal import Refused
from bot.services import breaks, membership, turns
from bot.services.turns import Swapped
from db import Runner
from db import models as m
from tests.store import LEADER, Group, founded

SEED = ("이은빈", "문수인", "한현경", "장서진", "구미진")
MONDAY = "2022-04-11 10:00"
MAY = "2022-05-02 10:00"


on_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""What PostgreSQL would do no otherwise, and takes its time for."""


async def blogging(runner: Runner, **plan: Any) -> Group:
    """The seed's group with the order of its README."""
    return await founded(runner, turns=SEED, **plan)


async def writers(group: Group, at: str = MONDAY) -> list[str]:
    """Who writes in each week, as it stands."""
    shown = await group.looks(turns.rota, at=at)
    return [shown.names[turn.member] for turn in shown.turns]


async def fixed(group: Group) -> list[str]:
    """Whose the weeks are that have opened."""
    names = await group.names()
    return [names[row.member_id] for row in await group.rows(m.Turn)]


async def swaps(group: Group, week: int, other: int, by: str = LEADER, at: str = MONDAY) -> Swapped:
    """Have two weeks change writers."""
    return await group.asks(turns.swap, week, other, by=by, at=at)


async def refused(group: Group, *what: Any, by: str = LEADER, at: str = MONDAY) -> str:
    """The key of the no that somebody gets."""
    service, *args = what
    with pytest.raises(Refused) as no:
        await group.asks(service, *args, by=by, at=at)
    return no.value.key


async def test_the_order_of_the_seed_goes_round(runner: Runner) -> None:
    group = await blogging(runner)
    assert await writers(group) == [*SEED, *SEED, "이은빈", "문수인"]
    await group.lives_until("2022-07-27 13:00")
    assert await fixed(group) == [*SEED, *SEED, "이은빈", "문수인"]


@on_sqlite
async def test_the_opening_says_whose_week_it_is_and_the_writer_is_reminded(runner: Runner) -> None:
    group = await blogging(runner)
    await group.lives_until("2022-05-04 00:01")
    openings = [part for row in await group.outbox() for part in row.values.get("parts", ())]
    names = await group.names()
    assert [names[x["writer"]] for x in openings if x["kind"] == "opened"] == ["이은빈", "문수인", "한현경"]
    told = [line for line in await group.told() if line.startswith("reminder-turn")]
    assert told == ["reminder-turn 1: 이은빈", "reminder-turn 2: 문수인"]
    reminders = await group.outbox(m.Outbox.kind == "reminder-turn")
    assert [f"{row.at:%m-%d %H}" for row in reminders] == ["04-11 15", "05-02 15"]


@on_sqlite
async def test_whose_post_is_up_is_not_reminded(runner: Runner) -> None:
    group = await blogging(runner)
    done = await group.asks(turns.done, "https://blog.example/1", None, by="이은빈", at=MONDAY)
    assert (done.week, done.member, done.replaced) == (1, "이은빈", False)
    await group.lives_until("2022-04-13 13:00")
    assert not [line for line in await group.told() if line.startswith("reminder-turn")]


@on_sqlite
async def test_a_missed_post_costs_nothing_and_can_come_later(runner: Runner) -> None:
    group = await blogging(runner)
    for name in SEED:
        await group.submits(name, "2022-04-12 10:00")
    await group.lives_until(MAY)
    assert await group.ledger() == []
    done = await group.asks(turns.done, "https://blog.example/1", None, by="이은빈", at=MAY)
    assert done.week == 1
    shown = await group.looks(turns.rota, at=MAY)
    assert [turn.link for turn in shown.turns[:2]] == ["https://blog.example/1", None]


async def test_a_post_is_replaced_and_a_leader_may_hand_it_in(runner: Runner) -> None:
    group = await blogging(runner)
    await group.asks(turns.done, "https://blog.example/a", None, by="이은빈", at=MONDAY)
    done = await group.asks(turns.done, "https://blog.example/b", 1, at=MONDAY)
    assert (done.member, done.link, done.replaced) == ("이은빈", "https://blog.example/b", True)
    assert await refused(group, turns.done, "https://blog.example/c", 1, by="구미진") == "not-allowed"
    assert await refused(group, turns.done, "https://blog.example/c", None, by="구미진") == "no-turn-yet"
    assert await refused(group, turns.done, "https://blog.example/c", 2, by="문수인") == "turn-not-open"


async def test_two_weeks_are_swapped(runner: Runner) -> None:
    group = await blogging(runner)
    done = await swaps(group, 2, 5)
    assert (done.first_writer, done.second_writer) == ("구미진", "문수인")
    assert (await writers(group))[:6] == ["이은빈", "구미진", "한현경", "장서진", "문수인", "이은빈"]
    await group.lives_until("2022-05-18 00:01")
    assert await fixed(group) == ["이은빈", "구미진", "한현경", "장서진", "문수인"]


@on_sqlite
async def test_a_member_swaps_only_the_own_week(runner: Runner) -> None:
    group = await blogging(runner)
    await swaps(group, 3, 2, by="문수인")
    assert (await writers(group))[1:3] == ["한현경", "문수인"]
    assert await refused(group, turns.swap, 4, 5, by="이은빈") == "not-allowed"
    assert await refused(group, turns.skip, 3, by="문수인") == "not-allowed"


@on_sqlite
async def test_a_week_that_has_opened_is_not_swapped(runner: Runner) -> None:
    group = await blogging(runner)
    assert await refused(group, turns.swap, 1, 2) == "turn-fixed"
    assert await refused(group, turns.swap, 2, 1) == "turn-fixed"
    assert await refused(group, turns.skip, 1) == "turn-fixed"
    assert await refused(group, turns.swap, 2, 2) == "swap-same"
    assert await refused(group, turns.swap, 2, 7) == "swap-same"
    assert await refused(group, turns.swap, 2, 13) == "no-such-turn"


@on_sqlite
async def test_the_next_takes_a_week_that_is_skipped(runner: Runner) -> None:
    group = await blogging(runner)
    done = await group.asks(turns.skip, 3, at=MONDAY)
    assert (done.first_writer, done.second, done.second_writer) == ("장서진", 4, "한현경")
    assert (await writers(group))[2:6] == ["장서진", "한현경", "구미진", "이은빈"]


async def test_in_the_last_week_the_next_in_order_steps_in(runner: Runner) -> None:
    group = await blogging(runner)
    done = await group.asks(turns.skip, 12, at=MONDAY)
    assert (done.first_writer, done.second) == ("한현경", None)
    assert (await writers(group))[10:] == ["이은빈", "한현경"]


@on_sqlite
async def test_a_newcomer_comes_last(runner: Runner) -> None:
    group = await blogging(runner)
    await group.asks(membership.join, None, by="새사람", at=MONDAY)
    assert (await writers(group))[:7] == [*SEED, "새사람", "이은빈"]


@on_sqlite
async def test_a_leaver_drops_out_from_the_next_week_on(runner: Runner) -> None:
    group = await blogging(runner)
    await swaps(group, 2, 4)
    assert (await writers(group))[1:4] == ["장서진", "한현경", "문수인"]
    await group.lives_until(MONDAY)
    await group.asks(membership.leave, by="문수인", at=MONDAY)
    assert (await writers(group))[:6] == ["이은빈", "한현경", "장서진", "구미진", "이은빈", "한현경"]
    await group.asks(membership.leave, by="이은빈", at=MONDAY)
    assert (await writers(group))[:4] == ["이은빈", "한현경", "장서진", "구미진"]
    await group.lives_until("2022-04-13 13:00")
    assert not [line for line in await group.told() if line.startswith("reminder-turn")]


@on_sqlite
async def test_a_new_order_begins_with_the_next_week(runner: Runner) -> None:
    group = await blogging(runner)
    await group.lives_until(MONDAY)
    await group.asks(turns.order, ["구미진", "장서진"], at=MONDAY)
    assert (await writers(group))[:7] == [
        "이은빈", "구미진", "장서진", "이은빈", "한현경", "문수인", "구미진",
    ]  # fmt: skip


@on_sqlite
async def test_a_group_without_an_order_has_no_turns_until_it_sets_one(runner: Runner) -> None:
    group = await founded(runner)
    assert await refused(group, turns.rota) == "no-turns"
    assert await refused(group, turns.swap, 2, 3) == "no-turns"
    await group.asks(turns.order, list(SEED), at=MAY)
    assert (await writers(group, MAY))[:3] == ["이은빈", "문수인", "한현경"]
    assert min(turn.week.number for turn in (await group.looks(turns.rota, at=MAY)).turns) == 3
    assert await refused(group, turns.order, ["이은빈", "이은빈"], at=MAY) == "named-twice"
    assert await refused(group, turns.order, ["남"], at=MAY) == "no-such-member"
    assert await refused(group, turns.order, list(SEED), by="구미진", at=MAY) == "not-allowed"


@on_sqlite
async def test_turns_move_with_their_weeks(runner: Runner) -> None:
    group = await blogging(runner)
    before = await writers(group)
    await group.asks(breaks.add, date(2022, 5, 18), date(2022, 5, 24), "축제", at=MONDAY)
    assert await writers(group) == before
    await group.lives_until("2022-05-18 10:00")
    assert len(await fixed(group)) == 4


async def test_a_jump_gives_the_same_turns_as_living_it(runner: Runner) -> None:
    group = await blogging(runner)
    await swaps(group, 2, 5)
    await group.asks(turns.skip, 7, at=MONDAY)
    expected = await writers(group)
    await group.jumps_to("2022-07-27 13:00")
    assert await fixed(group) == expected
