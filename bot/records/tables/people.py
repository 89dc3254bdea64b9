"""A row per presenter or writer: who it was, for which week, with what link."""

import re
from collections.abc import Collection, Mapping, Sequence

from bot.records.answers import Asking
from bot.records.markup import contents, plain_words
from bot.records.tables.grid import Cell, Grid, Row, at
from bot.records.tables.labels import RESTS, label_of
from bot.records.tables.layout import (
    PEOPLE,
    Piece,
    Place,
    Sheet,
    axis_of,
    heads,
    name_of,
    only_counts,
    role_of,
)
from bot.records.tables.marks import mark_of
from bot.records.tables.members import NO, PERSON, line_of
from bot.records.tables.nobody import EVERYBODY, is_nobody
from bot.texts import T, Written

BETWEEN = re.compile(r"\s*(?:[,/&·、+]|<br\s*/?>)\s*|\s+(?=@)", re.IGNORECASE)
PROFILE = re.compile(r"https?://(?:www\.)?github\.com/[\w.-]+/?", re.IGNORECASE)
"""Somebody's own page, which is no hand-in."""
SPEAKS = re.compile(r"발표|담당|진행|presenter|speaker", re.IGNORECASE)
"""Whose row it is for what they do; under other words a row may be of a mere list of people or posts."""


def person_column(grid: Grid, week: int | None) -> int | None:
    """The column that says whose row it is: a presenter's before a writer's."""
    words = heads(grid)
    for role in ("person", "writer"):
        for column, word in enumerate(words):
            if column != week and role_of(word) == role:
                return column
    return None


def people_sheet(
    grid: Grid, week: int, person: int, legend: Mapping[str, str], asking: Asking
) -> Sheet | None:
    """Read the table; nothing where nobody stands in it."""
    words = heads(grid)
    if only_counts(words, week) and not SPEAKS.search(words[person]):
        return None
    bare = role_of(words[week]) == "week"
    dates = [x for x, word in enumerate(words) if x != week and role_of(word) == "date"]
    rows = []
    for row in grid.rows:
        label = label_of(plain_words(at(row, week)), bare=bare)
        rows.append((label, line_of(row), row))
    axis = axis_of(rows, asking, several=True)
    alone = {name for _, _, row in rows if PERSON.fullmatch(name := plain_words(at(row, person)))}
    link = _link_column(grid, week, person, asking)
    topics = [x for x, word in enumerate(words) if role_of(word) == "topic"]
    is_writer = role_of(words[person]) == "writer"
    pieces: list[Piece] = []
    places: dict[int, Place] = {}
    said: dict[tuple[int, str], str] = {}
    for number, label, row in axis.rows:
        line, cell = line_of(row), at(row, person)
        names = _names(cell, alone)
        day = label.day or (label_of(plain_words(at(row, dates[0]))).day if dates else None)
        writer = names[0] if is_writer and len(names) == 1 and number not in places else None
        places.setdefault(number, Place(number, label.text, line, day, None, cell, writer))
        topic = plain_words(at(row, topics[0])) if topics else ""
        for name in names:
            pieces.append(_piece(number, name, row, person, link, legend))
            if topic:
                earlier = said.get((number, name))
                said[number, name] = f"{earlier}, {topic}" if earlier and earlier != topic else topic
    members = dict.fromkeys(piece.name for piece in pieces)
    if not members:
        return None
    return Sheet(
        PEOPLE,
        tuple(words),
        grid.first,
        grid.last,
        tuple(places.values()),
        tuple(pieces),
        tuple(members),
        said,
        axis.ignored,
    )


def _names(cell: Cell | None, alone: Collection[str]) -> list[str]:
    """Who stands in a cell; several between commas, nobody where it is not told yet."""
    if cell is None:
        return []
    words = ",".join(_words(part) for part in _parts(cell))
    if EVERYBODY.fullmatch(words.strip()):
        return []
    names = (name_of(name) for word in BETWEEN.split(words) for name in _apart(word, alone))
    return [name for name in dict.fromkeys(names) if name and not _is_none(name)]


def _words(part: Cell) -> str:
    """The words of a part: of several links each one's."""
    links = contents(part).links
    return ",".join(link.text for link in links) if len(links) > 1 else plain_words(part)


def _apart(words: str, alone: Collection[str]) -> Sequence[str]:
    """Korean names with nothing but spaces between them: whole ones, or such as stand alone elsewhere."""
    parts = words.split()
    each = all(part in alone or re.fullmatch("[가-힣]{3}", part) for part in parts)
    return parts if len(parts) > 1 and each else [words]


def _is_none(name: str) -> bool:
    """Whether it is a sign, everybody, or a reason why nobody speaks, instead of a name."""
    said = mark_of(name) is not None or not name.strip("-–—?.")
    return said or bool(EVERYBODY.fullmatch(name) or RESTS.search(name)) or is_nobody(name)


def _parts(cell: Cell) -> Sequence[Cell]:
    """A cell's parts between line breaks."""
    parts, start = [], 0
    for piece in re.split(r"(<br\s*/?>)", cell.text, flags=re.IGNORECASE):
        begin, start = start, start + len(piece)
        if not piece.casefold().startswith("<br"):
            parts.append(Cell(cell.start + begin, cell.start + start, piece, cell.line, cell.html))
    return parts


def _link_column(grid: Grid, week: int, person: int, asking: Asking) -> int | None:
    """The column with the hand-ins; asks where several hold links."""
    words = heads(grid)
    columns = [
        x
        for x in range(grid.width)
        if x not in (week, person)
        and (role_of(words[x]) == "link" or any(_has_link(at(row, x)) for row in grid.rows))
    ]
    linked = [x for x in columns if any(_has_link(at(row, x)) for row in grid.rows)]
    only = next(iter(linked or columns), None)
    if len(linked) <= 1 and (only is None or role_of(words[only]) in ("link", "topic", "writer")):
        return only

    def read(text: str) -> int | None:
        said = text.strip().casefold()
        return -1 if said in NO else next((x for x in linked if words[x].casefold() == said), None)

    listed = ", ".join(words[x] for x in linked)
    ask = T("records-ask-column", line=grid.first, columns=Written(listed))
    chosen = asking.ask(f"column::{words[linked[0]]}", ask, read)
    return None if chosen is not None and chosen < 0 else chosen


def _has_link(cell: Cell | None) -> bool:
    return cell is not None and any(link.url for link in contents(cell, bare=True).links)


def _piece(week: int, name: str, row: Row, person: int, link: int | None, legend: Mapping[str, str]) -> Piece:
    line, whose = line_of(row), at(row, person)
    if link is not None:
        cell = at(row, link)
        if cell is None:
            return Piece(week, name, line, None)
        found = contents(cell, bare=True)
        mark = mark_of(found.words if found.links else plain_words(cell), legend)
        return Piece(week, name, line, cell, found.links, found.words, mark)
    links = contents(whose).links if whose is not None else ()
    own = tuple(
        found
        for found in links
        if found.text and name_of(found.text) == name and not PROFILE.fullmatch(found.url or "")
    )
    return Piece(week, name, line, whose if own else None, own, named=bool(own))
