"""A month's settlement: who shares the fines, who pays whom, what is carried on (DESIGN.md, Settlement)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

FUND = 0
"""The fund's place among the parties of transfers; members have ids from 1 on."""


@dataclass(frozen=True, slots=True)
class Month:
    """What a month is settled from: everybody's fines less waivers, and who takes part."""

    first: date
    fines: Mapping[int, int]
    taking_part: frozenset[int]


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that goes from one party to another; the fund is a party."""

    payer: int
    payee: int
    amount: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A month as it is settled; a supplement has corrections only.

    Laws: shares + carry out = pool; nets + what is left in the fund = what was in it before.
    """

    month: date
    fines: Mapping[int, int] = field(default_factory=dict)
    carry_in: int = 0
    last: tuple[int, ...] = ()
    shares: Mapping[int, int] = field(default_factory=dict)
    carry_out: int = 0
    given: Mapping[int, int] = field(default_factory=dict)
    """What of the carry is given out, at the season's end."""
    adjustments: Mapping[int, int] = field(default_factory=dict)
    """What members get, or give back, because sealed months come out otherwise by now."""
    returned: Mapping[int, int] = field(default_factory=dict)
    """Fines of sealed months that were waived since; below nothing, added."""

    @property
    def pool(self) -> int:
        """The month's fines and what was carried in."""
        return sum(self.fines.values()) + self.carry_in

    @property
    def left(self) -> int:
        """What stays with the fund."""
        return self.carry_out - sum(self.given.values())

    @property
    def nets(self) -> dict[int, int]:
        """What each member gets by this statement, or pays, below nothing."""
        gets = (self.shares, self.given, self.adjustments, self.returned)
        found = Counter({member: -fine for member, fine in self.fines.items()})
        for part in gets:
            for member, amount in part.items():
                found[member] += amount
        return {member: found[member] for member in sorted(found)}


def settle(month: Month, carry_in: int) -> Statement:
    """Settle a month: all who take part but those in last place get the same share.

    Source: Study-MLOps, "벌금 정산은 한 달에 한 번, 꼴찌 제외 1/n". Where everybody would be last, nobody is.
    A month without fines splits nothing and carries on what came in.
    """
    fines = {member: amount for member, amount in sorted(month.fines.items()) if amount}
    if not fines:
        return Statement(month.first, {}, carry_in, carry_out=carry_in)
    worst = max((fines.get(member, 0) for member in month.taking_part), default=0)
    last = {member for member in month.taking_part if fines.get(member, 0) == worst}
    sharing = month.taking_part - last
    if not sharing:
        last, sharing = set(), month.taking_part
    pool = sum(fines.values()) + carry_in
    share = pool // len(sharing) if sharing else 0
    shares = dict.fromkeys(sorted(sharing), share) if share else {}
    carry_out = pool - share * len(sharing)
    return Statement(month.first, fines, carry_in, tuple(sorted(last)), shares, carry_out)


def settle_all(months: Sequence[Month], heirs: Sequence[int] | None = None) -> list[Statement]:
    """Settle months one after the other, each with the carry of the one before.

    With `heirs` the season is over: the last carry is given out among them, a unit each and round.
    """
    statements: list[Statement] = []
    carry = 0
    for month in months:
        statements.append(settle(month, carry))
        carry = statements[-1].carry_out
    if statements and heirs is not None:
        statements[-1] = replace(statements[-1], given=give_out(carry, heirs))
    return statements


def give_out(carry: int, order: Sequence[int]) -> dict[int, int]:
    """The carry at the season's end: a unit each and round until none is left; to nobody where nobody is."""
    if not order:
        return {}
    each, rest = divmod(carry, len(order))
    given = {member: each + (place < rest) for place, member in enumerate(order)}
    return {member: amount for member, amount in given.items() if amount}


def next_statement(
    months: Sequence[Month], sealed: Sequence[Statement], heirs: Sequence[int] | None = None
) -> Statement:
    """The statement that follows those sealed: the last of `months`, corrected by what changed in the others.

    `months` are all up to now, as they stand. Where the last one is sealed already, this is a supplement.
    """
    fresh = settle_all(months, heirs)
    supplement = any(statement.month == months[-1].first for statement in sealed)
    before = fresh if supplement else fresh[:-1]
    adjustments = _difference(_gets(before), _gets(sealed))
    returned = _difference(_charged(sealed), _charged(before))
    if supplement:
        last, carry = months[-1].first, (sealed[-1].left, fresh[-1].left)
        return Statement(last, {}, carry[0], carry_out=carry[1], adjustments=adjustments, returned=returned)
    return replace(fresh[-1], adjustments=adjustments, returned=returned)


def _gets(statements: Iterable[Statement]) -> Counter[int]:
    """What members were given by statements altogether."""
    found: Counter[int] = Counter()
    for statement in statements:
        for part in (statement.shares, statement.given, statement.adjustments):
            found.update(part)
    return found


def _charged(statements: Iterable[Statement]) -> Counter[int]:
    """What members were charged by statements altogether."""
    found: Counter[int] = Counter()
    for statement in statements:
        found.update(statement.fines)
        found.subtract(statement.returned)
    return found


def _difference(of: Counter[int], less: Counter[int]) -> dict[int, int]:
    """By how much the first is more than the second, member by member, where it is more or less at all."""
    found = {member: of[member] - less[member] for member in sorted({*of, *less})}
    return {member: amount for member, amount in found.items() if amount}


def transfers(nets: Mapping[int, int]) -> list[Transfer]:
    """Few transfers that bring every net to nothing: the largest debt pays the largest claim first.

    What the nets do not sum to nothing by is the fund's.
    """
    balances = dict(nets)
    balances[FUND] = balances.get(FUND, 0) - sum(nets.values())
    debts = {party: -net for party, net in balances.items() if net < 0}
    claims = {party: net for party, net in balances.items() if net > 0}
    found: list[Transfer] = []
    while debts and claims:
        payer = min(debts, key=lambda party: (-debts[party], party))
        payee = min(claims, key=lambda party: (-claims[party], party))
        amount = min(debts[payer], claims[payee])
        found.append(Transfer(payer, payee, amount))
        for side, party in ((debts, payer), (claims, payee)):
            side[party] -= amount
            if not side[party]:
                del side[party]
    return found
