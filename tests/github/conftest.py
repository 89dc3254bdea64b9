"""The server as a fixture, with a repository in it, and a group."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.github.scene import Group, grouped
from tests.github.server import GitHub
from tests.github.world import Repository
from tests.prepared import file, prepared

__all__ = ["file", "prepared"]

README = """# Study-MLOps

우리 스터디의 기록이에요.

|주차|과제|팀블로그|
|:---:|---|:---:|
|1주차|[장서진]() &nbsp; [구미진]() &nbsp; [이은빈]() &nbsp; [한현경]() &nbsp; [문수인]()|이은빈|
|2주차|[장서진]() &nbsp; [구미진]() &nbsp; [이은빈]() &nbsp; [한현경]() &nbsp; [문수인]()|문수인|
|3주차|[장서진]() &nbsp; [구미진]() &nbsp; [이은빈]() &nbsp; [한현경]() &nbsp; [문수인]()|한현경|
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let changes follow each other at once."""
    monkeypatch.setattr("bot.doors.github.api.PACE", 0.0)


@pytest.fixture
async def hub() -> AsyncIterator[GitHub]:
    """A GitHub on loopback; a bot that asked for nonsense fails its test."""
    async with GitHub().serving() as server:
        yield server


@pytest.fixture
def repository(hub: GitHub) -> Repository:
    """The group's repository, with the README that it kept by hand."""
    return hub.world.repository("ku/mlops", README.encode())


@pytest.fixture
async def group(hub: GitHub, prepared: dict[str | None, Path], tmp_path: Path) -> AsyncIterator[Group]:
    """The sample's study on the evening before its first week."""
    async with grouped(Path(shutil.copy(prepared["ko"], tmp_path / "studybot.db")), hub) as made:
        yield made
