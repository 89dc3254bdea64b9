"""Publishing a study's record in a repository on GitHub: where, how far it has come, and what keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import select, update

from bot.rules.refusal import Refused
from bot.services import history, leaders, outbox
from bot.services.outbox import DROPPED, WAITING
from bot.services.scope import Caller, Role, acting, scope
from bot.texts import Command
from db import Session
from db import models as m

README = "README.md"
"""The file that is meant where none is named."""

LOST = "lost"
"""What a leader names instead of a document where a file is to be made again."""


class Why(StrEnum):
    """What keeps a record from being published."""

    TOKEN = "token"
    """GitHub knows the token no more."""
    RIGHTS = "rights"
    """The token may not write there."""
    MISSING = "missing"
    """There is no such repository, or the token does not see it."""
    ARCHIVED = "archived"
    """The repository is read-only."""
    PROTECTED = "protected"
    """The branch takes no commits but those of pull requests."""
    UNREADABLE = "no-file"
    """A folder is in the file's place, or it is too large."""
    REFUSED = "refused"
    """Something else."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A repository as GitHub shows it now."""

    name: str
    url: str
    path: str
    has_file: bool
    has_issues: bool
    is_protected: bool
    is_named: bool = False
    """Whether somebody has named the file, so that it is meant."""


class GitHub(Protocol):
    """Whoever asks GitHub."""

    async def look(self, name: str, path: str) -> Seen:
        """See whether a file of a repository can be read and written; refused, with what to do, where not."""

    async def read(self, name: str, path: str) -> bytes:
        """A file of a repository; refused, with what to do, where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Connected:
    """A study with the repository that its record is published in."""

    study: m.Study
    repository: m.Repository


async def refuse_others(session: Session, caller: Caller) -> None:
    """Refuse anybody but a leader."""
    (await scope(session, caller)).require(Role.LEADER)


async def refuse_strangers(session: Session, caller: Caller) -> None:
    """Refuse anybody but a leader of a running study."""
    found = await scope(session, caller)
    found.still_running()
    found.require(Role.LEADER)


async def publish(session: Session, caller: Caller, ours: str | None, at: datetime) -> Connected:
    """Publish the record at once, as a leader, also where it could not be done before.

    `ours` is a document on GitHub whose cells may give way to the study's.
    """
    found = await acting(session, caller, at, over=True)
    leader = found.require(Role.LEADER)
    row = await connected(session, found.study)
    row.paused_at = None
    # Whoever asks for it wants to hear again what keeps it.
    await session.execute(update(m.Page).where(m.Page.study_id == found.study.id).values(asked=None))
    line = await history.note(session, history.Line(found.study, "published", at, by=leader.id))
    values = {"line": line, "ours": ours} if ours else {"line": line}
    await outbox.publish(session, [found.study], at, values)
    return Connected(found.study, row)


async def connected(session: Session, study: m.Study) -> m.Repository:
    """The repository of a study; refused where it has none."""
    row = await of(session, study.id)
    if row is None:
        raise Refused("github-not-connected", command=Command("records connect"))
    return row


async def of(session: Session, study: int) -> m.Repository | None:
    """The repository that a study's record is published in."""
    found: m.Repository | None = await session.scalar(
        select(m.Repository).where(m.Repository.study_id == study)
    )
    return found


async def page(session: Session, study: int, path: str) -> m.Page | None:
    """How far a file of a study's repository has come."""
    found: m.Page | None = await session.scalar(
        select(m.Page).where(m.Page.study_id == study, m.Page.path == path)
    )
    return found


async def page_in(session: Session, to: m.Repository, path: str) -> m.Page | None:
    """How far a file has come, to be changed; `None` where its repository has been let go meanwhile."""
    await session.get_one(m.Study, to.study_id, with_for_update=True)  # who disconnects locks it first, too
    there = await of(session, to.study_id)
    if there is None or there.name != to.name:
        return None
    row = await page(session, to.study_id, path)
    if row is None:
        row = m.Page(study_id=to.study_id, path=path)
        session.add(row)
    return row


async def begin(session: Session, to: m.Repository, path: str, base: bytes, mark: str) -> bool:
    """Keep what both will agree on once a file is written: whether it is may be learned only later."""
    row = await page_in(session, to, path)
    if row is not None:
        row.writing, row.mark = base, mark
    return row is not None


async def arrived(session: Session, study: int, path: str) -> None:
    """Know that a file was written of which nothing was heard."""
    row = await page(session, study, path)
    if row is not None and row.mark is not None:
        row.base, row.writing, row.mark = row.writing, None, None


async def done(session: Session, study_id: int, by: Mapping[str, Any], at: datetime) -> None:
    """Know that the record is published, and tell whoever asked for it or heard that it could not be."""
    row = await of(session, study_id)
    if row is None:
        return
    study = await session.get_one(m.Study, study_id)
    row.paused_at = None
    if row.paused_why is not None:
        row.paused_why = None
        await leaders.tell(session, study, f"publishes:{at.isoformat()}", "publishes", {}, at)
    if line := by.get("line"):
        values = {"url": f"{row.url}/blob/HEAD/{row.path}"}
        await outbox.announce(session, study, "published", at, line, **values)


async def ask(
    session: Session, row: m.Page, kind: str, asks: Sequence[str], document: str, at: datetime
) -> None:
    """Ask the leaders about what was edited by hand; once, until it is another question."""
    digest = sha256("\n".join(asks).encode()).hexdigest() if asks else None
    if digest is not None and digest != row.asked:
        study = await session.get_one(m.Study, row.study_id)
        values = {"path": row.path, "asks": list(asks), "document": document}
        await leaders.tell(session, study, f"asks:{digest[:16]}:{at.isoformat()}", kind, values, at)
    row.asked = digest


async def ask_for(session: Session, to: m.Repository, path: str, at: datetime) -> None:
    """Ask the leaders about a file that is there no more; once."""
    row = await page_in(session, to, path)
    if row is not None and row.asked != LOST:
        row.asked = LOST
        study = await session.get_one(m.Study, row.study_id)
        await leaders.tell(
            session, study, f"lost:{path}:{at.isoformat()}", "publish_lost", {"path": path}, at
        )


async def blocked(session: Session, row_id: int, why: Why, error: str, at: datetime) -> None:
    """Hold back what goes to a repository that takes nothing, and tell the leaders, once a reason."""
    message = await session.get_one(m.Outbox, row_id)
    study = await session.get_one(m.Study, message.study_id, with_for_update=True)
    message.error, message.leased_until = error, None
    message.state = DROPPED if message.kind == "publish" else WAITING
    row = await of(session, study.id)
    if row is None:
        message.state = DROPPED
        return
    await session.flush()
    if message.kind == "publish":
        # It may have a successor already, of which there can be but one.
        await outbox.publish(session, [study], at, message.values or None)
    row.paused_at = at
    if row.paused_why != why:
        row.paused_why = why
        values = {"why": why.value, "repository": row.name, "path": row.path, "problem": error}
        await leaders.tell(session, study, f"blocked:{row_id}:{why}", "publish_blocked", values, at)


async def without_issues(session: Session, study_id: int, key: str, at: datetime) -> None:
    """Know that a repository takes no issues from us, and tell the leaders."""
    row = await of(session, study_id)
    if row is not None and row.issues:
        row.issues = False
        study = await session.get_one(m.Study, study_id)
        values = {"repository": row.name}
        await leaders.tell(
            session, study, f"no-issues:{key.partition(':')[2]}", "publish_no_issues", values, at
        )


async def try_again(session: Session) -> None:
    """Let go out what was held back: perhaps it is taken now."""
    await session.execute(
        update(m.Repository).where(m.Repository.paused_at.is_not(None)).values(paused_at=None)
    )
