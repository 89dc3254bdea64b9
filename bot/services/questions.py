"""The question thread of each week: shown, opened again, closed before its time."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot.rules.calendar import Week
from bot.rules.refusal import Refused
from bot.services import history, outbox
from bot.services.pausing import Place
from bot.services.scope import Caller, Role, acting, scope
from bot.services.snapshot import nobody, snapshot
from bot.services.threads import close_questions, reopen_questions
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Thread:
    """A week's question thread: the platform's id for it once it is there, and whether it is open."""

    study: m.Study
    week: Week
    week_id: int
    thread: str | None
    open: bool


async def show(session: Session, caller: Caller, at: datetime) -> Thread:
    """The thread of the running week, or of the last one that had any."""
    return await _thread(session, (await scope(session, caller)).study, at)


async def open_(session: Session, caller: Caller, at: datetime) -> Thread:
    """Open the running week's thread, or open it again, as a leader."""
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    thread = await _thread(session, found.study, at)
    if thread.open:
        raise Refused("questions-open", week=thread.week.number)
    line = history.Line(found.study, "questions_opened", at, by=leader.id, week=thread.week_id)
    await history.note(session, line)
    await reopen_questions(session, found.study, thread.week.number, thread.week_id, at)
    return replace(thread, open=True)


async def close(session: Session, caller: Caller, at: datetime) -> Thread:
    """Close the thread that is open, as a leader."""
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    thread = await _thread(session, found.study, at)
    if not thread.open:
        raise Refused("questions-closed", week=thread.week.number)
    line = history.Line(found.study, "questions_closed", at, by=leader.id, week=thread.week_id)
    await history.note(session, line)
    await close_questions(session, found.study, thread.week.number, thread.week_id, at)
    return replace(thread, open=False)


async def late_answer(session: Session, place: Place, thread: str, at: datetime) -> dict[str, Any] | None:
    """What is said, once, to those who write in a thread that was closed before.

    `None` where it is no closed thread, or where that has been said.
    """
    found = await session.execute(
        select(m.Outbox, m.Study, m.Question)
        .join(m.Study, m.Study.id == m.Outbox.study_id)
        .join(m.Week, (m.Week.study_id == m.Study.id) & (m.Week.number == m.Outbox.week))
        .join(m.Question, m.Question.week_id == m.Week.id)
        .where(
            m.Study.door == place.door,
            m.Study.workspace == place.workspace,
            m.Study.channel == place.channel,
            m.Outbox.kind == "questions",
            m.Outbox.message_id == thread,
            m.Question.closed_at <= at,
        )
    )
    row = found.first()
    if row is None:
        return None
    opening, study, question = row
    newest = await session.scalar(
        select(func.max(m.Week.number))
        .join(m.Question, m.Question.week_id == m.Week.id)
        .where(m.Week.study_id == study.id, m.Question.closed_at.is_(None))
    )
    values = {"week": opening.week, "now": newest}
    key = f"late:{opening.week}:{question.closed_at}"
    answer = outbox.row(study, key, "questions_late", values, at) | {"target_id": opening.id}
    was_said = await session.scalar(select(m.Outbox.id).where(m.Outbox.key == answer["key"]))
    return answer if was_said is None else None


async def _thread(session: Session, study: m.Study, at: datetime) -> Thread:
    shot = await snapshot(session, study, nobody)
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
    key = f"{study.id}:questions:{week.number}"
    thread: str | None = await session.scalar(select(m.Outbox.message_id).where(m.Outbox.key == key))
    return Thread(study, week, shot.week_ids[week.number], thread, week in still)
