"""Settling months: by itself on the 1st, early by hand, and once more where something changed since."""

from datetime import date
from typing import Any

import pytest

from bot.rules.fines import NO_FINES
from bot.rules.refusal import Refused
from bot.rules.settlement import FUND, Statement
from bot.services import fines as fines_service
from bot.services import ledger, membership, weeks
from bot.services.books import statement_of
from bot.services.fines import Fines
from bot.services.money import accounts_of
from db import Runner
from db import models as m
from tests.store import LEADER, MEMBERS, TREASURER, Group, founded

# The same services meet PostgreSQL in `test_ledger`.
pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)

APRIL, MAY, JUNE, JULY = (date(2022, month, 1) for month in (4, 5, 6, 7))
AFTER = "2022-04-14 10:00"
SETTLED = "2022-05-01 10:00"
IN_MAY = ("05-03", "05-10", "05-17", "05-24")
OVER = "2022-07-27 12:01"


async def first_week(runner: Runner, **plan: Any) -> Group:
    """The seed's five after their first week: one on time, one late, three absent."""
    group = await founded(runner, **plan)
    await group.submits("장서진", "2022-04-12 21:00")
    await group.submits("구미진", "2022-04-13 01:00")
    await group.lives_until(AFTER)
    return group


async def diligent(group: Group, *days: str, but: str = "") -> None:
    """Have all but one hand in on these days."""
    for day in days:
        for name in MEMBERS:
            if name != but:
                await group.submits(name, f"2022-{day} 10:00")


async def statements(group: Group) -> list[tuple[int, int, Statement]]:
    """The sealed statements: month, number, and what they say."""
    rows = await group.rows(m.Settlement, m.Settlement.study_id == group.id)
    return [(row.month.month, row.number, statement_of(row)) for row in rows]


async def by_name(group: Group, amounts: Any) -> dict[str, int]:
    """Amounts by members' names."""
    names = await group.names()
    return {names[member]: amount for member, amount in amounts.items()}


async def fines_of(group: Group, month: date, at: str) -> Fines:
    """A month's fines as they are shown."""
    return await group.looks(fines_service.fines, month, at=at)


async def refused(group: Group, month: date | None, at: str, by: str = TREASURER) -> str:
    """The key of the no to settling early."""
    with pytest.raises(Refused) as no:
        await group.asks(ledger.settle, month, by=by, at=at)
    return no.value.key


# By itself


async def test_april_of_the_seed_group(runner: Runner) -> None:
    group = await first_week(runner)
    await group.lives_until("2022-05-01 08:59:59")
    assert await statements(group) == []
    await group.lives_until("2022-05-01 09:00")
    ((month, number, april),) = await statements(group)
    assert (month, number, april.pool, april.carry_out) == (4, 1, 15_000, 0)
    assert await by_name(group, april.shares) == {"장서진": 7_500, "구미진": 7_500}
    assert await by_name(group, april.nets) == {
        "장서진": 7_500, "구미진": 4_500, "이은빈": -4_000, "한현경": -4_000, "문수인": -4_000,
    }  # fmt: skip
    assert (await group.told())[-1].startswith("settlement")


async def test_before_the_seal_the_fines_show_how_it_would_come_out(runner: Runner) -> None:
    group = await first_week(runner)
    seen = await fines_of(group, APRIL, AFTER)
    assert (seen.sealed_at, seen.open) == (None, ())
    await group.lives_until(SETTLED)
    sealed = await fines_of(group, APRIL, SETTLED)
    assert sealed.sealed_at is not None
    assert (seen.statement, seen.transfers) == (sealed.statement, sealed.transfers)


async def test_a_month_without_fines_splits_nothing(runner: Runner) -> None:
    group = await founded(runner)
    await diligent(group, "04-12")
    await group.lives_until(SETTLED)
    ((_, _, april),) = await statements(group)
    assert (april.fines, april.shares, april.carry_out) == ({}, {}, 0)
    assert await group.ledger() == []


async def test_where_everybody_is_absent_everybody_gets_the_own_fine_back(runner: Runner) -> None:
    group = await founded(runner)
    await group.lives_until(SETTLED)
    ((_, _, april),) = await statements(group)
    assert (april.last, set(april.nets.values())) == ((), {0})


async def test_who_left_within_the_month_has_no_share_but_a_debt(runner: Runner) -> None:
    group = await first_week(runner)
    await group.asks(membership.leave, by="구미진", at="2022-04-30 23:59")
    await group.asks(membership.leave, by="한현경", at="2022-05-01 00:00")
    await group.lives_until(SETTLED)
    ((_, _, april),) = await statements(group)
    assert await by_name(group, april.shares) == {"장서진": 15_000}
    assert (await by_name(group, april.nets))["구미진"] == -3_000
    names = await group.names()
    assert sorted(names[member] for member in april.last) == ["문수인", "이은빈", "한현경"]


async def test_who_owed_no_week_of_the_month_takes_no_part(runner: Runner) -> None:
    group = await first_week(runner)
    await group.asks(membership.join, None, by="새사람", at=AFTER)
    await group.lives_until(SETTLED)
    ((_, _, april),) = await statements(group)
    assert set(await by_name(group, april.shares)) == {"장서진", "구미진"}


async def test_a_study_without_fines_hears_nothing_of_settlements(runner: Runner) -> None:
    group = await founded(runner, fines=NO_FINES)
    await group.lives_until(SETTLED)
    assert not [line for line in await group.told() if "settlement" in line]
    assert [month for month, *_ in await statements(group)] == [4]


# Early


async def test_a_month_is_settled_early_once_its_weeks_are_judged(runner: Runner) -> None:
    group = await first_week(runner)
    await group.asks(ledger.settle, None, by=TREASURER, at="2022-04-20 10:00")
    ((month, number, april),) = await statements(group)
    assert (month, number, april.pool) == (4, 1, 15_000)
    assert (await group.told())[-1] == "settlement"
    await group.lives_until(SETTLED)
    assert len(await statements(group)) == 1


async def test_a_month_with_weeks_to_close_is_not_settled(runner: Runner) -> None:
    group = await founded(runner)
    assert await refused(group, APRIL, "2022-04-13 11:59") == "settle-too-early"
    assert await refused(group, None, "2022-04-13 11:59") == "settle-too-early"
    assert await refused(group, None, "2022-04-13 12:00:09") == "settle-too-early"
    await group.asks(ledger.settle, APRIL, by=TREASURER, at="2022-04-13 12:00:10")
    assert await refused(group, None, "2022-05-10 10:00") == "settle-too-early"


async def test_months_are_settled_in_order(runner: Runner) -> None:
    group = await first_week(runner)
    assert await refused(group, MAY, AFTER) == "settle-not-begun"
    assert await refused(group, date(2022, 3, 1), AFTER) == "no-such-month"
    assert await refused(group, date(2022, 8, 1), AFTER) == "no-such-month"
    await group.lives_until(SETTLED)
    assert await refused(group, APRIL, SETTLED) == "settled-already"


async def test_the_last_month_waits_for_the_seasons_last_close(runner: Runner) -> None:
    group = await first_week(runner, weeks=1, breaks=())
    ((month, _, april),) = await statements(group)
    assert (month, april.left) == (4, 0)
    assert await refused(group, None, AFTER) == "settled-all"
    assert await refused(group, APRIL, AFTER) == "settled-already"


async def test_a_fine_that_comes_after_an_early_seal_is_in_the_next_statement(runner: Runner) -> None:
    group = await first_week(runner)
    await group.asks(ledger.settle, None, by=TREASURER, at="2022-04-20 10:00")
    await group.asks(ledger.charge, "장서진", 6_000, "회식비", by=TREASURER, at="2022-04-25 10:00")
    await diligent(group, *IN_MAY)
    await group.lives_until("2022-06-01 13:00")
    _, (month, _, may) = await statements(group)
    assert month == 5
    assert await by_name(group, may.returned) == {"장서진": -6_000}
    assert await by_name(group, may.adjustments) == {
        "장서진": -7_500, "구미진": 21_000 // 4 - 7_500, "이은빈": 5_250, "한현경": 5_250, "문수인": 5_250,
    }  # fmt: skip
    assert sum(may.nets.values()) + may.left == 0


# After the seal


async def test_a_waiver_after_the_seal_comes_back_as_adjustments(runner: Runner) -> None:
    """The three absent of April are two: their 11,000 are shared by three, once May is settled."""
    group = await first_week(runner)
    await group.lives_until(SETTLED)
    done = await group.asks(ledger.waive, "이은빈", "입원", 1, None, at=SETTLED)
    assert (done.sealed, done.final) == (True, False)
    ((_, _, april),) = await statements(group)
    assert april.pool == 15_000
    await diligent(group, *IN_MAY)
    await group.lives_until("2022-06-01 13:00")
    (_, _, same), (month, _, may) = await statements(group)
    assert same == april
    assert (month, may.fines, may.carry_in, may.carry_out) == (5, {}, 2, 2)
    assert await by_name(group, may.returned) == {"이은빈": 4_000}
    assert await by_name(group, may.adjustments) == {"장서진": -3_834, "구미진": -3_834, "이은빈": 3_666}
    assert [x for x in await group.ledger() if x[1] == "adjustment"] == [
        ("장서진", "adjustment", 3_834), ("구미진", "adjustment", 3_834), ("이은빈", "adjustment", -3_666),
    ]  # fmt: skip


async def test_what_was_adjusted_once_is_not_adjusted_again(runner: Runner) -> None:
    group = await first_week(runner)
    await group.lives_until(SETTLED)
    await group.asks(ledger.waive, "이은빈", "입원", 1, None, at=SETTLED)
    await diligent(group, *IN_MAY, "05-31", "06-07", "06-28")
    await group.lives_until("2022-07-01 10:00")
    *_, (month, _, june) = await statements(group)
    assert (month, june.adjustments, june.returned) == (6, {}, {})


async def test_an_excuse_after_the_seal_comes_back_too(runner: Runner) -> None:
    group = await first_week(runner)
    await group.lives_until(SETTLED)
    await group.asks(weeks.excuse, "이은빈", 1, "입원", at=SETTLED)
    await diligent(group, *IN_MAY)
    await group.lives_until("2022-06-01 13:00")
    *_, (_, _, may) = await statements(group)
    assert await by_name(group, may.returned) == {"이은빈": 4_000}
    assert await by_name(group, may.adjustments) == {"장서진": -2_000, "구미진": -2_000}


async def test_the_preview_of_a_month_has_the_adjustments_in_it(runner: Runner) -> None:
    group = await first_week(runner)
    await group.lives_until(SETTLED)
    await group.asks(ledger.waive, "이은빈", "입원", 1, None, at=SETTLED)
    await diligent(group, *IN_MAY)
    seen = await fines_of(group, MAY, "2022-05-31 10:00")
    await group.lives_until("2022-06-01 13:00")
    *_, (_, _, may) = await statements(group)
    assert seen.statement == may


async def one_short_season(runner: Runner) -> Group:
    """A season of two weeks, in April and May, that is over."""
    group = await first_week(runner, weeks=2)
    await diligent(group, "05-03", but="문수인")
    await group.lives_until("2022-05-04 13:00")
    return group


async def test_the_seasons_last_month_is_settled_at_its_last_close(runner: Runner) -> None:
    group = await founded(runner, weeks=2)
    await group.lives_until("2022-05-04 12:00:09")
    assert [month for month, *_ in await statements(group)] == [4]
    await group.lives_until("2022-05-04 12:00:10")
    assert [month for month, *_ in await statements(group)] == [4, 5]


async def test_after_the_last_settlement_a_waiver_is_settled_at_once(runner: Runner) -> None:
    group = await one_short_season(runner)
    before = await statements(group)
    assert [x[:2] for x in before] == [(4, 1), (5, 1)]
    done = await group.asks(ledger.waive, "문수인", "입원", 2, None, at="2022-05-10 10:00")
    assert (done.sealed, done.final) == (True, True)
    *same, (month, number, extra) = await statements(group)
    assert same == before
    assert (month, number, extra.fines, extra.shares) == (5, 2, {}, {})
    assert await by_name(group, extra.returned) == {"문수인": 4_000}
    assert await by_name(group, extra.adjustments) == dict.fromkeys(
        ("장서진", "구미진", "이은빈", "한현경"), -1_000
    )
    assert (await group.outbox())[-1].kind == "supplement"


async def test_supplements_are_numbered_and_told_one_by_one(runner: Runner) -> None:
    group = await one_short_season(runner)
    await group.asks(ledger.waive, "문수인", "입원", 2, None, at="2022-05-10 10:00")
    await group.asks(ledger.charge, "문수인", 2_000, "실수였음", by=TREASURER, at="2022-06-10 10:00")
    await group.asks(weeks.excuse, "한현경", 1, "입원", at="2022-06-11 10:00")
    assert [x[:2] for x in await statements(group)] == [(4, 1), (5, 1), (5, 2), (5, 3), (5, 4)]
    assert [row.kind for row in await group.outbox()].count("supplement") == 3
    held = 0
    for _, _, statement in await statements(group):
        assert sum(statement.nets.values()) + statement.left == held
        held = statement.left
    assert held == 0


async def test_a_supplement_changes_who_has_to_pay_whom(runner: Runner) -> None:
    group = await one_short_season(runner)
    await group.asks(ledger.paid, "문수인", None, MAY, by=TREASURER, at="2022-05-09 10:00")
    await group.asks(ledger.waive, "문수인", "입원", 2, None, at="2022-05-10 10:00")
    accounts = await group.runner.read(accounts_of, group.id)
    names = await group.names() | {FUND: "회비"}
    back = [(names[x.payer], names[x.payee], x.amount) for x in accounts.open(MAY)]
    assert sorted(back) == sorted((x, "문수인", 1_000) for x in ("장서진", "구미진", "이은빈", "한현경"))


async def test_what_changes_nothing_is_no_supplement(runner: Runner) -> None:
    group = await one_short_season(runner)
    await group.asks(ledger.paid, "문수인", None, None, by=TREASURER, at="2022-05-10 10:00")
    assert len(await statements(group)) == 2
    await group.asks(membership.leave, by="한현경", at="2022-05-11 10:00")
    assert len(await statements(group)) == 2


async def test_the_carry_goes_to_whoever_was_quickest(runner: Runner) -> None:
    """A pool of 11,000 for three: two won are left for the two who took the least time."""
    group = await founded(runner, weeks=1, breaks=())
    await group.submits("이은빈", "2022-04-07 10:00")
    await group.submits("장서진", "2022-04-12 23:00")
    await group.submits("구미진", "2022-04-13 01:00")
    await group.lives_until(AFTER)
    ((_, _, april),) = await statements(group)
    assert (april.carry_out, april.left) == (2, 0)
    assert await by_name(group, april.given) == {"장서진": 1, "이은빈": 1}
    assert [x for x in await group.ledger() if x[1] == "carry"] == [
        ("이은빈", "carry", -1), ("장서진", "carry", -1),
    ]  # fmt: skip


HANDED_IN = (
    ("장서진", "04-12 10:00"), ("구미진", "05-03 10:00"), ("이은빈", "05-11 09:00"),
    ("한현경", "05-17 10:00"), ("장서진", "05-24 10:00"), ("문수인", "06-01 03:00"),
)  # fmt: skip


async def test_a_jump_over_the_season_gives_the_same_ledger_as_living_it(runner: Runner) -> None:
    jumped = await founded(runner, channel="jumped")
    for name, at in HANDED_IN:
        await jumped.submits(name, f"2022-{at}")
    await jumped.jumps_to(OVER)
    lived = await founded(runner, channel="lived")
    for name, at in HANDED_IN:
        await lived.lives_until(f"2022-{at}")
        await lived.submits(name, f"2022-{at}")
    await lived.lives_until(OVER)
    assert await jumped.ledger() == await lived.ledger()
    ours, theirs = await statements(lived), await statements(jumped)
    assert [x[:2] for x in theirs] == [(4, 1), (5, 1), (6, 1), (7, 1)]
    for (_, _, one), (_, _, other) in zip(ours, theirs, strict=True):
        assert await by_name(lived, one.nets) == await by_name(jumped, other.nets)
    announced = [line for line in await lived.told() if not line.startswith("reminder")]
    assert [line for line in await jumped.told() if not line.startswith("reminder")] == announced


async def test_who_leaves_at_the_very_instant_of_a_settlement_was_there(runner: Runner) -> None:
    """Else the next statement, made from the same facts, would take the share back."""
    group = await first_week(runner)
    await group.asks(ledger.settle, None, by=TREASURER, at="2022-04-20 10:00")
    await group.asks(membership.leave, by="구미진", at="2022-04-20 10:00")
    await diligent(group, *IN_MAY, but="구미진")
    await group.lives_until("2022-06-01 13:00")
    *_, (_, _, may) = await statements(group)
    assert (may.adjustments, may.returned) == ({}, {})


async def test_two_of_three_share_the_third_ones_fine(runner: Runner) -> None:
    group = await founded(runner, (LEADER, "구미진", TREASURER))
    for name in (LEADER, TREASURER):
        await group.submits(name, "2022-04-12 10:00")
    await group.lives_until(SETTLED)
    ((_, _, april),) = await statements(group)
    assert await by_name(group, april.nets) == {"장서진": 2_000, "구미진": -4_000, "이은빈": 2_000}
