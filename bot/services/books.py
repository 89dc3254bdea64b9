"""The books of a study: its ledger by month, its sealed statements, and sealing the next one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from bot.rules import reckoning
from bot.rules.fines import COUNTED, Entry
from bot.rules.settlement import Statement, next_statement
from bot.rules.timeline import Kind
from bot.services import outbox
from bot.services.entries import entry
from bot.services.snapshot import Snapshot, snapshot
from db import Session
from db import models as m

PARTS = ("fines", "shares", "given", "adjustments", "returned")
BOOKED = {"shares": Entry.SHARE, "given": Entry.CARRY, "adjustments": Entry.ADJUSTMENT}


@dataclass
class Books:
    """A study's money: fines by month and member, and what has been sealed, in order."""

    fines: Counter[tuple[date, int]] = field(default_factory=Counter)
    sealed: list[Statement] = field(default_factory=list)
    ends: dict[date, datetime] = field(default_factory=dict)
    """Until when one had to be a member to take part in each sealed month."""
    forgiven: set[tuple[int, int]] = field(default_factory=set)
    """The weeks and members whose fine was waived, where weeks are judged."""
    final: bool = False
    """Whether the season's last settlement has been made."""

    def book(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Count ledger entries in."""
        for row in entries:
            if row["kind"] in COUNTED:
                self.fines[row["month"], row["member_id"]] += row["amount"]

    def is_sealed(self, month: date) -> bool:
        """Whether the month has its statement."""
        return month in self.ends

    def statement(self, shot: Snapshot, month: date, end: datetime, *, final: bool) -> Statement:
        """The month's statement as it would be sealed now, or a supplement where it is sealed."""
        season = shot.season
        ends = self.ends if month in self.ends else self.ends | {month: end}
        heirs = reckoning.heirs(season, ends[month]) if final else None
        return next_statement(reckoning.months(season, self._within(ends), ends), self.sealed, heirs)

    def _within(self, ends: Mapping[date, datetime]) -> Counter[tuple[date, int]]:
        """Fines by settled month: what was charged before the first counts there, after the last there."""
        first, last = min(ends), max(ends)
        found: Counter[tuple[date, int]] = Counter()
        for (month, member), amount in self.fines.items():
            if month <= last or self.final:
                found[min(max(month, first), last), member] += amount
        return found


async def books_of(session: Session, studies: Sequence[int]) -> dict[int, Books]:
    """The books of several studies in two statements."""
    found = {study: Books() for study in studies}
    ledger = m.Ledger.__table__.c
    entries = await session.execute(
        select(ledger.study_id, ledger.kind, ledger.amount, ledger.month, ledger.member_id).where(
            ledger.study_id.in_(studies)
        )
    )
    for booked in entries.mappings():
        found[booked["study_id"]].book([dict(booked)])
    rows = await session.scalars(
        select(m.Settlement).where(m.Settlement.study_id.in_(studies)).order_by(m.Settlement.id)
    )
    for row in rows:
        books = found[row.study_id]
        books.sealed.append(statement_of(row))
        books.ends[row.month] = datetime.fromisoformat(row.statement["end"])
        books.final = books.final or row.statement["final"]
    return found


async def study_books(session: Session, study: m.Study) -> Books:
    """The books of one study."""
    return (await books_of(session, [study.id]))[study.id]


def statement_of(row: m.Settlement) -> Statement:
    """A sealed statement's row as the rules see it."""
    return read_statement(row.month, row.statement)


def read_statement(month: date, stored: Mapping[str, Any]) -> Statement:
    """A statement as it was stored or told."""
    return Statement(
        month,
        carry_in=stored["carry_in"],
        carry_out=stored["carry_out"],
        last=tuple(stored["last"]),
        **{part: {int(member): amount for member, amount in stored[part].items()} for part in PARTS},
    )


def written(statement: Statement) -> dict[str, Any]:
    """A statement as it is stored and told: ids and amounts only."""
    stored = asdict(statement)
    del stored["month"]
    return stored | {part: {str(member): x for member, x in stored[part].items()} for part in PARTS}


@dataclass(frozen=True)
class Seal:
    """A statement to be written down with the entries that it books."""

    shot: Snapshot
    statement: Statement
    number: int
    end: datetime
    final: bool
    at: datetime
    history: int | None = None

    @property
    def key(self) -> tuple[int, date, int]:
        """What makes it unique: study, month and number."""
        return self.shot.study.id, self.statement.month, self.number

    def row(self) -> dict[str, Any]:
        """The settlement's row."""
        statement = written(self.statement) | {"end": self.end.isoformat(), "final": self.final}
        return {
            "study_id": self.shot.study.id,
            "month": self.statement.month,
            "number": self.number,
            "at": self.at,
            "statement": statement,
        }

    def entries(self, settlement: object) -> list[dict[str, Any]]:
        """What members are given, or give back: as entries of the ledger, which says what they owe."""
        return [
            entry(
                self.shot.study.id,
                member,
                kind,
                -amount,
                self.statement.month,
                self.at,
                history_id=self.history,
                settlement_id=settlement,
            )
            for part, kind in BOOKED.items()
            for member, amount in getattr(self.statement, part).items()
        ]


def seal(
    shot: Snapshot,
    books: Books,
    month: date,
    at: datetime,
    *,
    final: bool,
    history: int | None = None,
) -> Seal:
    """Seal a month, or a supplement to it where that has been done."""
    end = books.ends.get(month) or reckoning.month_end(shot.season, month, at)
    statement = books.statement(shot, month, end, final=final)
    number = sum(before.month == month for before in books.sealed) + 1
    books.sealed.append(statement)
    books.ends[month] = end
    books.final = books.final or final
    return Seal(shot, statement, number, end, final, at, history)


def preview(shot: Snapshot, books: Books, month: date) -> Statement:
    """The statement of a month of the season as it would be sealed now, after those before it."""
    trial = replace(books, sealed=[*books.sealed], ends=dict(books.ends))
    months = shot.season.settlements()
    for first, settled_at in months:
        if first <= month and not trial.is_sealed(first):
            seal(shot, trial, first, settled_at, final=first == months[-1][0])
    return trial.sealed[-1]


async def write(session: Session, seals: Sequence[Seal]) -> None:
    """Write statements down with their entries."""
    ids = await write_statements(session, seals)
    entries = [row for seal in seals for row in seal.entries(ids[seal.key])]
    if entries:
        await session.execute(insert(m.Ledger), entries)


async def write_statements(session: Session, seals: Sequence[Seal]) -> dict[tuple[int, date, int], int]:
    """Write statements down without their entries; their rows' ids by study, month and number."""
    if not seals:
        return {}
    added = insert(m.Settlement).returning(m.Settlement.id, sort_by_parameter_order=True)
    ids = await session.scalars(added, [seal.row() for seal in seals])
    return {seal.key: id_ for seal, id_ in zip(seals, ids, strict=True)}


async def settle_up(session: Session, study: m.Study, at: datetime, history: int) -> Statement | None:
    """After the season's last settlement, have a change of its fines settled at once, as a supplement."""
    books = await study_books(session, study)
    if not books.final:
        return None
    shot = await snapshot(session, study)
    sealed = seal(shot, books, books.sealed[-1].month, at, final=True, history=history)
    if not sealed.statement.adjustments and not sealed.statement.returned:
        return None
    await write(session, [sealed])
    await outbox.announce(session, study, "supplement", at, history, **told(sealed))
    return sealed.statement


def told(sealed: Seal) -> dict[str, Any]:
    """A sealed statement as the values of a message."""
    return {"month": sealed.statement.month.isoformat(), "statement": written(sealed.statement)}


def part(sealed: Seal, books: Books) -> dict[str, Any]:
    """A sealed statement as a part of an announcement; `charges` says whether there is money to speak of."""
    charges = sealed.shot.season.fines.charges or any(statement.fines for statement in books.sealed)
    return {"kind": Kind.SETTLEMENT.value, **told(sealed), "charges": charges}
