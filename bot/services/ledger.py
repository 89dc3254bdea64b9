"""What a treasurer does: waive, charge, mark as paid, settle; each is a further entry of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from bot.rules import reckoning
from bot.rules.fines import Entry, month_of
from bot.rules.refusal import Refused
from bot.rules.settlement import FUND, Statement, Transfer
from bot.rules.timeline import Kind, Moment
from bot.services import books, entries, history, outbox
from bot.services.advancing import mark_done, reschedule
from bot.services.books import Books, settle_up, study_books
from bot.services.judging import reversal
from bot.services.money import Accounts, accounts_of, payments
from bot.services.scope import Caller, Role, acting, find_member, named, scope
from bot.services.snapshot import Snapshot, nobody, snapshot
from bot.texts import Command, Listed, Money, Month, T, Text
from db import Session
from db import models as m

FINES = (Entry.LATE, Entry.ABSENT, Entry.CHARGE)
TAKEN_BACK = (*FINES, Entry.PAYMENT)
"""What `waive` takes back."""


@dataclass(frozen=True, slots=True)
class Waived:
    """An entry taken back: whose, what, and whether its month had been settled already."""

    study: m.Study
    member: m.Member
    entry: m.Ledger
    week: int | None
    sealed: bool
    final: bool


async def waive(
    session: Session,
    caller: Caller,
    who: str,
    reason: str,
    week: int | None,
    entry: int | None,
    at: datetime,
) -> Waived:
    """Take back a member's fine, charge or payment by a further entry, as treasurer or leader.

    Refused where it is not clear which one is meant, and for one that was taken back already.
    """
    found = await acting(session, caller, at, over=True)
    treasurer = found.require(Role.TREASURER)
    study = found.study
    called = await _called(session, study, who)
    member = called[0]
    numbered = await entries_of(session, study.id)
    weeks = await _week_numbers(session, study)
    row = _chosen(study, numbered, called, week, entry, weeks)
    line = await history.note(
        session,
        history.Line(study, "waived", at, by=treasurer.id, member=member.id, week=row.week_id, words=reason),
    )
    taken_back = [row]
    if row.kind == Entry.PAYMENT:
        taken_back = [x for x in numbered if x is row or _is_other_side(x, row)]
    await session.execute(insert(m.Ledger), [_taken_back(x, at, line) for x in taken_back])
    kept = await study_books(session, study)
    await settle_up(session, study, at, line)
    return Waived(study, member, row, weeks.get(row.week_id), kept.is_sealed(row.month), kept.final)


def _is_other_side(entry: m.Ledger, payment: m.Ledger) -> bool:
    """Whether an entry is what the other of the two that a payment concerns got or paid by it."""
    return (
        entry.kind == Entry.PAYMENT
        and (entry.history_id, entry.month) == (payment.history_id, payment.month)
        and (entry.member_id, entry.other_id) == (payment.other_id, payment.member_id)
        and entry.amount == -payment.amount
    )


def _taken_back(row: m.Ledger, at: datetime, line: int) -> dict[str, Any]:
    """The entry that reverses another; a payment is taken back as a payment."""
    entry = reversal(row, at, line)
    if row.kind == Entry.PAYMENT:
        entry |= {"kind": Entry.PAYMENT.value, "other_id": row.other_id}
    return entry


async def _called(session: Session, study: m.Study, who: str) -> list[m.Member]:
    """Everybody of a name, the present one first: who left and came back still has old entries."""
    rows = await session.scalars(select(m.Member).where(m.Member.study_id == study.id).order_by(m.Member.id))
    everybody = rows.all()
    past = [row for row in everybody if row.left_at is not None and row.name == who.removeprefix("@")]
    try:
        present = named(everybody, who)
    except Refused:
        if past:
            return past[::-1]
        raise
    return [present, *(row for row in everybody if row.name == present.name and row is not present)]


async def entries_of(session: Session, study: int) -> Sequence[m.Ledger]:
    """All entries of a study in order: their places, from 1 on, are the numbers that people use."""
    rows = select(m.Ledger).where(m.Ledger.study_id == study).order_by(m.Ledger.id)
    return (await session.scalars(rows)).all()


def standing(entries: Sequence[m.Ledger]) -> list[tuple[int, m.Ledger]]:
    """The entries that can be taken back, with their numbers."""
    gone = {entry.reverses_id for entry in entries}
    return [
        (number, row)
        for number, row in enumerate(entries, 1)
        if row.kind in TAKEN_BACK and row.id not in gone and row.reverses_id is None
    ]


async def _week_numbers(session: Session, study: m.Study) -> dict[int | None, int]:
    rows = await session.execute(select(m.Week.id, m.Week.number).where(m.Week.study_id == study.id))
    return {row.id: row.number for row in rows}


def _chosen(
    study: m.Study,
    entries: Sequence[m.Ledger],
    called: Sequence[m.Member],
    week: int | None,
    number: int | None,
    weeks: dict[int | None, int],
) -> m.Ledger:
    """The entry that is meant: by its number, by its week, or the only one there is."""
    ids, name = {row.id for row in called}, called[0].name
    left = standing(entries)
    if number is not None:
        row = entries[number - 1] if 0 < number <= len(entries) else None
        if row is None or row.member_id not in ids or row.kind not in TAKEN_BACK:
            raise Refused("no-such-entry", number=number, name=name, command=Command("ledger history"))
        if (number, row) not in left:
            raise Refused("waived-already", number=number)
        return row
    fines = [
        (place, row)
        for place, row in left
        if row.member_id in ids and row.kind in FINES
        if week is None or weeks.get(row.week_id) == week
    ]
    if not fines:
        raise Refused("nothing-to-waive", name=name)
    if len(fines) > 1:
        choices = [entry_choice(study, place, row) for place, row in fines[-8:]]
        raise Refused("which-entry", entries=Listed(choices))
    return fines[0][1]


def entry_choice(study: m.Study, number: int, row: m.Ledger) -> Text:
    """An entry as one to choose: its number, kind and amount."""
    amount = Money(row.amount, study.currency)
    return T("entry-choice", number=number, kind=T(f"entry-{row.kind}"), amount=amount)


@dataclass(frozen=True, slots=True)
class Charged:
    """A charge by hand, and the month in which it counts."""

    study: m.Study
    member: m.Member
    amount: int
    month: date


async def charge(
    session: Session, caller: Caller, who: str, amount: int, reason: str, at: datetime
) -> Charged:
    """Charge a member by hand, as treasurer or leader; it counts in the month in which it is booked."""
    found = await acting(session, caller, at, over=True)
    treasurer = found.require(Role.TREASURER)
    if amount <= 0:
        raise Refused("charge-nothing")
    study = found.study
    member = await find_member(session, study, who)
    line = await history.note(
        session, history.Line(study, "charged", at, by=treasurer.id, member=member.id, words=reason)
    )
    shot = await snapshot(session, study, nobody)
    month = month_of(at, shot.season.schedule.zone)
    booked = entries.entry(study.id, member.id, Entry.CHARGE, amount, month, at, history_id=line)
    await session.execute(insert(m.Ledger), [booked])
    await settle_up(session, study, at, line)
    return Charged(study, member, amount, month)


@dataclass(frozen=True, slots=True)
class Paid:
    """Payments marked as made, and what the member still has to pay, and in which month."""

    study: m.Study
    member: m.Member
    payments: Sequence[tuple[date, Transfer]]
    left: Sequence[tuple[date, Transfer]]
    names: dict[int, str]


async def paid(
    session: Session, caller: Caller, who: str, amount: int | None, month: date | None, at: datetime
) -> Paid:
    """Mark what a member owes by settled months as paid, the oldest first, as treasurer or leader.

    Without an amount all of it. For somebody who owes nothing, what the fund has to pay them.
    Refused where nothing is open, and for more than what is open.
    """
    found = await acting(session, caller, at, over=True)
    treasurer = found.require(Role.TREASURER)
    study = found.study
    if amount is not None and amount <= 0:
        raise Refused("charge-nothing")
    called = await _called(session, study, who)
    member, ids = called[0], {row.id for row in called}
    accounts = await accounts_of(session, study.id)
    due = _due(accounts, ids, month)
    if not due:
        raise Refused("nothing-to-pay", name=member.name, command=Command("fines"))
    total = sum(transfer.amount for _, transfer in due)
    if amount is not None and amount > total:
        raise Refused("paid-too-much", name=member.name, open=Money(total, study.currency))
    line = await history.note(session, history.Line(study, "paid", at, by=treasurer.id, member=member.id))
    made = _made(due, total if amount is None else amount)
    await session.execute(insert(m.Ledger), [x for one in made for x in payments(study.id, *one, at, line)])
    left = _due(await accounts_of(session, study.id), ids, month)
    shot = await snapshot(session, study, nobody)
    return Paid(study, member, made, left, dict(shot.names))


def _due(accounts: Accounts, members: set[int], month: date | None) -> list[tuple[date, Transfer]]:
    """What a member has to pay, month by month; of one who owes nothing, what the fund owes them."""
    months = [month] if month else accounts.months
    every = [(when, transfer) for when in months for transfer in accounts.open(when)]
    owed = [(when, x) for when, x in every if x.payer in members]
    return owed or [(when, x) for when, x in every if x.payer == FUND and x.payee in members]


def _made(due: Sequence[tuple[date, Transfer]], amount: int) -> list[tuple[date, Transfer]]:
    made = []
    for month, transfer in due:
        part = min(amount, transfer.amount)
        if part:
            made.append((month, Transfer(transfer.payer, transfer.payee, part)))
        amount -= part
    return made


async def settle(session: Session, caller: Caller, month: date | None, at: datetime) -> Statement:
    """Seal a month before its time, as treasurer or leader: once all of its weeks are judged.

    Refused for a month that is settled, that has weeks to close, or that comes after one not settled.
    """
    found = await acting(session, caller, at, over=True)
    treasurer = found.require(Role.TREASURER)
    study = found.study
    shot = await snapshot(session, study)
    kept = await study_books(session, study)
    chosen = _to_settle(shot, kept, month, at)
    line = await history.note(session, history.Line(study, "settled", at, by=treasurer.id))
    sealed = books.seal(shot, kept, chosen, at, final=False, history=line)
    await books.write(session, [sealed])
    await mark_done(session, study, Moment(at, Kind.SETTLEMENT, subject=chosen.isoformat()[:7]))
    part = books.part(sealed, kept) | {"charges": True}
    await outbox.announce(session, study, "announcement", at, line, parts=[part])
    await reschedule(session, study)
    return sealed.statement


async def preview(session: Session, caller: Caller, month: date | None, at: datetime) -> Statement:
    """The statement that `settle` would seal, with all that it refuses."""
    found = await scope(session, caller)
    found.require(Role.TREASURER)
    shot = await snapshot(session, found.study)
    kept = await study_books(session, found.study)
    return books.seal(shot, kept, _to_settle(shot, kept, month, at), at, final=False).statement


def _to_settle(shot: Snapshot, kept: Books, month: date | None, at: datetime) -> date:
    months = [first for first, _ in shot.season.settlements()]
    # The weeks that an early end left open are never judged: their months are not settled either.
    over = shot.study.ended_at is not None
    left = [first for first in months if not kept.is_sealed(first) and not over]
    if not left and (month is None or not kept.is_sealed(month)):
        raise Refused("settled-all")
    if month is None:
        month = left[0]
    if month not in months:
        raise Refused("no-such-month", first=Month(months[0]), last=Month(months[-1]))
    if month not in left:
        raise Refused("settled-already", month=Month(month), command=Command("fines", month.isoformat()[:7]))
    if month > month_of(at, shot.season.schedule.zone):
        raise Refused("settle-not-begun", month=Month(month))
    if month != left[0]:
        raise Refused("settle-earlier-first", month=Month(left[0]))
    waiting = reckoning.unjudged(shot.season, month, at)
    if waiting or month == months[-1]:
        week = waiting or shot.season.weeks[-1]
        raise Refused("settle-too-early", month=Month(month), week=week.number, closes=week.closes_at)
    return month
