"""The question thread of each week: opened with it, closed when it is due, and perhaps opened again."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from bot.services import issues, outbox
from bot.services.issues import issue_row
from db import Session
from db import models as m


def questions_rows(study: m.Study, week: int, at: datetime) -> list[dict[str, Any]]:
    """The messages that open a week's questions: the thread, and where there is a repository its issue."""
    rows = [questions_row(study, week, at)]
    return [*rows, issue_row(study, week, at)] if study.published else rows


def questions_row(study: m.Study, week: int, at: datetime) -> dict[str, Any]:
    """The message that opens a week's question thread; its id is the thread's."""
    return outbox.row(study, f"questions:{week}", "questions", {"week": week}, at, week=week)


async def close_questions(session: Session, study: m.Study, week: int, week_id: int, at: datetime) -> bool:
    """Close a week's question thread; false where it is not open."""
    closed = await session.execute(
        update(m.Question)
        .where(m.Question.week_id == week_id, m.Question.closed_at.is_(None))
        .values(closed_at=at)
    )
    if not closed.rowcount:  # type: ignore[attr-defined]
        return False
    await _tell_thread(session, study, week, "questions_closed", at)
    return True


async def close_older_questions(session: Session, study: m.Study, week_id: int, at: datetime) -> None:
    """Close threads of earlier weeks that were opened again, now that a new one is there."""
    older = select(m.Week.number, m.Week.id).join(m.Question, m.Question.week_id == m.Week.id)
    is_open = (m.Week.study_id == study.id, m.Question.closed_at.is_(None), m.Week.id < week_id)
    for number, id_ in (await session.execute(older.where(*is_open))).all():
        await close_questions(session, study, number, id_, at)


async def reopen_questions(session: Session, study: m.Study, week: int, week_id: int, at: datetime) -> None:
    """Open a week's question thread again, or for the first time."""
    row = await session.scalar(select(m.Question).where(m.Question.week_id == week_id))
    if row is None:
        session.add(m.Question(week_id=week_id, opened_at=at))
        await outbox.post(session, questions_rows(study, week, at))
        return
    row.closed_at = None
    await _tell_thread(session, study, week, "questions_reopened", at)


async def _tell_thread(session: Session, study: m.Study, week: int, kind: str, at: datetime) -> None:
    opening = await session.scalar(
        select(m.Outbox.id).where(m.Outbox.key == questions_row(study, week, at)["key"])
    )
    if opening is not None:
        key = f"{kind}:{week}:{uuid4().hex}"
        await outbox.post(
            session, [outbox.row(study, key, kind, {"week": week}, at) | {"target_id": opening}]
        )
    await issues.follow(session, study, week, kind.removeprefix("questions_"), at)
