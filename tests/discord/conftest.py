"""The loopback server as a fixture, and the library told to talk to it."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import yarl
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord.scene import Scene, opened
from tests.discord.server import Discord
from tests.prepared import prepared

__all__ = ["prepared"]


@pytest.fixture
async def platform() -> AsyncIterator[Discord]:
    """A Discord on loopback; a bot that asked for nonsense fails its test."""
    server = Discord()
    await server.start()
    yield server
    await server.stop()
    server.hold()


@pytest.fixture
def redirected(platform: Discord) -> Iterator[Discord]:
    """The same, with discord.py in this process talking to it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Route, "BASE", platform.api_url)
        patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(platform.world.gateway_url))
        patch.setattr(Asset, "BASE", platform.root)
        yield platform


@pytest.fixture
def file(prepared: dict[str | None, Path], tmp_path: Path) -> Path:
    """A migrated database file without a study."""
    return Path(shutil.copy(prepared[None], tmp_path / "studybot.db"))


@pytest.fixture
async def scene(redirected: Discord, file: Path) -> AsyncIterator[Scene]:
    """The bot in a channel in which nothing has happened, on the evening before the first week."""
    channel = redirected.guild("ku").channel("mlops")
    async with opened(file, redirected) as house:
        yield Scene(redirected, house, channel)


@pytest.fixture
async def study(scene: Scene) -> Scene:
    """The same with a study that everybody has joined."""
    await scene.starts()
    return scene
