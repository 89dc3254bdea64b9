"""The table of Study-MLOps: a row a week, in one cell a link per member, in the last the week's writer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.records.document import Document, Line
from bot.records.markup import read_words, unescaped
from bot.rules.refusal import Refused
from bot.texts import Name

HEADERS = {"ko": ("주차", "과제", "팀블로그"), "en": ("Week", "Homework", "Team blog")}
"""Part of the file's form, not a wording: a changed one would no longer be found."""

BAR = re.compile(r"(?<!\\)\|")
LABEL = re.compile(r"(?:제\s*)?(\d{1,3})\s*(?:주차|주|회차)?|(?:week|w)\s*\.?\s*(\d{1,3})", re.IGNORECASE)
LINK = re.compile(
    r"""(?<![!\\])\[(?P<name>(?:\\.|[^\[\]\\])*)\]
    \((?P<inside>\s*
        (?:<(?P<angled>(?:\\.|[^<>\\])*)>|(?!<)(?P<bare>(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\)){0,8000}))
        (?:\s+(?:"[^"]*"|'[^']*'))?
    \s*)\)""",
    re.VERBOSE,
)
SEPARATOR = re.compile(r"(?:&nbsp;|&e[nm]sp;|<br\s*/?>|[\s\u00a0,/·•+*_~-])+", re.IGNORECASE)
# What is left of a damaged link, or markup that may hide one.
BROKEN = re.compile(r"[\[\]`<]|https?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's source without the spaces around it, and its place in the document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A member's link; `inside` is what stands between the parentheses, `end` is behind them."""

    name: str
    url: str | None
    start: int
    end: int
    inside: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A week's row; `words` are what stands among the links without being one."""

    line: int
    number: int
    label: str
    homework: Cell | None
    entries: tuple[Entry, ...]
    words: str
    blog: Cell | None
    writer: str | None


@dataclass(frozen=True, slots=True)
class RecordTable:
    """The table that is the record."""

    header: Line
    rows: tuple[Row, ...]
    text: str

    @property
    def header_cells(self) -> tuple[str, ...]:
        """The header's words, for comparing it with another."""
        return tuple(cell.text for cell in cells(self.header))


def record_table(document: Document) -> RecordTable:
    """The one table of a document that is a record; refused where there is none, or more than one."""
    found = [lines for lines in document.tables if is_record(lines[0])]
    if not found:
        raise Refused("records-no-table")
    if len(found) > 1:
        raise Refused("records-two-tables", lines=", ".join(str(lines[0].number) for lines in found))
    header, _, *lines = found[0]
    rows: dict[int, Row] = {}
    for line in lines:
        row = _row(line)
        if row.number in rows:
            raise Refused("records-week-twice", line=line.number, week=row.number)
        rows[row.number] = row
    return RecordTable(header, tuple(rows.values()), document.text)


def is_record(header: Line) -> bool:
    """Whether a table's first line is a header of ours, in either language."""
    words = [_folded(read_words(cell.text)) for cell in cells(header)]
    return any(words == [_folded(word) for word in known] for known in HEADERS.values())


def _folded(word: str) -> str:
    return "".join(word.split()).casefold()


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
    source = line.text[start:end]
    text = source.strip(" \t")
    # An empty cell is written into behind one space, where there is one.
    begin = start + source.index(text) if text else min(start + 1, end)
    return Cell(line.start + begin, line.start + begin + len(text), text)


def _row(line: Line) -> Row:
    found = cells(line)
    if len(found) > 3:
        raise Refused("records-too-many-cells", line=line.number, count=len(found))
    label = read_words(found[0].text) if found else ""
    homework = found[1] if len(found) > 1 else None
    blog = found[2] if len(found) > 2 else None
    entries, words = _entries(line, homework) if homework else ((), "")
    writer = _writer(blog) if blog else None
    return Row(line.number, _number(line, label), label, homework, entries, words, blog, writer)


def number_of(label: str) -> int | None:
    """The week that a label names: `1주차`, `1 주차`, `Week 1`, `1`."""
    found = LABEL.fullmatch(label.strip())
    return int(found[1] or found[2]) if found else None


def _number(line: Line, label: str) -> int:
    number = number_of(label)
    if number is None:
        raise Refused("records-not-a-week", line=line.number, text=_short(label))
    return number


def _entries(line: Line, cell: Cell) -> tuple[tuple[Entry, ...], str]:
    """The cell's links, by name, and its other words; refused where a link is damaged."""
    entries: dict[str, Entry] = {}
    for link in LINK.finditer(cell.text):
        entry = _entry(link, cell.start)
        if not entry.name:
            raise Refused("records-cell-unreadable", line=line.number, text=_short(link[0]))
        if entry.name in entries:
            raise Refused("records-name-twice", line=line.number, name=Name(entry.name))
        entries[entry.name] = entry
    pieces = (SEPARATOR.sub(" ", piece).strip() for piece in _between(cell.text))
    words = " ".join(piece for piece in pieces if piece)
    if BROKEN.search(words):
        raise Refused("records-cell-unreadable", line=line.number, text=_short(words))
    return tuple(entries.values()), words


def _entry(link: re.Match[str], offset: int) -> Entry:
    url = unescaped(link["bare"] if link["angled"] is None else link["angled"])
    inside = (offset + link.start("inside"), offset + link.end("inside"))
    return Entry(read_words(link["name"]), url or None, offset + link.start(), offset + link.end(), inside)


def _between(text: str) -> Iterator[str]:
    """What stands before, among and behind the links of a cell."""
    end = 0
    for link in LINK.finditer(text):
        yield text[end : link.start()]
        end = link.end()
    yield text[end:]


def _writer(cell: Cell) -> str | None:
    """Whose week the blog is; the name may link to the post."""
    link = LINK.fullmatch(cell.text)
    return read_words(link["name"] if link else cell.text) or None


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
