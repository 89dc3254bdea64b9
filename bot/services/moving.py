"""Moving a study into another channel."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update

from bot.rules.refusal import Refused
from bot.rules.timeline import Kind
from bot.services import history, outbox, pausing
from bot.services.scope import Caller, Role, acting
from bot.services.studies import refuse_running, taking_channel
from bot.texts import Written
from db import Session
from db.models import Outbox, Study, Week

ANYWHERE = ""
"""No channel: whoever moves a study means their own, whatever else there was in the channel."""


async def move(session: Session, caller: Caller, at: datetime) -> Study:
    """Have a study go on in the caller's channel, as its leader.

    What is open is announced there anew; what waited for a lost channel is told there too.
    Refused in the study's own channel, where another one is running, and to whom the platform does not
    let start one there.
    """
    scope = await acting(session, replace(caller, channel=ANYWHERE, parent=None), at)
    study, leader = scope.study, scope.require(Role.LEADER)
    if not caller.may_start:
        raise Refused("not-allowed-here")
    if study.channel == caller.channel:
        raise Refused("already-here", study=Written(study.name))
    await refuse_running(session, caller, study)
    async with taking_channel(session, caller, study):
        study.channel = caller.channel
    line = await history.note(session, history.Line(study, "moved", at, by=leader.id))
    await pausing.resume(session, study, at)
    await outbox.announce(session, study, "moved", at, line)
    await _announce_again(session, study, at, line)
    return study


async def _announce_again(session: Session, study: Study, at: datetime, line: int) -> None:
    """Announce what is open where it can be edited; what stands in the old channel stays as it is."""
    behind = (Outbox.study_id == study.id, Outbox.state.in_((outbox.SENT, outbox.LEASED)))
    is_open = select(Week.number).where(Week.study_id == study.id, Week.opens_at <= at, Week.closes_at > at)
    announced = select(Outbox).where(*behind, Outbox.kind == "announcement", Outbox.week.in_(is_open))
    rows = (await session.scalars(announced.order_by(Outbox.week))).all()
    again = [
        outbox.row(study, f"moved:{line}:{row.week}", "announcement", {"parts": parts}, at, week=row.week)
        for row in rows
        if (parts := [part for part in row.values["parts"] if part["kind"] == Kind.OPENED])
    ]
    await session.execute(update(Outbox).where(*behind, Outbox.kind != "questions").values(week=None))
    await outbox.post(session, again)
