"""The question thread of each week: shown, opened again, closed before its time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.rules.calendar import Week
from bot.rules.refusal import Refused
from bot.services import history
from bot.services.scope import Caller, Role, Scope, acting, scope
from bot.services.snapshot import nobody, snapshot
from bot.services.threads import close_questions, reopen_questions
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Thread:
    """A week's question thread: the platform's id for it once it is there, and whether it is open."""

    study: m.Study
    week: Week
    thread: str | None
    open: bool


async def show(session: Session, caller: Caller, at: datetime) -> Thread:
    """The thread of the running week, or of the last one that had any."""
    return await _thread(session, await scope(session, caller), at)


async def open_(session: Session, caller: Caller, at: datetime) -> Thread:
    """Open the running week's thread, or open it again, as a leader."""
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    thread = await _thread(session, found, at)
    if thread.open:
        raise Refused("questions-open", week=thread.week.number)
    await _note(session, found, thread.week, "questions_opened", leader.id, at)
    week_id = await _week_id(session, found.study, thread.week)
    await reopen_questions(session, found.study, thread.week.number, week_id, at)
    return Thread(found.study, thread.week, thread.thread, open=True)


async def close(session: Session, caller: Caller, at: datetime) -> Thread:
    """Close the thread that is open, as a leader."""
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    thread = await _thread(session, found, at)
    if not thread.open:
        raise Refused("questions-closed", week=thread.week.number)
    await _note(session, found, thread.week, "questions_closed", leader.id, at)
    week_id = await _week_id(session, found.study, thread.week)
    await close_questions(session, found.study, thread.week.number, week_id, at)
    return Thread(found.study, thread.week, thread.thread, open=False)


async def _thread(session: Session, found: Scope, at: datetime) -> Thread:
    shot = await snapshot(session, found.study, nobody)
    opened = [week for week in shot.season.weeks if week.opens_at <= at]
    if not opened:
        first = shot.season.weeks[0]
        raise Refused("questions-not-yet", week=first.number, opens=first.opens_at)
    rows = await session.scalars(
        select(m.Question).where(m.Question.week_id.in_([shot.week_ids[week.number] for week in opened]))
    )
    threads = {row.week_id: row for row in rows}
    still = [x for x in opened if (row := threads.get(shot.week_ids[x.number])) and row.closed_at is None]
    week = (still or opened)[-1]
    row = threads.get(shot.week_ids[week.number])
    key = f"{found.study.id}:questions:{week.number}"
    thread: str | None = await session.scalar(select(m.Outbox.message_id).where(m.Outbox.key == key))
    return Thread(found.study, week, thread, row is not None and row.closed_at is None)


async def _week_id(session: Session, study: m.Study, week: Week) -> int:
    rows = select(m.Week.id).where(m.Week.study_id == study.id, m.Week.number == week.number)
    return (await session.scalars(rows)).one()


async def _note(session: Session, found: Scope, week: Week, kind: str, by: int, at: datetime) -> None:
    week_id = await _week_id(session, found.study, week)
    await history.note(session, history.Line(found.study, kind, at, by=by, week=week_id))
