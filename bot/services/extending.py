"""Putting a week's cutoffs off, for everybody or for one, before or after they have passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules import calendar
from bot.rules.refusal import Refused
from bot.services import history, outbox
from bot.services.advancing import pass_over_what_is_gone
from bot.services.books import settle_up
from bot.services.judging import put_off
from bot.services.scope import Caller, Role, acting, find_member
from bot.services.snapshot import Snapshot, everybody, snapshot, week_of
from bot.services.weeks import planned_week
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Extended:
    """A week with its new cutoffs, for whom, and whose verdicts changed by it."""

    study: m.Study
    week: calendar.Week
    member: m.Member | None
    corrected: Sequence[str]


async def extend(
    session: Session,
    caller: Caller,
    number: int,
    wall: datetime,
    reason: str,
    who: str | None,
    at: datetime,
) -> Extended:
    """Move a week's due and close together, as a leader, at most to the next week's due.

    `wall` is the new due as clocks show it in the study's zone. What was judged by then is judged
    again, by further entries. Refused for an instant no later than the due.
    """
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    study = found.study
    row = await find_member(session, study, who) if who else None
    shot = await snapshot(session, study)
    week = planned_week(shot.season.weeks, number, at)
    extension = await _extension(session, shot, week, row, wall)
    member, week_id = row.id if row else None, shot.week_ids[week.number]
    due, closes = extension.due_at, extension.closes_at
    session.add(
        m.Extension(week_id=week_id, member_id=member, due_at=due, closes_at=closes, reason=reason, at=at)
    )
    line = await history.note(
        session,
        history.Line(study, "extended", at, by=leader.id, member=member, week=week_id, words=reason),
    )
    corrected = await _judge_again(session, study, week.number, row, at, line)
    if corrected:
        await settle_up(session, study, at, line)
    told = {"week": week.number, "due": due.isoformat(), "closes": closes.isoformat(), "member": member}
    await outbox.announce(session, study, "extended", at, line, **told, line=line)
    for kind in ("announcement", "questions"):
        await outbox.refresh(session, [(study, week.number)], at, kind)
    await pass_over_what_is_gone(session, study, at, week.number)
    return Extended(study, calendar.extended(week, extension), row, corrected)


async def _extension(
    session: Session, shot: Snapshot, week: calendar.Week, row: m.Member | None, wall: datetime
) -> calendar.Extension:
    """The later cutoffs that are wished for; refused for somebody who is not asked for the week."""
    season = shot.season
    member = next((x for x in season.members if row and x.id == row.id), None)
    if week.closes_at <= season.founded_at:
        raise Refused("extend-for-the-record", week=week.number)
    if row and member and not season.is_judged(week, member):
        raise Refused("extend-not-asked", name=row.name, week=week.number)
    until = calendar.instant(wall.date(), wall.time(), season.schedule.zone)
    planned = week_of(await session.get_one(m.Week, shot.week_ids[week.number]))
    own = season.own(week, row.id) if row else week
    return calendar.extension(season.weeks, own, until, planned)


async def _judge_again(
    session: Session, study: m.Study, number: int, only: m.Member | None, at: datetime, line: int
) -> list[str]:
    """Correct the verdicts that the new cutoffs change; the names of those concerned."""
    await session.flush()
    shot = await snapshot(session, study, everybody)
    week = shot.season.week(number)
    concerned = [only.id] if only else [member.id for member in shot.season.members]
    return [
        shot.names[member] for member in concerned if await put_off(session, shot, week, member, at, line)
    ]
