"""A group whose record goes to a GitHub on loopback; all but the wire of its chat is real."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.agenda.agenda import Agenda
from bot.agenda.outbox import Deliverer
from bot.commands.desk import Desk
from bot.doors.github.door import Connecting, GitHubDoor
from bot.doors.playground.courier import PlaygroundCourier
from bot.doors.playground.stage import DOOR
from bot.services.outbox import GITHUB
from db.models import Post
from tests.conversation import Conversation
from tests.github.server import GitHub
from tests.github.world import Repository

LEADER = "장서진"


@dataclass
class Office:
    """What the door asks of the application."""

    group: "Group"

    @property
    def desk(self) -> Desk:
        return self.group.desk

    def now(self) -> datetime:
        return self.group.now

    def wake(self) -> None:
        """Nothing: tests look themselves."""


class Linked(PlaygroundCourier):
    """The playground as if others could open it."""

    async def link(self, workspace: str, channel: str, thread_id: str) -> str | None:
        return f"https://chat.example/{channel}/{thread_id}"


def real() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


@dataclass
class Group(Conversation):
    """A conversation whose desk and outbox reach GitHub."""

    hub: GitHub = field(default_factory=GitHub)
    how: Connecting | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        token = Connecting(self.hub.api_url, self.hub.world.token)
        self.door = GitHubDoor(Office(self), self.how or token, real)
        self.desk = Desk(self.desk.commands, self.runner, self.door)
        couriers = {DOOR: Linked(self.runner, lambda: self.now, lambda: None)}
        carriers = {GITHUB: self.door.courier(couriers)}
        deliverer = Deliverer(self.runner, couriers, lambda: self.now, real, carriers)
        self.agenda = Agenda(self.runner, deliverer, lambda: self.now, ticking=False)

    async def connects(self, more: str = "") -> str:
        """Have the leader connect the repository, and hear what the answer's key is."""
        said = await self.says(LEADER, f"/records connect ku/mlops {more}".strip())
        return said.key

    async def publishes(self) -> None:
        """Have the leader publish at once, and wait until that is done."""
        await self.says(LEADER, "/records publish")
        await self.settles()

    async def minutes(self, at: str) -> None:
        """Let time pass until everything is published that has changed."""
        await self.until(at)
        await self.settles()

    async def settles(self, patience: float = 20.0) -> None:
        """Wait until nothing goes out any more."""
        async with asyncio.timeout(patience):
            await self.agenda.catch_up()
            while self.waits():
                await asyncio.sleep(0.05)
                await self.agenda.catch_up()

    def waits(self) -> bool:
        """Whether something is to be delivered still, and may be."""
        return bool(
            self.look(
                "SELECT 1 FROM outbox WHERE state IN ('waiting', 'leased')"
                " AND (not_before IS NULL OR not_before <= ?)"
                " AND (via IS NULL OR study_id NOT IN"
                " (SELECT study_id FROM repository WHERE paused_at IS NOT NULL))",
                f"{self.now.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}",
            )
        )

    def look(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What the database says."""
        with closing(sqlite3.connect(self.file)) as database:
            return database.execute(query, values).fetchall()

    def lapse(self) -> None:
        """Let the waits end of what is to be tried again; what is under way has a longer lease."""
        soon = f"{real() + timedelta(minutes=1):%Y-%m-%d %H:%M:%S.%f}"
        with closing(sqlite3.connect(self.file)) as database:
            database.execute(
                "UPDATE outbox SET leased_until = '2000-01-01' WHERE state = 'leased' AND leased_until < ?",
                (soon,),
            )
            database.commit()

    async def told(self, who: str = LEADER) -> list[Post]:
        """What somebody was told by direct message."""
        return await self.whispers(who)


@asynccontextmanager
async def grouped(file: Path, hub: GitHub, how: Connecting | None = None) -> AsyncIterator[Group]:
    """The group, on a database."""
    group = Group(file, hub=hub, how=how)
    async with group.runner:
        yield group
        await group.door.close()


def readme(repository: Repository, line: str) -> str:
    """The line of a README that begins like this."""
    return next(x for x in repository.text().splitlines() if x.startswith(line))
