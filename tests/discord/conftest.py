"""The loopback server as a fixture, and the library told to talk to it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.discord.scene import Scene, opened, redirected_to
from tests.discord.server import Discord
from tests.prepared import file, prepared

__all__ = ["file", "prepared"]


@pytest.fixture
async def platform() -> AsyncIterator[Discord]:
    """A Discord on loopback; a bot that asked for nonsense fails its test."""
    async with Discord().serving() as server:
        yield server


@pytest.fixture
def redirected(platform: Discord) -> Iterator[Discord]:
    """The same, with discord.py in this process talking to it."""
    with redirected_to(platform) as server:
        yield server


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
