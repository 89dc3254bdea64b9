"""A column per member, or a row per member and a column per week: who stands where, and with what."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.records.answers import Asking
from bot.records.markup import contents, plain_words
from bot.records.tables.grid import Cell, Grid, Row, at
from bot.records.tables.labels import Label, label_of
from bot.records.tables.layout import (
    MEMBERS,
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
from bot.records.understood import Ignored
from bot.rules.refusal import Refused
from bot.texts import Name, Names, T, Text, Written

PERSON = re.compile(r"[가-힣]{2,4}(?:\s*님)?(?:\s*\(.*\))?")
EXCUSE = re.compile(r"사유|결석|불참|excuse|absen", re.IGNORECASE)
"""What a link is called that tells why nothing is in."""
LONG = re.compile(r"(?!남궁|황보|제갈|선우|독고|사공|서문)[가-힣]{4}")
"""Four syllables are rather a word than a name, but for a few families."""
NAMES = re.compile(
    r"이름|성명|성함|멤버|원$|참[가여석]자|닉네임|아이디|구분|주차|회차|날짜|name|member|\bid\b|who|week",
    re.IGNORECASE,
)
"""Over what stands first in rows that are members'."""
YES = ("yes", "y", "예", "네", "응", "맞아요")
NO = ("no", "n", "none", "아니요", "아니오", "없음")


@dataclass(frozen=True, slots=True)
class Turned:
    """A table with its weeks as rows: what each column is called, each row's label and place."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Label, int, Row], ...]
    grid: Grid
    counts: bool = False
    """Whether what is taken for weeks may be mere numbers, or what is taken for people something else."""


def by_rows(grid: Grid, column: int) -> Turned:
    """The table as it is, with the column that holds the weeks; a date beside it tells the day."""
    words = tuple(heads(grid))
    days = [x for x, word in enumerate(words) if x != column and role_of(word) == "date"]
    bare = role_of(words[column]) == "week"
    rows = []
    for row in grid.rows:
        label = label_of(plain_words(at(row, column)), bare=bare)
        if days and label.day is None:
            label = replace(label, day=label_of(plain_words(at(row, days[0]))).day)
        rows.append((label, line_of(row), tuple(None if x == column else c for x, c in enumerate(row))))
    others = tuple("" if x == column else word for x, word in enumerate(words))
    return Turned(others, tuple(rows), grid, only_counts(words, column))


def by_columns(grid: Grid) -> Turned:
    """The table turned round: the weeks stand in its header, a member in the first cell of each row."""
    words = heads(grid)
    own = next((x for x, word in enumerate(words) if role_of(word) == "person"), 0)
    names = tuple(plain_words(at(row, own)) for row in grid.rows)
    said = NAMES.search(words[own]) or not words[own]
    bare = role_of(words[own]) == "person"
    if role_of(words[own]) in ("topic", "link", "other"):
        names = ("",) * len(names)
    rows = []
    for place in range(own + 1, max(grid.width, max(map(len, grid.rows), default=0))):
        labels = [label_of(plain_words(at(row, place)), bare=bare) for row in grid.header]
        label = next((label for label in labels if label.names_week), labels[-1])
        column = tuple(at(row, place) for row in grid.rows)
        if label.names_week or label.rests or (not label.text and any(cell and cell.text for cell in column)):
            rows.append((label, grid.first, column))
    return Turned(names, tuple(rows), grid, not said)


def line_of(row: Row) -> int:
    """The line that a row stands on."""
    return next((cell.line for cell in row if cell is not None), 0)


def columns_of(turned: Turned) -> list[int]:
    """The columns that may be members': under words that are no column's usual ones."""
    return [x for x, word in enumerate(turned.heads) if word and role_of(word) is None and not _sums(word)]


def _sums(word: str) -> bool:
    label = label_of(word)
    return label.sums or label.rests


def evidence(turned: Turned, legend: Mapping[str, str]) -> str:
    """Whether the columns are members: `yes`, `no`, or `ask` where it could be something else."""
    columns = columns_of(turned)
    if not columns or not turned.rows:
        return "no"
    filled = known = links = 0
    told: set[int] = set()
    strange: set[int] = set()
    for _, _, row in turned.rows:
        for x, cell in ((x, cell) for x in columns if (cell := at(row, x)) is not None and cell.text):
            found = contents(cell, bare=True)
            says = bool(found.links) or mark_of(plain_words(cell), legend) is not None
            filled, known, links = filled + 1, known + says, links + bool(found.links)
            (told if says else strange).add(x)
    if not filled:
        return "ask" if all(PERSON.fullmatch(name_of(turned.heads[x])) for x in columns) else "no"
    if known * 2 < filled:
        return "no"
    names = all(_like_name(turned, x) for x in columns)
    sure = names or (not links and len(columns) > 1 and strange <= told)
    return "yes" if sure and not turned.counts and not _among_materials(turned, columns) else "ask"


def _among_materials(turned: Turned, columns: Sequence[int]) -> bool:
    """Whether one column alone could be somebody's, among others that hold links."""
    cells = (at(row, x) for _, _, row in turned.rows for x in range(len(turned.heads)) if x not in columns)
    return len(columns) == 1 and any(cell is not None and contents(cell, bare=True).links for cell in cells)


def _like_name(turned: Turned, column: int) -> bool:
    word = turned.heads[column]
    return (
        bool(PERSON.fullmatch(name_of(word)) and not LONG.match(name_of(word)))
        or word.startswith("@")
        or turned.heads[column] in linked(turned.grid)
    )


def linked(grid: Grid) -> frozenset[str]:
    """The words of header cells and first cells that link to somebody's page."""
    cells = [*(cell for row in grid.header for cell in row), *(at(row, 0) for row in grid.rows)]
    return frozenset(plain_words(cell) for cell in cells if cell is not None and contents(cell).links)


def members_sheet(turned: Turned, legend: Mapping[str, str], asking: Asking, sure: bool) -> Sheet | None:
    """Read the table; nothing where it is answered that its columns are not members."""
    chosen = _chosen(turned, asking, sure)
    if not chosen:
        return None
    axis = axis_of(turned.rows, asking)
    places, pieces, extra = [], [], []
    titles = [x for x, word in enumerate(turned.heads) if role_of(word) == "topic"]
    blogs = [x for x, word in enumerate(turned.heads) if role_of(word) == "writer"]
    lines = {id(row): line for _, line, row in turned.rows}
    for number, label, row in axis.rows:
        title = plain_words(at(row, titles[0])) if titles else ""
        blog = at(row, blogs[0]) if blogs else None
        line, writer = lines[id(row)], plain_words(blog) or None
        beyond = " ".join(map(plain_words, row[len(turned.heads) :])).strip()
        if beyond:
            extra.append(Ignored(line, line, T("records-ignored-words", text=Written(beyond))))
        places.append(Place(number, label.text, line, label.day, None, blog, writer, title or None))
        pieces += [_piece(number, name, line, at(row, x), legend) for x, name in chosen.items()]
    others = [turned.heads[x] for x in columns_of(turned) if x not in chosen]
    ignored = [Ignored(turned.grid.first, turned.grid.first, _column(word)) for word in others]
    return Sheet(
        MEMBERS,
        turned.heads,
        turned.grid.first,
        turned.grid.last,
        tuple(places),
        tuple(pieces),
        tuple(chosen.values()),
        ignored=(*ignored, *axis.ignored, *extra),
    )


def _column(word: str) -> Text:
    return T("records-ignored-column", text=Written(word))


def _chosen(turned: Turned, asking: Asking, sure: bool) -> dict[int, str]:
    """The columns that are members, with their names."""
    names = {x: name_of(turned.heads[x]) for x in columns_of(turned)}
    names = {x: name for x, name in names.items() if name}
    times = Counter(names.values())
    for x, name in names.items():
        if times[name] > 1:
            raise Refused("records-name-twice", line=turned.grid.first, name=Name(turned.heads[x]))
    if sure or not names:
        return names

    def read(text: str) -> Sequence[str] | None:
        said = text.strip()
        if said.casefold() in YES:
            return [*names.values()]
        if said.casefold() in NO:
            return []
        chosen = [name.strip() for name in said.split(",")]
        return chosen if {*chosen} <= {*names.values()} else None

    ask = T("records-ask-columns", line=turned.grid.first, names=Names(tuple(names.values())))
    chosen = asking.ask(f"members::{next(iter(names.values()))}", ask, read)
    return {x: name for x, name in names.items() if chosen is None or name in chosen}


def _piece(week: int, name: str, line: int, cell: Cell | None, legend: Mapping[str, str]) -> Piece:
    if cell is None:
        return Piece(week, name, line, None)
    found = contents(cell, bare=True)
    # A link may be called `x`: only a sign that is no letter marks it.
    called = [link.text for link in found.links if not link.text.isascii()]
    said = [found.words, *called] if found.links else [plain_words(cell)]
    mark = next((mark for words in said if (mark := mark_of(words, legend))), None)
    links = tuple(link for link in found.links if not EXCUSE.search(link.text))
    return Piece(week, name, cell.line or line, cell, links, found.words, mark)
