"""The virtual clock's reading, which survives a restart."""

from datetime import datetime

from sqlalchemy import delete, select

from db import Session
from db.models import Clock


async def read(session: Session) -> datetime | None:
    """Where the virtual clock stands; `None` where time is real."""
    now: datetime | None = await session.scalar(select(Clock.now))
    return now


async def write(session: Session, now: datetime) -> None:
    """Set the virtual clock."""
    await session.execute(delete(Clock))
    session.add(Clock(now=now))
