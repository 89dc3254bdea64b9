"""`/submit` as the playground runs it, durably, against bare sqlite3 with the same statements."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

from benchmarks.pairs import Pairs
from benchmarks.replay import Statement, copy, listening, replay, transactions
from benchmarks.scene import Crowd, Scene
from benchmarks.table import Figure, Part
from db import Runner
from db.migrate import upgrade

SCENES = (Scene(1, 64), Scene(16, 5))
IN_FLIGHT = {1: 100, 16: 640, 64: 1_280}
"""How many are handed in for one measurement, by how many are under way at a time."""

ROUNDS = 5
SCRIPT = 200
"""Hand-ins, one after the other, that bare sqlite3 executes again."""


def part() -> Part:
    """Measure all scenes."""
    figures = [figure for scene in SCENES for figure in asyncio.run(_measure(scene))]
    return Part(
        "Handing in",
        "A typed `/submit` with a new link each time, through the desk, the runner and the services into "
        "an SQLite file (WAL, `synchronous=FULL`), every answer checked and at the end every stored link; "
        "drawing the answer and editing the week's message come after it. Beside it bare sqlite3 executes, "
        "on a copy of that database and with its settings, the very statements and parameters of hand-ins "
        "one by one, a transaction each. Those that wait together share a transaction: its statements are "
        "counted without BEGIN and COMMIT.",
        ("in flight", "studybot", "bare sqlite3", "compared"),
        figures,
    )


async def _measure(scene: Scene) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "studybot.db")
        url = f"sqlite:///{file}"
        await upgrade(url)
        async with Runner(url) as runner:
            await scene.build(runner)
            crowd, numbers = Crowd(scene, runner), count()
            await _hand_in(crowd, numbers, 64, 320)
            before = Path(folder, "before.db")
            copy(file, before)
            with listening() as heard:
                await _hand_in(crowd, numbers, 1, SCRIPT)
            script = transactions(heard)
            figures = []
            for flight, amount in IN_FLIGHT.items():
                rounds = []
                for _ in range(ROUNDS):
                    ours = await _hand_in(crowd, numbers, flight, amount)
                    rounds.append((ours, _replay(before, script)))
                with listening() as heard:
                    await _hand_in(crowd, numbers, flight, flight)
                figures.append(_figure(scene, flight, Pairs(rounds), transactions(heard)))
        _check(file, crowd, next(numbers))
    return figures


async def _hand_in(crowd: Crowd, numbers: "count[int]", flight: int, amount: int) -> float:
    """Hand in so often, so many at a time, and tell how many a second."""

    async def one_after_the_other() -> None:
        for _ in range(amount // flight):
            await crowd.submit(next(numbers))

    begun = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(flight)))
    return amount / (time.perf_counter() - begun)


def _replay(before: Path, script: Sequence[Sequence[Statement]]) -> float:
    with tempfile.TemporaryDirectory(dir=before.parent) as folder:
        fresh = Path(folder, "copy.db")
        copy(before, fresh)
        return replay(fresh, script)


def _figure(scene: Scene, flight: int, pairs: Pairs, batches: Sequence[Sequence[Statement]]) -> Figure:
    statements = sum(len(batch) for batch in batches)
    together = "one transaction" if len(batches) == 1 else f"{len(batches)} transactions"
    return Figure(
        f"{flight}, {scene} ({statements} statements, {together})",
        f"{pairs.ours:,.0f}/s",
        f"{pairs.bare:,.0f}/s",
        f"{pairs.ratio:.2f} ×",
    )


def _check(file: Path, crowd: Crowd, asked: int) -> None:
    """All were answered, each left its line in the history, and everybody's last link is what is stored."""
    with closing(sqlite3.connect(file)) as connection:
        stored = {link for (link,) in connection.execute("SELECT link FROM submission")}
        lines = connection.execute(
            "SELECT count(*) FROM history WHERE kind IN ('submitted', 'replaced')"
        ).fetchone()[0]
    if crowd.answered != asked or lines != asked or stored != set(crowd.sent.values()):
        raise RuntimeError(f"of {asked} hand-ins {crowd.answered} were answered and {lines} stored")
