"""The outbox from the delivering side: claiming with a lease, and marking what became of a message."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from bot.services import pausing
from bot.services.outbox import FAILED, LEASED, SENT, WAITING
from db import Session
from db.models import Outbox, Repository, Study

LEASE = timedelta(minutes=2)
AT_ONCE = 32


PAUSED = exists().where(Study.id == Outbox.study_id, Study.paused_at.is_not(None))
HELD_BACK = exists().where(Repository.study_id == Outbox.study_id, Repository.paused_at.is_not(None))


def _claimable(wall: datetime) -> ColumnElement[bool]:
    """What waits, or was claimed and not marked in time; direct messages also of studies that are paused.

    What goes to a repository waits for that alone.
    """
    lapsed = and_(Outbox.state == LEASED, Outbox.leased_until <= wall)
    in_chat = and_(Outbox.via.is_(None), or_(Outbox.recipient_id.is_not(None), ~PAUSED))
    elsewhere = and_(Outbox.via.is_not(None), ~HELD_BACK)
    return and_(or_(Outbox.state == WAITING, lapsed), or_(in_chat, elsewhere))


def _first_of_each_study(now: datetime) -> ColumnElement[bool]:
    """Messages of one channel, or to one person, go in order: only the first not done may be sent.

    What waits for its time holds nothing up.
    """
    is_time = or_(Outbox.not_before.is_(None), Outbox.not_before <= now)
    open_rows = select(func.min(Outbox.id)).where(Outbox.state.in_((WAITING, LEASED)), is_time)
    return Outbox.id.in_(open_rows.group_by(Outbox.study_id, Outbox.recipient_id, Outbox.via))


async def is_waiting(session: Session, wall: datetime, now: datetime | None = None) -> bool:
    """Whether a message could be claimed now: in real time, and in the studies' where that is another."""
    query = select(Outbox.id).where(_first_of_each_study(now or wall), _claimable(wall)).limit(1)
    return await session.scalar(query) is not None


async def claim(session: Session, wall: datetime, now: datetime | None = None) -> Sequence[Outbox]:
    """Lease the next message of each study, in real time; `attempts` is how often it was tried."""
    rows = await session.scalars(
        select(Outbox)
        .where(_first_of_each_study(now or wall), _claimable(wall))
        .order_by(Outbox.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    claimed = rows.all()
    for row in claimed:
        row.state = LEASED
        row.leased_until = wall + LEASE
        row.attempts += 1
    return claimed


async def target(session: Session, row_id: int) -> Outbox:
    """The message that another one edits or takes down."""
    return await session.get_one(Outbox, row_id)


async def sent(session: Session, row_id: int, message_id: str | None, now: datetime) -> None:
    """Mark a message as sent, with the platform's id for it and the study's time."""
    row = await session.get_one(Outbox, row_id)
    row.state, row.message_id, row.sent_at, row.leased_until = SENT, message_id, now, None


async def ended(session: Session, row_id: int, state: str, error: str | None = None) -> None:
    """Mark a message as dropped or as failed for good."""
    row = await session.get_one(Outbox, row_id)
    row.state, row.error, row.leased_until = state, error, None


async def unreachable(session: Session, row_id: int, why: pausing.Why, error: str, now: datetime) -> None:
    """Pause the study of a message that found no channel; it waits until the study goes on.

    One of a study that has ended is given up: nobody would have the study go on.
    """
    row = await session.get_one(Outbox, row_id)
    study = await session.get_one(Study, row.study_id, with_for_update=True)
    row.state, row.error, row.leased_until = FAILED if study.ended_at else WAITING, error, None
    await pausing.pause(session, study, why, now)


async def later(session: Session, row_id: int, until: datetime, error: str, *, refused: bool = False) -> None:
    """Have a message tried again at an instant of real time; being `refused` for now is no attempt."""
    row = await session.get_one(Outbox, row_id)
    row.leased_until, row.error = until, error
    row.attempts -= refused
