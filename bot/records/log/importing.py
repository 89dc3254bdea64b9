"""What a study log gives a study: titles, homework with its due dates, week 0, notes and topics."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from bot.records.answers import Resolved
from bot.records.log.asking import ZERO
from bot.records.log.words import Part, canonical
from bot.records.log.writing import lines_in, says_anything
from bot.records.understood import Question, Understood, WeekRow
from bot.rules.calendar import DAY, YEARS, Break, Schedule, Week, calendar, due_on
from bot.rules.refusal import Refused
from bot.services.snapshot import nobody, schedule_of, snapshot
from bot.services.studies import USUAL_ZONE
from db import Session
from db import models as m

NOTES = (Part.TEXT, Part.LECTURE, Part.INSIGHT, Part.REFERENCE)


def zero_of(understood: Understood, starts: date) -> tuple[date, date] | None:
    """First day and due day of week 0, which lasts until week 1 opens, or a day."""
    for week in understood.weeks:
        if week.number == 0 and week.date is not None:
            return week.date, max(starts, week.date + DAY)
    return None


def has_no_place(week: WeekRow, questions: Sequence[Question]) -> bool:
    """Whether it is a week 0 of unknown date that nothing was asked about.

    Where there is nothing but the homework for the week after, the week itself need not be.
    """
    asked = any(question.about == ZERO for question in questions)
    empty = not says_anything(replace(week, homework=None, due=None))
    return week.number == 0 and week.date is None and not asked and not empty


def check(understood: Understood, resolved: Resolved) -> None:
    """Refuse a first day by which a week would open after its homework is due."""
    if resolved.starts is not None and resolved.starts.year in YEARS:
        breaks = [Break(first, last) for first, last in resolved.breaks]
        _laid_out(Schedule(USUAL_ZONE, resolved.starts, resolved.weeks), breaks, _dues(understood))


async def take(session: Session, study: m.Study, understood: Understood) -> None:
    """Give a study that has just been made what its log says."""
    await take_into(session, study, understood, study.created_at)
    await _lay_out(session, study, _dues(understood))


async def take_into(session: Session, study: m.Study, understood: Understood, at: datetime) -> None:
    """Give a study what a log says and it has not: titles, homework, lines, topics."""
    rows = await session.scalars(select(m.Week).where(m.Week.study_id == study.id))
    weeks = {row.number: row for row in rows}
    members = await session.scalars(select(m.Member).where(m.Member.study_id == study.id))
    ids = {row.name: row.id for row in members}
    for week in understood.weeks:
        row, after = weeks.get(week.number), weeks.get(week.number + 1)
        if row is not None:
            row.title = row.title or week.title
            session.add_all(await _new_notes(session, row, week, at))
            session.add_all(await _new_topics(session, row, week, ids, at))
        if after is not None:
            after.homework = after.homework or week.homework
    await session.flush()


async def _new_notes(session: Session, row: m.Week, week: WeekRow, at: datetime) -> list[m.Note]:
    notes = await session.scalars(select(m.Note).where(m.Note.week_id == row.id))
    there = Counter((note.kind, canonical(note.text)) for note in notes)
    told = [(part.value, text) for part in NOTES for _, text in lines_in(week, part)]
    found = []
    for kind, text in told:
        if there[kind, text]:
            there[kind, text] -= 1
        else:
            found.append(m.Note(week_id=row.id, member_id=None, kind=kind, text=text, at=at))
    return found


async def _new_topics(
    session: Session, row: m.Week, week: WeekRow, ids: Mapping[str, int], at: datetime
) -> list[m.Topic]:
    there = set(await session.scalars(select(m.Topic.member_id).where(m.Topic.week_id == row.id)))
    return [
        m.Topic(week_id=row.id, member_id=ids[name], text=text, at=at)
        for name, text in week.topics.items()
        if name in ids and ids[name] not in there
    ]


def _dues(understood: Understood) -> dict[int, date]:
    """The days until which the homework of weeks is asked for, that day included."""
    return {week.number + 1: week.due for week in understood.weeks if week.due is not None}


async def _lay_out(session: Session, study: m.Study, dues: Mapping[int, date]) -> None:
    shot = await snapshot(session, study, nobody)
    for week in _laid_out(schedule_of(study), shot.season.breaks, dues):
        row = await session.get_one(m.Week, shot.week_ids[week.number])
        row.opens_at, row.due_at, row.closes_at = week.opens_at, week.due_at, week.closes_at
    await session.flush()


def _laid_out(schedule: Schedule, breaks: Iterable[Break], dues: Mapping[int, date]) -> tuple[Week, ...]:
    """The calendar with weeks due when the log says so, and the others following from them."""
    resting = tuple(breaks)
    weeks = calendar(schedule, resting)
    for number, day in sorted(dues.items()):
        week = next(week for week in weeks if week.number == number)
        changed = due_on(schedule, week, day)
        if changed.due_at <= week.opens_at:
            raise Refused("records-due-before", week=number, due=day, opens=week.opens_at)
        weeks = calendar(schedule, resting, [*(x for x in weeks if x.number < number), changed])
    return weeks
