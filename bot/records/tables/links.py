"""One cell of links per week, as in Study-MLOps: a link per member, in another cell the week's writer."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.records.answers import Asking
from bot.records.markup import contents, plain_words, read_words
from bot.records.tables.grid import Cell, Grid, Row, at
from bot.records.tables.labels import Label, label_of, number_of
from bot.records.tables.layout import LINKS, Axis, Piece, Place, Sheet, axis_of, heads, role_of
from bot.records.tables.members import PERSON, line_of
from bot.records.tables.nobody import is_nobody
from bot.records.understood import Ignored
from bot.rules.refusal import Refused
from bot.texts import Name, T, Written

HEADERS = {"ko": ("주차", "과제", "팀블로그"), "en": ("Week", "Homework", "Team blog")}
"""Part of the file's form, not a wording: a changed one would no longer be found."""

# What is left of a damaged link, or markup that may hide one.
BROKEN = re.compile(r"[\[\]`<]|https?:", re.IGNORECASE)


def is_record(grid: Grid) -> bool:
    """Whether a table's header is ours, in either language."""
    words = [_folded(word) for word in heads(grid)]
    return any(words == [_folded(word) for word in known] for known in HEADERS.values())


def _folded(word: str) -> str:
    return "".join(word.split()).casefold()


def cell_column(grid: Grid, week: int) -> int | None:
    """The column whose cells list members as links: several in a cell, the same names row after row."""
    words = heads(grid)
    own = [
        x
        for x, word in enumerate(words)
        if x != week
        and role_of(word) is None
        and any((c := at(row, x)) and contents(c).links for row in grid.rows)
    ]
    for column in range(grid.width):
        if column == week or role_of(words[column]) in ("person", "writer"):
            continue
        if column in own and len(own) > 1:
            continue  # several such columns are a member's each
        rows = [
            [link.text for link in contents(cell).links] for row in grid.rows if (cell := at(row, column))
        ]
        names = Counter(name for row in rows for name in row)
        if sum(map(is_nobody, names)) * 2 >= len(names):
            continue
        repeated = [name for name, count in names.items() if count > 1 and name]
        people = (
            len(rows) == 1 and role_of(heads(grid)[column]) == "link" and all(map(PERSON.fullmatch, names))
        )
        if max(map(len, rows), default=0) > 1 and (people or len(repeated) * 2 >= len(names)):
            return column
    return None


def links_sheet(grid: Grid, week: int, column: int, asking: Asking, *, strict: bool) -> Sheet:
    """Read the table; `strict` under our own header, where a label that names no week is refused.

    Refused where a link is damaged or a name stands twice in a cell.
    """
    words = heads(grid)
    blog = 2 if strict else next((x for x, word in enumerate(words) if role_of(word) == "writer"), None)
    titles = [] if strict else [x for x, word in enumerate(words) if role_of(word) == "topic"]
    places: list[Place] = []
    pieces: list[Piece] = []
    ignored: list[Ignored] = []
    axis = _strict_axis(grid) if strict else _axis(grid, week, asking)
    for number, label, row in axis.rows:
        line = line_of(row)
        cell = at(row, column)
        found, others = _pieces(number, line, cell) if cell else ([], "")
        for piece in found:
            if strict or not is_nobody(piece.name):
                pieces.append(piece)
            else:
                others = f"{others} {piece.name}".strip()
        if others:
            ignored.append(Ignored(line, line, T("records-ignored-words", text=Written(others))))
        title = plain_words(at(row, titles[0])) if titles else ""
        written = at(row, blog) if blog is not None else None
        writer = _writer(written) if written else None
        places.append(Place(number, label.text, line, label.day, cell, written, writer, title or None))
    members = dict.fromkeys(piece.name for piece in pieces)
    return Sheet(
        LINKS,
        tuple(cell.text if cell else "" for cell in grid.header[-1]),
        grid.first,
        grid.last,
        tuple(places),
        tuple(pieces),
        tuple(members),
        ignored=(*axis.ignored, *ignored),
    )


def _axis(grid: Grid, week: int, asking: Asking) -> Axis:
    bare = role_of(heads(grid)[week]) == "week"
    rows = [(label_of(plain_words(at(row, week)), bare=bare), line_of(row), row) for row in grid.rows]
    return axis_of(rows, asking)


def _strict_axis(grid: Grid) -> Axis:
    """The rows under our own header, each of which names another week."""
    rows: dict[int, tuple[int, Label, Row]] = {}
    for row in grid.rows:
        line = line_of(row)
        if len(row) > 3:
            raise Refused("records-too-many-cells", line=line, count=len(row), most=3)
        first = at(row, 0)
        label = read_words(first.text) if first and not first.html else plain_words(first)
        number = number_of(label)
        if number is None:
            raise Refused("records-not-a-week", line=line, text=short(label))
        if number in rows:
            raise Refused("records-week-twice", line=line, week=number)
        rows[number] = (number, Label(label, number), row)
    return Axis(tuple(rows.values()), ())


def _pieces(week: int, line: int, cell: Cell) -> tuple[Sequence[Piece], str]:
    """The cell's links, by name, and its other words; refused where a link is damaged."""
    found = contents(cell)
    pieces: dict[str, Piece] = {}
    for link in found.links:
        if not link.text:
            start = link.start - cell.start
            raise Refused("records-cell-unreadable", line=line, text=short(cell.text[start:]))
        if link.text in pieces:
            raise Refused("records-name-twice", line=line, name=Name(link.text))
        pieces[link.text] = Piece(week, link.text, line, cell, (link,), named=True)
    if BROKEN.search(found.words):
        raise Refused("records-cell-unreadable", line=line, text=short(found.words))
    return list(pieces.values()), found.words


def _writer(cell: Cell) -> str | None:
    """Whose week the blog is; the name may link to the post."""
    links = contents(cell).links
    whole = len(links) == 1 and (links[0].start, links[0].end) == (cell.start, cell.end)
    if cell.html:
        return plain_words(cell) or None
    return (links[0].text if whole else read_words(cell.text)) or None


def short(text: str) -> str:
    """The beginning of words that may be long."""
    return text if len(text) <= 60 else text[:60] + "…"
