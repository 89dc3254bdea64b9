"""Studies whose channel cannot be reached: nothing is sent until it can be again, and nothing is lost.

Only messages wait. The calendar goes on, since its rules are the group's and people can hand in from
other channels; whoever could not is helped by `/week extend`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, select, update

from bot.services import history, leaders, outbox
from db import Session
from db.models import Outbox, Study


class Why(StrEnum):
    """What keeps a study from its channel."""

    GONE = "gone"
    """The channel was deleted, or archived."""
    CLOSED = "closed"
    """The bot may not write there, or lacks another permission that it needs."""
    AWAY = "away"
    """The bot is in the workspace no more."""


async def pause(session: Session, study: Study, why: Why, at: datetime) -> None:
    """Have a running study send nothing for now, and tell its leaders, once."""
    if study.ended_at is not None or study.paused_why == why:
        return
    was_paused = study.paused_at is not None
    study.paused_at, study.paused_why = study.paused_at or at, why
    if was_paused:
        return
    line = await history.note(session, history.Line(study, "paused", at))
    await leaders.tell(session, study, f"paused:{line}", "paused", {"why": why.value}, at)


async def resume(session: Session, study: Study, at: datetime) -> None:
    """Have a study send what waits, and say last since when it could not."""
    if study.paused_at is None:
        return
    since, study.paused_at, study.paused_why = study.paused_at, None, None
    line = await history.note(session, history.Line(study, "resumed", at))
    await outbox.announce(session, study, "resumed", at, line, since=since.isoformat())


@dataclass(frozen=True, slots=True)
class Place:
    """A channel of a platform, or with `None` all channels of a workspace."""

    door: str
    workspace: str
    channel: str | None = None


async def lost(session: Session, place: Place, why: Why, at: datetime) -> None:
    """Pause what runs in a place that the platform says is lost."""
    for study in await _running(session, place):
        await pause(session, study, why, at)


async def found(session: Session, place: Place, at: datetime) -> None:
    """Go on with what is paused in a place that can be reached again, also with what has ended meanwhile."""
    held = select(Study).where(*_in(place), Study.paused_at.is_not(None)).order_by(Study.id)
    for study in await session.scalars(held.with_for_update()):
        await resume(session, study, at)


async def still_lost(session: Session, place: Place, why: Why, at: datetime) -> None:
    """Know anew why what is paused in a place is; leaders are told that the bot is back in the workspace."""
    held = select(Study).where(*_in(place), Study.paused_at.is_not(None), Study.paused_why != why)
    for study in await session.scalars(held.with_for_update()):
        was_away, study.paused_why = study.paused_why == Why.AWAY, why
        if was_away:
            unsent = Outbox.state.in_((outbox.WAITING, outbox.LEASED))  # without a token nothing got through
            stale = (Outbox.study_id == study.id, Outbox.kind == "paused", unsent)
            await session.execute(update(Outbox).where(*stale).values(state=outbox.DROPPED))
            await leaders.tell(
                session, study, f"back:{uuid4().hex}", "paused", {"why": why.value, "back": True}, at
            )


async def has_studies(session: Session, place: Place) -> bool:
    """Whether anything runs in a place."""
    return await session.scalar(_there(place).limit(1)) is not None


async def paused(session: Session, door: str) -> Sequence[Place]:
    """The channels of the studies that are paused."""
    places = select(Study.workspace, Study.channel).where(Study.door == door, Study.paused_at.is_not(None))
    return [Place(door, workspace, channel) for workspace, channel in await session.execute(places)]


async def _running(session: Session, place: Place) -> Sequence[Study]:
    return (await session.scalars(_there(place).order_by(Study.id).with_for_update())).all()


def _there(place: Place) -> Select[Study]:
    return select(Study).where(*_in(place), Study.ended_at.is_(None))


def _in(place: Place) -> list[ColumnElement[bool]]:
    here = [Study.door == place.door, Study.workspace == place.workspace]
    return here if place.channel is None else [*here, Study.channel == place.channel]
