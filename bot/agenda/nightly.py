"""A backup every night, by the machine's clock, and the newest few of them kept."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import structlog
from sqlalchemy import select

from bot.agenda.scheduler import Alarm
from db import Runner, Session
from db.backup import back_up
from db.engine import file_of, understand
from db.models import Study

log = structlog.get_logger()

DAY = timedelta(days=1)
STAMP = "%Y%m%dT%H%M%SZ"


class Shelf:
    """The folder in which a database's backups stand; other files in it are left alone."""

    def __init__(self, url: str, folder: str, keep: int) -> None:
        database = file_of(url)
        self.folder = database.parent / folder if database else Path(folder)
        self.keep = keep
        name = database.stem if database else str(understand(url).database)
        self._prefix = re.sub(r"[^\w-]", "_", name) + "-"
        self._ours = re.compile(re.escape(self._prefix) + r"(\d{8}T\d{6}Z)\.zip")
        self._left = re.compile(r"\." + self._ours.pattern + r"\.\w+\.part")

    def place(self, at: datetime) -> Path:
        """Where the backup of an instant goes."""
        return self.folder / f"{self._prefix}{at.astimezone(UTC):{STAMP}}.zip"

    def taken(self) -> list[datetime]:
        """When the backups that are there were taken, the oldest first."""
        return sorted(at for at, _ in self._stamped(self._ours))

    def prune(self, now: datetime) -> None:
        """Delete all but the newest few, and what a kill left unfinished more than a day ago."""
        for at in self.taken()[: -self.keep]:
            self.place(at).unlink(missing_ok=True)
        for at, file in self._stamped(self._left):
            if at < now - DAY:
                file.unlink(missing_ok=True)

    def can_be_written(self) -> bool:
        """Whether backups can be put here; the folder is made where it is missing."""
        there = next((x for x in (self.folder, *self.folder.absolute().parents) if x.exists()), None)
        return there is not None and there.is_dir() and os.access(there, os.W_OK | os.X_OK)

    def __str__(self) -> str:
        """Where they stand and of when the last one is, for who checks."""
        if not self.can_be_written():
            return f"{self.folder}: cannot be written"
        taken = self.taken()
        return f"{self.folder}: {f'the last is of {taken[-1]:%Y-%m-%d %H:%M} UTC' if taken else 'none yet'}"

    def _stamped(self, pattern: re.Pattern[str]) -> Iterator[tuple[datetime, Path]]:
        for file in [*self.folder.iterdir()] if self.folder.is_dir() else []:
            match = pattern.fullmatch(file.name)
            with suppress(ValueError):  # a name with a thirteenth month is somebody else's
                if match and file.is_file():
                    yield datetime.strptime(match[1], STAMP).replace(tzinfo=UTC), file


class Nightly:
    """Takes the backups of a shelf."""

    def __init__(self, url: str, shelf: Shelf, now: Callable[[], datetime], still: asyncio.Lock) -> None:
        self._url = url
        self._shelf = shelf
        self._now = now
        """The machine's time, also where the studies' stands still."""
        self._still = still
        """Held while the database has to stay where it is."""

    async def run(self, at: time) -> None:
        """Take one every night until cancelled, and at once where last night's is missing."""
        wish = asyncio.Event()
        alarm = Alarm(wish.set)
        alarm.start(at)
        try:
            await self.back_up(unless_since=DAY)
            while await wish.wait():
                wish.clear()
                await self.back_up()
        finally:
            alarm.stop()

    async def back_up(self, unless_since: timedelta = timedelta(0)) -> None:
        """Take a backup, unless there is one not older than this; a fault is logged and stops nothing."""
        try:
            now = self._now()
            if not any(now - at < unless_since for at in self._shelf.taken()):
                async with self._still:
                    await self._take(now)
        except Exception:
            log.exception("fault in the nightly backup")

    async def _take(self, now: datetime) -> None:
        # Without a study there is nothing to keep: after a loss, empty ones would push out what is kept.
        async with Runner(self._url) as runner:
            if await runner.read(_any_study) is None:
                return
        self._shelf.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = await back_up(self._url, self._shelf.place(now), now)
        self._shelf.prune(now)
        log.info("backup taken", file=str(self._shelf.place(now)), rows=made.rows)


async def _any_study(session: Session) -> int | None:
    return await session.scalar(select(Study.id).limit(1))


@asynccontextmanager
async def nightly(by_night: Nightly, at: time) -> AsyncIterator[None]:
    """Have backups taken meanwhile."""
    task = asyncio.create_task(by_night.run(at))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
