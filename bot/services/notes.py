"""What is kept of a week for the study log: notes, and who looks into which topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.rules.refusal import Refused
from bot.services import history
from bot.services.scope import Caller, acting, scope
from bot.services.snapshot import nobody, snapshot
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
    found = await scope(session, caller)
    return await _log(session, found.study, number, at)


async def note(session: Session, caller: Caller, text: str, number: int | None, at: datetime) -> Log:
    """Keep a note of a week that has opened, as a member."""
    found = await acting(session, caller, at)
    writer = found.member
    week_id = await _opened(session, found.study, number, at)
    count = await session.scalar(select(func.count(m.Note.id)).where(m.Note.week_id == week_id))
    if (count or 0) >= NOTES_AT_MOST:
        raise Refused("notes-full", most=NOTES_AT_MOST)
    session.add(m.Note(week_id=week_id, member_id=writer.id, text=text, at=at))
    line = history.Line(found.study, "noted", at, by=writer.id, week=week_id)
    await history.note(session, line)
    return await _log(session, found.study, number, at)


async def topic(session: Session, caller: Caller, text: str, number: int | None, at: datetime) -> Log:
    """Say what one looks into for a week, as a member; a new topic takes the old one's place."""
    found = await acting(session, caller, at)
    writer = found.member
    shot = await snapshot(session, found.study, nobody)
    week_id = shot.week_ids[planned_week(shot.season.weeks, number, at).number]
    old = delete(m.Topic).where(m.Topic.week_id == week_id, m.Topic.member_id == writer.id)
    await session.execute(old)
    session.add(m.Topic(week_id=week_id, member_id=writer.id, text=text, at=at))
    line = history.Line(found.study, "topic", at, by=writer.id, week=week_id)
    await history.note(session, line)
    return await _log(session, found.study, number, at)


async def _opened(session: Session, study: m.Study, number: int | None, at: datetime) -> int:
    shot = await snapshot(session, study, nobody)
    opened = [week for week in shot.season.weeks if week.opens_at <= at]
    week = planned_week(shot.season.weeks, number, at)
    if week.opens_at > at and number is None and opened:
        week = opened[-1]
    if week.opens_at > at:
        raise Refused("week-not-open", week=week.number, opens=week.opens_at)
    return shot.week_ids[week.number]


async def _log(session: Session, study: m.Study, number: int | None, at: datetime) -> Log:
    await session.flush()
    shot = await snapshot(session, study, nobody)
    opened = [week for week in shot.season.weeks if week.opens_at <= at]
    week = planned_week(shot.season.weeks, number, at)
    if number is None and week.opens_at > at and opened:
        week = opened[-1]
    row = await session.get_one(m.Week, shot.week_ids[week.number])
    notes = await session.scalars(select(m.Note).where(m.Note.week_id == row.id).order_by(m.Note.id))
    topics = await session.scalars(select(m.Topic).where(m.Topic.week_id == row.id).order_by(m.Topic.id))
    names = shot.names
    return Log(
        study,
        row,
        [(names[x.member_id], x.text) for x in notes],
        {names[x.member_id]: x.text for x in topics},
    )
