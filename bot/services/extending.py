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
from bot.services.snapshot import everybody, snapshot, week_of
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
    season = (await snapshot(session, study)).season
    week = planned_week(season.weeks, number, at)
    member = next((x for x in season.members if row and x.id == row.id), None)
    if row and member and not season.is_judged(week, member):
        raise Refused("extend-not-asked", name=row.name, week=week.number)
    own = season.own(week, row.id) if row else week
    until = calendar.instant(wall.date(), wall.time(), season.schedule.zone)
    week_id = (await snapshot(session, study)).week_ids[week.number]
    planned = week_of(await session.get_one(m.Week, week_id))
    extension = calendar.extension(season.weeks, own, until, planned)
    session.add(
        m.Extension(
            week_id=week_id,
            member_id=row.id if row else None,
            due_at=extension.due_at,
            closes_at=extension.closes_at,
            reason=reason,
            at=at,
        )
    )
    line = await history.note(
        session,
        history.Line(
            study, "extended", at, by=leader.id, member=row.id if row else None, week=week_id, words=reason
        ),
    )
    corrected = await _judge_again(session, study, week.number, row, at, line)
    if corrected:
        await settle_up(session, study, at, line)
    await outbox.announce(
        session,
        study,
        "extended",
        at,
        line,
        week=week.number,
        due=extension.due_at.isoformat(),
        closes=extension.closes_at.isoformat(),
        member=row.id if row else None,
        line=line,
    )
    for kind in ("announcement", "questions"):
        await outbox.refresh(session, [(study, week.number)], at, kind)
    await pass_over_what_is_gone(session, study, at)
    return Extended(study, calendar.extended(own, extension), row, corrected)


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
