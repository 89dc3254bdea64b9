"""The loopback server as a fixture."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.prepared import prepared
from tests.slack.scene import Scene, playing
from tests.slack.server import Slack

__all__ = ["prepared"]


@pytest.fixture
async def platform() -> AsyncIterator[Slack]:
    """A Slack on loopback; a bot that asked for nonsense fails its test."""
    server = Slack()
    await server.start()
    yield server
    await server.stop()
    server.hold()


@pytest.fixture
def file(prepared: dict[str | None, Path], tmp_path: Path) -> Path:
    """A migrated database file without a study."""
    return Path(shutil.copy(prepared[None], tmp_path / "studybot.db"))


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
