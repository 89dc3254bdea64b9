"""`/submit` on the loopback Discord of the tests, which shares a process with the bot that it asks.

As a module with a side's name and a folder it is that side: it measures what it is told to on stdin.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.bare_bot import Bare
from benchmarks.handing_in import MEMBERS, Answered, Bot, Round, build, check, measure
from benchmarks.startup import ROOT
from benchmarks.table import Figure, Part
from bot.app import collect_less, run_loop
from bot.house import House
from bot.logs import set_up_logging
from tests.discord.people import Person
from tests.discord.places import Channel
from tests.discord.scene import redirected_to, settings
from tests.discord.server import Discord
from tests.platforms.scene import COMMANDS

OURS, BARE = "studybot", "bare"
IN_FLIGHT = {1: 300, 16: 1_600, 64: 3_200}
"""How many are handed in for one measurement, by how many are under way at a time."""

LEAST = {16: 0.60, 64: 0.75}
MOST = {(16, "p99"): 2.0, (64, "p99"): 2.0}


def part() -> Part:
    """Measure all."""
    return Part(
        "Handing in on Discord",
        "`/submit` with a new link each time by so many people of one study of 64, each waiting for the "
        "answer before the next, into an SQLite file (WAL, `synchronous=FULL`), with all that follows, such "
        "as edits of the week's message. Beside it a discord.py bot whose `/submit` says ok. Each side is "
        "one process with the bot and the loopback Discord of the tests, which checks all that is asked of "
        "it as Discord does; its work, and its garbage, are in the figures of both. Each bot is started as "
        "it always is: the bare one by the library alone, ours with uvloop and with less collecting of "
        "garbage. The time is that from sending an interaction to having received its answer. Each answer "
        "has to come within 3 s, and once, and to name its link; at the end all links, and a line of the "
        "history for each, have to be in the file.",
        ("in flight", "studybot", "bare", "compared"),
        asyncio.run(_measure()),
    )


async def _measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            ours, bare = [await stack.enter_async_context(_side(name, folder)) for name in (OURS, BARE)]
            return await measure(ours, bare, IN_FLIGHT, LEAST, MOST)


@dataclass
class Side:
    """A process that measures when it is told to."""

    process: asyncio.subprocess.Process

    async def round(self, flight: int, amount: int) -> Round:
        """Hand in so often, so many at a time."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"%d %d\n" % (flight, amount))
        return Round(**json.loads(await self.said()))

    async def said(self) -> bytes:
        """Its next line."""
        assert self.process.stdout is not None
        return await self.process.stdout.readline()


@asynccontextmanager
async def _side(name: str, folder: str) -> AsyncIterator[Side]:
    pipe = asyncio.subprocess.PIPE
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__, name, folder), cwd=ROOT, stdin=pipe, stdout=pipe
    )
    side = Side(started)
    if await side.said() != b"ready\n":
        raise RuntimeError(f"{name} does not start")
    yield side
    assert started.stdin is not None
    started.stdin.close()
    if await started.wait():
        raise RuntimeError(f"{name} found something wrong")


async def _studybot(file: Path) -> None:
    async with Discord().serving() as platform:
        channel, people = _group(platform)
        guild = str(platform.guild("study").id)
        accounts = [str(person.id) for person in people]
        await build(f"sqlite:///{file}", "discord", guild, str(channel.id), accounts.__getitem__)
        with redirected_to(platform):
            house = House(settings(file, platform), COMMANDS)
            await house.open()
            collect_less()
            await platform.is_ready()
            await platform.until(lambda: channel.messages, 30)
            bot = Bot(_submitting(platform, channel, people), time.process_time, says_link=True)
            await _serve(bot)
            await house.close()
        check(file, bot)


async def _bare() -> None:
    async with Discord().serving() as platform:
        channel, people = _group(platform)
        with redirected_to(platform):
            client = Bare()
            running = asyncio.create_task(client.start(platform.world.token))
            await platform.gateway.is_ready()
            await client.tree.sync()
            await _serve(Bot(_submitting(platform, channel, people), time.process_time, says_link=False))
            await client.close()
            await running


def _group(platform: Discord) -> tuple[Channel, list[Person]]:
    channel = platform.guild("study").channel("study")
    return channel, [platform.person(f"m{number}", manages=number == 0) for number in range(MEMBERS)]


def _submitting(
    platform: Discord, channel: Channel, people: list[Person]
) -> Callable[[int, str], Awaitable[Answered]]:
    async def submit(number: int, link: str) -> Answered:
        said = await people[number].types(channel, "submit", link=link)
        del platform.world.interactions[said.id], platform.world.tokens[said.token]
        assert said.answered_ms is not None
        return Answered(said.answered_ms / 1000, said.text)

    return submit


async def _serve(bot: Bot) -> None:
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        flight, amount = map(int, line.split())
        print(json.dumps(asdict(await bot.round(flight, amount))), flush=True)


if __name__ == "__main__":
    set_up_logging("error", "text")
    which, folder = sys.argv[1:]
    if which == OURS:
        run_loop(_studybot(Path(folder, "studybot.db")))
    else:
        asyncio.run(_bare())
