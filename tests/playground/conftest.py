"""The playground as programs talk to it: its JSON interface over the real application."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.commands.command import Commands
from bot.config import Database, Settings
from bot.house import House
from tests.prepared import file, prepared

__all__ = ["file", "prepared"]

ADDRESS = "http://127.0.0.1:8000"


class Playground:
    """A client of one running application."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(house.playground.app), base_url=ADDRESS)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        """Send JSON."""
        return await self.client.post(f"/api/{path}", content=json.dumps(body))

    async def done(self, path: str, **body: Any) -> Any:
        """Send JSON that is to be understood."""
        response = await self.post(path, **body)
        assert response.status_code == 200, response.text
        return response.json()

    async def says(self, who: str, text: str, **more: str) -> Any:
        """Say a line as somebody and get the one reply."""
        answer = await self.done("say", **{"as": who, "text": text}, **more)
        assert list(answer) == ["replies"]
        assert len(answer["replies"]) == 1
        assert set(answer["replies"][0]) == {"text", "buttons"}
        return answer["replies"][0]

    async def presses(self, who: str, button: dict[str, Any]) -> Any:
        """Press a button as somebody and get the one reply."""
        return (await self.done("press", **{"as": who}, button=button))["replies"][0]

    async def channel(self) -> list[dict[str, Any]]:
        """What everybody sees."""
        response = await self.client.get("/api/channel")
        assert response.status_code == 200
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    async def until(self, to: str) -> str:
        """Step the clock; what it shows then."""
        now: str = (await self.done("clock", to=to))["now"]
        return now


def settings(file: Path) -> Settings:
    """A database file and nothing else."""
    return Settings(database=Database(url=f"sqlite:///{file}"))


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Playground]:
    """A running playground on a database file."""
    house = House(settings(file), Commands.in_package("cogs"))
    await house.open()
    try:
        yield Playground(house)
    finally:
        await house.close()


async def _load(file: Path) -> None:
    async with opened(file) as playground:
        await playground.done("sample")


@pytest.fixture(scope="session")
def sample_file(prepared: dict[str | None, Path]) -> Path:
    """A database file with the sample, loaded once a run."""
    file = Path(shutil.copy(prepared[None], prepared[None].with_name("sample.db")))
    asyncio.run(_load(file))
    return file


@pytest.fixture
async def playground(file: Path) -> AsyncIterator[Playground]:
    """A playground in which nothing has happened."""
    async with opened(file) as made:
        yield made


@pytest.fixture
async def sample(sample_file: Path, tmp_path: Path) -> AsyncIterator[Playground]:
    """A playground with the sample, on the evening before its first week."""
    async with opened(Path(shutil.copy(sample_file, tmp_path / "studybot.db"))) as made:
        yield made
