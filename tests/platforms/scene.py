"""What a scene is on any platform: the whole application and a group in its channel, on one virtual clock."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy import select

from bot.commands.command import Commands
from bot.house import House
from bot.services.outbox import LEASED, WAITING
from db import Session
from db.models import Outbox
from tests.platforms.server import Loopback
from tests.rules.season_2022 import seoul

EVENING = seoul("2022-04-05 21:00")
"""The evening before the first week."""

COMMANDS = Commands.in_package("cogs")


class Answer(Protocol):
    """What one can read."""

    @property
    def text(self) -> str: ...


class Posted(Answer, Protocol):
    """A message, and those whom it notifies."""

    @property
    def pinged(self) -> Sequence[object]: ...


class Named(Protocol):
    """Somebody."""

    name: str


P = TypeVar("P", bound=Named)
M = TypeVar("M", bound=Posted)


class Place(Protocol[M]):
    """A channel."""

    @property
    def messages(self) -> list[M]: ...


@dataclass
class BaseScene(Generic[P, M]):
    """A group in its channel; the first of its people manages the place."""

    platform: Loopback
    house: House
    channel: Place[M]
    language: str = "ko"
    patience: ClassVar[float]
    """Seconds within which all goes out."""

    @property
    def people(self) -> list[P]:
        """Everybody of the group, the leader first."""
        raise NotImplementedError

    @property
    def leader(self) -> P:
        return self.people[0]

    async def until(self, to: str) -> None:
        """Let time pass."""
        await self.house.step_to(seoul(to))

    async def sent(self) -> list[M]:
        """What the channel shows, once all has gone out that is to."""
        async with asyncio.timeout(self.patience):
            await self.house.settle()
            while await self.house.runner.read(_unsent):
                await asyncio.sleep(0.1)
                await self.house.settle()
        return self.channel.messages


@dataclass
class BaseTalk(Generic[P, M]):
    """A scene in which everybody types and presses in the language that they read."""

    scene: BaseScene[P, M]

    @property
    def language(self) -> str:
        return self.scene.language

    def person(self, name: str) -> P:
        """Give somebody of the group."""
        return next(person for person in self.scene.people if person.name == name)

    async def types(self, name: str, line: str, /, **given: Any) -> Answer:
        """Type a command, its options by their English names, and wait for the private answer."""
        raise NotImplementedError

    async def presses(self, name: str, message: M, button: str, **values: Any) -> Answer:
        """Press a button by its key in the catalogues, and send the form that it may open."""
        raise NotImplementedError

    async def fills(self, name: str, line: str, /, **given: Any) -> Answer:
        """Type a command without what it needs, and send the form that asks for it."""
        raise NotImplementedError

    async def reads(self, at: str) -> M:
        """Let time pass, and give the newest message of the channel."""
        await self.scene.until(f"2022-{at}")
        return (await self.scene.sent())[-1]

    async def told(self, *parts: str) -> M:
        """Give the newest message of the channel that says all of this."""
        messages = [x for x in await self.scene.sent() if all(part in x.text for part in parts)]
        assert messages, f"nothing says {parts} but {[x.text for x in self.scene.channel.messages][-3:]}"
        return messages[-1]


async def _unsent(session: Session) -> bool:
    waiting = select(Outbox.id).where(Outbox.state.in_((WAITING, LEASED))).limit(1)
    return await session.scalar(waiting) is not None


@asynccontextmanager
async def on_one_clock(
    house: House, platform: Loopback, now: datetime | None = EVENING
) -> AsyncIterator[None]:
    """The application is open, and the platform goes by its clock."""
    await house.open()
    try:
        if now is not None:
            if house.now() > now or not house.is_virtual:
                await house.make_virtual(now)
            platform.world.now = house.now
        yield
    finally:
        await house.close()
