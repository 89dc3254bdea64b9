"""GitHub's way out: rows of the outbox become commits and issues, each once."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

import aiohttp
import structlog
from gidgethub import GitHubBroken

from bot.commands.courier import Blocked, Courier, Undeliverable
from bot.doors.github.access import NotInstalled
from bot.doors.github.api import FORBIDDEN, Limited, Refusal
from bot.doors.github.client import Client, File, Issue, NotAFile, Stale, blob_sha
from bot.doors.office import Office
from bot.doors.pace import Pace
from bot.records import publishing as records
from bot.records.issue import Asking, asking
from bot.records.log.exporting import has_log
from bot.records.publishing import Draft, Kept
from bot.services import delivery, issues, publishing
from bot.services.outbox import LEASED, WAITING
from bot.services.publishing import Why
from db import Session
from db.models import Outbox, Repository, Study

log = structlog.get_logger()

SOON = timedelta(seconds=5)
TRIES = 5
"""How often a file is read again that is changed while we change it."""

RULES = ("protected", "rule violation", "could not update file", "could not create file", "approving review")
"""What GitHub says where a branch takes no commits but those of pull requests."""

GONE = 410

SILENCE = (aiohttp.ClientError, OSError, TimeoutError, GitHubBroken)
"""What GitHub is not to be blamed for, or will mend itself: it is waited for, however long it takes."""

LONGEST = 600
"""Seconds between two tries while GitHub says nothing."""

Drafting = Callable[[Session, int, bytes | None, Kept, datetime], Awaitable[Draft | None]]


class Wire(Protocol):
    """The connection to GitHub."""

    @property
    def office(self) -> Office: ...

    @property
    def client(self) -> Client: ...


class GitHubCourier:
    """Publishes records and keeps the issues of the weeks' questions."""

    def __init__(self, line: Wire, couriers: Mapping[str, Courier]) -> None:
        self._line = line
        self._couriers = couriers
        """Those of the chats, who know where a thread is."""
        self._pace = Pace(line.office, 0)
        self._silences = 0
        """How often in a row nothing was heard."""

    async def carry(self, row: Outbox) -> str | None:
        async with self._problems():
            match row.kind:
                case "publish":
                    return await self._publish(row)
                case "issue":
                    return await self._asked(row, self._open)
                case _:
                    return await self._asked(row, self._follow)

    # the record

    async def _publish(self, row: Outbox) -> str | None:
        """Write the README where it says something else, and the log beside it where it is not in there."""
        runner = self._line.office.desk.runner
        there = await runner.read(publishing.of, row.study_id)
        if there is None:
            return None
        readme = await self._write(row, there, there.path, records.draft)
        if readme is None:
            return None
        if not has_log(readme):
            await self._write(row, there, records.log_path(there.path), records.log_draft)
        await runner.run(publishing.done, row.study_id, row.values, self._line.office.now())
        return None

    async def _write(self, row: Outbox, to: Repository, path: str, drafting: Drafting) -> bytes | None:
        """Commit a file as it is to be, and give it; `None` where there is to be none, or none any more."""
        office, client, study = self._line.office, self._line.client, row.study_id
        runner = office.desk.runner
        for _ in range(TRIES):
            file = await client.file(to.name, path)
            there = await self._agreed_on(row, to.name, path, file)
            document = file.content if file else None
            if file is None and there.is_published and row.values.get("ours") != publishing.LOST:
                await runner.run(publishing.ask_for, to, path, office.now())
                return None
            drafted = await runner.read(drafting, study, document, there, office.now())
            if drafted is None:
                return None
            sha = blob_sha(drafted.content)
            if drafted.content != document:
                mark = f"{_digest(row)[:12]}-{sha[:12]}"
                if not await runner.run(publishing.begin, to, path, drafted.base, mark):
                    return None  # it is to be published there no more
                said = records.message(drafted.title, mark)
                try:
                    await client.write(to.name, path, drafted.content, file, said)
                except Stale:
                    continue
            await runner.run(records.agree, to, path, drafted, sha, office.now())
            return drafted.content
        raise self._pace.later(SOON)

    async def _agreed_on(self, row: Outbox, name: str, path: str, file: File | None) -> Kept:
        """What both agreed on last, a commit included of which nothing was heard."""
        runner = self._line.office.desk.runner
        there = await runner.read(records.kept, row.study_id, path)
        if file is None:
            return there
        if row.values.get("ours") == file.sha:
            return await runner.read(records.given_way, row.study_id, file.content)
        if there.writing is None or there.mark is None:
            return there
        if not file.sha.startswith(there.mark.partition("-")[2]):
            said = await self._line.client.messages(name, path)
            if not any(there.mark in message for message in said):
                return there
        await runner.run(publishing.arrived, row.study_id, path)
        return there.arrived

    # the questions

    async def _open(self, row: Outbox) -> str | None:
        """Open the week's issue, where it has not been."""
        runner, client = self._line.office.desk.runner, self._line.client
        repository = await runner.read(publishing.of, row.study_id)
        if repository is None or not repository.issues:
            return None
        thread = await self._thread(row)
        said = await runner.read(asking, row.study_id, row.values["week"], thread)
        found = None
        if row.attempts > 1 or row.error:
            found = await client.find_issue(repository.name, _marker(row))
        made = found or await self._made(row, repository.name, said)
        now = self._line.office.now()
        await runner.run(issues.opened, row.id, repository.name, made.number, made.url, now)
        return str(made.number)

    async def _asked(self, row: Outbox, do: Callable[[Outbox], Awaitable[str | None]]) -> str | None:
        """Do something with an issue; the record goes on where that is not to be."""
        try:
            return await do(row)
        except Refusal as no:
            why = why_of(no)
            if no.status == GONE or why is Why.RIGHTS:
                now = self._line.office.now()
                await self._line.office.desk.runner.run(publishing.without_issues, row.study_id, row.key, now)
                return None
            if why is Why.REFUSED:
                raise Undeliverable(str(no)) from no
            raise

    async def _made(self, row: Outbox, name: str, said: Asking) -> Issue:
        """Open an issue; without whom it cannot be given to."""
        client, body, labels = self._line.client, f"{said.body}\n\n{_marker(row)}", list(said.labels)
        if said.assignee:
            try:
                return await client.open_issue(
                    name, said.title, body, labels=labels, assignees=[said.assignee]
                )
            except Refusal as no:
                if no.status != 422:
                    raise
        return await client.open_issue(name, said.title, body, labels=labels)

    async def _thread(self, row: Outbox) -> str | None:
        """The address of the week's thread, which has to be there before; unless it will not be."""
        opening = await self._line.office.desk.runner.read(issues.thread_of, row.study_id, row.values["week"])
        if opening is None:
            return None
        study = await self._line.office.desk.runner.read(_study, row.study_id)
        if opening.message_id is None:
            if opening.state in (WAITING, LEASED) and study.paused_at is None:
                raise self._pace.later(SOON)
            return None
        courier = self._couriers.get(study.door)
        return await courier.link(study.workspace, study.channel, opening.message_id) if courier else None

    async def _follow(self, row: Outbox) -> None:
        """Close the week's issue with a word, or open it again; one that somebody has closed is left so."""
        runner, client = self._line.office.desk.runner, self._line.client
        opening = await runner.read(delivery.target, row.target_id or 0)
        if opening.message_id is None or await runner.read(publishing.of, row.study_id) is None:
            return
        name, number = opening.values["repository"], int(opening.message_id)
        issue = await client.issue(name, number)
        if issue is None:
            return
        if row.kind == "issue_reopened":
            if not issue.is_open:
                await client.set_issue(name, number, is_open=True)
            return
        if not issue.is_open:
            return
        said = await runner.read(asking, row.study_id, row.values["week"], None)
        is_new = row.attempts == 1 and not row.error
        if is_new or not await client.has_comment(name, number, _marker(row)):
            await self._say(name, number, f"{said.closing}\n\n{_marker(row)}")
        await client.set_issue(name, number, is_open=False)

    async def _say(self, name: str, number: int, words: str) -> None:
        """Say something under an issue, unless somebody has locked it."""
        try:
            await self._line.client.comment(name, number, words)
        except Refusal as no:
            if no.status != FORBIDDEN or "locked" not in no.said:
                raise

    @asynccontextmanager
    async def _problems(self) -> AsyncIterator[None]:
        """What GitHub refuses for now, until somebody does something about it, or for good."""
        try:
            yield
            self._silences = 0
        except SILENCE as silence:
            self._silences += 1
            wait = min(2 ** min(self._silences, 10), LONGEST)
            log.warning("github is silent", wait=wait, problem=repr(silence))
            raise self._pace.later(timedelta(seconds=wait)) from silence
        except Limited as limit:
            raise self._pace.later(limit.wait) from limit
        except NotInstalled as no:
            raise Blocked(Why.MISSING, "GitHub: the app is not installed there") from no
        except NotAFile as no:
            raise Blocked(Why.UNREADABLE, "GitHub: not a file that can be read") from no
        except Refusal as no:
            raise Blocked(why_of(no), str(no)) from no


def why_of(no: Refusal) -> Why:
    """What a refusal means."""
    said = no.said.lower()
    if no.status == 401:
        return Why.TOKEN
    if "archived" in said:
        return Why.ARCHIVED
    if any(part in said for part in RULES):
        return Why.PROTECTED
    if no.status == FORBIDDEN:
        return Why.RIGHTS
    return Why.MISSING if no.status == 404 else Why.REFUSED


def _digest(row: Outbox) -> str:
    """A key is unique in one database: its instant tells it from another one's."""
    return sha256(f"{row.key} {row.at.isoformat()}".encode()).hexdigest()


def _marker(row: Outbox) -> str:
    """What an issue or a comment is known by; nobody sees it."""
    return f"<!-- studybot {_digest(row)[:32]} -->"


async def _study(session: Session, study: int) -> Study:
    return await session.get_one(Study, study)
