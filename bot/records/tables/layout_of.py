"""Which tables and lists of a document are its record, and how each is laid out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.records.answers import Asking
from bot.records.document import Document
from bot.records.markup import plain_words
from bot.records.tables.grid import Grid, at
from bot.records.tables.labels import label_of
from bot.records.tables.layout import LIST, Piece, Sheet, heads, role_of
from bot.records.tables.legend import legend_of
from bot.records.tables.links import cell_column, is_record, links_sheet
from bot.records.tables.lists import list_sheet
from bot.records.tables.marks_asked import settled
from bot.records.tables.members import by_columns, by_rows, evidence, members_sheet
from bot.records.tables.people import people_sheet, person_column
from bot.records.tables.relative import absolute
from bot.rules.refusal import Refused
from bot.texts import Name, Names, T

MONEY = re.compile(r"벌금|회비|납부|정산|보증금|\b(?:fines?|penalt|payments?|fees?|deposits?)", re.IGNORECASE)
HANDED_IN = re.compile(r"과제|제출|출석|인증|homework|assignment|submission|attendance", re.IGNORECASE)
INSTEAD = re.compile(r"→|[-=]>|대타|대신|대체")
"""Somebody in somebody else's place."""
PERSONS = re.compile(r"(?!대타|대신|대체)(?:[가-힣]{2,4}|[A-Za-z]+)")
ROSTER = re.compile(
    r"스터디원|멤버|참여자|참가자|팀원|구성원|함께하는|members?|participants?|crew|team", re.IGNORECASE
)


def sheets_of(document: Document, asking: Asking, roster: Sequence[str] = ()) -> tuple[Sheet, ...]:
    """The record's tables and lists; `roster` are names that the study knows already.

    Asks where something can be read in two ways; refused where a table under our own header is damaged.
    """
    legend = legend_of(_legend_lines(document))
    grids = [grid for grid in document.grids if is_record(grid) or not _of_money(document, grid)]
    found = [sheet for grid in grids if (sheet := _sheet(grid, legend, asking)) is not None]
    if not found:
        listed = list_sheet(document, legend, asking)
        found = [listed] if listed is not None else []
    chosen = _chosen([sheet for sheet in found if sheet.weeks] or found[:1], asking)
    settle = [settled(sheet, asking) for sheet in absolute(chosen, asking)]
    return tuple(_renamed(settle, [*roster, *_rostered(document)], asking))


def _legend_lines(document: Document) -> Iterator[str]:
    """Where signs may be explained: in prose, or in a table of two columns."""
    for statement in document.statements:
        yield from statement.lines
    for grid in document.grids:
        yield from (" ".join(map(plain_words, row)) for row in (*grid.header, *grid.rows) if len(row) == 2)


def _of_money(document: Document, grid: Grid) -> bool:
    """Whether it stands under a heading of fines: its marks tell who has paid."""
    heading = document.heading_over(grid.first)
    return bool(MONEY.search(heading)) and not HANDED_IN.search(heading)


def _sheet(grid: Grid, legend: dict[str, str], asking: Asking) -> Sheet | None:
    """A table's sheet, if it is a record."""
    if is_record(grid):
        return links_sheet(grid, 0, 1, asking, strict=True)
    words = heads(grid)
    week = _week_column(grid, words)
    if any(_weeks_above([plain_words(cell) for cell in row]) for row in grid.header):
        turned = by_columns(grid)
    elif week is None:
        return None
    else:
        column = cell_column(grid, week)
        if column is not None:
            return links_sheet(grid, week, column, asking, strict=False)
        person = person_column(grid, week)
        if person is not None:
            sheet = people_sheet(grid, week, person, legend, asking)
            if sheet is not None or role_of(words[person]) == "person":
                return sheet
        turned = by_rows(grid, week)
    sure = evidence(turned, legend)
    return members_sheet(turned, legend, asking, sure == "yes") if sure != "no" else None


def _week_column(grid: Grid, words: Sequence[str]) -> int | None:
    """The column of the weeks: where the header says so, or where most cells are weeks."""
    for role in ("week", "date", None):
        for column, word in enumerate(words):
            if role is not None and role_of(word) != role:
                continue
            labels = [label_of(plain_words(at(row, column)), bare=role == "week") for row in grid.rows]
            said = [label for label in labels if label.text]
            named = sum(label.names_week or label.rests for label in said)
            if (role == "week" and (named or not said)) or (said and named * 2 > len(said)):
                return column
            if role is None:
                break
    return None


def _weeks_above(words: Sequence[str]) -> bool:
    """Whether the header names weeks."""
    bare = any(role_of(word) == "person" for word in words)
    return sum(label_of(word, bare=bare).names_week for word in words[1:]) >= (1 if bare else 2)


def _chosen(sheets: list[Sheet], asking: Asking) -> list[Sheet]:
    """All the tables where each has weeks of its own; else it is asked which of them is this season's."""
    numbers = [place.number for sheet in sheets for place in {x.number: x for x in sheet.weeks}.values()]
    if len(sheets) < 2 or len({*numbers}) == len(numbers):
        return sheets
    lines = ", ".join(str(sheet.first) for sheet in sheets)

    def read(text: str) -> int | None:
        plain = text.strip()
        fits = plain.isascii() and plain.isdecimal() and 1 <= int(plain[:4]) <= len(sheets)
        return int(plain) - 1 if fits else None

    place = asking.ask("table::", T("records-ask-table", lines=lines, count=len(sheets)), read)
    return [sheets[place]] if place is not None else sheets[-1:]


def _rostered(document: Document) -> Iterator[str]:
    """The names under a heading such as 스터디원."""
    for item in document.items:
        if ROSTER.search(item.heading):
            words = plain_words(item.cell)
            yield re.split(r"\s*[:(–—-]\s*|\s+-\s+", words, maxsplit=1)[0].strip("@ ")


def _renamed(sheets: list[Sheet], roster: Sequence[str], asking: Asking) -> Iterator[Sheet]:
    """The sheets with one name for everybody: asks where two may be the same person's."""
    known = dict.fromkeys([*filter(None, roster), *(name for x in sheets for name in x.members)])
    alike = _Alike(known, frozenset(roster))
    for sheet in sheets:
        writers = [place.writer for place in sheet.weeks if place.writer]
        names = dict.fromkeys([*sheet.members, *writers])
        new = {name: _name(name, alike, asking) for name in names}
        yield _with_names(sheet, new) if any(new[name] != name for name in names) else sheet


class _Alike:
    """Names that may be one person's: with and without the family name, in other letters' case."""

    def __init__(self, known: Iterable[str], roster: frozenset[str]) -> None:
        self.known, self.roster = frozenset(known), roster
        self.by_form: dict[str, list[str]] = {}
        for name in known:
            for form in _forms(name):
                self.by_form.setdefault(form, []).append(name)

    def to(self, name: str) -> list[str]:
        """The known names that one may stand for: of the roster, or longer ones of the tables."""
        if name in self.roster:
            return []
        found = dict.fromkeys(other for form in _forms(name) for other in self.by_form.get(form, ()))
        return [x for x in found if x != name and (x in self.roster or len(x) > len(name))]


def _forms(name: str) -> list[str]:
    """How a name may be written: a Korean one without its family name too."""
    hangul = all("가" <= sign <= "힣" for sign in name)
    short = [name[cut:] for cut in (1, 2) if len(name) - cut >= 2] if hangul else []
    return [name.casefold(), *short]


def _name(name: str, alike: _Alike, asking: Asking) -> str:
    others = [x for x in alike.to(name) if x.endswith(name) or name.endswith(x) or _same(x, name)]
    others = others or (PERSONS.findall(name) if INSTEAD.search(name) else [])
    if not others:
        return name

    def read(text: str) -> str | None:
        said = text.strip()
        if said.casefold() in ("none", "없음", "no"):
            return name
        return said if said in alike.known or said in others else None

    ask = T("records-ask-rename", name=Name(name), others=Names(tuple(others)))
    return asking.ask(f"rename::{name}", ask, read) or name


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def _with_names(sheet: Sheet, new: dict[str, str]) -> Sheet:
    pieces = tuple(replace(piece, name=new[piece.name]) for piece in sheet.pieces)
    _check_once(sheet, pieces)
    return replace(
        sheet,
        pieces=pieces,
        weeks=tuple(
            replace(x, writer=new.get(x.writer, x.writer) if x.writer else None) for x in sheet.weeks
        ),
        members=tuple(dict.fromkeys(new[name] for name in sheet.members)),
        topics={(week, new.get(name, name)): text for (week, name), text in sheet.topics.items()},
    )


def _check_once(sheet: Sheet, pieces: Sequence[Piece]) -> None:
    """Refuse answers by which two columns become one person's."""
    if sheet.shape == LIST:
        return
    seen: dict[tuple[int, str], str] = {}
    for piece, old in zip(pieces, sheet.pieces, strict=True):
        if seen.setdefault((piece.week, piece.name), old.name) != old.name:
            raise Refused("records-name-twice", line=piece.line, name=Name(piece.name))
