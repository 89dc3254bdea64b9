"""The append-only record of who did what, with its words kept apart so that they can be erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from bot.services import outbox
from db import Session
from db.models import History, Study


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done: when, by whom, to whom; `week` is the row's id, `words` the free text."""

    study: Study
    kind: str
    at: datetime
    by: int | None = None
    member: int | None = None
    week: int | None = None
    words: str | None = None


# Built once, and plain inserts: every hand-in runs them.
TABLES = History.metadata.tables
LINES = TABLES["history"]
ADD_LINES = insert(LINES).returning(LINES.c.id, sort_by_parameter_order=True)
ADD_WORDS = insert(TABLES["detail"])


async def note(session: Session, line: Line) -> int:
    """Add a line to the study's history and return its id."""
    return (await note_many(session, [line]))[0]


async def note_many(session: Session, lines: Sequence[Line]) -> Sequence[int]:
    """Add lines to the histories of their studies and return their ids, in order."""
    rows = [
        {
            "study_id": line.study.id,
            "at": line.at,
            "kind": line.kind,
            "by_id": line.by,
            "member_id": line.member,
            "week_id": line.week,
        }
        for line in lines
    ]
    ids = (await session.scalars(ADD_LINES, rows)).all()
    words = [
        {"history_id": id_, "text": line.words} for id_, line in zip(ids, lines, strict=True) if line.words
    ]
    if words:
        await session.execute(ADD_WORDS, words)
    if lines:
        # Whatever somebody does may show in the record; what changes nothing there makes no commit.
        await outbox.publish(session, (line.study for line in lines), lines[-1].at)
    return ids
