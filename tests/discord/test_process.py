"""The process as it is started and stopped, also in the middle of something."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.discord.people import Person
from tests.discord.process import Running, running
from tests.discord.server import Discord
from tests.platforms.torment import WEEKS, Life, Torment
from tests.rules.season_2022 import NAMES


async def test_it_runs_and_stops_cleanly(platform: Discord, tmp_path: Path) -> None:
    channel = platform.guild("ku").channel("mlops")
    jang = platform.person("장서진", manages=True)
    async with running(tmp_path, platform) as bot:
        await bot.is_ready()
        said = await jang.types(channel, "guide")
        assert "submit" in platform.world.clickable(said.text)
        assert await bot.stop() == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


class OnDiscord(Torment):
    """A study on Discord."""

    heading = "### {}"

    def __init__(self, folder: Path, platform: Discord) -> None:
        super().__init__(folder)
        self.platform = platform
        self.channel = platform.guild("ku").channel("mlops")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Running]:
        async with running(self.folder, self.platform) as bot:
            await bot.is_ready()
            yield bot

    def person(self, name: str) -> Person:
        return self.platform.person(name, manages=name == NAMES[0])

    async def starts(self, first: str) -> None:
        leader, *others = [self.person(name) for name in NAMES]
        await leader.types(self.channel, "study start", name="우리", starts=first, weeks=WEEKS)
        for person in others:
            await person.types(self.channel, "study join")

    def hands_in(self, name: str, link: str) -> Life:
        return self.person(name).begins(self.channel, "submit", link=link)

    def said(self) -> list[str]:
        return [message.text for message in self.channel.messages]

    def passes(self, to: datetime) -> None:
        if random.random() < 0.5:
            self.platform.world.forget_nonces()


async def test_killed_at_any_time_it_loses_and_doubles_nothing(platform: Discord, tmp_path: Path) -> None:
    await OnDiscord(tmp_path, platform).lives(10)


@pytest.mark.torture
async def test_killed_very_often_it_loses_and_doubles_nothing(platform: Discord, tmp_path: Path) -> None:
    await OnDiscord(tmp_path, platform).lives(50)
