"""The process as it is started and stopped, also in the middle of something."""

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.discord.interactions import Interaction
from tests.discord.places import Channel
from tests.discord.process import Running, running
from tests.discord.server import Discord
from tests.rules.season_2022 import NAMES

WEEKS = 3


async def test_it_runs_and_stops_cleanly(platform: Discord, tmp_path: Path) -> None:
    channel = platform.guild("ku").channel("mlops")
    jang = platform.person("장서진", manages=True)
    async with running(tmp_path, platform) as bot:
        await bot.is_ready()
        said = await jang.types(channel, "guide")
        assert "submit" in platform.world.clickable(said.text)
        assert await bot.stop() == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def lapse(folder: Path) -> None:
    """Let the leases end of what was being sent when the process died."""
    with sqlite3.connect(folder / "studybot.db") as base:
        base.execute("UPDATE outbox SET leased_until = '2000-01-01 00:00:00.000000' WHERE state = 'leased'")


async def begin(platform: Discord, channel: Channel, bot: Running) -> datetime:
    """Start a study that begins at the next midnight of Seoul; that instant."""
    await bot.is_ready()
    now = await bot.now()
    first = (now + timedelta(hours=9)).date() + timedelta(days=1)
    people = [platform.person(name, manages=name == NAMES[0]) for name in NAMES]
    await people[0].types(channel, "study start", name="우리", starts=first.isoformat(), weeks=WEEKS)
    for person in people[1:]:
        await person.types(channel, "study join")
    return datetime.fromisoformat(f"{first.isoformat()}T00:00:00+09:00")


async def die(bot: Running, channel: Channel, to: datetime, chance: random.Random) -> list[Interaction]:
    """Step to an instant while people hand in, and be killed somewhere in between."""
    platform = bot.platform
    lives: list[Interaction] = []
    task = asyncio.create_task(bot.step(to))
    for name in chance.sample(NAMES, 3):
        person = platform.person(name)
        lives.append(person.begins(channel, "submit", link=f"https://example.org/{len(platform.api.log)}"))
        await asyncio.sleep(chance.random() * 0.05)
    await asyncio.sleep(chance.random() * 0.15)
    await bot.kill()
    with suppress(httpx.HTTPError):
        await task
    return [life for life in lives if life.replies and "https://example.org" in life.text]


async def torment(platform: Discord, folder: Path, kills: int) -> None:
    """Live through a season, being killed so often, by chances that the seed of the run decides."""
    chance = random.Random(random.random())
    channel = platform.guild("ku").channel("mlops")
    async with running(folder, platform) as bot:
        opens = await begin(platform, channel, bot)
        assert await bot.stop() == 0
    kept: dict[str, str] = {}
    for number in range(kills):
        lapse(folder)
        async with running(folder, platform) as bot:
            await bot.is_ready()
            to = opens + timedelta(days=7 * WEEKS + 2) * (number + 1) / kills
            for life in await die(bot, channel, to, chance):
                kept[life.text.split("https://example.org/")[1].split(">")[0]] = life.user.name
        if chance.random() < 0.5:
            platform.world.forget_nonces()
    lapse(folder)
    async with running(folder, platform) as bot:
        await bot.is_ready()
        await bot.step(opens + timedelta(days=7 * WEEKS + 3))
        await asyncio.sleep(2)  # edits keep their distance
        assert await bot.stop() == 0
    hold(folder, channel, kept)


def hold(folder: Path, channel: Channel, kept: dict[str, str]) -> None:
    """Hold that everything is there that was announced or acknowledged, and nothing twice."""
    with sqlite3.connect(folder / "studybot.db") as base:
        states = Counter(state for (state,) in base.execute("SELECT state FROM outbox"))
        tables = ("submission", "detail")
        written = "\n".join(str(row) for table in tables for row in base.execute(f"SELECT * FROM {table}"))
    assert set(states) <= {"sent", "dropped"}, states
    titles = Counter(x.text.partition("\n")[0] for x in channel.messages if "알림" not in x.text)
    assert {title: count for title, count in titles.items() if count > 1} == {}
    told = "\n".join(x.text for x in channel.messages)
    for week in range(1, WEEKS + 1):
        assert f"### {week}주차 시작" in told
        assert f"### {week}주차 결과" in told
        assert f"### {week}주차 마감" in told
    assert [link for link in kept if link not in written] == []


async def test_killed_at_any_time_it_loses_and_doubles_nothing(platform: Discord, tmp_path: Path) -> None:
    await torment(platform, tmp_path, 10)


@pytest.mark.torture
async def test_killed_very_often_it_loses_and_doubles_nothing(platform: Discord, tmp_path: Path) -> None:
    await torment(platform, tmp_path, 50)
