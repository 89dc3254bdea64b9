"""Study groups to begin a test with: database files that are made once a run and copied."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.doors.playground import sample
from bot.texts import LANGUAGES
from db import Runner
from db.migrate import upgrade
from tests.conversation import Conversation
from tests.rules.season_2022 import seoul

WEEK_3 = seoul("2022-05-05 12:00")


async def _prepare(file: Path, language: str | None) -> None:
    await upgrade(f"sqlite:///{file}")
    if language:
        async with Runner(f"sqlite:///{file}") as runner:
            await runner.run(sample.load, language)


async def _play(file: Path) -> None:
    """Let weeks 1 and 2 pass with some hand-ins, and stand in the middle of week 3."""
    group = Conversation(file)
    async with group.runner:
        await group.says("장서진", "/submit https://example.org/1", at="2022-04-07 21:00")
        await group.says("구미진", "/submit https://example.org/1", at="2022-04-13 09:00")
        await group.until("2022-05-05 12:00")
        for name in ("장서진", "구미진", "이은빈", "한현경"):
            await group.says(name, f"/submit https://example.org/3/{name}")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str | None, Path]:
    """Database files to begin from, made once a run: the sample in each language, later, and an empty one."""
    folder = tmp_path_factory.mktemp("prepared")
    files: dict[str | None, Path] = {x: folder / f"{x}.db" for x in (*LANGUAGES, None)}
    for language, file in files.items():
        asyncio.run(_prepare(file, language))
    files["week 3"] = Path(shutil.copy(files["ko"], folder / "week-3.db"))
    asyncio.run(_play(files["week 3"]))
    return files


@asynccontextmanager
async def talking(
    prepared: Path, folder: Path, language: str = "ko", now: datetime = sample.BEGINS
) -> AsyncIterator[Conversation]:
    """A conversation on a copy of a database file."""
    group = Conversation(Path(shutil.copy(prepared, folder / "studybot.db")), language, now)
    async with group.runner:
        yield group


@pytest.fixture
async def study(prepared: dict[str | None, Path], tmp_path: Path) -> AsyncIterator[Conversation]:
    """The sample's study on the evening before its first week (2022-04-05 21:00 in Seoul)."""
    async with talking(prepared["ko"], tmp_path) as group:
        yield group


@pytest.fixture
async def english(prepared: dict[str | None, Path], tmp_path: Path) -> AsyncIterator[Conversation]:
    """The same study in English."""
    async with talking(prepared["en"], tmp_path, "en") as group:
        yield group


@pytest.fixture
async def week_3(prepared: dict[str | None, Path], tmp_path: Path) -> AsyncIterator[Conversation]:
    """The same study in week 3 (2022-05-05 12:00 in Seoul): all but 문수인 are in, nobody was in week 2."""
    async with talking(prepared["week 3"], tmp_path, now=WEEK_3) as group:
        yield group


@pytest.fixture
async def empty(prepared: dict[str | None, Path], tmp_path: Path) -> AsyncIterator[Conversation]:
    """A channel in which no study runs."""
    async with talking(prepared[None], tmp_path) as group:
        yield group


@pytest.fixture
def file(prepared: dict[str | None, Path], tmp_path: Path) -> Path:
    """A migrated database file without a study."""
    return Path(shutil.copy(prepared[None], tmp_path / "studybot.db"))
