"""A list under each week's heading: `- [민우](https://…)`, `- 가경: ✅`, `- [x] 다은`."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.records.answers import Asking
from bot.records.document import Document, Item
from bot.records.markup import contents, plain_words
from bot.records.tables.grid import Cell
from bot.records.tables.labels import Label, label_of
from bot.records.tables.layout import LIST, Piece, Place, Sheet, axis_of, name_of, role_of
from bot.records.tables.marks import mark_of
from bot.records.tables.nobody import could_be_name

BOX = re.compile(r"\[([ xX])\]\s+")
PAIR = re.compile(
    r"(?P<name>[^:\-–—|\[\](){}<>`]{1,32}?)\s*(?:[:：]|\s[-–—]\s|\s[-–—]$)\s*(?P<rest>.*)", re.DOTALL
)
LONGEST = 2_000
"""Characters of a point that may be a hand-in."""

BRACKETS = re.compile(r"[\[\](){}<>`*_:]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A point of a list: whose it is, and the piece that tells of their week."""

    name: str
    cell: Cell
    named: bool
    mark: str | None
    certain: bool
    """Whether its form leaves no doubt: a box or a known sign."""


def list_sheet(document: Document, legend: Mapping[str, str], asking: Asking) -> Sheet | None:
    """Read the lists; nothing where they do not list the same people week after week."""
    sections: dict[int, tuple[Label, list[Entry]]] = {}
    for item in document.items:
        label = label_of(item.heading)
        entry = _entry(item, legend) if label.number is not None else None
        if entry and could_be_name(entry.name) and role_of(entry.name) is None:
            sections.setdefault(item.heading_line, (label, []))[1].append(entry)
    names = Counter(entry.name for _, entries in sections.values() for entry in entries)
    if len(sections) > 1 and sum(count > 1 for count in names.values()) * 2 < len(names):
        return None  # other things each week: tasks, not people
    kept = {
        line: (label, entries)
        for line, (label, entries) in sections.items()
        if any(entry.certain or names[entry.name] > 1 for entry in entries)
    }
    rows = [(label, line, tuple(entry.cell for entry in entries)) for line, (label, entries) in kept.items()]
    axis = axis_of(rows, asking)
    line_of = {id(row): line for _, line, row in rows}
    places, pieces = [], []
    for number, label, row in axis.rows:
        line = line_of[id(row)]
        places.append(Place(number, label.text, line, label.day))
        for entry in kept[line][1]:
            found = contents(entry.cell, bare=True)
            mark = entry.mark or _mark(entry.cell, legend)
            piece = Piece(number, entry.name, entry.cell.line, entry.cell, found.links, found.words, mark)
            pieces.append(_named(piece) if entry.named else piece)
    if not pieces:
        return None
    members = dict.fromkeys(piece.name for piece in pieces)
    lines = sorted(piece.line for piece in pieces)
    heads = tuple(label.text for label, _ in kept.values())
    return Sheet(
        LIST,
        heads,
        lines[0],
        lines[-1],
        tuple(places),
        tuple(pieces),
        tuple(members),
        ignored=axis.ignored,
        lines=tuple(lines),
    )


def _named(piece: Piece) -> Piece:
    return Piece(piece.week, piece.name, piece.line, piece.cell, piece.links, piece.words, piece.mark, True)


def _entry(item: Item, legend: Mapping[str, str]) -> Entry | None:
    """Whose point it is; nothing where it is prose."""
    cell = item.cell
    if len(cell.text) > LONGEST:
        return None
    mark = None
    box = BOX.match(cell.text)
    if box:
        mark = "done" if box[1] != " " else None
        cell = _part(cell, box.end())
    found = contents(cell)
    if len(found.links) == 1 and found.links[0].start == cell.start and found.links[0].text:
        known = mark or mark_of(found.words, legend)
        return Entry(name_of(found.links[0].text), cell, True, known, bool(box or known))
    pair = PAIR.match(cell.text)
    if pair and name_of(pair["name"]):
        rest = _part(cell, pair.start("rest"))
        known = mark or _mark(rest, legend)
        if known or box or not rest.text or contents(rest, bare=True).links:
            return Entry(name_of(pair["name"]), rest, False, mark, bool(box or known))
        return None
    before = cell.text[: found.links[0].start - cell.start] if found.links else ""
    if before.strip() and name_of(before) and len(before) <= 32 and not BRACKETS.search(before):
        rest = _part(cell, len(before))
        return Entry(name_of(before), rest, False, mark, bool(box))
    words, sign = _apart(plain_words(cell))
    if (box or sign) and not found.links and name_of(words) and len(words) <= 32:
        end = Cell(cell.end, cell.end, "", cell.line)
        return Entry(name_of(words), end, False, mark or sign, True)
    return None


def _mark(cell: Cell, legend: Mapping[str, str]) -> str | None:
    """What the sign in a cell says, beside a link or alone."""
    found = contents(cell, bare=True)
    signs = [link.text for link in found.links if not link.text.isascii()]
    words = [found.words, *signs] if found.links else [plain_words(cell)]
    return next((mark for said in words if (mark := mark_of(said, legend))), None)


def _apart(words: str) -> tuple[str, str | None]:
    """A name and what the sign before or behind it says."""
    pieces = words.split()
    for place in (-1, 0):
        sign = mark_of(pieces[place]) if len(pieces) > 1 and not pieces[place].isalnum() else None
        if sign:
            return " ".join(pieces[1:] if place == 0 else pieces[:-1]), sign
    return words, None


def _part(cell: Cell, start: int) -> Cell:
    return Cell(cell.start + start, cell.end, cell.text[start:], cell.line)
