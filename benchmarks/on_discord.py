"""`/submit` on Discord, durably, beside a bot on the same library whose `/submit` only says ok."""

import asyncio
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles

from benchmarks.discord_values import CHANNEL, GUILD, person
from benchmarks.lean_discord import TOKEN, LeanDiscord
from benchmarks.pairs import Pairs
from benchmarks.startup import PATIENCE, ROOT, STUDYBOT
from benchmarks.table import Figure, Part
from bot.services import studies
from bot.services.scope import Caller, Role
from bot.services.studies import Founder, Plan
from db import Runner
from db.migrate import upgrade

MEMBERS = 64
IN_FLIGHT = {1: 300, 16: 1_600, 64: 3_200}
"""How many are handed in for one measurement, by how many are under way at a time."""

ROUNDS = 5
TARGETS = {16: 0.60, 64: 0.75}
TICK = 1 / os.sysconf("SC_CLK_TCK")


def part() -> Part:
    """Measure all."""
    return Part(
        "Handing in on Discord",
        "`/submit` with a new link each time by so many people of one study of 64, each waiting for the "
        "answer before the next: `studybot run` on an SQLite file (WAL, `synchronous=FULL`), with all that "
        "follows, such as edits of the week's message. Beside it a discord.py bot whose `/submit` says ok, "
        "started as the library starts one, so without uvloop; orjson serves both. Both are processes of "
        "their own, on a loopback Discord in a third, which takes the time from sending an interaction to "
        "having received its answer. Each answer has to come within 3 s and to name its link; at the end all "
        "links, and a line of the history for each, have to be in the file.",
        ("in flight", "studybot", "bare", "compared"),
        asyncio.run(_measure()),
    )


@dataclass(frozen=True, slots=True)
class Round:
    """What one measurement found: commands a second, and seconds a command."""

    rate: float
    p50: float
    p99: float
    cpu: float


@dataclass
class Bot:
    """A bot's process, the Discord that it is on, and what it has been asked."""

    discord: LeanDiscord
    process: asyncio.subprocess.Process
    says_link: bool
    numbers: "count[int]" = field(default_factory=count)
    links: dict[int, str] = field(default_factory=dict)

    async def round(self, flight: int, amount: int) -> Round:
        """Hand in so often, so many at a time."""
        took: list[float] = []

        async def somebody(number: int) -> None:
            took.extend([await self._submit(number) for _ in range(amount // flight)])

        cpu, begun = self._cpu(), time.perf_counter()
        await asyncio.gather(*(somebody(number) for number in range(flight)))
        passed = time.perf_counter() - begun
        cuts = quantiles(took, n=100)
        return Round(amount / passed, median(took), cuts[98], (self._cpu() - cpu) / amount)

    async def _submit(self, number: int) -> float:
        link = f"https://example.org/{number}/{next(self.numbers)}"
        seconds, said = await self.discord.submit(number, link)
        if (link in said) is not self.says_link:
            raise RuntimeError(f"a hand-in was not taken: {said}")
        self.links[number] = link
        return seconds

    def _cpu(self) -> float:
        """The seconds that the process has computed, where the system tells."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return 0
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * TICK


async def _measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "studybot.db")
        await _build(f"sqlite:///{file}")
        async with AsyncExitStack() as stack:
            ours = await stack.enter_async_context(_studybot(folder))
            bare = await stack.enter_async_context(_bare(folder))
            figures = []
            for bot in (ours, bare):
                await bot.round(MEMBERS, 5 * MEMBERS)
            for flight, amount in IN_FLIGHT.items():
                pairs = [
                    (await ours.round(flight, amount), await bare.round(flight, amount))
                    for _ in range(ROUNDS)
                ]
                figures += _figures(flight, pairs)
        _check(file, ours)
    return figures


async def _build(url: str) -> None:
    """A study in its first week."""
    now = datetime.now(UTC)
    members = [Founder(f"m{n}", person(n), Role.LEADER if n == 0 else Role.MEMBER) for n in range(MEMBERS)]
    caller = Caller("discord", str(GUILD), str(CHANNEL), person(0), "m0")
    plan = Plan("Study", (now - timedelta(days=2)).date(), 12, members=members)
    await upgrade(url)
    async with Runner(url) as runner:
        await runner.run(studies.start, caller, plan, now)


@asynccontextmanager
async def _studybot(folder: str) -> AsyncIterator[Bot]:
    async with LeanDiscord() as discord:
        given = {
            "DISCORD__TOKEN": TOKEN,
            "DISCORD__API_URL": discord.api_url,
            "PLAYGROUND__ENABLED": "false",
            "BACKUP__FOLDER": "",
        }
        more = {f"STUDYBOT_{key}": value for key, value in given.items()}
        async with _process([*STUDYBOT, "run"], folder, more) as process:
            await discord.is_ready()
            await asyncio.wait_for(discord.has_announced.wait(), PATIENCE)
            yield Bot(discord, process, says_link=True)


@asynccontextmanager
async def _bare(folder: str) -> AsyncIterator[Bot]:
    async with LeanDiscord() as discord:
        command = [sys.executable, "-m", "benchmarks.bare_bot", discord.api_url]
        async with _process(command, folder, {}) as process:
            await discord.is_ready()
            await asyncio.sleep(1)
            yield Bot(discord, process, says_link=False)


@asynccontextmanager
async def _process(
    command: Sequence[str], folder: str, more: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STUDYBOT_")}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=clean | {"PYTHONPATH": str(ROOT)} | more
    )
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


def _figures(flight: int, rounds: Sequence[tuple[Round, Round]]) -> list[Figure]:
    def pairs(name: str) -> Pairs:
        return Pairs([(getattr(ours, name), getattr(bare, name)) for ours, bare in rounds])

    rate, wanted = pairs("rate"), TARGETS.get(flight)
    figures = [
        Figure(
            f"{flight}: a second",
            f"{rate.ours:,.0f}",
            f"{rate.bare:,.0f}",
            f"{rate.ratio:.2f} ×",
            f"≥ {wanted:.2f} ×" if wanted else "–",
            rate.ratio >= wanted if wanted else None,
        )
    ]
    for name, label, most in (("p50", "median", None), ("p99", "99 of 100 within", 2), ("cpu", "CPU", None)):
        found = pairs(name)
        figures.append(
            Figure(
                f"{flight}: {label}",
                f"{found.ours * 1000:.1f} ms",
                f"{found.bare * 1000:.1f} ms",
                f"{found.ratio:.2f} ×" if found.bare else "",
                f"≤ {most} ×" if most else "–",
                found.ratio <= most if most else None,
            )
        )
    return figures


def _check(file: Path, ours: Bot) -> None:
    """Each left its line in the history, and everybody's last link is what is stored."""
    with closing(sqlite3.connect(file)) as connection:
        stored = {link for (link,) in connection.execute("SELECT link FROM submission")}
        query = "SELECT count(*) FROM history WHERE kind IN ('submitted', 'replaced')"
        lines = connection.execute(query).fetchone()[0]
    asked = next(ours.numbers)
    if lines != asked or stored != set(ours.links.values()):
        raise RuntimeError(f"of {asked} answered hand-ins {lines} are in the file")
