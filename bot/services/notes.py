"""What is kept of a week for the study log: notes, and who looks into which topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select

from bot.rules.calendar import Week
from bot.rules.refusal import Refused
from bot.services import history
from bot.services.scope import Caller, Role, Scope, acting, scope
from bot.services.snapshot import Snapshot, nobody, snapshot
from bot.services.weeks import planned_week
from bot.texts import Command
from db import Session
from db import models as m

NOTES_AT_MOST = 50


class NoteKind(StrEnum):
    """What a note is of; `text` is what was read from a log without being told."""

    INSIGHT = "insight"
    LECTURE = "lecture"
    REFERENCE = "reference"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it stands; what was read from a log has no writer."""

    id: int
    kind: NoteKind
    text: str
    writer: str | None
    mine: bool
    """Whether whoever asks may change it."""


@dataclass(frozen=True)
class Log:
    """What has been collected of a week."""

    study: m.Study
    row: m.Week
    notes: Sequence[Note]
    topics: Mapping[str, str]


async def log(session: Session, caller: Caller, number: int | None, at: datetime) -> Log:
    """What has been collected of a week, the running one by default."""
    found = await scope(session, caller)
    shot = await snapshot(session, found.study, nobody)
    return await _log(session, found, shot, _latest(shot, number, at))


async def note(
    session: Session,
    caller: Caller,
    text: str,
    number: int | None,
    at: datetime,
    kind: NoteKind = NoteKind.INSIGHT,
) -> Log:
    """Keep a note of a week that has opened, as a member."""
    found = await acting(session, caller, at)
    writer = found.member
    shot = await snapshot(session, found.study, nobody)
    week = _latest(shot, number, at)
    if week.opens_at > at:
        raise Refused("week-not-open", week=week.number, opens=week.opens_at)
    week_id = shot.week_ids[week.number]
    count = await session.scalar(select(func.count(m.Note.id)).where(m.Note.week_id == week_id))
    if (count or 0) >= NOTES_AT_MOST:
        raise Refused("notes-full", most=NOTES_AT_MOST)
    session.add(m.Note(week_id=week_id, member_id=writer.id, kind=kind.value, text=text, at=at))
    await history.note(session, history.Line(found.study, "noted", at, by=writer.id, week=week_id))
    return await _log(session, found, shot, week)


async def edit(
    session: Session, caller: Caller, id_: int, text: str, at: datetime, kind: NoteKind | None = None
) -> Log:
    """Change a note of one's own, or as a leader any; `None` leaves its kind."""
    found, shot, row = await _own(session, caller, id_, at)
    row.text = text
    row.kind = kind.value if kind is not None else row.kind
    return await _changed(session, found, shot, row, "note_edited", at)


async def remove(session: Session, caller: Caller, id_: int, at: datetime) -> Log:
    """Remove a note of one's own, or as a leader any."""
    found, shot, row = await _own(session, caller, id_, at)
    await session.delete(row)
    return await _changed(session, found, shot, row, "note_removed", at)


async def text_of(session: Session, found: Scope, entry: str) -> str:
    """What a note says that the caller may change, by its number as written; nothing for any other."""
    weeks = select(m.Week.id).where(m.Week.study_id == found.study.id)
    wanted = int(entry) if entry.isascii() and entry.isdigit() and len(entry) < 10 else 0
    row = await session.scalar(select(m.Note).where(m.Note.id == wanted, m.Note.week_id.in_(weeks)))
    return row.text if row is not None and _may_change(row, found.caller) else ""


async def _own(session: Session, caller: Caller, id_: int, at: datetime) -> tuple[Scope, Snapshot, m.Note]:
    """A note that the caller may change."""
    found = await acting(session, caller, at)
    me = found.member
    shot = await snapshot(session, found.study, nobody)
    weeks = shot.week_ids.values()
    row = await session.scalar(select(m.Note).where(m.Note.id == id_, m.Note.week_id.in_(weeks)))
    if row is None:
        raise Refused("no-such-note", number=id_, command=Command("week log"))
    if not _may_change(row, me):
        raise Refused("note-not-yours")
    return found, shot, row


def _may_change(row: m.Note, me: m.Member | None) -> bool:
    return me is not None and (me.role == Role.LEADER or row.member_id == me.id)


async def _changed(
    session: Session, found: Scope, shot: Snapshot, row: m.Note, kind: str, at: datetime
) -> Log:
    line = history.Line(found.study, kind, at, by=found.member.id, member=row.member_id, week=row.week_id)
    await history.note(session, line)
    week = next(x for x in shot.season.weeks if shot.week_ids[x.number] == row.week_id)
    return await _log(session, found, shot, week)


async def topic(session: Session, caller: Caller, text: str, number: int | None, at: datetime) -> Log:
    """Say what one looks into for a week, as a member; a new topic takes the old one's place."""
    found = await acting(session, caller, at)
    writer = found.member
    shot = await snapshot(session, found.study, nobody)
    week = planned_week(shot.season.weeks, number, at)
    week_id = shot.week_ids[week.number]
    old = delete(m.Topic).where(m.Topic.week_id == week_id, m.Topic.member_id == writer.id)
    await session.execute(old)
    session.add(m.Topic(week_id=week_id, member_id=writer.id, text=text, at=at))
    await history.note(session, history.Line(found.study, "topic", at, by=writer.id, week=week_id))
    return await _log(session, found, shot, week)


def _latest(shot: Snapshot, number: int | None, at: datetime) -> Week:
    """The week of this number; without one the last that has opened."""
    opened = [week for week in shot.season.weeks if week.opens_at <= at]
    return opened[-1] if number is None and opened else planned_week(shot.season.weeks, number, at)


async def _log(session: Session, found: Scope, shot: Snapshot, week: Week) -> Log:
    await session.flush()
    row = await session.get_one(m.Week, shot.week_ids[week.number])
    notes = await session.scalars(select(m.Note).where(m.Note.week_id == row.id).order_by(m.Note.id))
    topics = await session.scalars(select(m.Topic).where(m.Topic.week_id == row.id).order_by(m.Topic.id))
    names = shot.names
    return Log(
        shot.study,
        row,
        [
            Note(
                x.id,
                NoteKind(x.kind),
                x.text,
                names[x.member_id] if x.member_id is not None else None,
                _may_change(x, found.caller),
            )
            for x in notes
        ],
        {names[x.member_id]: x.text for x in topics},
    )
