"""Calendars to subscribe to: a secret address for each member, until they want another or none."""

import re
import secrets

from sqlalchemy import delete, select

from bot.services.scope import Caller, scope
from db import Session
from db.models import Feed, Member, Study

LENGTH = 24
"""Bytes of chance in an address."""

ADDRESS = re.compile(r"[\w-]{1,64}", re.ASCII)
"""What an address may be; PostgreSQL stumbles over some of what else can be asked for."""


async def address(session: Session, caller: Caller) -> str | None:
    """What the caller's address ends in, if they have one; refused for who is no member."""
    member = (await scope(session, caller)).member
    found: str | None = await session.scalar(select(Feed.token).where(Feed.member_id == member.id))
    return found


async def given(session: Session, caller: Caller) -> str:
    """The caller's address, made where they have none: one, however often they ask at once."""
    await scope(session, caller, lock=True)
    return await address(session, caller) or await renew(session, caller)


async def renew(session: Session, caller: Caller) -> str:
    """Give the caller an address; one that they had leads nowhere from now on."""
    await stop(session, caller)
    member = (await scope(session, caller)).member
    feed = Feed(member_id=member.id, token=secrets.token_urlsafe(LENGTH))
    session.add(feed)
    return feed.token


async def stop(session: Session, caller: Caller) -> None:
    """Take the caller's address back."""
    member = (await scope(session, caller, lock=True)).member
    await session.execute(delete(Feed).where(Feed.member_id == member.id))


async def whose(session: Session, token: str) -> tuple[Study, Member] | None:
    """Whose address it is; nobody's where it was taken back, or they have left."""
    if not ADDRESS.fullmatch(token):
        return None
    query = select(Study, Member).join(Member, Member.study_id == Study.id).join(Feed)
    found = (await session.execute(query.where(Feed.token == token, Member.left_at.is_(None)))).one_or_none()
    return (found[0], found[1]) if found else None
