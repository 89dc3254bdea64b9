"""A month's fines: who was charged what, how it is settled or would be, and what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.rules.fines import COUNTED, Entry, month_of
from bot.rules.settlement import Statement, Transfer, transfers
from bot.services import history, outbox
from bot.services.books import preview, read_statement, study_books, written
from bot.services.money import Accounts, accounts_of
from bot.services.scope import Caller, acting, scope
from bot.services.snapshot import Snapshot, snapshot
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Account:
    """A member's fines of a month: how many of each kind, and their sum."""

    member: m.Member
    late: int = 0
    absent: int = 0
    waived: int = 0
    charged: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Fines:
    """A month's fines, member by member, and how they are settled, or would be as it stands."""

    study: m.Study
    month: date
    accounts: Sequence[Account]
    statement: Statement | None
    """`None` where the month is no part of the season, or came after an early end."""
    sealed_at: datetime | None
    settles_at: datetime | None
    transfers: Sequence[Transfer]
    open: Sequence[Transfer]
    names: Mapping[int, str]

    @property
    def booked(self) -> list[Account]:
        """Those of whom something was booked."""
        return [account for account in self.accounts if account.late or account.absent or account.charged]

    @property
    def charged(self) -> int:
        """The sum of the month's fines, less waivers."""
        return sum(account.total for account in self.accounts)


async def fines(session: Session, caller: Caller, month: date | None, at: datetime) -> Fines:
    """The fines of a month, the current one by default: late and absent entries less their waivers."""
    study = (await scope(session, caller)).study
    shot, sealed = await snapshot(session, study), await accounts_of(session, study.id)
    return await fines_of(session, shot, sealed, month, at)


async def fines_of(
    session: Session, shot: Snapshot, sealed: Accounts, month: date | None, at: datetime
) -> Fines:
    """The fines of a study's month; past members appear where they have entries."""
    study, seasons = shot.study, dict(shot.season.settlements())
    chosen = month or _current(shot, seasons, at)
    if month is None and study.ended_at is not None and sealed.months:
        chosen = sealed.months[-1]
    entries = await session.scalars(
        select(m.Ledger).where(m.Ledger.study_id == study.id, m.Ledger.month == chosen)
    )
    accounts = {row.id: Account(row) for row in shot.members}
    mentioned = set()
    for entry in entries:
        if entry.kind in COUNTED:
            mentioned.add(entry.member_id)
            accounts[entry.member_id] = _with(accounts[entry.member_id], entry)
    shown = [x for x in accounts.values() if x.member.left_at is None or x.member.id in mentioned]
    if chosen in sealed.statements:
        # The newest supplement holds the corrections alone; what was split is in the first statement.
        statement = sealed.statements[chosen][0]
        due, left = sealed.transfers(chosen), sealed.open(chosen)
        return Fines(study, chosen, shown, statement, sealed.sealed_at[chosen], None, due, left, shot.names)
    if chosen not in seasons or study.ended_at is not None:
        return Fines(study, chosen, shown, None, None, None, (), (), shot.names)
    statement = preview(shot, await study_books(session, study), chosen)
    due = transfers(statement.nets)
    return Fines(study, chosen, shown, statement, None, seasons[chosen], due, (), shot.names)


def _current(shot: Snapshot, seasons: Mapping[date, datetime], at: datetime) -> date:
    """The month that runs, within the season."""
    month = month_of(at, shot.season.schedule.zone)
    return min(max(month, min(seasons, default=month)), max(seasons, default=month))


def _with(account: Account, entry: m.Ledger) -> Account:
    return Account(
        account.member,
        account.late + (entry.kind == Entry.LATE),
        account.absent + (entry.kind == Entry.ABSENT),
        account.waived + (entry.kind == Entry.WAIVER),
        account.charged + (entry.amount if entry.kind == Entry.CHARGE else 0),
        account.total + entry.amount,
    )


async def share_fines(session: Session, caller: Caller, month: date | None, at: datetime) -> Fines:
    """Show a month's fines to the whole channel, as a member."""
    found = await acting(session, caller, at, over=True)
    member = found.member
    shot, sealed = await snapshot(session, found.study), await accounts_of(session, found.study.id)
    shown = await fines_of(session, shot, sealed, month, at)
    line = await history.note(session, history.Line(found.study, "fines_shown", at, by=member.id))
    await outbox.announce(session, found.study, "fines", at, line, **told(shown))
    return shown


def told(shown: Fines) -> dict[str, Any]:
    """A month's fines as the values of a message: ids, instants and amounts."""
    return {
        "month": shown.month.isoformat(),
        "accounts": [
            [x.member.id, x.late, x.absent, x.waived, x.charged, x.total] for x in shown.accounts if x.total
        ],
        "statement": written(shown.statement) if shown.statement else None,
        "sealed_at": shown.sealed_at.isoformat() if shown.sealed_at else None,
        "settles_at": shown.settles_at.isoformat() if shown.settles_at else None,
        "transfers": [[x.payer, x.payee, x.amount] for x in shown.transfers],
        "open": [[x.payer, x.payee, x.amount] for x in shown.open],
    }


def read(values: Mapping[str, Any], study: m.Study, members: Mapping[int, m.Member]) -> Fines:
    """A month's fines from the values of a message."""
    month = date.fromisoformat(values["month"])
    return Fines(
        study,
        month,
        [Account(members[member], *counts) for member, *counts in values["accounts"]],
        read_statement(month, values["statement"]) if values["statement"] else None,
        _instant(values["sealed_at"]),
        _instant(values["settles_at"]),
        [Transfer(*transfer) for transfer in values["transfers"]],
        [Transfer(*transfer) for transfer in values["open"]],
        {id_: row.name for id_, row in members.items()},
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
