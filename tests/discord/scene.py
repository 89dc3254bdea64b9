"""The whole application on Discord's loopback server, on a virtual clock that both share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select

from bot.commands.command import Commands
from bot.config import Database, Playground, Settings
from bot.config import Discord as Wanted
from bot.house import House
from bot.services.outbox import LEASED, WAITING
from db import Session
from db.models import Outbox
from tests.discord.interactions import Interaction
from tests.discord.model import Message
from tests.discord.people import Person
from tests.discord.places import Channel
from tests.discord.server import Discord
from tests.rules.season_2022 import seoul

EVENING = seoul("2022-04-05 21:00")
"""The evening before the first week."""

NAMES = ("장서진", "구미진", "이은빈", "한현경", "문수인")


@dataclass
class Scene:
    """A group in its channel; the first of its people manages the server."""

    platform: Discord
    house: House
    channel: Channel
    language: str = "ko"

    @property
    def people(self) -> list[Person]:
        """Everybody of the group, the leader first."""
        return [self.platform.person(name, manages=name == NAMES[0], locale=self.language) for name in NAMES]

    @property
    def leader(self) -> Person:
        return self.people[0]

    async def until(self, to: str) -> None:
        """Let time pass."""
        await self.house.step_to(seoul(to))

    async def sent(self) -> list[Message]:
        """What the channel shows, once all has gone out that is to."""
        async with asyncio.timeout(10):
            await self.house.settle()
            while await self.house.runner.read(_unsent):
                await asyncio.sleep(0.1)
                await self.house.settle()
        return self.channel.messages

    async def starts(self, **more: str) -> Interaction:
        """Have the leader start the study, and everybody join."""
        leader, *others = self.people
        given = {"name": "Study-MLOps", "starts": "2022-04-06", "language": self.language} | more
        said = await leader.types(self.channel, "study start", weeks=12, **given)
        for person in others:
            await person.types(self.channel, "study join")
        await self.sent()
        return said


async def _unsent(session: Session) -> bool:
    waiting = select(Outbox.id).where(Outbox.state.in_((WAITING, LEASED))).limit(1)
    return await session.scalar(waiting) is not None


def settings(file: Path, platform: Discord, **more: object) -> Settings:
    """A database file and the bot."""
    wanted = Wanted(token=SecretStr(platform.world.token), api_url=platform.api_url, **more)
    return Settings(
        database=Database(url=f"sqlite:///{file}"), playground=Playground(enabled=False), discord=wanted
    )


@asynccontextmanager
async def opened(
    file: Path, platform: Discord, *, now: datetime | None = EVENING, **more: object
) -> AsyncIterator[House]:
    """The application, connected and with its commands registered."""
    house = House(settings(file, platform, **more), Commands.in_package("cogs"))
    await house.open()
    try:
        if now is not None:
            if house.now() > now or not house.is_virtual:
                await house.make_virtual(now)
            platform.world.now = house.now
        await platform.until(lambda: any(platform.world.commands.values()), 10)
        await platform.gateway.is_ready(patience=20)
        yield house
    finally:
        await house.close()
