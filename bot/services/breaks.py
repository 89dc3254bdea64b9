"""Breaks: they move the weeks that have not opened yet, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.rules import calendar
from bot.rules.calendar import Break, change_break, check_break
from bot.rules.refusal import Refused
from bot.rules.timeline import Kind, Moment
from bot.services import history, outbox
from bot.services.advancing import latest_opening, mark_done
from bot.services.scope import Caller, Role, acting, scope
from bot.services.snapshot import Snapshot, snapshot
from bot.services.snapshot import nobody as no_hand_ins
from bot.services.studies import lay_out
from bot.texts import Command
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Moved:
    """A break as it now stands, and the weeks that moved because of it."""

    first: date
    last: date
    moved: Sequence[calendar.Week]
    ended: bool = False
    """Whether it was under way and ends today."""


async def listed(session: Session, caller: Caller) -> Sequence[m.Break]:
    """The study's breaks in order."""
    found = await scope(session, caller)
    rows = select(m.Break).where(m.Break.study_id == found.study.id, m.Break.removed_at.is_(None))
    return (await session.scalars(rows.order_by(m.Break.first))).all()


async def add(session: Session, caller: Caller, first: date, last: date, reason: str, at: datetime) -> Moved:
    """Add a break, as a leader; one that is there already with this first day is prolonged or cut.

    Refused where it cuts into a running week or overlaps another break.
    """
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    shot = await snapshot(session, found.study, no_hand_ins)
    season = shot.season
    old = next((rest for rest in season.breaks if rest.first == first), None)
    if old:
        row = await _change(session, shot, old, last, at)
        row.reason = reason
    else:
        now = await latest_opening(session, found.study, at)
        check_break(season.schedule, season.weeks, season.breaks, Break(first, last), now)
        row = m.Break(study_id=found.study.id, first=first, last=last, reason=reason)
        session.add(row)
    moved = await lay_out(session, found.study, at)
    line = await history.note(
        session, history.Line(found.study, "break_added", at, by=leader.id, words=reason)
    )
    await outbox.announce(
        session,
        found.study,
        "break_added",
        at,
        line,
        **{"break": row.id, "first": first.isoformat(), "last": last.isoformat()},
        moved=[week.number for week in moved],
    )
    return Moved(first, last, moved)


async def _change(session: Session, shot: Snapshot, old: Break, last: date, at: datetime) -> m.Break:
    season = shot.season
    changed = change_break(season.schedule, season.breaks, old, last, at)
    row = await session.get_one(m.Break, old.id)
    row.last = changed.last
    if changed.last < season.schedule.day(at):
        await mark_done(session, shot.study, Moment(at, Kind.BREAK_ENDS, subject=str(old.id)))
    return row


async def remove(session: Session, caller: Caller, first: date, at: datetime) -> Moved:
    """Remove a break that begins on this day, as a leader; one under way ends today.

    Refused where there is none, and for one that is over.
    """
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    shot = await snapshot(session, found.study, no_hand_ins)
    old = next((rest for rest in shot.season.breaks if rest.first == first), None)
    if old is None:
        raise Refused("no-such-break", first=first, command=Command("break list"))
    today = shot.season.schedule.day(at)
    if old.last < today:
        raise Refused("break-over", last=old.last)
    row = await session.get_one(m.Break, old.id)
    ended = old.first < today
    if ended:
        row.last = today - timedelta(days=1)
        # The message below says that it ends; its moment need not say so again.
        await mark_done(session, found.study, Moment(at, Kind.BREAK_ENDS, subject=str(old.id)))
    else:
        row.removed_at = at
    moved = await lay_out(session, found.study, at)
    line = await history.note(session, history.Line(found.study, "break_removed", at, by=leader.id))
    await outbox.announce(
        session,
        found.study,
        "break_removed",
        at,
        line,
        **{
            "break": row.id,
            "first": first.isoformat(),
            "last": (row.last if ended else old.last).isoformat(),
        },
        moved=[week.number for week in moved],
        ended=ended,
    )
    return Moved(first, row.last, moved, ended)
