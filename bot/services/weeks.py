"""What a week asks for, and who is let off it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.rules import calendar
from bot.rules.refusal import Refused
from bot.rules.verdicts import Verdict
from bot.services import history, outbox
from bot.services.books import settle_up
from bot.services.judging import correct
from bot.services.scope import Caller, Role, acting, find_member, scope
from bot.services.snapshot import nobody, snapshot, week_of
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Homework:
    """A week with what it asks for, and how the caller stands with it."""

    study: m.Study
    week: calendar.Week
    row: m.Week
    mine: Verdict | None
    link: str | None


async def homework(session: Session, caller: Caller, number: int | None, at: datetime) -> Homework:
    """A week's homework: the one asked for, else the running one, else the next, else the last."""
    found = await scope(session, caller)
    me = found.caller
    shot = await snapshot(session, found.study, lambda row: me is not None and row.id == me.id)
    week = planned_week(shot.season.weeks, number, at)
    row = await session.get_one(m.Week, shot.week_ids[week.number])
    member = next((x for x in shot.season.members if me and x.id == me.id), None)
    mine = shot.season.verdict(week, member, at) if member and at >= week.opens_at else None
    if member:
        week = shot.season.own(week, member.id)
    there = shot.season.hand_ins.get((week.number, me.id)) if me else None
    return Homework(found.study, week, row, mine, there.link if there else None)


def planned_week(weeks: tuple[calendar.Week, ...], number: int | None, at: datetime) -> calendar.Week:
    """The week of this number; without one that which runs, else the next, else the last."""
    if number is not None:
        for week in weeks:
            if week.number == number:
                return week
        raise Refused("no-such-week", week=number, last=weeks[-1].number)
    running = [week for week in weeks if week.opens_at <= at < week.due_at]
    upcoming = [week for week in weeks if week.opens_at > at]
    return (running[-1:] or upcoming[:1] or weeks[-1:])[0]


async def first_owed(session: Session, caller: Caller, at: datetime) -> calendar.Week | None:
    """The first week that the caller owes from now on, such as after joining."""
    found = await scope(session, caller)
    shot = await snapshot(session, found.study, nobody)
    me = next(member for member in shot.season.members if member.id == found.member.id)
    owed = (week for week in shot.season.weeks if week.closes_at > at and shot.season.owes(week, me))
    return next(owed, None)


@dataclass(frozen=True, slots=True)
class Planning:
    """What a leader writes down for a week; `None` leaves a part as it is."""

    text: str
    title: str | None = None
    optional: str | None = None
    week: int | None = None


async def plan(session: Session, caller: Caller, wish: Planning, at: datetime) -> Homework:
    """Write down a week's homework, as a leader: for the running week unless another is named.

    The channel hears of a week that runs or comes next; later ones are told when they open.
    """
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    study = found.study
    rows = await session.scalars(select(m.Week).where(m.Week.study_id == study.id).order_by(m.Week.number))
    by_number = {row.number: row for row in rows}
    weeks = tuple(week_of(row) for row in by_number.values())
    week = planned_week(weeks, wish.week, at)
    row = by_number[week.number]
    row.homework = wish.text
    row.title = wish.title if wish.title is not None else row.title
    row.optional = wish.optional if wish.optional is not None else row.optional
    line = await history.note(
        session,
        history.Line(study, "planned", at, by=leader.id, week=row.id, words=wish.text),
    )
    if week == planned_week(weeks, None, at):
        await outbox.announce(session, study, "planned", at, line, week=week.number)
    await outbox.refresh(session, [(study, week.number)], at)
    return Homework(study, week, row, None, None)


@dataclass(frozen=True, slots=True)
class Excused:
    """Who was let off which week, and whether a verdict was corrected by it."""

    member: m.Member
    week: calendar.Week
    corrected: bool


async def excuse(
    session: Session, caller: Caller, who: str, number: int, reason: str, at: datetime
) -> Excused:
    """Let a member off a week, as a leader; after the close the fine is reversed by an entry."""
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    row = await find_member(session, found.study, who)
    shot = await snapshot(session, found.study, lambda member: member.id == row.id)
    week = planned_week(shot.season.weeks, number, at)
    week_id = shot.week_ids[week.number]
    if (week.number, row.id) in shot.season.excused:
        raise Refused("excused-already", name=row.name, week=week.number)
    session.add(m.Excuse(week_id=week_id, member_id=row.id, reason=reason))
    line = await history.note(
        session,
        history.Line(found.study, "excused", at, by=leader.id, member=row.id, week=week_id, words=reason),
    )
    after = await snapshot(session, found.study, lambda member: member.id == row.id)
    corrected = await correct(session, after, week, row.id, at, line)
    if corrected:
        await settle_up(session, found.study, at, line)
    await outbox.refresh(session, [(found.study, week.number)], at)
    return Excused(row, week, corrected)
