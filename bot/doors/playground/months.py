"""The season's money as the page shows it, month by month."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.commands.statements import payment
from bot.rules.fines import month_of
from bot.rules.settlement import Statement, Transfer
from bot.services.books import Books, preview, study_books
from bot.services.money import Accounts
from bot.services.snapshot import Snapshot
from bot.texts import Listed, Money, Month, Name, Names, T
from db import Session


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month as it is sealed, or as it would be if nothing else happened; `at` is when it is settled."""

    month: Month
    is_sealed: bool
    at: datetime | None
    fines: Money
    pool: Money
    is_carried: bool
    """Whether something of the month before is in the pool."""
    share: Money | None
    sharing: Names
    last: Names
    carry: Money | None
    corrections: Listed | None
    """What members get, or give back, because months before came out otherwise."""
    transfers: Listed | None
    """Who still pays whom; of a month not sealed, who would."""
    has_payments: bool


async def months_of(session: Session, shot: Snapshot, accounts: Accounts, at: datetime) -> list[MonthView]:
    """Every month up to now, the oldest first."""
    kept = await study_books(session, shot.study)
    settles = dict(shot.season.settlements())
    current = month_of(at, shot.season.schedule.zone)
    begun = {month for month in settles if month <= current}
    views = []
    for month in sorted(begun | set(accounts.months)):
        if month in accounts.statements:
            sealed, left = accounts.statements[month], accounts.open(month)
            sealed_at = accounts.sealed_at[month]
            views.append(_view(shot, sealed, left, sealed_at, bool(accounts.transfers(month))))
        elif shot.study.ended_at is None:
            views.append(_ahead(shot, kept, month, settles[month]))
    return views


def _ahead(shot: Snapshot, kept: Books, month: date, settles_at: datetime) -> MonthView:
    statement = preview(shot, kept, month)
    return _view(shot, [statement], (), settles_at, has_payments=False, is_sealed=False)


def _corrections(shot: Snapshot, statements: Sequence[Statement]) -> Listed | None:
    found: Counter[int] = Counter()
    for statement in statements:
        for part in (statement.adjustments, statement.returned):
            for member, amount in part.items():
                found[member] += amount
    currency = shot.study.currency
    told = [
        T("fines-amount", name=Name(shot.names[member]), amount=Money(amount, currency))
        for member, amount in found.items()
        if amount
    ]
    return Listed(told) if told else None


def _view(
    shot: Snapshot,
    statements: Sequence[Statement],
    left: Sequence[Transfer],
    at: datetime,
    has_payments: bool,
    *,
    is_sealed: bool = True,
) -> MonthView:
    """What was split is in a month's first statement; supplements hold corrections alone."""
    currency, names, statement = shot.study.currency, shot.names, statements[0]
    share = next(iter(statement.shares.values()), None)
    carry = statements[-1].left
    return MonthView(
        Month(statement.month),
        is_sealed,
        at,
        Money(sum(statement.fines.values()), currency),
        Money(statement.pool, currency),
        bool(statement.carry_in),
        None if share is None else Money(share, currency),
        Names(tuple(names[member] for member in statement.shares)),
        Names(tuple(names[member] for member in statement.last)),
        Money(carry, currency) if carry else None,
        _corrections(shot, statements),
        Listed([payment(shot.study, transfer, names) for transfer in left]) if left else None,
        has_payments,
    )
