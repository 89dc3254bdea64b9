"""A Markdown document as lines with their places, and what stands on them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.records.markup import BREAK
from bot.records.tables.grid import Cell, Grid, Line, markdown_grid, trimmed
from bot.records.tables.html import html_grids
from bot.rules.refusal import Refused

BYTE_ORDER_MARK = "\ufeff"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# The parser's own line ends; `str.splitlines` knows more of them.
LINE_END = re.compile(r"\r\n?|\n")
HIDDEN = frozenset({"fence", "code_block", "html_block"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A paragraph or a point of a list: its lines as they are read, and the heading above it."""

    first: int
    last: int
    section: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list that is one line, under the nearest heading that stands above it."""

    heading: str
    heading_line: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Document:
    """A document taken apart; tables and prose that are commented out or code are merely `hidden`."""

    text: str
    title: str | None
    tables: tuple[tuple[Line, ...], ...]
    statements: tuple[Statement, ...]
    hidden: tuple[tuple[int, int], ...]
    grids: tuple[Grid, ...] = ()
    """Its tables by their cells, those in HTML too."""
    items: tuple[Item, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    """Line and words, from top to bottom."""

    def heading_over(self, line: int) -> str:
        """The words of the nearest heading above a line."""
        return next((words for number, words in reversed(self.headings) if number < line), "")


def parsed(document: bytes) -> Document:
    """Take a document apart; refused where it is not UTF-8."""
    try:
        text = document.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("records-not-utf8") from None
    lines = lines_of(text)
    reader = _Reader(lines)
    for place, token in enumerate(tokens := PARSER.parse(text.removeprefix(BYTE_ORDER_MARK))):
        reader.see(token, tokens[place - 1] if place else None)
    grids = [*map(markdown_grid, reader.tables), *html_grids(text, [*reader.html_places()])]
    return Document(
        text,
        reader.title,
        tuple(reader.tables),
        tuple(reader.statements),
        tuple(reader.hidden),
        tuple(sorted(grids, key=lambda grid: grid.first)),
        tuple(reader.items),
        tuple(reader.headings),
    )


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text, a byte order mark before it being none of the first."""
    start = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    found: list[Line] = []
    for end in LINE_END.finditer(text):
        found.append(Line(len(found) + 1, start, text[start : end.start()]))
        start = end.end()
    return (*found, Line(len(found) + 1, start, text[start:]))


@dataclass
class _Reader:
    """Collects what the parser's tokens stand for."""

    lines: Sequence[Line]
    title: str | None = None
    section: str = ""
    in_table: bool = False
    tables: list[tuple[Line, ...]] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    html: list[tuple[int, int]] = field(default_factory=list)
    heading_line: int = 0
    in_item: bool = False

    def html_places(self) -> Iterator[tuple[int, int]]:
        """Where blocks of HTML stand in the text."""
        for begin, end in self.html:
            last = self.lines[end - 1]
            yield self.lines[begin].start, last.start + len(last.text)

    def see(self, token: Token, before: Token | None) -> None:
        """Take one token in; `before` tells a heading's words from others."""
        begin, end = token.map or (0, 0)
        if token.type in ("table_open", "table_close"):
            self.in_table = token.nesting == 1
            # Within a quote or a list a line holds more than the row.
            if self.in_table and token.level == 0:
                self.tables.append(tuple(self.lines[begin:end]))
        elif token.type == "list_item_open":
            self.in_item = token.level == 1
        elif token.type == "list_item_close":
            self.in_item = False
        elif token.type in HIDDEN:
            self.hidden.append((begin + 1, end))
            if token.type == "html_block":
                self.html.append((begin, end))
        elif token.type == "inline" and not self.in_table:
            words = tuple(_shown(token))
            if before is not None and before.type == "heading_open":
                self._heading(before.tag, " ".join(words).strip())
                self.heading_line = begin + 1
                self.headings.append((begin + 1, self.section))
            else:
                if self.in_item and end == begin + 1:
                    self._item(token, self.lines[begin])
                self.statements.append(Statement(begin + 1, end, self.section, words))

    def _item(self, token: Token, line: Line) -> None:
        start = line.text.find(token.content) if token.content else -1
        if start >= 0:
            cell = trimmed(line.text[start:], line.start + start, line.number)
            self.items.append(Item(self.section, self.heading_line, cell))

    def _heading(self, tag: str, words: str) -> None:
        self.section = normalize("NFKC", words)
        if tag == "h1" and self.title is None and words:
            self.title = words


def _shown(inline: Token) -> Iterator[str]:
    """The lines that a reader sees, without what is struck through."""
    line, struck = "", 0
    for token in inline.children or ():
        if token.type in ("s_open", "s_close"):
            struck += token.nesting
        elif token.type in ("softbreak", "hardbreak") or BREAK.fullmatch(token.content):
            yield line
            line = ""
        elif token.type in ("text", "code_inline") and not struck:
            line += token.content
    yield line
