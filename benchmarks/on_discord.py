"""`/submit` on Discord, durably, beside a bot on the same library whose `/submit` only says ok."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from benchmarks.discord_values import CHANNEL, GUILD, person
from benchmarks.handing_in import Bot, build, check, computed, measure, process
from benchmarks.lean_discord import TOKEN, LeanDiscord
from benchmarks.startup import PATIENCE, STUDYBOT
from benchmarks.table import Figure, Part

IN_FLIGHT = {1: 300, 16: 1_600, 64: 3_200}
"""How many are handed in for one measurement, by how many are under way at a time."""


def part() -> Part:
    """Measure all."""
    return Part(
        "Handing in on Discord, each in a process of its own",
        "The same, but `studybot run` and the bare bot are processes of their own, on a loopback Discord in "
        "a third, which checks little and therefore costs little: what the bots alone cost.",
        ("in flight", "studybot", "bare", "compared"),
        asyncio.run(_measure()),
    )


async def _measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "studybot.db")
        await build(f"sqlite:///{file}", "discord", str(GUILD), str(CHANNEL), person)
        async with AsyncExitStack() as stack:
            ours = await stack.enter_async_context(_studybot(folder))
            bare = await stack.enter_async_context(_bare(folder))
            figures = await measure(ours, bare, IN_FLIGHT)
        check(file, ours)
    return figures


@asynccontextmanager
async def _studybot(folder: str) -> AsyncIterator[Bot]:
    async with LeanDiscord() as discord:
        settings = {
            "DISCORD__TOKEN": TOKEN,
            "DISCORD__API_URL": discord.api_url,
            "PLAYGROUND__ENABLED": "false",
            "BACKUP__FOLDER": "",
        }
        async with process([*STUDYBOT, "run"], folder, settings) as started:
            await discord.is_ready()
            await asyncio.wait_for(discord.has_announced.wait(), PATIENCE)
            yield Bot(discord.submit, computed(started), says_link=True)


@asynccontextmanager
async def _bare(folder: str) -> AsyncIterator[Bot]:
    async with LeanDiscord() as discord:
        command = [sys.executable, "-m", "benchmarks.bare_bot", discord.api_url]
        async with process(command, folder) as started:
            await discord.is_ready()
            await asyncio.sleep(1)
            yield Bot(discord.submit, computed(started), says_link=False)
