"""One study whole, as a file to keep and to restore: every row that is its own, under ids of the file."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Column, Table, select

from bot.rules.timeline import Kind
from bot.services.books import PARTS
from db import Session
from db import models as m
from db.migrate import revision

FORMAT, VERSION = "studybot-study", 1

EVERY = m.Base.metadata.tables
TABLES: Mapping[str, Table] = {
    name: EVERY[name]
    for name in (
        "member",
        "week",
        "break",
        "excuse",
        "extension",
        "turn",
        "swap",
        "question",
        "note",
        "topic",
        "document",
        "submission",
        "judgement",
        "settlement",
        "history",
        "detail",
        "ledger",
        "moment_done",
    )
}
"""What belongs to a study, in an order in which it can be inserted. Messages are told, not restored."""

STUDY = EVERY["study"]
OF_THE_PLACE = frozenset({"id", "channel", "paused_at", "paused_why", "published", "next_moment_at"})
"""What a study has only where it stands."""

Row = dict[str, Any]
Ids = Mapping[str, Mapping[int, int]]
"""By table, which id takes the place of which."""


async def json_of(session: Session, study: m.Study) -> bytes:
    """The study whole, as UTF-8 JSON: instants with their offset, amounts in the minor unit, bytes in base64.

    The same study gives the same bytes, wherever it was restored to.
    """
    found = await _read(session, study.id)
    while (again := await _read(session, study.id)) != found:
        # What is read alike twice was so at one instant; PostgreSQL shows each statement the newest.
        found = again
    ids = {name: {row["id"]: place for place, row in enumerate(rows, 1)} for name, rows in found.items()}
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "revision": await revision(session),
        "study": _written(found["study"][0]),
        "tables": {name: [_placed(table, row, ids) for row in found[name]] for name, table in TABLES.items()},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def columns_of(table: Table) -> Sequence[Column[Any]]:
    """The columns of a table that stand in a file, beside the id."""
    left_out = OF_THE_PLACE if table is STUDY else {"id", "study_id"}
    return [column for column in table.columns if column.name not in left_out]


def target_of(column: Column[Any]) -> str | None:
    """The table that a column's ids are of."""
    return next((key.column.table.name for key in column.foreign_keys), None)


def renumbered(table: Table, row: Row, ids: Ids) -> Row:
    """A row without its id, with other ids for all that it refers to, also within its values.

    Raises `KeyError` or `ValueError` where it refers to nothing.
    """
    found: Row = {}
    for column in columns_of(table):
        value, target = row[column.name], target_of(column)
        found[column.name] = value if value is None or target is None else ids[target][value]
    if table.name == "settlement":
        found["statement"] = _statement(found["statement"], ids["member"])
    if table.name == "moment_done":
        found["subject"] = _subject(found["kind"], found["subject"], ids)
    return found


def _statement(stored: Mapping[str, Any], members: Mapping[int, int]) -> Row:
    parts = {
        part: {str(members[int(member)]): amount for member, amount in stored[part].items()} for part in PARTS
    }
    return {**stored, **parts, "last": [members[member] for member in stored["last"]]}


def _subject(kind: str, subject: str, ids: Ids) -> str:
    """What a moment was about: a break, a member, or a reminder that may be a single member's."""
    if kind in (Kind.BREAK_BEGINS, Kind.BREAK_ENDS):
        return str(ids["break"][int(subject)])
    if kind == Kind.CLOSED and subject:
        return str(ids["member"][int(subject)])
    reminder, alone, member = subject.partition("@")
    return f"{reminder}@{ids['member'][int(member)]}" if alone else subject


async def _read(session: Session, study: int) -> dict[str, list[Row]]:
    """All rows of a study in the order in which they were written."""
    found = {}
    for name, table in {STUDY.name: STUDY, **TABLES}.items():
        wanted = [table.c.id, *columns_of(table)]
        rows = await session.execute(select(*wanted).where(_of(table, study)).order_by(table.c.id))
        found[name] = [dict(row) for row in rows.mappings()]
    return found


def _of(table: Table, study: int) -> Any:
    """Whether a row is the study's: by itself, its week, or its line of the history."""
    if table is STUDY:
        return table.c.id == study
    if "study_id" in table.c:
        return table.c.study_id == study
    name, owner = ("week_id", EVERY["week"]) if "week_id" in table.c else ("history_id", EVERY["history"])
    return table.c[name].in_(select(owner.c.id).where(owner.c.study_id == study))


def _placed(table: Table, row: Row, ids: Ids) -> Row:
    return {"id": ids[table.name][row["id"]], **_written(renumbered(table, row, ids))}


def _written(row: Row) -> Row:
    return {name: _value(value) for name, value in row.items() if name != "id"}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return b64encode(value).decode() if isinstance(value, bytes) else value
