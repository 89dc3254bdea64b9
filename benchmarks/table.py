"""Figures with their baselines and targets, and the page that they make."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from textwrap import fill

WIDTH = 110

INTRODUCTION = """\
# Speed

Written whole by `make bench` (about three minutes; nothing else is needed): do not edit.

Every figure stands beside a bare baseline that was measured in the same run, the two in turn. Values are
medians, and so are the ratios, which are taken pair by pair. Machines differ and are busy: quote ratios.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing beside its baseline; `met` says whether its target was, if it has one."""

    what: str
    ours: str
    bare: str
    compared: str
    target: str = "–"
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """What its row of the table shows."""
        verdict = {None: "", True: ": met", False: ": **missed**"}[self.met]
        return self.what, self.ours, self.bare, self.compared, self.target + verdict


@dataclass(frozen=True, slots=True)
class Part:
    """Figures that belong together, what their columns are called, and how they were measured."""

    title: str
    how: str
    columns: tuple[str, str, str, str]
    figures: Sequence[Figure]

    def lines(self) -> list[str]:
        """The part in Markdown."""
        head = [(*self.columns, "target"), ("---", "--:", "--:", "--:", "---")]
        rows = [" | ".join(row) for row in (*head, *(figure.cells for figure in self.figures))]
        return [f"## {self.title}", "", fill(self.how, WIDTH), "", *(f"| {row} |" for row in rows), ""]


def page(parts: Iterable[Part]) -> str:
    """The whole of docs/benchmarks.md."""
    return "\n".join([INTRODUCTION, machine(), "", *(line for part in parts for line in part.lines())])


def machine() -> str:
    """Where and when it was run, and how busy the machine was."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores ({platform.system()} {platform.machine()}), "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    )
