"""Question threads of the channel: what was said in them, and saying more."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import escape

from bot.commands.kinds import TextKind
from bot.doors.playground import posts
from bot.rules.refusal import Refused
from db import Session
from db.models import Post

WORDS = TextKind(most=1_000, long=True)
OF_WEEK = re.compile(r"\d+:questions:(\d+)")
"""How the key of the message looks that a week's thread begins with."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread by the message it begins with, and what was said in it."""

    opener: Post
    replies: Sequence[Post]

    @property
    def is_open(self) -> bool:
        """Whether something can be said in it."""
        return self.opener.thread == posts.OPEN

    @property
    def week(self) -> int | None:
        """The week whose questions are asked here."""
        found = OF_WEEK.fullmatch(self.opener.key)
        return int(found[1]) if found else None

    @property
    def version(self) -> str:
        """What changes with anything that it shows."""
        return f"{self.opener.thread} {[reply.id for reply in self.replies]}"


async def threads_of(session: Session, shown: Sequence[Post]) -> Mapping[int, Thread]:
    """The threads that begin with messages of the channel, by the id of the message."""
    openers = {post.id: post for post in shown if post.thread is not None}
    if not openers:
        return {}
    said = await posts.threads(session, list(openers))
    return {id_: Thread(opener, said[id_]) for id_, opener in openers.items()}


async def say(session: Session, thread: int, account: str, text: str, at: datetime) -> None:
    """Say something in a thread; refused where there is none or it is closed, and for what nobody may say."""
    opener = await posts.get(session, thread)
    if opener is None or opener.thread is None:
        raise Refused("page-thread-unknown")
    if opener.thread != posts.OPEN:
        raise Refused("page-thread-closed")
    words = WORDS.read(text)
    html = str(escape(words))
    await posts.add(session, at=at, text=words, html=html, author=account, thread_id=thread)
