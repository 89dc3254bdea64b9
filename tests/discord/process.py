"""`studybot run` as a process of its own, on Discord's loopback server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.discord.server import Discord
from tests.platforms import process


@dataclass
class Running(process.Running):
    """A process that runs, and may be killed."""

    platform: Discord

    async def is_ready(self) -> None:
        """Wait until it listens to Discord, and have one clock for both."""
        await self.platform.is_ready(20)
        await self.now()


@asynccontextmanager
async def running(folder: Path, platform: Discord, **more: str) -> AsyncIterator[Running]:
    """The process, ready to be talked to."""
    given = {"DISCORD__TOKEN": platform.world.token, "DISCORD__API_URL": platform.api_url}
    async with process.started(folder, given | more) as (started, address):
        yield Running(started, address, platform)
