"""What is kept of a week for the study log: notes, and who looks into which topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.rules.calendar import Week
from bot.rules.refusal import Refused
from bot.services import history
from bot.services.scope import Caller, acting, scope
from bot.services.snapshot import Snapshot, nobody, snapshot
from bot.services.weeks import planned_week
from db import Session
from db import models as m

NOTES_AT_MOST = 50


@dataclass(frozen=True)
class Log:
    """What has been collected of a week."""

    study: m.Study
    row: m.Week
    notes: Sequence[tuple[str, str]]
    """Who wrote it, and what."""
    topics: Mapping[str, str]


async def log(session: Session, caller: Caller, number: int | None, at: datetime) -> Log:
    """What has been collected of a week, the running one by default."""
    shot = await snapshot(session, (await scope(session, caller)).study, nobody)
    return await _log(session, shot, _latest(shot, number, at))


async def note(session: Session, caller: Caller, text: str, number: int | None, at: datetime) -> Log:
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
    session.add(m.Note(week_id=week_id, member_id=writer.id, text=text, at=at))
    await history.note(session, history.Line(found.study, "noted", at, by=writer.id, week=week_id))
    return await _log(session, shot, week)


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
    return await _log(session, shot, week)


def _latest(shot: Snapshot, number: int | None, at: datetime) -> Week:
    """The week of this number; without one the last that has opened."""
    opened = [week for week in shot.season.weeks if week.opens_at <= at]
    return opened[-1] if number is None and opened else planned_week(shot.season.weeks, number, at)


async def _log(session: Session, shot: Snapshot, week: Week) -> Log:
    row = await session.get_one(m.Week, shot.week_ids[week.number])
    notes = await session.scalars(select(m.Note).where(m.Note.week_id == row.id).order_by(m.Note.id))
    topics = await session.scalars(select(m.Topic).where(m.Topic.week_id == row.id).order_by(m.Topic.id))
    names = shot.names
    return Log(
        shot.study,
        row,
        [(names[x.member_id], x.text) for x in notes],
        {names[x.member_id]: x.text for x in topics},
    )
