"""What is settled and what is still open: statements, payments, and who pays whom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.rules.fines import Entry
from bot.rules.settlement import FUND, Statement, Transfer, transfers
from bot.services.books import statement_of
from bot.services.entries import entry
from db import Session
from db import models as m

Pair = tuple[int, int]
"""Who pays, and who is paid."""


@dataclass(frozen=True)
class Accounts:
    """The settled months of a study with their statements, and what has been paid since."""

    statements: Mapping[date, list[Statement]] = field(default_factory=dict)
    paid: Mapping[date, Counter[Pair]] = field(default_factory=dict)
    sealed_at: Mapping[date, datetime] = field(default_factory=dict)
    """When each of the months was settled at first."""

    @property
    def months(self) -> list[date]:
        """The settled months, in order."""
        return sorted(self.statements)

    def transfers(self, month: date) -> list[Transfer]:
        """Who pays whom by the month's statements; once told it stays so, whatever is paid in between."""
        found: Counter[Pair] = Counter()
        for statement in self.statements.get(month, ()):
            for transfer in transfers(statement.nets):
                found[transfer.payer, transfer.payee] += transfer.amount
        return _transfers(found)

    def open(self, month: date) -> list[Transfer]:
        """Who still has to pay whom."""
        found = Counter({(x.payer, x.payee): x.amount for x in self.transfers(month)})
        found.subtract(self.paid.get(month, Counter()))
        for payer, payee in list(found):
            both = min(found[payer, payee], found[payee, payer])
            if both > 0:  # a supplement may ask back what the statement gave
                found.subtract({(payer, payee): both, (payee, payer): both})
        return _transfers(found)

    def open_of(self, member: int) -> list[Transfer]:
        """What a member has to pay and will be paid, over all settled months."""
        found: Counter[Pair] = Counter()
        for month in self.months:
            for transfer in self.open(month):
                if member in (transfer.payer, transfer.payee):
                    found[transfer.payer, transfer.payee] += transfer.amount
        return _transfers(found)


def _transfers(amounts: Mapping[Pair, int]) -> list[Transfer]:
    return [Transfer(payer, payee, amount) for (payer, payee), amount in amounts.items() if amount > 0]


async def accounts_of(session: Session, study: int) -> Accounts:
    """The accounts of a study, in two statements."""
    rows = await session.scalars(
        select(m.Settlement).where(m.Settlement.study_id == study).order_by(m.Settlement.id)
    )
    statements: dict[date, list[Statement]] = {}
    sealed_at: dict[date, datetime] = {}
    for row in rows:
        sealed_at.setdefault(row.month, row.at)
        statements.setdefault(row.month, []).append(statement_of(row))
    paid: dict[date, Counter[Pair]] = {}
    entries = await session.scalars(
        select(m.Ledger).where(m.Ledger.study_id == study, m.Ledger.kind == Entry.PAYMENT)
    )
    for payment in entries:
        pair, amount = _paid(payment)
        paid.setdefault(payment.month, Counter())[pair] += amount
    return Accounts(statements, paid, sealed_at)


def _paid(payment: m.Ledger) -> tuple[Pair, int]:
    """What an entry says of a payment: its payer's counts, or that of whom the fund paid; 0 for the rest.

    One that takes a payment back has the sign of the other side.
    """
    taken_back = payment.reverses_id is not None
    is_payer = (payment.amount < 0) is not taken_back
    if is_payer:
        return (payment.member_id, payment.other_id or FUND), -payment.amount
    return (FUND, payment.member_id), payment.amount if payment.other_id is None else 0


def payments(study: int, month: date, transfer: Transfer, at: datetime, history: int) -> list[dict[str, Any]]:
    """The entries of a payment, one for each member it concerns: the payer owes less, the payee gets less."""
    sides = (
        (transfer.payer, transfer.payee, -transfer.amount),
        (transfer.payee, transfer.payer, transfer.amount),
    )
    return [
        entry(
            study,
            party,
            Entry.PAYMENT,
            amount,
            month,
            at,
            history_id=history,
            other_id=None if other == FUND else other,
        )
        for party, other, amount in sides
        if party != FUND
    ]
