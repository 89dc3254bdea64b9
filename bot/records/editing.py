"""Writing a record into a README's table: its own cells change, every other byte stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.records.document import parsed
from bot.records.markup import written_link, written_words
from bot.records.record import Record
from bot.records.table import SEPARATOR, RecordTable, Row, record_table
from bot.rules.refusal import Refused
from bot.texts import Name

USUAL_SEPARATOR = " &nbsp; "
Slot = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the document's text, from `start` to before `end`, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a table says, by week and member; a writer who is no member of the study is none."""

    links: Mapping[Slot, str]
    writers: Mapping[int, str]
    strangers: frozenset[int] = field(default=frozenset(), compare=False)
    """The weeks whose blog cell names somebody who is no member."""


def edited(document: bytes, record: Record, base: bytes | None = None) -> bytes:
    """The document with the record in its table; `base` is what it was when both last agreed.

    Refused where the table cannot be read for certain, or was changed since `base` in a way that
    writing would undo; then nothing is to be written.
    """
    old = record_table(parsed(base)) if base is not None else None
    table = _table(document, old)
    _check_complete(table, record)
    record = _with_places(table, record, old)
    now = _known(table, record)
    before = _known(old, record) if old else None
    wanted = Known(_links(now, record, before), _writers(now, record, before))
    separator = _separator(table)
    edits = [edit for row in table.rows for edit in _of_row(row, now, wanted, record, separator)]
    return _written(table, edits, wanted, record)


def _table(document: bytes, old: RecordTable | None) -> RecordTable:
    """The document's table, under the header it had before."""
    try:
        table = record_table(parsed(document))
    except Refused as no:
        if old and no.key == "records-no-table":
            raise _header_changed(old) from no
        raise
    if old and table.header_cells != old.header_cells:
        raise _header_changed(old)
    return table


def _header_changed(old: RecordTable) -> Refused:
    return Refused("records-header-changed", header=f"|{'|'.join(old.header_cells)}|")


def _check_complete(table: RecordTable, record: Record) -> None:
    """Refuse a table with a stranger in it, or without a place for what is to be written."""
    rows = {row.number: row for row in table.rows}
    for row in table.rows:
        for entry in row.entries:
            if entry.name not in record.members:
                raise Refused("records-unknown-name", line=row.line, name=Name(entry.name))
    for number in dict.fromkeys(week for week, _ in record.links):
        if number not in rows:
            raise Refused("records-row-missing", week=number)
        if rows[number].homework is None:
            raise Refused("records-cell-missing", line=rows[number].line, week=number)


def _with_places(table: RecordTable, record: Record, old: RecordTable | None) -> Record:
    """The record without the turns of weeks that have no blog cell; refused where one was there before."""
    had = {row.number for row in old.rows if row.blog is not None} if old else set()
    for row in table.rows:
        if row.blog is None and row.number in had and row.number in record.writers:
            raise Refused("records-cell-missing", line=row.line, week=row.number)
    places = {row.number for row in table.rows if row.blog is not None}
    writers = {week: name for week, name in record.writers.items() if week in places}
    return replace(record, writers=writers)


def _known(table: RecordTable, record: Record) -> Known:
    links = {(row.number, entry.name): entry.url for row in table.rows for entry in row.entries}
    writers = {row.number: row.writer for row in table.rows}
    members = {*record.members, *record.writers.values()}
    return Known(
        {slot: url for slot, url in links.items() if url is not None},
        {week: name for week, name in writers.items() if name is not None and name in members},
        frozenset(week for week, name in writers.items() if name and name not in members),
    )


def _links(now: Known, record: Record, before: Known | None) -> dict[Slot, str]:
    found = {}
    for slot in dict.fromkeys([*now.links, *record.links]):
        values = (now.links.get(slot), record.links.get(slot))
        url, fits = _merged(*values, before.links.get(slot) if before else None, before is not None)
        if not fits:
            raise Refused("records-link-conflict", week=slot[0], name=Name(slot[1]))
        if url is not None:
            found[slot] = url
    return found


def _writers(now: Known, record: Record, before: Known | None) -> dict[int, str]:
    """A blog cell is ours where it names a member, not where it is empty or names somebody else."""
    found = dict(now.writers)
    for week, wanted in record.writers.items():
        was = before.writers.get(week) if before else None
        if week in now.strangers or (before is not None and week not in now.writers and was is None):
            continue
        name, fits = _merged(now.writers.get(week), wanted, was, before is not None)
        if not fits:
            raise Refused("records-writer-conflict", week=week)
        if name is not None:
            found[week] = name
    return found


def _merged(
    now: str | None, wanted: str | None, before: str | None, has_base: bool
) -> tuple[str | None, bool]:
    """What a cell is to say, and whether that undoes nobody's work."""
    if now == wanted or (wanted is None and before is None):
        return now, True  # the same already, or put in by hand
    return wanted, not has_base or now == before


def _of_row(row: Row, now: Known, wanted: Known, record: Record, separator: str) -> Iterator[Edit]:
    for entry in row.entries:
        slot = (row.number, entry.name)
        if now.links.get(slot) != wanted.links.get(slot):
            yield Edit(*entry.inside, written_link(wanted.links.get(slot, "")))
    there = {entry.name for entry in row.entries}
    links = [(name, wanted.links.get((row.number, name))) for name in record.members if name not in there]
    new = [f"[{written_words(name)}]({written_link(url)})" for name, url in links if url is not None]
    if new and row.homework:
        end = row.entries[-1].end if row.entries else row.homework.end
        glue = _separator_of(row) or separator
        yield Edit(end, end, (glue if row.homework.text else "") + glue.join(new))
    writer = wanted.writers.get(row.number)
    if row.blog and now.writers.get(row.number) != writer:
        yield Edit(row.blog.start, row.blog.end, written_words(writer or ""))


def _separator(table: RecordTable) -> str:
    """How the table's first cell with two members keeps them apart."""
    return next((found for row in table.rows if (found := _separator_of(row))), USUAL_SEPARATOR)


def _separator_of(row: Row) -> str | None:
    if row.homework is None or len(row.entries) < 2:
        return None
    before, last = row.entries[-2:]
    between = row.homework.text[before.end - row.homework.start : last.start - row.homework.start]
    return between if SEPARATOR.fullmatch(between) else None


def _written(table: RecordTable, edits: list[Edit], wanted: Known, record: Record) -> bytes:
    """The text with its edits; read again to be sure that it says what was wanted."""
    text = table.text
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    try:
        document = text.encode("utf-8")
        again = _known(record_table(parsed(document)), record)
    except (UnicodeEncodeError, Refused):
        raise Refused("records-unwritable") from None
    if again != wanted:
        raise Refused("records-unwritable")
    return document
