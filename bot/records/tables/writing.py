"""The pieces of text by which a cell says something else: in the table's own manner, nothing around it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from bot.records.markup import BARE, SEPARATOR, Link, contents, html_link, written_link, written_words
from bot.records.tables.grid import Cell
from bot.records.tables.layout import LIST, Piece, Place, Sheet
from bot.records.tables.marks import PENDING, mark_of
from bot.records.tables.marks_asked import shown

USUAL_SEPARATOR = " &nbsp; "
USUAL_TEXT = {True: "링크", False: "link"}
"""What a link is called where the table has none to follow: in a document with Hangul, and without."""

NOTHING = "-–—~. "
REPLACED = ("absent", PENDING)
"""Marks that a link takes the place of; another stays beside it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the document's text, from `start` to before `end`, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document writes its links: what between names, and under which words."""

    separator: str
    text: str | None
    """Nothing where a link's text is the member's name."""
    bare: bool


def manner_of(sheets: Iterable[Sheet], hangul: bool) -> Manner:
    """What the document's own links have in common."""
    sheets = list(sheets)
    pieces = [piece for sheet in sheets for piece in sheet.pieces]
    links = [(piece, link) for piece in pieces for link in piece.links if link.url and not piece.named]
    texts = Counter(link.text for _, link in links if link.text)
    named = sum(link.text == piece.name for piece, link in links)
    separators = (
        between for sheet in sheets for place in sheet.weeks if (between := separator_of(place.cell))
    )
    text: str | None = USUAL_TEXT[hangul]
    if links and named * 2 >= len(links):
        text = None
    elif texts and (texts.most_common(1)[0][1] > 1 or len(texts) == 1):
        text = texts.most_common(1)[0][0]
    elif not links and (signs := Counter(shown(piece) for piece in pieces if piece.mark == "done")):
        text = signs.most_common(1)[0][0]
    return Manner(
        next(separators, USUAL_SEPARATOR), text, bool(links) and all(link.form == "bare" for _, link in links)
    )


def separator_of(cell: Cell | None) -> str | None:
    """How a cell with two members keeps its last two apart."""
    between = contents(cell).separators if cell is not None else ()
    return between[-1] if between and SEPARATOR.fullmatch(between[-1]) else None


def new_link(cell: Cell, name: str, url: str, manner: Manner, text: str | None = None) -> str:
    """A link as the document writes them."""
    if manner.bare and text is None and (found := BARE.fullmatch(url)) and found["plain"] and not cell.html:
        return url
    words = text or manner.text or name
    if cell.html:
        return f'<a href="{escape(url)}">{escape(words)}</a>'
    return f"[{written_words(words)}]({written_link(url)})"


def written(piece: Piece, cell: Cell, url: str | None, manner: Manner, shape: str, text: str) -> Edit:
    """How a member's own cell or link comes to say this address, or none."""
    link = next((link for link in piece.links if link.url == piece.url), None)
    if url is None:
        return _without(piece, cell, link)
    if link is not None and link.form == "markdown":
        return Edit(*link.inside, written_link(url))
    if link is not None and link.form == "html":
        start, end = link.inside
        return Edit(start, end, html_link(text[start:end], url))
    if link is not None:
        return Edit(link.start, link.end, new_link(cell, piece.name, url, manner))
    return _filled(piece, cell, url, manner, shape, text)


def replaces(piece: Piece) -> bool:
    """Whether a link would take the place of words that stand in the cell."""
    words = shown(piece)
    said = (piece.mark, mark_of(words))
    return bool(words) and not piece.links and (any(x in REPLACED for x in said) or not words.strip(NOTHING))


def _filled(piece: Piece, cell: Cell, url: str, manner: Manner, shape: str, text: str) -> Edit:
    words = shown(piece)
    if "<!--" in cell.text:
        return Edit(cell.end, cell.end, f" {new_link(cell, piece.name, url, manner)}")
    if piece.mark == "done" and words and cell.text and "](" not in cell.text:
        return Edit(cell.start, cell.end, new_link(cell, piece.name, url, manner, words))
    link = new_link(cell, piece.name, url, manner)
    if not words or replaces(piece):
        apart = shape == LIST and not text[: cell.start].endswith((" ", "\t"))
        return Edit(cell.start, cell.end, (" " if apart else "") + link)
    return Edit(cell.end, cell.end, f" {link}")


def _without(piece: Piece, cell: Cell, link: Link | None) -> Edit:
    """Take a link out: between a name's parentheses nothing is left, elsewhere the link goes."""
    if link is None:
        return Edit(cell.end, cell.end, "")
    if piece.named and link.form == "html":
        return Edit(*link.inside, '<a href="">')
    if piece.named:
        return Edit(*link.inside, "")
    return Edit(link.start, link.end, "")


def added(place: Place, last: int | None, links: Sequence[tuple[str, str]], manner: Manner) -> Edit | None:
    """Further members' links in a week's cell, behind the last one at `last`."""
    if place.cell is None or not links:
        return None
    cell = place.cell
    words = [new_link(cell, name, url, Manner("", None, bare=False)) for name, url in links]
    glue = separator_of(cell) or manner.separator
    end = cell.end if last is None else last
    return Edit(end, end, (glue if cell.text else "") + glue.join(words))


def named_words(cell: Cell, words: str) -> str:
    """Somebody's name for a cell."""
    return escape(words) if cell.html else written_words(words)
