"""Connecting a study with the repository on GitHub that its record is published in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.rules.refusal import Refused
from bot.services import history, outbox
from bot.services.issues import issue_row
from bot.services.outbox import DROPPED, GITHUB, LEASED, WAITING
from bot.services.publishing import Connected, Seen, connected, of
from bot.services.scope import Caller, Role, acting
from bot.texts import Written
from db import Session
from db import models as m

AGAIN = "connected again"


async def connect(
    session: Session, caller: Caller, seen: Seen, labels: Sequence[str], assignee: str | None, at: datetime
) -> Connected:
    """Have the record published in a repository from now on, as a leader, instead of another one."""
    found = await acting(session, caller, at)
    leader, study = found.require(Role.LEADER), found.study
    await _refuse_taken(session, study, seen)
    row = await of(session, study.id)
    if row is None or (row.name, row.path) != (seen.name, seen.path):
        if row is not None:
            await _let_go(session, row)
        row = m.Repository(study_id=study.id, name=seen.name, path=seen.path, url=seen.url, labels=[], at=at)
        session.add(row)
    row.url, row.issues = seen.url, seen.has_issues
    row.labels, row.assignee = list(labels), assignee
    if not seen.has_file:
        await _forget_pages(session, study.id)
    row.paused_at = row.paused_why = None
    study.published = True
    await session.flush()
    await history.note(session, history.Line(study, "connected", at, by=leader.id))
    await _open_issue(session, study, row, at)
    return Connected(study, row)


async def _refuse_taken(session: Session, study: m.Study, seen: Seen) -> None:
    """Refuse a file that holds another study's record, unless that has ended here and the file was named."""
    others = await session.execute(
        select(m.Repository, m.Study)
        .join(m.Study, m.Study.id == m.Repository.study_id)
        .where(m.Repository.name == seen.name, m.Repository.path == seen.path, m.Study.id != study.id)
    )
    for row, other in others.all():
        is_here = (other.door, other.workspace) == (study.door, study.workspace)
        if not is_here or other.ended_at is None:
            raise Refused("github-taken", path=Written(seen.path))
        if not seen.is_named:
            raise Refused("github-taken-before", study=Written(other.name), path=Written(seen.path))
        other.published = False
        await _let_go(session, row)


async def _open_issue(session: Session, study: m.Study, to: m.Repository, at: datetime) -> None:
    """An issue for the questions that are open just now, where there is none."""
    running = await session.scalar(
        select(m.Week.number)
        .join(m.Question, m.Question.week_id == m.Week.id)
        .where(m.Week.study_id == study.id, m.Question.closed_at.is_(None))
        .order_by(m.Week.number.desc())
    )
    if running is None:
        return
    wanted = issue_row(study, running, at)
    await outbox.post(session, [wanted])
    was = (await session.scalars(select(m.Outbox).where(m.Outbox.key == wanted["key"]))).one()
    is_there = was.message_id is not None and was.values.get("repository") == to.name
    if was.state not in (WAITING, LEASED) and not is_there:
        was.state, was.message_id, was.values = WAITING, None, wanted["values"]
        was.error, was.attempts = AGAIN, 0  # so that it is looked for first


async def disconnect(session: Session, caller: Caller, at: datetime) -> Connected:
    """Have nothing published any more, as a leader; what is there stays."""
    found = await acting(session, caller, at, over=True)
    leader = found.require(Role.LEADER)
    row = await connected(session, found.study)
    found.study.published = False
    await _let_go(session, row)
    await history.note(session, history.Line(found.study, "disconnected", at, by=leader.id))
    return Connected(found.study, row)


async def _let_go(session: Session, row: m.Repository) -> None:
    """Forget a repository, with what waits to go there."""
    waiting = (m.Outbox.study_id == row.study_id, m.Outbox.via == GITHUB, m.Outbox.state == WAITING)
    await session.execute(update(m.Outbox).where(*waiting).values(state=DROPPED))
    await _forget_pages(session, row.study_id)
    await session.delete(row)
    await session.flush()


async def _forget_pages(session: Session, study: int) -> None:
    await session.execute(delete(m.Page).where(m.Page.study_id == study))
