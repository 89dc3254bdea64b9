"""Reading a README: the table that is the record, and the rules in the prose around it."""

from collections.abc import Collection, Iterator
from itertools import groupby

from bot.records.document import Document, parsed
from bot.records.prose import Stated, questions, stated
from bot.records.table import RecordTable, record_table
from bot.records.understood import Ignored, Understood, WeekRow, unique
from bot.texts import T, Text, Written


def read(document: bytes) -> Understood:
    """What a README says of a study; refused where its record cannot be read for certain."""
    taken = parsed(document)
    table = record_table(taken)
    said = stated(taken.statements)
    members = unique(entry.name for row in table.rows for entry in row.entries)
    return Understood(
        taken.title,
        members,
        tuple(_weeks(table, members)),
        said.rules,
        questions(said),
        tuple(_ignored(taken, table, said, members)),
    )


def _weeks(table: RecordTable, members: Collection[str | None]) -> Iterator[WeekRow]:
    for row in table.rows:
        submissions = {entry.name: entry.url for entry in row.entries}
        writer = row.writer if row.writer in members else None
        yield WeekRow(row.number, row.label, submissions, writer)


def _ignored(
    document: Document, table: RecordTable, said: Stated, members: Collection[str | None]
) -> Iterator[Ignored]:
    """What was passed over, from top to bottom; lines of one kind with nothing read between them are one."""
    found = []
    for why, run in groupby(sorted(_lines(document, table, said).items()), key=lambda item: item[1]):
        numbers = [number for number, _ in run]
        if why:
            found.append(Ignored(numbers[0], numbers[-1], why))
    for row in table.rows:
        if row.words:
            text = T("records-ignored-words", text=Written(row.words))
            found.append(Ignored(row.line, row.line, text))
        if row.writer and row.writer not in members:
            text = T("records-ignored-writer", text=Written(row.writer))
            found.append(Ignored(row.line, row.line, text))
    yield from sorted(found, key=lambda ignored: ignored.first)


def _lines(document: Document, table: RecordTable, said: Stated) -> dict[int, Text | None]:
    """For each line that holds something why it was passed over; `None` for one that was read."""
    why: dict[int, Text | None] = {}
    for statement in document.statements:
        reason = None if statement in said.used else T("records-ignored-prose")
        if statement in said.contradictions:
            reason = T("records-ignored-contradiction")
        why |= dict.fromkeys(range(statement.first, statement.last + 1), reason)
    for first, last in document.hidden:
        why |= dict.fromkeys(range(first, last + 1), T("records-ignored-hidden"))
    for rows in document.tables:
        reason = None if rows[0] == table.header else T("records-ignored-table")
        why |= dict.fromkeys((row.number for row in rows), reason)
    return why
