"""The ledger as it is read: each entry with what it follows from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select

from bot.rules.calendar import Extension, Week, extended
from bot.rules.settlement import Statement
from bot.services.books import statement_of
from bot.services.ledger import entries_of
from bot.services.scope import Caller, named, scope
from bot.services.snapshot import Snapshot, snapshot, week_of
from db import Session
from db import models as m

Row = TypeVar("Row", bound=m.Base)


@dataclass(frozen=True, slots=True)
class Explained:
    """An entry with its number, and what it follows from: a week, a hand-in, a person, a statement."""

    number: int
    entry: m.Ledger
    member: str
    week: Week | None
    handed_in: datetime | None
    by: str | None
    reason: str | None
    reverses: int | None
    other: str | None
    statement: Statement | None


@dataclass(frozen=True)
class Explanation:
    """Entries of a ledger, the newest last."""

    study: m.Study
    entries: Sequence[Explained]
    left_out: int


async def history(
    session: Session, caller: Caller, who: str | None, month: date | None, most: int, at: datetime
) -> Explanation:
    """The entries of a study's ledger, of one member or month if asked; at most so many, the newest."""
    found = await scope(session, caller)
    study = found.study
    shot = await snapshot(session, study)
    wanted = _wanted(shot, who)
    entries = await entries_of(session, study.id)
    numbers = {entry.id: number for number, entry in enumerate(entries, 1)}
    chosen = [
        entry
        for entry in entries
        if (wanted is None or entry.member_id in wanted) and (month is None or entry.month == month)
    ]
    shown = chosen[-most:]
    sources = Sources(
        shot,
        numbers,
        await _lines(session, [entry.history_id for entry in shown if entry.history_id]),
        await _by_id(session, m.Settlement, m.Settlement.study_id == study.id),
        await _by_id(session, m.Week, m.Week.study_id == study.id),
        list((await _by_id(session, m.Extension, m.Extension.week_id.in_(shot.week_ids.values()))).values()),
    )
    return Explanation(study, [sources.explain(entry) for entry in shown], len(chosen) - len(shown))


def _wanted(shot: Snapshot, who: str | None) -> set[int] | None:
    """The members of this name, past ones too."""
    if who is None:
        return None
    called = {row.id for row in shot.members if row.name == who.removeprefix("@")}
    return called or {named(shot.members, who).id}


async def _lines(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[m.History, str | None]]:
    rows = await session.execute(
        select(m.History, m.Detail.text)
        .outerjoin(m.Detail, m.Detail.history_id == m.History.id)
        .where(m.History.id.in_(ids))
    )
    return {line.id: (line, words) for line, words in rows}


async def _by_id(session: Session, model: type[Row], *where: Any) -> dict[int, Row]:
    rows = await session.scalars(select(model).where(*where).order_by(model.id))
    return {row.id: row for row in rows}


@dataclass(frozen=True)
class Sources:
    """What entries are explained from."""

    shot: Snapshot
    numbers: Mapping[int, int]
    lines: Mapping[int, tuple[m.History, str | None]]
    settlements: Mapping[int, m.Settlement]
    weeks: Mapping[int, m.Week]
    extensions: Sequence[m.Extension]

    def explain(self, entry: m.Ledger) -> Explained:
        """An entry with what it follows from."""
        names = self.shot.names
        week = self._as_it_was(entry)
        hand_in = self.shot.season.hand_ins.get((week.number, entry.member_id)) if week else None
        line, words = self.lines.get(entry.history_id or 0, (None, None))
        settlement = self.settlements.get(entry.settlement_id or 0)
        return Explained(
            self.numbers[entry.id],
            entry,
            names[entry.member_id],
            week,
            hand_in.first_at if hand_in else None,
            names.get(line.by_id) if line and line.by_id else None,
            words,
            self.numbers.get(entry.reverses_id) if entry.reverses_id else None,
            names.get(entry.other_id) if entry.other_id else None,
            statement_of(settlement) if settlement else None,
        )

    def _as_it_was(self, entry: m.Ledger) -> Week | None:
        """An entry's week with the cutoffs that counted when it was booked."""
        if entry.week_id is None:
            return None
        week = week_of(self.weeks[entry.week_id])
        for x in self.extensions:
            concerns = x.week_id == entry.week_id and x.member_id in (None, entry.member_id)
            if concerns and x.at <= entry.booked_at:
                week = extended(week, Extension(x.due_at, x.closes_at))
        return week
