"""`/submit` on Slack over Socket Mode, durably, beside a bot on the same library that only acknowledges."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median

from benchmarks.handing_in import ROUNDS, Bot, build, check, computed, measure, process
from benchmarks.lean_slack import APP_TOKEN, BOT_TOKEN, CHANNEL, TEAM, LeanSlack, person
from benchmarks.pairs import Pairs
from benchmarks.startup import PATIENCE, STUDYBOT
from benchmarks.table import Figure, Part

IN_FLIGHT = {1: 300, 16: 1_600}
"""How many are handed in for one measurement, by how many are under way at a time."""

LEAST = {16: 0.30}
ALONE, PAUSE = 100, 0.005
"""How many acks are taken by themselves for one measurement, and how long after the last answer."""

MOST = 2
"""How many times as long as the bare bot's an ack may take."""


def part() -> Part:
    """Measure all."""
    return Part(
        "Handing in on Slack",
        "The same over Socket Mode, again in three processes. Beside `studybot run` a bolt app "
        "(`process_before_response`, aiohttp's Socket Mode client, started as the library starts it) whose "
        "`/submit` is acknowledged and does nothing else: it is asked again once its ack is there, studybot "
        "once its answer is at the response URL. The ack alone is one at a time, each 5 ms after the last "
        "answer; the other acks come while answers are under way. All acks and answers have to come within "
        "3 s, and once; each answer has to name its link; at the end all links, and a line of the history "
        "for each, have to be in the file.",
        ("in flight", "studybot", "bare", "compared"),
        asyncio.run(_measure()),
    )


async def _measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "studybot.db")
        await build(f"sqlite:///{file}", "slack", TEAM, CHANNEL, person)
        async with AsyncExitStack() as stack:
            ours = await stack.enter_async_context(_studybot(folder))
            bare = await stack.enter_async_context(_bare(folder))
            figures = await measure(ours, bare, IN_FLIGHT, LEAST)
            alone = Pairs([(await _ack(ours), await _ack(bare)) for _ in range(ROUNDS)])
        check(file, ours)
    return [*figures, _figure(alone)]


async def _ack(bot: Bot) -> float:
    """The seconds to an ack when nothing else is under way."""
    found = []
    for _ in range(ALONE):
        await asyncio.sleep(PAUSE)
        found.append((await bot.hand_in(0)).ack or 0.0)
    return median(found)


def _figure(alone: Pairs) -> Figure:
    return Figure(
        "the ack alone: median",
        f"{alone.ours * 1000:.1f} ms",
        f"{alone.bare * 1000:.1f} ms",
        f"{alone.ratio:.2f} ×",
        f"≤ {MOST} ×",
        alone.ratio <= MOST,
    )


@asynccontextmanager
async def _studybot(folder: str) -> AsyncIterator[Bot]:
    async with LeanSlack() as slack:
        settings = {
            "SLACK__BOT_TOKEN": BOT_TOKEN,
            "SLACK__APP_TOKEN": APP_TOKEN,
            "SLACK__API_URL": slack.api_url,
            "PLAYGROUND__ENABLED": "false",
            "BACKUP__FOLDER": "",
        }
        async with process([*STUDYBOT, "run"], folder, settings) as started:
            await slack.is_ready()
            await asyncio.wait_for(slack.has_announced.wait(), PATIENCE)
            yield Bot(slack.submit, computed(started), says_link=True)
        _hold(slack)


@asynccontextmanager
async def _bare(folder: str) -> AsyncIterator[Bot]:
    async with LeanSlack(acks_alone=True) as slack:
        command = [sys.executable, "-m", "benchmarks.bare_bolt", slack.api_url]
        async with process(command, folder) as started:
            await slack.is_ready()
            yield Bot(slack.submit, computed(started), says_link=False)
        _hold(slack)


def _hold(slack: LeanSlack) -> None:
    """Nothing was said twice, or to nobody."""
    if slack.wrong:
        raise RuntimeError(f"{len(slack.wrong)} times something was wrong, at first {slack.wrong[0]}")
