"""Handing in at a platform, so many people of one study at a time; the bot is a process of its own."""

import asyncio
import os
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple, Protocol

from benchmarks.pairs import Pairs
from benchmarks.startup import ROOT
from benchmarks.table import Figure
from bot.services import studies
from bot.services.scope import Caller, Role
from bot.services.studies import Founder, Plan
from db import Runner
from db.migrate import upgrade

MEMBERS = 64
ROUNDS = 5
WITHIN = 3.0
"""Seconds in which platforms want an answer."""

TICK = 1 / os.sysconf("SC_CLK_TCK")
ROWS = {"ack": "median to the ack", "p50": "median", "p99": "99 of 100 within", "cpu": "CPU"}


class Answered(NamedTuple):
    """What somebody was answered, and the seconds until then and until the ack, where there is one."""

    seconds: float
    said: str
    ack: float | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What one measurement found: commands a second, and seconds a command."""

    rate: float
    ack: float
    p50: float
    p99: float
    cpu: float


class Measured(Protocol):
    """A bot that can be measured."""

    async def round(self, flight: int, amount: int) -> Round:
        """Hand in so often, so many at a time."""


@dataclass
class Bot:
    """How a bot is asked, what it has been asked, and the seconds that it has computed so far."""

    submit: Callable[[int, str], Awaitable[Answered]]
    cpu: Callable[[], float]
    says_link: bool
    numbers: "count[int]" = field(default_factory=count)
    links: dict[int, str] = field(default_factory=dict)

    async def round(self, flight: int, amount: int) -> Round:
        """Hand in so often, so many at a time."""
        took: list[Answered] = []

        async def somebody(number: int) -> None:
            took.extend([await self.hand_in(number) for _ in range(amount // flight)])

        cpu, begun = self.cpu(), time.perf_counter()
        await asyncio.gather(*(somebody(number) for number in range(flight)))
        passed = time.perf_counter() - begun
        seconds, acks = [x.seconds for x in took], [x.ack or 0.0 for x in took]
        return Round(
            amount / passed,
            median(acks),
            median(seconds),
            quantiles(seconds, n=100)[98],
            (self.cpu() - cpu) / amount,
        )

    async def hand_in(self, number: int) -> Answered:
        """Have somebody hand in a new link."""
        link = f"https://example.org/{number}/{next(self.numbers)}"
        answered = await self.submit(number, link)
        if (link in answered.said) is not self.says_link:
            raise RuntimeError(f"a hand-in was not taken: {answered.said}")
        self.links[number] = link
        return answered


def computed(process: asyncio.subprocess.Process) -> Callable[[], float]:
    """The seconds that a process has computed, where the system tells."""

    def found() -> float:
        stat = Path(f"/proc/{process.pid}/stat")
        if not stat.exists():
            return 0
        user, system = stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * TICK

    return found


async def build(url: str, door: str, workspace: str, channel: str, person: Callable[[int], str]) -> None:
    """A study in its first week."""
    now = datetime.now(UTC)
    members = [Founder(f"m{n}", person(n), Role.LEADER if n == 0 else Role.MEMBER) for n in range(MEMBERS)]
    caller = Caller(door, workspace, channel, person(0), "m0")
    plan = Plan("Study", (now - timedelta(days=2)).date(), 12, members=members)
    await upgrade(url)
    async with Runner(url) as runner:
        await runner.run(studies.start, caller, plan, now)


@asynccontextmanager
async def process(
    command: Sequence[str], folder: str, settings: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process with settings of studybot's, and none but those."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STUDYBOT_")}
    more = {f"STUDYBOT_{key}": value for key, value in (settings or {}).items()}
    started = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=clean | {"PYTHONPATH": str(ROOT)} | more
    )
    try:
        yield started
    finally:
        started.terminate()
        await started.wait()


async def measure(
    ours: Measured,
    bare: Measured,
    amounts: Mapping[int, int],
    least: Mapping[int, float] | None = None,
    most: Mapping[tuple[int, str], float] | None = None,
) -> list[Figure]:
    """Both by turns, after a round that does not count.

    `amounts` is how many are handed in for one measurement, by how many are under way at a time;
    `least` the rate that is wanted, as a share of the bare bot's; `most` the times it may take what the
    bare one takes.
    """
    figures = []
    for bot in (ours, bare):
        await bot.round(MEMBERS, 5 * MEMBERS)
    for flight, amount in amounts.items():
        rounds = [(await ours.round(flight, amount), await bare.round(flight, amount)) for _ in range(ROUNDS)]
        figures += _figures(flight, rounds, (least or {}).get(flight), most or {})
    return figures


def _figures(
    flight: int,
    rounds: Sequence[tuple[Round, Round]],
    least: float | None,
    most: Mapping[tuple[int, str], float],
) -> list[Figure]:
    def pairs(name: str) -> Pairs:
        return Pairs([(getattr(ours, name), getattr(bare, name)) for ours, bare in rounds])

    rate = pairs("rate")
    figures = [
        Figure(
            f"{flight}: a second",
            f"{rate.ours:,.0f}",
            f"{rate.bare:,.0f}",
            f"{rate.ratio:.2f} ×",
            f"≥ {least:.2f} ×" if least else "–",
            rate.ratio >= least if least else None,
        )
    ]
    for name, label in ROWS.items():
        found, limit = pairs(name), most.get((flight, name))
        if name == "ack" and not found.bare:
            continue
        figures.append(
            Figure(
                f"{flight}: {label}",
                f"{found.ours * 1000:.1f} ms",
                f"{found.bare * 1000:.1f} ms",
                f"{found.ratio:.2f} ×" if found.bare else "",
                f"≤ {limit:.0f} ×" if limit else "–",
                found.ratio <= limit if limit else None,
            )
        )
    return figures


def check(file: Path, ours: Bot) -> None:
    """Each left its line in the history, and everybody's last link is what is stored."""
    with closing(sqlite3.connect(file)) as connection:
        stored = {link for (link,) in connection.execute("SELECT link FROM submission")}
        query = "SELECT count(*) FROM history WHERE kind IN ('submitted', 'replaced')"
        lines = connection.execute(query).fetchone()[0]
    asked = next(ours.numbers)
    if lines != asked or stored != set(ours.links.values()):
        raise RuntimeError(f"of {asked} answered hand-ins {lines} are in the file")
