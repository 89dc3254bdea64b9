"""The playground as a platform: the messages of its channel, kept in the same database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, or_, select, update

from bot.doors.playground.stage import CHANNEL
from db import Session
from db.models import Post

SHOWN = 300
OPEN, CLOSED = "open", "closed"
"""Whether something can be said in a thread."""
FORM = "form-"
"""How the key of a message begins that asks its reader to fill in a form."""


def form_key() -> str:
    """A key for a form."""
    return FORM + uuid4().hex


async def add(
    session: Session,
    *,
    at: datetime,
    text: str,
    html: str,
    key: str | None = None,
    author: str | None = None,
    reader: str | None = None,
    mentions: Sequence[str] = (),
    buttons: Sequence[dict[str, Any]] = (),
    silent: bool = False,
    thread: str | None = None,
    thread_id: int | None = None,
) -> int:
    """Put a message in the channel, for `reader` alone where one is named, or in a thread; its id.

    A message whose key is there already is not put in again.
    """
    there = await with_key(session, key) if key else None
    if there is not None:
        return there
    post = Post(
        key=key or uuid4().hex,
        channel=CHANNEL,
        author=author,
        reader=reader,
        at=at,
        text=text,
        html=html,
        mentions=list(mentions),
        buttons=list(buttons),
        silent=silent,
        thread=thread,
        thread_id=thread_id,
    )
    session.add(post)
    await session.flush()
    return post.id


async def with_key(session: Session, key: str) -> int | None:
    """The id of the message with this marker."""
    found: int | None = await session.scalar(select(Post.id).where(Post.key == key))
    return found


async def edit(session: Session, id_: int, at: datetime, content: dict[str, Any]) -> None:
    """Show something else in a message's place."""
    await session.execute(update(Post).where(Post.id == id_).values(edited_at=at, **content))


async def set_thread(session: Session, id_: int, state: str) -> None:
    """Open or close the thread that begins with a message."""
    await session.execute(update(Post).where(Post.id == id_).values(thread=state))


async def threads(session: Session, openers: Sequence[int]) -> dict[int, list[Post]]:
    """What has been said in the threads that begin with these messages, in order."""
    found: dict[int, list[Post]] = {id_: [] for id_ in openers}
    rows = await session.scalars(select(Post).where(Post.thread_id.in_(openers)).order_by(Post.id))
    for post in rows:
        if post.thread_id is not None:
            found[post.thread_id].append(post)
    return found


async def take_down(session: Session, id_: int) -> None:
    """Remove a message."""
    await session.execute(delete(Post).where(Post.id == id_))


async def edit_form(session: Session, reader: str, at: datetime, text: str, html: str) -> None:
    """Show somebody's form anew."""
    forms = update(Post).where(Post.reader == reader, Post.key.startswith(FORM))
    await session.execute(forms.values(edited_at=at, text=text, html=html))


async def take_down_form(session: Session, reader: str) -> None:
    """Remove the form that somebody is asked to fill in; there is one at a time."""
    await session.execute(delete(Post).where(Post.reader == reader, Post.key.startswith(FORM)))


async def clear(session: Session) -> None:
    """Empty the channel."""
    await session.execute(delete(Post).where(Post.thread_id.is_not(None)))
    await session.execute(delete(Post))


async def seen_by(session: Session, reader: str | None) -> Sequence[Post]:
    """What somebody sees, the newest last; for nobody in particular what all see."""
    everybody = Post.reader.is_(None)
    mine = everybody if reader is None else or_(everybody, Post.reader == reader)
    shown = select(Post).where(mine, Post.thread_id.is_(None)).order_by(Post.id.desc()).limit(SHOWN)
    rows = await session.scalars(shown)
    return list(reversed(rows.all()))


async def get(session: Session, id_: int) -> Post | None:
    """A message by its id."""
    return await session.get(Post, id_)
