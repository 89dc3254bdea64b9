"""A month's settlement: who shares, who pays whom, and what happens when a sealed month changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.settlement import (
    FUND,
    Month,
    Statement,
    Transfer,
    give_out,
    next_statement,
    settle,
    settle_all,
    transfers,
)
from tests.rules.slow_settlement import slowly

APRIL, MAY, JUNE, JULY = (date(2022, month, 1) for month in (4, 5, 6, 7))


def month(*fines: int, first: date = APRIL, there: Sequence[int] = ()) -> Month:
    """A month with the fines of members 1, 2, 3…, all of whom take part unless it says who was there."""
    members = range(1, len(fines) + 1)
    return Month(first, dict(zip(members, fines, strict=True)), frozenset(there or members))


def nets(statement: Statement, count: int = 5) -> list[int]:
    """What members 1 to `count` get or pay."""
    return [statement.nets.get(member, 0) for member in range(1, count + 1)]


# The examples of DESIGN.md, Settlement


def test_the_one_with_the_most_fines_is_left_out() -> None:
    done = settle(month(3_000, 7_000, 0, 0, 4_000), 0)
    assert (done.pool, done.last, done.carry_out) == (14_000, (2,), 0)
    assert done.shares == {1: 3_500, 3: 3_500, 4: 3_500, 5: 3_500}
    assert nets(done) == [500, -7_000, 3_500, 3_500, -500]
    assert transfers(done.nets) == [Transfer(2, 3, 3_500), Transfer(2, 4, 3_500), Transfer(5, 1, 500)]


def test_all_who_tie_for_the_last_place_are_left_out() -> None:
    done = settle(month(0, 3_000, 4_000, 4_000, 4_000), 0)
    assert (done.pool, done.last) == (15_000, (3, 4, 5))
    assert done.shares == {1: 7_500, 2: 7_500}
    assert nets(done) == [7_500, 4_500, -4_000, -4_000, -4_000]


def test_what_cannot_be_split_is_carried_on() -> None:
    done = settle(month(0, 3_000, 0, 4_000, 4_000), 0)
    assert (done.pool, done.last, done.carry_out) == (11_000, (4, 5), 2)
    assert done.shares == {1: 3_666, 2: 3_666, 3: 3_666}
    assert nets(done) == [3_666, 666, 3_666, -4_000, -4_000]
    assert done.left == 2
    assert sum(x.amount for x in transfers(done.nets) if x.payee == FUND) == 2


# What else may happen


def test_a_month_without_fines_splits_nothing_and_carries_on_what_came_in() -> None:
    done = settle(month(0, 0, 0), 5)
    assert (done.fines, done.shares, done.last, done.carry_in, done.carry_out) == ({}, {}, (), 5, 5)
    assert transfers(done.nets) == []


def test_where_everybody_would_be_last_nobody_is() -> None:
    done = settle(month(4_000, 4_000, 4_000), 0)
    assert (done.last, done.shares) == ((), {1: 4_000, 2: 4_000, 3: 4_000})
    assert nets(done, 3) == [0, 0, 0]
    assert transfers(done.nets) == []


def test_one_alone_gets_the_own_fine_back() -> None:
    assert settle(month(4_000), 0).nets == {1: 0}


def test_a_leavers_fines_stay_in_the_pool_and_their_debt_stays_listed() -> None:
    done = settle(month(9_000, 3_000, 0, there=(2, 3)), 0)
    assert (done.pool, done.last, done.shares) == (12_000, (2,), {3: 12_000})
    assert done.nets == {1: -9_000, 2: -3_000, 3: 12_000}


def test_a_leaver_alone_with_fines_puts_nobody_in_last_place() -> None:
    done = settle(month(4_000, 0, 0, there=(2, 3)), 0)
    assert (done.last, done.shares) == ((), {2: 2_000, 3: 2_000})


def test_fines_of_leavers_alone_are_carried_on_whole() -> None:
    done = settle(Month(APRIL, {1: 4_000, 2: 3_000}, frozenset()), 1)
    assert (done.shares, done.carry_out) == ({}, 7_001)
    assert done.nets == {1: -4_000, 2: -3_000}


def test_what_was_carried_in_is_shared_too() -> None:
    done = settle(month(0, 0, 4_000), 3)
    assert (done.pool, done.shares, done.carry_out) == (4_003, {1: 2_001, 2: 2_001}, 1)
    assert sum(done.nets.values()) + done.left == 3


def test_a_pool_too_small_to_share_is_carried_on() -> None:
    done = settle(month(0, 0, 0, 1), 1)
    assert (done.last, done.shares, done.carry_out) == ((4,), {}, 2)


def test_months_hand_their_carry_on() -> None:
    first, second = settle_all([month(0, 3_000, 0, 4_000, 4_000), month(0, 0, 3_000, first=MAY)])
    assert (first.carry_out, second.carry_in, second.shares) == (2, 2, {1: 1_501, 2: 1_501})


def test_at_the_end_the_carry_goes_round_a_unit_each() -> None:
    assert give_out(7, [3, 1, 2]) == {3: 3, 1: 2, 2: 2}
    assert give_out(2, [3, 1, 2]) == {3: 1, 1: 1}
    assert give_out(0, [3, 1, 2]) == {}
    assert give_out(7, []) == {}


def test_with_nobody_there_the_carry_stays_in_the_fund() -> None:
    (done,) = settle_all([Month(APRIL, {1: 7_000}, frozenset())], heirs=[])
    assert (done.given, done.left) == ({}, 7_000)


def test_the_last_statement_gives_the_carry_out() -> None:
    (done,) = settle_all([month(0, 3_000, 0, 4_000, 4_000)], heirs=[5, 1, 2, 3, 4])
    assert (done.given, done.carry_out, done.left) == ({5: 1, 1: 1}, 2, 0)
    assert nets(done) == [3_667, 666, 3_666, -4_000, -3_999]


# Changes after the seal


def test_a_waiver_after_the_seal_comes_back_at_the_next_settlement() -> None:
    april = settle(month(3_000, 7_000, 0, 0, 4_000), 0)
    waived = month(0, 7_000, 0, 0, 4_000)
    may = next_statement([waived, month(0, 0, 0, 0, 0, first=MAY)], [april])
    assert may.returned == {1: 3_000}
    assert may.adjustments == {1: -750, 3: -750, 4: -750, 5: -750}
    assert (may.fines, may.carry_in, may.carry_out) == ({}, 0, 0)
    assert sum(may.nets.values()) == 0


def test_a_waiver_may_change_who_is_last() -> None:
    april = settle(month(3_000, 7_000, 0, 0, 4_000), 0)
    may = next_statement([month(3_000, 0, 0, 0, 4_000), month(0, 0, 0, 0, 0, first=MAY)], [april])
    assert may.returned == {2: 7_000}
    assert may.adjustments == {1: 1_750 - 3_500, 2: 1_750, 3: 1_750 - 3_500, 4: 1_750 - 3_500, 5: -3_500}


def test_the_carry_into_the_next_month_is_the_one_recomputed() -> None:
    april = settle(month(0, 3_000, 0, 4_000, 4_000), 0)
    changed = month(0, 3_000, 0, 4_000, 3_000)
    may = next_statement([changed, month(0, 0, 4_000, 0, 0, first=MAY)], [april])
    assert (april.carry_out, may.carry_in) == (2, 0)
    assert may.adjustments == {1: 2_500 - 3_666, 2: 2_500 - 3_666, 3: 2_500 - 3_666, 5: 2_500}
    assert sum(may.nets.values()) + may.left == april.left


def test_what_has_been_adjusted_is_not_adjusted_again() -> None:
    waived = month(0, 7_000, 0, 0, 4_000)
    sealed = [settle(month(3_000, 7_000, 0, 0, 4_000), 0)]
    months = [waived, month(0, 0, 0, 0, 0, first=MAY)]
    sealed.append(next_statement(months, sealed))
    june = next_statement([*months, month(0, 0, 0, 0, 0, first=JUNE)], sealed)
    assert (june.adjustments, june.returned) == ({}, {})


def test_after_the_last_settlement_a_change_is_a_supplement() -> None:
    sealed = settle_all([month(0, 3_000, 0, 4_000, 4_000)], heirs=[1, 2, 3, 4, 5])
    supplement = next_statement([month(0, 3_000, 0, 4_000, 0)], sealed, [1, 2, 3, 4, 5])
    assert (supplement.month, supplement.fines, supplement.shares) == (APRIL, {}, {})
    assert supplement.returned == {5: 4_000}
    assert nets(supplement) == [1_750 - 3_667, 1_750 - 3_667, 1_750 - 3_666, 0, 4_000 + 1_750]
    assert (supplement.carry_in, supplement.left) == (0, 0)


def test_a_fine_waived_whose_money_is_long_shared_makes_no_pool_negative() -> None:
    """It is the members who give back what they got; no pool is ever asked for it."""
    april = settle(month(0, 0, 100_000), 0)
    may = next_statement([month(0, 0, 0), month(0, 3, 0, first=MAY)], [april])
    assert (may.pool, may.shares, may.carry_out) == (3, {1: 1, 3: 1}, 1)
    assert may.nets == {1: 1 - 50_000, 2: -3 - 50_000, 3: 1 + 100_000}
    assert sum(may.nets.values()) + may.left == april.left


# For any group


amounts = st.sampled_from([0, 0, 0, 3, 4, 3, 4, 7, 8]) | st.integers(0, 60)


@st.composite
def months_of(draw: st.DrawFn, first: date, members: Sequence[int]) -> Month:
    """A month of a group: some of it take part, anybody may have fines."""
    fined = draw(st.dictionaries(st.sampled_from(members), amounts, max_size=len(members)))
    usual = st.just(frozenset(members))
    return Month(first, fined, draw(usual | st.frozensets(st.sampled_from(members))))


@dataclass(frozen=True)
class Past:
    """Months as they are sealed one by one: what each of them and those before were then."""

    seen: Sequence[Sequence[Month]]
    heirs: Sequence[int]
    supplements: Sequence[Sequence[Month]]


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    """Two to forty members and up to five months, of which some change after they were sealed."""
    members = range(1, draw(st.integers(2, 40)) + 1)
    firsts = [date(2022, n, 1) for n in range(4, 4 + draw(st.integers(1, 5)))]
    months: list[Month] = []
    seen = []
    for first in firsts:
        months = [draw(changed(x, members)) for x in months]
        months.append(draw(months_of(first, members)))
        seen.append(list(months))
    supplements = []
    for _ in range(draw(st.integers(0, 2))):
        months = [draw(changed(x, members)) for x in months]
        supplements.append(list(months))
    heirs = draw(st.permutations(members).flatmap(lambda x: st.sampled_from([x, x[:1], x[1:], []])))
    return Past(seen, list(heirs), supplements)


@st.composite
def changed(draw: st.DrawFn, month: Month, members: Sequence[int]) -> Month:
    """The month as it was, or with fines waived or added, or with others taking part."""
    if draw(st.integers(0, 3)):
        return month
    fined = {member: draw(st.sampled_from([x, x, 0]) | amounts) for member, x in month.fines.items()}
    added = draw(st.dictionaries(st.sampled_from(members), amounts, max_size=2))
    there = draw(st.just(month.taking_part) | st.frozensets(st.sampled_from(members)))
    return replace(month, fines=fined | added, taking_part=there)


def lived(past: Past) -> list[Statement]:
    """All statements of a season, the last month's with the carry given out, then the supplements."""
    sealed: list[Statement] = []
    for months in past.seen:
        final = len(months) == len(past.seen)
        sealed.append(next_statement(months, sealed, past.heirs if final else None))
    for months in past.supplements:
        sealed.append(next_statement(months, sealed, past.heirs))
    return sealed


def total(statements: Sequence[Statement]) -> dict[int, int]:
    """What members get or pay by all statements."""
    found: Counter[int] = Counter()
    for statement in statements:
        found.update(statement.nets)
    return {member: net for member, net in found.items() if net}


def plainly(purses: Mapping[int, int]) -> dict[int, int]:
    """What somebody got or paid, without those with nothing."""
    return {member: coins for member, coins in purses.items() if coins}


@given(pasts())
def test_all_statements_together_give_what_the_season_comes_to_by_its_facts(past: Past) -> None:
    statements = lived(past)
    facts = [*past.seen, *past.supplements][-1]
    table = slowly([(month.fines, month.taking_part) for month in facts], past.heirs)
    assert total(statements) == plainly(table.purses)
    assert statements[-1].left == table.jar


@given(pasts())
def test_each_month_alone_is_settled_as_with_coins(past: Past) -> None:
    for months in past.seen:
        table = slowly([(month.fines, month.taking_part) for month in months])
        assert total(settle_all(months)) == plainly(table.purses)
        assert settle_all(months)[-1].carry_out == table.jar


@given(pasts())
def test_no_money_is_made_or_lost_and_no_pool_is_negative(past: Past) -> None:
    held = 0
    for place, statement in enumerate(lived(past)):
        if place < len(past.seen):
            assert sum(statement.shares.values()) + statement.carry_out == statement.pool
        assert sum(statement.nets.values()) + statement.left == held
        assert min([statement.pool, statement.carry_in, statement.carry_out, statement.left]) >= 0
        assert all(amount > 0 for part in (statement.shares, statement.given) for amount in part.values())
        assert all(fine > 0 for fine in statement.fines.values())
        assert not {*statement.shares} & {*statement.last}
        held = statement.left


@given(pasts())
def test_everybody_who_shares_gets_the_same(past: Past) -> None:
    for statement in lived(past):
        assert len(set(statement.shares.values())) <= 1
        assert max(statement.given.values(), default=0) - min(statement.given.values(), default=0) <= 1


balances = st.dictionaries(st.integers(1, 40), st.integers(-100_000, 100_000), max_size=40)


@given(balances)
def test_transfers_are_few_and_settle_every_net(nets: dict[int, int]) -> None:
    found = transfers(nets)
    left = Counter(nets)
    for transfer in found:
        assert transfer.amount > 0
        assert transfer.payer != transfer.payee
        left[transfer.payer] += transfer.amount
        left[transfer.payee] -= transfer.amount
    fund = left.pop(FUND, 0)
    assert not any(left.values())
    assert fund == sum(nets.values())
    parties = sum(1 for net in nets.values() if net) + bool(sum(nets.values()))
    assert len(found) <= max(parties - 1, 0)
    payers, payees = {x.payer for x in found}, {x.payee for x in found}
    assert not payers & payees


@given(balances)
def test_whoever_pays_owed_and_whoever_is_paid_was_owed(nets: dict[int, int]) -> None:
    for transfer in transfers(nets):
        assert transfer.payer == FUND or nets[transfer.payer] < 0
        assert transfer.payee == FUND or nets[transfer.payee] > 0
