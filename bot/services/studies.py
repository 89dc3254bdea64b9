"""Starting a study, showing it, and changing its settings."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.rules import calendar, settings
from bot.rules.fines import USUAL_FINES, Fines
from bot.rules.refusal import Refused
from bot.rules.timeline import DEFAULT_REMINDERS
from bot.services import history, outbox
from bot.services.advancing import latest_opening, pass_over_what_is_gone, reschedule
from bot.services.scope import Caller, Role, acting, in_channel, scope
from bot.services.snapshot import nobody, schedule_of, snapshot, week_of
from bot.texts import plain
from db import Session
from db import models as m

USUAL_ZONE = ZoneInfo("Asia/Seoul")
"""Where studies live that do not say, and how instants are shown where no study is meant."""


@dataclass(frozen=True, slots=True)
class Founder:
    """Somebody who is in a study from its start."""

    name: str
    account: str | None
    role: Role = Role.MEMBER


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new study is started with."""

    name: str
    starts: date
    weeks: int
    fines: Fines = USUAL_FINES
    timezone: str = USUAL_ZONE.key
    language: str = "ko"
    breaks: Sequence[tuple[date, date, str]] = ()
    members: Sequence["Founder"] = ()
    """Who is in from the start, in order; without any the caller alone, as leader."""
    practice: bool = False
    """Whether the season is preceded by a week in which nothing is booked; it begins on `starts`."""
    zero: tuple[date, date] | None = None
    """First day and due day of a week 0 that is no practice; `starts` is week 1's all the same."""
    turns: Sequence[str] = ()
    """The names of members in the order in which the team blog goes round."""
    questions: bool = True
    due_time: time = calendar.MIDNIGHT
    close_time: time = calendar.NOON


@dataclass(frozen=True)
class Shown:
    """A study with its calendar and its people, as `/study show` tells it."""

    study: m.Study
    weeks: Sequence[calendar.Week]
    breaks: Sequence[m.Break]
    members: Sequence[m.Member]
    everybody: Sequence[m.Member]
    """Also those who have left."""
    undelivered: int
    caller: m.Member | None
    """Whoever asks, if they are a member."""


async def start(session: Session, caller: Caller, plan: Plan, at: datetime) -> Shown:
    """Start a study in the caller's channel, which the caller leads.

    Refused where one is running there already, and for a plan that the rules do not allow.
    """
    if not caller.may_start:
        raise Refused("not-allowed-start")
    await refuse_running(session, caller)
    settings.check_season(plan.starts, plan.weeks)
    breaks = [calendar.Break(first, last) for first, last, _ in plan.breaks]
    for place, rest in enumerate(breaks):
        calendar.check_days(breaks[:place], rest)
    study = _founded(caller, plan, at)
    async with taking_channel(session, caller):
        session.add(study)
    session.add_all(
        m.Break(study_id=study.id, first=first, last=last, reason=reason)
        for first, last, reason in plan.breaks
    )
    members = _members(study, caller, plan, at)
    session.add_all(members)
    await lay_out(session, study, at, founding=True)
    if plan.practice:
        zero = select(m.Week).where(m.Week.study_id == study.id, m.Week.number == 0)
        (await session.scalars(zero)).one().title = plain(study.language, "week-practice")
    leader = next(member for member in members if member.account == caller.account)
    line = await history.note(session, history.Line(study, "started", at, by=leader.id))
    await outbox.announce(session, study, "started", at, line, members=[member.id for member in members])
    return await _shown(session, study, leader)


def _founded(caller: Caller, plan: Plan, at: datetime) -> m.Study:
    zero = (plan.starts, plan.starts + calendar.WEEK) if plan.practice else plan.zero
    return m.Study(
        door=caller.door,
        workspace=caller.workspace,
        channel=caller.channel,
        name=plan.name,
        language=plan.language,
        timezone=settings.zone(plan.timezone).key,
        starts=plan.starts + calendar.WEEK if plan.practice else plan.starts,
        week_count=plan.weeks,
        zero_first=zero[0] if zero else None,
        zero_due=zero[1] if zero else None,
        practice=plan.practice,
        questions=plan.questions,
        turns_from=1 if plan.turns else None,
        due_time=plan.due_time,
        close_time=plan.close_time,
        late_fine=plan.fines.late,
        absent_fine=plan.fines.absent,
        currency="KRW",
        reminders=[reminder.subject for reminder in DEFAULT_REMINDERS],
        created_at=at,
    )


def _members(study: m.Study, caller: Caller, plan: Plan, at: datetime) -> list[m.Member]:
    founders = plan.members or [Founder(caller.name, caller.account, Role.LEADER)]
    return [
        m.Member(
            study_id=study.id,
            account=founder.account,
            name=founder.name,
            role=founder.role,
            notify="channel",
            turn_place=plan.turns.index(founder.name) + 1 if founder.name in plan.turns else None,
            joined_at=at,
        )
        for founder in founders
    ]


async def refuse_running(session: Session, caller: Caller, besides: m.Study | None = None) -> None:
    """Refuse where another study is running in the caller's channel already, or where there is no channel."""
    if not caller.channel:
        raise Refused("not-in-a-channel")
    there = await session.scalar(in_channel(caller.door, caller.workspace, *caller.channels))
    if there and there is not besides and there.ended_at is None:
        raise Refused("study-running-here", study=there.name)


@asynccontextmanager
async def taking_channel(
    session: Session, caller: Caller, besides: m.Study | None = None
) -> AsyncIterator[None]:
    """Write what gives a study the caller's channel; refused where another one was faster to take it."""
    try:
        async with session.begin_nested():
            yield
    except IntegrityError:
        await refuse_running(session, caller, besides)
        raise


async def lay_out(
    session: Session, study: m.Study, at: datetime, *, founding: bool = False
) -> list[calendar.Week]:
    """Lay the weeks out anew from settings and breaks; the weeks that moved, none of them open yet."""
    await session.flush()
    rows = {
        row.number: row for row in await session.scalars(select(m.Week).where(m.Week.study_id == study.id))
    }
    resting = await session.scalars(
        select(m.Break).where(m.Break.study_id == study.id, m.Break.removed_at.is_(None))
    )
    breaks = [calendar.Break(row.first, row.last, row.id) for row in resting]
    now = await latest_opening(session, study, at)
    opened = [] if founding else [week_of(row) for row in rows.values() if row.opens_at <= now]
    moved = []
    for week in calendar.calendar(schedule_of(study), breaks, opened):
        row = rows.get(week.number)
        if row is None:
            row = m.Week(study_id=study.id, number=week.number, revision=0, practice=week.practice)
            session.add(row)
        elif week_of(row) != week:
            moved.append(week)
            await _move_extensions(session, row, week)
        row.opens_at, row.due_at, row.closes_at = week.opens_at, week.due_at, week.closes_at
    await session.flush()
    await reschedule(session, study)
    return moved


async def _move_extensions(session: Session, row: m.Week, week: calendar.Week) -> None:
    """Have what a week was put off by stay the same length, now that the week itself moves."""
    later = week.due_at - row.due_at
    for extension in await session.scalars(select(m.Extension).where(m.Extension.week_id == row.id)):
        extension.due_at += later
        extension.closes_at += later


async def show(session: Session, caller: Caller) -> Shown:
    """The caller's study: calendar, rules, people."""
    found = await scope(session, caller)
    return await _shown(session, found.study, found.caller)


async def _shown(session: Session, study: m.Study, caller: m.Member | None) -> Shown:
    shot = await snapshot(session, study, nobody)
    breaks = await session.scalars(
        select(m.Break)
        .where(m.Break.study_id == study.id, m.Break.removed_at.is_(None))
        .order_by(m.Break.first)
    )
    members = [member for member in shot.members if member.left_at is None]
    undelivered = await session.scalar(
        select(func.count(m.Outbox.id)).where(m.Outbox.study_id == study.id, m.Outbox.state == outbox.FAILED)
    )
    weeks = shot.season.weeks
    return Shown(study, weeks, breaks.all(), members, shot.members, undelivered or 0, caller)


@dataclass(frozen=True, slots=True)
class Changes:
    """New settings; `None` leaves one as it is."""

    due: str | None = None
    close: str | None = None
    late: int | None = None
    absent: int | None = None
    reminders: str | None = None
    questions: bool | None = None


async def change(session: Session, caller: Caller, changes: Changes, at: datetime) -> Shown:
    """Change cutoffs (for weeks not open yet), amounts (for what is judged from now on), reminders.

    Refused for anybody but a leader; with nothing to change it only shows the settings.
    """
    found = await acting(session, caller, at)
    study = found.study
    leader = found.require(Role.LEADER)
    was = _settings(study)
    if changes.due is not None:
        study.due_time = settings.wall_time(changes.due)
    if changes.close is not None:
        study.close_time = settings.wall_time(changes.close)
    if changes.late is not None:
        study.late_fine = changes.late
    if changes.absent is not None:
        study.absent_fine = changes.absent
    if changes.reminders is not None:
        chosen = settings.reminders(changes.reminders)
        study.reminders = [reminder.subject for reminder in chosen]
    if changes.questions is not None:
        study.questions = changes.questions
    changed = {name: value for name, value in _settings(study).items() if value != was[name]}
    if not changed:
        return await _shown(session, study, leader)
    await lay_out(session, study, at)
    await pass_over_what_is_gone(session, study, at)
    line = await history.note(session, history.Line(study, "settings", at, by=leader.id))
    await outbox.announce(session, study, "settings", at, line, changes=changed)
    return await _shown(session, study, leader)


def _settings(study: m.Study) -> dict[str, Any]:
    """What `/study settings` changes, as it stands."""
    return {
        "due": f"{study.due_time:%H:%M}",
        "close": f"{study.close_time:%H:%M}",
        "late": study.late_fine,
        "absent": study.absent_fine,
        "reminders": list(study.reminders),
        "questions": study.questions,
    }


def has_fines(study: m.Study) -> bool:
    """Whether the study charges anything."""
    return Fines(study.late_fine, study.absent_fine).charges


def zone_of(study: m.Study) -> ZoneInfo:
    """The zone in which the study's days and cutoffs are meant."""
    return ZoneInfo(study.timezone)
