r"""Words and addresses as they stand in a cell of a Markdown table, and back.

Both are written with CommonMark's own escapes, which lose nothing: what is read again is what was
written, sign by sign. Percent-encoding would not do: `%29` might have been there before. Bars,
brackets and backslashes become entities rather than `\|`, so that what splits rows at every bar
finds the same cells, and none ends in a backslash that would take its bar along.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import zip_longest

from markdown_it.common.utils import unescapeAll

from bot.records.tables.grid import Cell
from bot.records.tables.html import anchors, shown

ENTITIES = {sign: f"&#{ord(sign)};" for sign in "|\\()[]<>\t\n\r"}
IN_WORDS = {**ENTITIES, "&": "&amp;", **{sign: f"\\{sign}" for sign in "`*_~!#"}}
IN_LINKS = {**ENTITIES, " ": "&#32;", "`": "&#96;"}
READ_AS_ENTITY = re.compile(r"&(?=[a-z#][a-z0-9]{1,31};)", re.IGNORECASE)
EDGE_SPACE = re.compile(r"\A[ ]|[ ]\Z")
KEPT = 4_096
"""So many cells are kept as they were taken apart: each is looked at for several reasons."""

NESTED = 3
"""How deep emphasis is looked into: bold, italic, code."""

LINK = re.compile(
    r"""(?<![!\\])\[(?P<name>(?:\\.|[^\[\]\\])*)\]
    \((?P<inside>\s*
        (?:<(?P<angled>(?:\\.|[^<>\\])*)>|(?!<)(?P<bare>(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\)){0,8000}))
        (?:\s+(?:"[^"]*"|'[^']*'))?
    \s*)\)""",
    re.VERBOSE,
)
BARE = re.compile(
    r"<(?P<angled>https?://[^\s<>]*)>|(?<!\]\()(?P<plain>https?://[^\s<>()\[\]`\"',|]+)", re.IGNORECASE
)
UNSEEN = re.compile(
    r"!\[(?:\\.|[^\[\]\\])*\]\([^()\s]*+(?:\s++[^()]*+)?\)|<!--.*?(?:-->|$)|<img\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
"""Images and comments: addresses in them are no hand-ins."""
SEPARATOR = re.compile(r"(?:&nbsp;|&e[nm]sp;|</?br\s*/?>|[\s\u00a0,/·•+*_~-])+", re.IGNORECASE)
BREAK = re.compile(r"</?br\s*/?>", re.IGNORECASE)
EMPHASIS = re.compile(r"(\*\*|__|~~|[*_`])(?P<inner>.*)\1", re.DOTALL)


def written_words(text: str) -> str:
    """A name or a label, escaped so that Markdown shows it as it is."""
    escaped = "".join(IN_WORDS.get(sign, sign) for sign in text)
    return EDGE_SPACE.sub("&#32;", escaped)


def written_link(url: str) -> str:
    """An address, escaped for between the parentheses of `[name](…)`."""
    escaped = READ_AS_ENTITY.sub("&amp;", url)
    return "".join(IN_LINKS.get(sign, sign) for sign in escaped)


def read_words(source: str) -> str:
    """What Markdown shows for a piece of a cell: without emphasis around it, without escapes."""
    words = source.strip(" \t")
    for _ in range(NESTED):
        if found := EMPHASIS.fullmatch(words):
            words = found["inner"].strip(" \t")
    return unescaped(words)


def unescaped(source: str) -> str:
    r"""A piece of a cell without its escapes; `\|` is the table's own one and goes first."""
    return unescapeAll(source.replace("\\|", "|"))


@dataclass(frozen=True, slots=True)
class Link:
    """A link within a cell: its text, its place, and `inside`, what stands for the address."""

    text: str
    url: str | None
    start: int
    end: int
    inside: tuple[int, int]
    form: str = "markdown"
    """Or `html`, `bare`."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a cell holds: links in their order, and the words before, among and behind them."""

    links: tuple[Link, ...]
    words: str
    separators: tuple[str, ...] = ()
    """The source between two neighbouring links."""


@lru_cache(maxsize=KEPT)
def contents(cell: Cell, *, bare: bool = False) -> Contents:
    """Take a cell apart; with `bare` an address without brackets is a link too, and tags are no words."""
    found = _html_links(cell) if "<a" in cell.text.casefold() else []
    taken = [*found]
    source = UNSEEN.sub(lambda unseen: " " * len(unseen[0]), cell.text)
    for match in LINK.finditer(source):
        link = _link(match, cell.start)
        if not any(link.start < other.end and other.start < link.end for other in taken):
            found.append(link)
    if bare:
        found += _bare(cell, source, found)
    found.sort(key=lambda link: link.start)
    pieces = _between(cell, found)
    if bare or cell.html:
        words = " ".join(_shown(piece, cell) for piece in pieces)
    else:
        words = " ".join(SEPARATOR.sub(" ", piece).strip() for piece in pieces)
    return Contents(tuple(found), " ".join(words.split()), tuple(pieces[1:-1]))


def _html_links(cell: Cell) -> list[Link]:
    """Links written in HTML; one without an address is empty, as `[name]()` is."""
    found = []
    for anchor in anchors(cell.text):
        url = _address((dict(anchor.attributes).get("href") or "").strip())
        start, end = (cell.start + place for place in anchor.inside)
        found.append(
            Link(
                anchor.text,
                url,
                cell.start + anchor.start,
                cell.start + anchor.end,
                (start, end),
                "html",
            )
        )
    return found


def _shown(piece: str, cell: Cell) -> str:
    """What a reader sees of a piece of a cell."""
    if cell.html:
        return shown(piece)
    return read_words(shown(piece) if "<" in piece else piece)


def html_link(source: str, url: str) -> str:
    """An `<a>` tag with another address, its other attributes as they are."""
    attributes = [(name, value) for name, value in anchors(source + "</a>")[0].attributes if name != "href"]
    others = "".join(
        f' {name}="{escape(value)}"' if value is not None else f" {name}" for name, value in attributes
    )
    return f'<a href="{escape(url)}"{others}>'


def _link(match: re.Match[str], offset: int) -> Link:
    url = unescaped(match["bare"] if match["angled"] is None else match["angled"])
    inside = (offset + match.start("inside"), offset + match.end("inside"))
    start, end = offset + match.start(), offset + match.end()
    return Link(read_words(match["name"]), _address(url), start, end, inside)


def _address(url: str) -> str | None:
    """Where a link leads; `#` stands for an address that is still to come."""
    return url if url not in ("", "#") else None


def _bare(cell: Cell, source: str, found: Sequence[Link]) -> list[Link]:
    bare = []
    for match in BARE.finditer(source):
        start, end = cell.start + match.start(), cell.start + match.end()
        if not any(start < link.end and link.start < end for link in found):
            url = match["angled"] or match["plain"]
            bare.append(Link("", unescaped(url), start, end, (start, end), "bare"))
    return bare


def _between(cell: Cell, links: Sequence[Link]) -> list[str]:
    """What stands before, among and behind the links of a cell."""
    edges = [cell.start, *(edge for link in links for edge in (link.start, link.end)), cell.end]
    places = zip(edges[::2], edges[1::2], strict=True)
    return [cell.text[start - cell.start : end - cell.start] for start, end in places]


@lru_cache(maxsize=KEPT)
def plain_words(cell: Cell | None) -> str:
    """All that a reader sees of a cell, in one line."""
    if cell is None:
        return ""
    found = contents(cell)
    whole: list[str] = []
    for piece, link in zip_longest(_between(cell, found.links), found.links):
        text = link.text if link else ""
        whole += [_shown(piece, cell), shown(text) if "<" in text and not cell.html else text]
    return " ".join(" ".join(whole).split())
