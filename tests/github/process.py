"""`studybot run` as a process of its own, on loopback servers of Discord's and GitHub's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.discord.process import Running
from tests.discord.process import running as on_discord
from tests.discord.server import Discord
from tests.github.server import GitHub


@asynccontextmanager
async def running(folder: Path, platform: Discord, hub: GitHub) -> AsyncIterator[Running]:
    """The process, listening to Discord."""
    given = {"GITHUB__TOKEN": hub.world.token, "GITHUB__API_URL": hub.api_url}
    async with on_discord(folder, platform, **given) as bot:
        await bot.is_ready()
        yield bot
