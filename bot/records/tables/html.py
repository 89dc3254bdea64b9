"""Tables and links written in HTML, with their places; rows and columns that a cell spans are filled."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.records.tables.grid import Cell, Grid, Row, trimmed

SPAN_AT_MOST = 200
PLACES_AT_MOST = 50_000
"""So many places may be filled by cells that span; a table with more is read without its spans."""

OPEN_AT_MOST = 200
"""Signs `<` without their `>`: each has the library search to the end, and what holds more is no page."""

Attributes = list[tuple[str, str | None]]


class _Places(HTMLParser):
    """A parser that knows where in the text it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.starts = [0]
        for line in text.split("\n")[:-1]:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def run(self) -> None:
        """Read the whole text, unless it is damaged beyond reading."""
        if self.text.count("<") > self.text.count(">") + OPEN_AT_MOST:
            return
        try:
            self.feed(self.text)
            self.close()
        except AssertionError:  # a broken <![…: what was read so far counts
            return

    @property
    def place(self) -> int:
        """Where the tag at hand begins."""
        line, column = self.getpos()
        return self.starts[line - 1] + column

    @property
    def after(self) -> int:
        """Where the tag at hand ends."""
        started = self.get_starttag_text()
        if started is not None and self.text.startswith(started, self.place):
            return self.place + len(started)
        end = self.text.find(">", self.place)
        return len(self.text) if end < 0 else end + 1


@dataclass(frozen=True, slots=True)
class Anchor:
    """An `<a>` with its words; `inside` is the tag that holds the address."""

    attributes: tuple[tuple[str, str | None], ...]
    text: str
    start: int
    end: int
    inside: tuple[int, int]


class _Pieces(_Places):
    """Collects what a piece of HTML shows: its words, its links."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.words: list[str] = []
        self.anchors: list[Anchor] = []
        self.open: tuple[int, int, Attributes, int] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "a" and self.open is None:
            self.open = (self.place, self.after, attrs, len(self.words))
        elif tag == "br":
            self.words.append(" ")
        elif tag == "img":
            self.words.append(dict(attrs).get("alt") or "🖼")
        elif tag == "input" and dict(attrs).get("type") == "checkbox":
            self.words.append("☑" if "checked" in dict(attrs) else "☐")

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            self.words.append(" ")
        if tag == "a" and self.open is not None:
            start, behind, attributes, words = self.open
            text = " ".join("".join(self.words[words:]).split())
            end = self.text.find(">", self.place) + 1 or len(self.text)
            self.anchors.append(Anchor(tuple(attributes), text, start, end, (start, behind)))
            self.open = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(html: str) -> str:
    """The words that a reader sees of a piece of HTML."""
    pieces = _Pieces(html)
    pieces.run()
    return " ".join("".join(pieces.words).split())


def anchors(html: str) -> list[Anchor]:
    """The links of a piece of HTML, in their order."""
    pieces = _Pieces(html)
    pieces.run()
    return pieces.anchors


@dataclass
class _Table:
    start: int
    rows: list[list[tuple[Cell, int, int]]] = field(default_factory=list)
    """A row's own cells, each with the rows and columns that it spans."""
    heads: list[bool] = field(default_factory=list)
    """Whether a row is of the header."""
    in_head: bool = False


class _Tables(_Places):
    """Collects the tables whose first tag is at one of the places allowed; of nested ones the inner."""

    def __init__(self, text: str, allowed: Sequence[tuple[int, int]]) -> None:
        super().__init__(text)
        self.allowed = allowed
        self.table: _Table | None = None
        self.cell: tuple[int, int, int, bool] | None = None
        self.found: list[Grid] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "table":
            at = self.place
            self.table = _Table(at) if any(a <= at < b for a, b in self.allowed) else None
            self.cell = None
        if self.table is None or tag not in ("thead", "tbody", "tr", "td", "th"):
            return
        self._end_cell()
        if tag in ("thead", "tbody"):
            self.table.in_head = tag == "thead"
        elif tag == "tr":
            self.table.rows.append([])
            self.table.heads.append(True)
        elif self.table.rows:
            said = dict(attrs)
            self.cell = (self.after, _span(said.get("rowspan")), _span(said.get("colspan")), tag == "th")

    def handle_endtag(self, tag: str) -> None:
        if self.table is None:
            return
        if tag in ("td", "th", "tr", "thead", "tbody", "table"):
            self._end_cell()
        if tag == "thead":
            self.table.in_head = False
        if tag == "table":
            self._end_table(self.table)
            self.table = None

    def _end_cell(self) -> None:
        if self.cell is None or self.table is None:
            return
        start, rows, columns, head = self.cell
        self.cell = None
        source = self.text[start : self.place]
        line = bisect_right(self.starts, start + len(source) - len(source.lstrip()))
        spans = rows > 1 or columns > 1
        self.table.rows[-1].append((trimmed(source, start, line, html=True, spans=spans), rows, columns))
        self.table.heads[-1] = self.table.heads[-1] and (head or self.table.in_head)

    def _end_table(self, table: _Table) -> None:
        rows = _filled(table.rows)
        heads = 0
        while heads < len(rows) and table.heads[heads]:
            heads += 1
        heads = max(heads, 1)
        if len(rows) > heads or (rows and heads < len(rows) + 1):
            first = bisect_right(self.starts, table.start)
            last = bisect_right(self.starts, self.place)
            self.found.append(Grid(first, last, tuple(rows[:heads]), tuple(rows[heads:]), html=True))


def _span(said: str | None) -> int:
    """What a rowspan or colspan says; one where it is no number."""
    return min(int(said), SPAN_AT_MOST) or 1 if said and said.strip().isdecimal() else 1


def _filled(rows: Sequence[Sequence[tuple[Cell, int, int]]]) -> list[Row]:
    """Rows in which each cell stands in every place that it spans."""
    taken: dict[tuple[int, int], Cell] = {}
    spans = sum(height * width for row in rows for _, height, width in row) <= PLACES_AT_MOST
    for y, row in enumerate(rows):
        x = 0
        for cell, *size in row:
            height, width = size if spans else (1, 1)
            while (y, x) in taken:
                x += 1
            for place in ((y + dy, x + dx) for dy in range(height) for dx in range(width)):
                if place[0] < len(rows):
                    taken.setdefault(place, cell)
            x += width
    widths = [max((x for y2, x in taken if y2 == y), default=-1) + 1 for y in range(len(rows))]
    return [tuple(taken.get((y, x)) for x in range(width)) for y, width in enumerate(widths)]


def html_grids(text: str, allowed: Sequence[tuple[int, int]]) -> Iterator[Grid]:
    """The tables of a text that begin within these places: not those in code or comments."""
    if allowed and "<table" in text.casefold():
        tables = _Tables(text, allowed)
        tables.run()
        yield from tables.found
