"""A study's log written out: in place, or anew; and what of it the study itself has told so far."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.records.document import parsed
from bot.records.editing import Merged
from bot.records.log.merging import merged
from bot.records.log.reading import log_of
from bot.records.log.three_ways import Before
from bot.records.log.values import Log
from bot.records.log.words import LABELS, Part
from bot.records.log.writing import fresh, plain, says_anything
from bot.records.understood import WeekRow
from bot.rules.refusal import Refused
from bot.services.snapshot import Snapshot, nobody, snapshot
from db import Session
from db import models as m

TICK = timedelta(microseconds=1)


async def weeks_of(session: Session, study: m.Study, at: datetime) -> list[WeekRow]:
    """What the study's log says of the weeks that have opened.

    A week's homework is asked for in the section of the week before it: that of week 1 in section 0.
    """
    shot = await snapshot(session, study, nobody)
    rows = await session.scalars(select(m.Week).where(m.Week.study_id == study.id))
    by_number = {row.number: row for row in rows}
    notes = await _notes(session, shot)
    topics = await _topics(session, shot)
    opened = [week.number for week in shot.season.weeks if week.opens_at <= at]
    found = [
        _section(shot, number, by_number, notes, topics)
        for number in ([] if 0 in by_number else [0]) + opened
    ]
    return [week for week in found if week.number or 0 in by_number or says_anything(week)]


def _section(
    shot: Snapshot,
    number: int,
    rows: Mapping[int, m.Week],
    notes: Mapping[tuple[int, str], Sequence[str]],
    topics: Mapping[int, Mapping[str, str]],
) -> WeekRow:
    row, after = rows.get(number), rows.get(number + 1)
    schedule = shot.season.schedule
    homework = after.homework if after else None
    return WeekRow(
        number,
        LABELS[shot.study.language].format(number),
        title=row.title if row else None,
        # Only week 0 has dates of its own.
        date=schedule.day(row.opens_at) if row and number == 0 else None,
        homework=homework,
        due=schedule.day(shot.season.week(number + 1).due_at - TICK) if homework else None,
        lectures=tuple(notes[number, Part.LECTURE]),
        insights=tuple(notes[number, Part.INSIGHT]),
        references=tuple(notes[number, Part.REFERENCE]),
        text=tuple(notes[number, Part.TEXT]),
        topics=topics[number],
    )


async def _notes(session: Session, shot: Snapshot) -> Mapping[tuple[int, str], list[str]]:
    numbers = {id_: number for number, id_ in shot.week_ids.items()}
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    query = select(m.Note).where(m.Note.week_id.in_(numbers)).order_by(m.Note.id)
    for note in await session.scalars(query):
        found[numbers[note.week_id], note.kind].append(note.text)
    return found


async def _topics(session: Session, shot: Snapshot) -> Mapping[int, dict[str, str]]:
    numbers = {id_: number for number, id_ in shot.week_ids.items()}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    query = select(m.Topic).where(m.Topic.week_id.in_(numbers)).order_by(m.Topic.id)
    for topic in await session.scalars(query):
        found[numbers[topic.week_id]].setdefault(shot.names[topic.member_id], topic.text)
    return found


def has_log(document: bytes) -> bool:
    """Whether a document holds a study log."""
    return _log(document).is_certain


async def is_kept_in_a_log(session: Session, study: int) -> bool:
    """Whether the document kept of a study is its log, or nothing is kept yet."""
    content = await session.scalar(select(m.Document.content).where(m.Document.study_id == study))
    return content is None or has_log(content)


def _log(document: bytes | None, known: Collection[str] = ()) -> Log:
    try:
        return log_of(parsed(document or b""), known)
    except Refused:
        return Log()


def _by_number(document: bytes | None, known: Collection[str]) -> dict[int, WeekRow]:
    """The weeks of a document's log, the first of one that stands there twice."""
    return {x.number: x.week for x in reversed(_log(document, known).sections)}


async def log(session: Session, study: m.Study, at: datetime, document: bytes | None = None) -> Merged:
    """The study log with what the study knows in it: `document`, else the one last read, else a new one."""
    row = await session.scalar(select(m.Document).where(m.Document.study_id == study.id))
    if document is None and (row is None or not has_log(row.content)):
        weeks = await weeks_of(session, study, at)
        return Merged(fresh(map(plain, weeks), study.name, study.language))
    if document is None:
        document = row.content if row else b""
    base, told = (row.content, row.log) if row else (None, None)
    return await into(session, study, document, base, told, at)


async def into(
    session: Session, study: m.Study, document: bytes, base: bytes | None, told: str | None, at: datetime
) -> Merged:
    """A document with what the study knows in its log; `base` and `told` are what both agreed on last."""
    known = await _names(session, study)
    before = Before(_by_number(base, known), None if told is None else _by_number(told.encode(), known))
    return merged(document, await weeks_of(session, study, at), before, study.language, known)


async def _names(session: Session, study: m.Study) -> Sequence[str]:
    return (await session.scalars(select(m.Member.name).where(m.Member.study_id == study.id))).all()


async def told(
    session: Session, study_id: int, content: bytes, before: str | None, at: datetime
) -> str | None:
    """What the study has told of its log, once a document is agreed on, to be kept beside it.

    That is what the study says and the document holds, and what it had told `before` and still says: lines
    that came since are told by the next document, and lines that others took out are not told again.
    """
    study = await session.get_one(m.Study, study_id)
    known = await _names(session, study)
    there = _by_number(content, known)
    if not there:
        return before
    old = _by_number(before.encode(), known) if before is not None else {}
    weeks = [
        _told(plain(week), there.get(week.number), old.get(week.number))
        for week in await weeks_of(session, study, at)
        if week.number in there or week.number in old
    ]
    return fresh(weeks, study.name, study.language).decode()


def _told(week: WeekRow, there: WeekRow | None, old: WeekRow | None) -> WeekRow:
    nothing = WeekRow(week.number, week.label)
    here, was = there or nothing, old or nothing
    return replace(
        week,
        title=week.title if week.title in (here.title, was.title) else was.title,
        homework=week.homework if week.homework in (here.homework, was.homework) else was.homework,
        lectures=_still(week.lectures, here.lectures, was.lectures),
        insights=_still(week.insights, here.insights, was.insights),
        references=_still(week.references, here.references, was.references),
        text=_still(week.text, here.text, was.text),
        topics={
            name: text
            for name, text in week.topics.items()
            if text in (here.topics.get(name), was.topics.get(name))
        },
    )


def _still(now: Sequence[str], *others: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in now if any(text in other for other in others))
