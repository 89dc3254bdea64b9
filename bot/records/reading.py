"""Reading a README: its record in tables, lists and a study log, and the rules in the prose around it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from bot.records.answers import Asking, year_of
from bot.records.document import Document, parsed
from bot.records.log.asking import ask_length, ask_zero, read_log
from bot.records.log.values import Log
from bot.records.prose import Stated, questions, stated
from bot.records.tables.labels import with_year
from bot.records.tables.layout import Place, Sheet
from bot.records.tables.layout_of import sheets_of
from bot.records.tables.marks import PENDING
from bot.records.understood import Ignored, Question, Understood, WeekRow, unique
from bot.rules.refusal import Refused
from bot.texts import T, Text, Written


def read(document: bytes, answers: Mapping[str, str] | None = None, roster: Sequence[str] = ()) -> Understood:
    """What a README says of a study, with what has been answered; `roster` are names already known.

    Refused where its record cannot be read for certain.
    """
    taken = parsed(document)
    asking = Asking(answers)
    sheets = sheets_of(taken, asking, roster)
    members = unique(name for sheet in sheets for name in sheet.members)
    log = _without(read_log(taken, (*members, *roster), asking, alone=not sheets), sheets)
    if not sheets and not log.sections:
        raise Refused("records-no-table")
    logged = frozenset(log.lines)
    said = stated(x for x in taken.statements if x.first not in logged)
    if not sheets:
        ask_length(log, said, asking)
    asked = list(questions(said))
    days = _days(sheets, said, asked, asking)
    zero = next((place for sheet in sheets for place in sheet.weeks if not (place.number or place.day)), None)
    if zero is not None and (day := ask_zero(zero.line, asking)):
        days[0] = day
    asked += [
        question for question in asking.questions.values() if question.about not in {x.about for x in asked}
    ]
    weeks = {row.number: row for row in _weeks(sheets, members, days)}
    for number, section in log.by_number().items():
        weeks[number] = _joined(weeks[number], section.week) if number in weeks else section.week
    return Understood(
        taken.title,
        unique([*members, *log.names]),
        tuple(weeks[number] for number in sorted(weeks)),
        said.rules,
        tuple(asked),
        tuple(_ignored(taken, sheets, log, said, members)),
    )


def _without(log: Log, sheets: Sequence[Sheet]) -> Log:
    """The log without the lines that are read as lists of hand-ins."""
    taken = {line for sheet in sheets for line in sheet.lines}
    if not taken:
        return log
    sections = (
        replace(section, items=tuple(item for item in section.items if item.line not in taken))
        for section in log.sections
    )
    return replace(log, sections=tuple(section for section in sections if section.items or section.title))


def _joined(row: WeekRow, section: WeekRow) -> WeekRow:
    """A week of which a table and a log speak."""
    return replace(
        section,
        label=row.label,
        submissions=row.submissions,
        writer=row.writer,
        marks=row.marks,
        title=section.title or row.title,
        date=section.date or row.date,
        topics={**row.topics, **section.topics},
    )


def _weeks(
    sheets: Sequence[Sheet], members: Collection[str | None], days: Mapping[int, date]
) -> Iterator[WeekRow]:
    for sheet in sheets:
        for number in dict.fromkeys(place.number for place in sheet.weeks):
            places = [place for place in sheet.weeks if place.number == number]
            pieces = [piece for piece in sheet.pieces if piece.week == number]
            links: dict[str, str | None] = {}
            marks: dict[str, str] = {}
            for piece in pieces:
                links[piece.name] = links.get(piece.name) or piece.url
                if piece.mark is not None and piece.mark != PENDING:
                    marks.setdefault(piece.name, piece.mark)
            yield WeekRow(
                number,
                places[0].label,
                links,
                next((place.writer for place in places if place.writer in members), None),
                marks,
                next((place.title for place in places if place.title), None),
                days.get(number),
                topics={name: text for (week, name), text in sheet.topics.items() if week == number},
            )


def _days(sheets: Sequence[Sheet], said: Stated, asked: list[Question], asking: Asking) -> dict[int, date]:
    """The days that the labels name; the year is asked for where none is told."""
    places = {place.number: place for sheet in sheets for place in sheet.weeks if place.day}
    known = [(number, place.day) for number, place in sorted(places.items()) if place.day]
    if not known:
        return {}
    year = next((day[0] for _, day in known if day[0]), None)
    starts = str(said.rules.get("starts", ""))
    if year is None and len(starts) == len("2022-04-06"):
        year = int(starts[:4])
    if year is None:
        if not any(question.about == "year" for question in asked):
            first = places[known[0][0]]
            asked.append(
                Question("year", T("records-ask-year-label", line=first.line, text=Written(_day_of(first))))
            )
        year = year_of(asking.answers["year"]) if "year" in asking.answers else None
    if year is None:
        return {}
    dated = with_year([day for _, day in known], year)
    return {number: day for (number, _), day in zip(known, dated, strict=True)}


def _day_of(place: Place) -> str:
    return f"{place.day[1]}/{place.day[2]}" if place.day else place.label


def _ignored(
    document: Document, sheets: Sequence[Sheet], log: Log, said: Stated, members: Collection[str | None]
) -> Iterator[Ignored]:
    """What was passed over, from top to bottom; lines of one kind with nothing read between them are one."""
    found = []
    for why, run in groupby(sorted(_lines(document, sheets, log, said).items()), key=lambda item: item[1]):
        numbers = [number for number, _ in run]
        if why:
            found.append(Ignored(numbers[0], numbers[-1], why))
    if log.cut:
        found.append(Ignored(log.cut, log.cut, T("records-ignored-cut")))
    for sheet in sheets:
        found += sheet.ignored
        for place in sheet.weeks:
            if place.writer and place.writer not in members:
                text = T("records-ignored-writer", text=Written(place.writer))
                found.append(Ignored(place.line, place.line, text))
    yield from sorted(found, key=lambda ignored: ignored.first)


def _lines(document: Document, sheets: Sequence[Sheet], log: Log, said: Stated) -> dict[int, Text | None]:
    """For each line that holds something why it was passed over; `None` for one that was read."""
    why: dict[int, Text | None] = {}
    for statement in document.statements:
        reason = None if statement in said.used else T("records-ignored-prose")
        if statement in said.contradictions:
            reason = T("records-ignored-contradiction")
        why |= dict.fromkeys(range(statement.first, statement.last + 1), reason)
    for first, last in document.hidden:
        why |= dict.fromkeys(range(first, last + 1), T("records-ignored-hidden"))
    for grid in document.grids:
        read_as = any(sheet.first == grid.first for sheet in sheets)
        reason = None if read_as else T("records-ignored-table")
        why |= dict.fromkeys(range(grid.first, grid.last + 1), reason)
    for sheet in sheets:
        why |= dict.fromkeys(sheet.lines)
    why |= {line: None for line in log.lines if line in why and line != log.cut}
    return why
