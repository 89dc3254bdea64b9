"""A study's record written out: the README in place, or anew."""

import json

from sqlalchemy import select

from bot.records.editing import edited, merged
from bot.records.fresh import fresh
from bot.records.record import Record
from bot.services.snapshot import Snapshot, snapshot
from bot.texts import T, Words
from bot.texts.style import Style
from db import Session
from db import models as m


async def record(session: Session, study: m.Study) -> Record:
    """What the study knows that a README's table can hold."""
    shot = await snapshot(session, study)
    names = shot.names
    hand_ins = shot.season.hand_ins.items()
    links = {(week, names[member]): hand_in.link for (week, member), hand_in in hand_ins if hand_in.link}
    answers = await session.scalar(select(m.Document.answers).where(m.Document.study_id == study.id))
    return Record(
        _labels(shot),
        tuple(dict.fromkeys(row.name for row in shot.members)),
        links,
        {week: names[turn.member] for week, turn in shot.season.turns().items()},
        json.loads(answers or "{}"),
    )


def _labels(shot: Snapshot) -> dict[int, str]:
    words = Words(Style(shot.study.language, shot.season.schedule.zone))
    return {week.number: words(T("week", week=week.number)) for week in shot.season.weeks}


async def readme(session: Session, study: m.Study, document: bytes | None = None) -> bytes:
    """The README with the study's record in its table: `document`, else the one last read, else a new one.

    Refused where writing would undo what somebody else wrote into the table.
    """
    kept = await session.scalar(select(m.Document.content).where(m.Document.study_id == study.id))
    known = await record(session, study)
    if document is None and kept is None:
        return fresh(known, study.name, study.language)
    return edited(document if document is not None else kept or b"", known, kept)


async def agreed(session: Session, study_id: int, document: bytes) -> bytes:
    """What study and document agree on, once it is written."""
    return ours(document, await record(session, await session.get_one(m.Study, study_id)))


def ours(document: bytes, known: Record) -> bytes:
    """A document without what somebody put in of which the study knows nothing: that is theirs to change.

    It would count as withdrawn the next time, and be taken out.
    """
    return merged(document, known, document).document
