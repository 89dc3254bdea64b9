"""The issue on GitHub of each week's questions: it follows the question thread."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from bot.services import outbox
from bot.services.outbox import GITHUB
from db import Session
from db import models as m


def issue_row(study: m.Study, week: int, at: datetime) -> dict[str, Any]:
    """What opens a week's issue; its id is the issue's number."""
    return outbox.row(study, f"issue:{week}", "issue", {"week": week}, at, week=week) | {"via": GITHUB}


async def follow(session: Session, study: m.Study, week: int, kind: str, at: datetime) -> None:
    """Have a week's issue closed or opened again, as its thread is; `kind` is `closed` or `reopened`."""
    if not study.published:
        return
    opening = await session.scalar(
        select(m.Outbox.id).where(m.Outbox.key == issue_row(study, week, at)["key"])
    )
    if opening is not None:
        row = outbox.row(study, f"issue_{kind}:{week}:{uuid4().hex}", f"issue_{kind}", {"week": week}, at)
        await outbox.post(session, [row | {"via": GITHUB, "target_id": opening}])
    elif kind == "reopened":
        await outbox.post(session, [issue_row(study, week, at)])


async def opened(session: Session, row_id: int, repository: str, number: int, url: str, at: datetime) -> None:
    """Know a week's issue, and have the thread's message name it, unless that is closed by now."""
    row = await session.get_one(m.Outbox, row_id)
    row.values = {**row.values, "repository": repository, "url": url}
    row.message_id = str(number)
    study, week = await session.get_one(m.Study, row.study_id), row.values["week"]
    is_open = await session.scalar(
        select(m.Question.id)
        .join(m.Week, m.Week.id == m.Question.week_id)
        .where(m.Week.study_id == study.id, m.Week.number == week, m.Question.closed_at.is_(None))
    )
    if is_open is not None:
        await outbox.refresh(session, [(study, week)], at, "questions")


async def thread_of(session: Session, study: int, week: int) -> m.Outbox | None:
    """The message that a week's question thread begins with."""
    found: m.Outbox | None = await session.scalar(
        select(m.Outbox).where(m.Outbox.key == f"{study}:questions:{week}")
    )
    return found
