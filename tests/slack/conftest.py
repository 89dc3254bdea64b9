"""The loopback server as a fixture."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.prepared import file, prepared
from tests.slack.scene import Scene, playing
from tests.slack.server import Slack

__all__ = ["file", "prepared"]


@pytest.fixture
async def platform() -> AsyncIterator[Slack]:
    """A Slack on loopback; a bot that asked for nonsense fails its test."""
    async with Slack().serving() as server:
        yield server


@pytest.fixture
async def scene(platform: Slack, file: Path) -> AsyncIterator[Scene]:
    """The bot in a channel in which nothing has happened, on the evening before the first week."""
    async with playing(file, platform) as made:
        yield made


@pytest.fixture
async def study(scene: Scene) -> Scene:
    """The same with a study that everybody has joined."""
    await scene.starts()
    return scene
