"""A table as cells with their places, however it is written: rows may be ragged, cells may span."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; `start` is its place in the text, `number` counts from 1."""

    number: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's source without the spaces around it, and its place in the document's text."""

    start: int
    end: int
    text: str
    line: int = 0
    html: bool = False
    spans: bool = False
    """Whether it stands for more than one place of the grid."""


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its header's rows and the others, cells by column; `first` and `last` are lines."""

    first: int
    last: int
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    html: bool = False

    @property
    def width(self) -> int:
        """How many columns the header has."""
        return max((len(row) for row in self.header), default=0)


def markdown_grid(lines: Sequence[Line]) -> Grid:
    """The grid of a Markdown table's lines: header, rule, rows."""
    header, _, *rows = (tuple(cells(line)) for line in lines)
    return Grid(lines[0].number, lines[-1].number, (header,), tuple(rows))


def cells(line: Line) -> list[Cell]:
    """A row's cells; bars at its two ends may be there or not, and `\\|` is none."""
    text = line.text
    first, last = len(text) - len(text.lstrip(" \t")), len(text.rstrip(" \t"))
    bars = [bar.start() for bar in BAR.finditer(text, first, last)]
    edges = [first - 1, *bars, last]
    if bars and bars[0] == first:
        del edges[0]
    if bars and bars[-1] == last - 1:
        del edges[-1]
    return [_cell(line, before + 1, after) for before, after in pairwise(edges)]


def _cell(line: Line, start: int, end: int) -> Cell:
    return trimmed(line.text[start:end], line.start + start, line.number)


def trimmed(source: str, start: int, line: int, html: bool = False, spans: bool = False) -> Cell:
    """The cell in a piece of the text that begins at `start`, without the spaces around it."""
    text = source.strip(" \t\r\n" if html else " \t")
    # An empty cell is written into behind one space, where there is one.
    begin = start + (source.index(text) if text else min(1, len(source)))
    return Cell(begin, begin + len(text), text, line, html, spans)


def at(row: Row, place: int) -> Cell | None:
    """The cell of a column; a ragged row has none."""
    return row[place] if place < len(row) else None
