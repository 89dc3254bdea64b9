"""The study that the channel shows, and what its people are called."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.doors.playground.stage import CHANNEL, DOOR, WORKSPACE
from bot.services.scope import in_channel
from db import Session
from db.models import Member, Study


async def shown_study(session: Session) -> Study | None:
    """The study that runs in the channel, else the last one that ended there."""
    study: Study | None = await session.scalar(in_channel(DOOR, WORKSPACE, CHANNEL))
    return study


async def names_of(session: Session, study: Study) -> Mapping[str, str]:
    """What the accounts of a study's members are called; also of past ones, unless others have them now."""
    rows = await session.scalars(
        select(Member)
        .where(Member.study_id == study.id, Member.account.is_not(None))
        .order_by(Member.left_at.is_(None), Member.id)
    )
    return {row.account: row.name for row in rows if row.account}
