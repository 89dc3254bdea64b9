"""The whole application on Discord's loopback server, on a virtual clock that both share."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import yarl
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.config import Database, Playground, Settings
from bot.config import Discord as Wanted
from bot.house import House
from tests.discord.interactions import Interaction
from tests.discord.model import Message
from tests.discord.people import Person
from tests.discord.places import Channel
from tests.discord.server import Discord
from tests.platforms.scene import COMMANDS, EVENING, BaseScene, on_one_clock
from tests.rules.season_2022 import NAMES


@dataclass
class Scene(BaseScene[Person, Message]):
    """A group in its channel; the first of its people manages the server."""

    platform: Discord
    channel: Channel
    patience = 10

    @property
    def people(self) -> list[Person]:
        """Everybody of the group, the leader first."""
        return [self.platform.person(name, manages=name == NAMES[0], locale=self.language) for name in NAMES]

    async def starts(self, **more: str) -> Interaction:
        """Have the leader start the study, and everybody join."""
        leader, *others = self.people
        given = {"name": "Study-MLOps", "starts": "2022-04-06", "language": self.language} | more
        said = await leader.types(self.channel, "study start", weeks=12, **given)
        for person in others:
            await person.types(self.channel, "study join")
        await self.sent()
        return said


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
    house = House(settings(file, platform, **more), COMMANDS)
    async with on_one_clock(house, platform, now):
        await platform.is_ready()
        yield house


@contextmanager
def redirected_to(platform: Discord) -> Iterator[Discord]:
    """Have discord.py in this process talk to a loopback server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Route, "BASE", platform.api_url)
        patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(platform.world.gateway_url))
        patch.setattr(Asset, "BASE", platform.root)
        yield platform
