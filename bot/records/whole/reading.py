"""Reading the file of a whole study: every value of its type, every reference to something, or a refusal."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Integer, LargeBinary, String, Table, Time
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from bot.records.whole.writing import FORMAT, STUDY, TABLES, VERSION, Row, columns_of, renumbered, target_of
from bot.rules import settings
from bot.rules.fines import Entry
from bot.rules.refusal import Refused
from bot.rules.timeline import Kind, Reminder
from bot.rules.verdicts import Verdict
from bot.services.books import PARTS
from bot.services.notes import NoteKind
from bot.services.scope import Role
from bot.texts import LANGUAGES
from db.migrate import config, newest_revision
from db.models import Instant

YEARS = range(1970, 2200)
SMALL, BIG = 2**31, 2**63
"""What the columns of whole numbers hold, below nothing too."""

CHOICES: Mapping[tuple[str, str], frozenset[str]] = {
    ("study", "language"): frozenset(LANGUAGES),
    ("member", "role"): frozenset(Role),
    ("member", "notify"): frozenset({"channel", "dm", "off"}),
    ("note", "kind"): frozenset(NoteKind),
    ("judgement", "verdict"): frozenset(Verdict),
    ("ledger", "kind"): frozenset(Entry),
    ("moment_done", "kind"): frozenset(Kind),
}

Reader = Callable[[Any], Any]


@dataclass(frozen=True)
class Whole:
    """A study as a file holds it: values of their types, under ids of the file."""

    study: Row
    tables: Mapping[str, list[Row]]


def read_whole(data: bytes) -> Whole:
    """What a file holds; refused where it is of another kind, of a newer version, or damaged."""
    said = _parsed(data)
    current = _understood(said) == _newest()
    parts = said.get("tables")
    if not isinstance(parts, dict) or parts.keys() != TABLES.keys():
        raise damaged("tables")
    study = _row(STUDY, said.get("study"), "study", current=current)
    tables = {name: _table(table, parts[name], current=current) for name, table in TABLES.items()}
    _check_study(study)
    ids = {name: {row["id"]: row["id"] for row in rows} for name, rows in tables.items()}
    for name, rows in tables.items():
        for row in rows:
            _check_references(TABLES[name], row, ids)
    return Whole(study, tables)


def damaged(where: str) -> Refused:
    """What is said of a file that does not hold together, and where that was seen."""
    return Refused("export-damaged", where=where)


def _parsed(data: bytes) -> Row:
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refused("export-not-a-study") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Refused("export-not-a-study")
    return said


def _understood(said: Row) -> str:
    """The revision of a file that this version understands."""
    version, revision = said.get("version"), said.get("revision")
    if type(version) is not int or version < 1 or not isinstance(revision, str):
        raise damaged("version")
    if version > VERSION or revision not in _revisions():
        raise Refused("export-newer")
    return revision


@cache
def _revisions() -> frozenset[str]:
    scripts = ScriptDirectory.from_config(config())
    return frozenset(script.revision for script in scripts.walk_revisions())


@cache
def _newest() -> str | None:
    return newest_revision()


def _table(table: Table, rows: object, *, current: bool) -> list[Row]:
    if not isinstance(rows, list):
        raise damaged(table.name)
    found: dict[int, Row] = {}
    for place, row in enumerate(rows, 1):
        where = f"{table.name} {place}"
        id_ = row.get("id") if isinstance(row, dict) else None
        if type(id_) is not int or id_ in found:
            raise damaged(f"{where} id")
        rest = {name: value for name, value in row.items() if name != "id"}
        found[id_] = {"id": id_} | _row(table, rest, where, current=current)
    return [*found.values()]


def _row(table: Table, said: object, where: str, *, current: bool) -> Row:
    """A row with every column; one that is younger than the file gets what it begins with."""
    columns = {column.name: column for column in columns_of(table)}
    if not isinstance(said, dict) or not said.keys() <= columns.keys():
        raise damaged(where)
    found: Row = {}
    for name, column in columns.items():
        try:
            found[name] = _read(column, said[name]) if name in said or current else _beginning(column)
        except (LookupError, TypeError, ValueError, OverflowError, Refused):
            raise damaged(f"{where} {name}") from None
    return found


def _beginning(column: Column[Any]) -> Any:
    if isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    if not column.nullable:
        raise LookupError(column.name)
    return None


def _read(column: Column[Any], value: Any) -> Any:
    if value is None and column.nullable:
        return None
    read = next(reader for kind, reader in READERS if isinstance(column.type, kind))
    found = read(value)
    if isinstance(column.type, String) and column.type.length is not None and len(found) > column.type.length:
        raise ValueError(found)
    if found not in CHOICES.get((column.table.name, column.name), [found]):
        raise ValueError(found)
    return found


def _is(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    return value


def _whole_number(limit: int) -> Reader:
    def read(value: Any) -> int:
        if not -limit <= _is(int, value) < limit:
            raise OverflowError(value)
        return int(value)

    return read


def _text(value: Any) -> str:
    """Words that both databases can hold."""
    words = str(_is(str, value))
    words.encode()
    if "\0" in words:
        raise ValueError(words)
    return words


def _instant(value: Any) -> datetime:
    at = datetime.fromisoformat(_is(str, value))
    if at.tzinfo is None or at.year not in YEARS:
        raise ValueError(value)
    return at.astimezone(UTC)


def _day(value: Any) -> date:
    day = date.fromisoformat(_is(str, value))
    if day.year not in YEARS:
        raise ValueError(value)
    return day


def _wall_time(value: Any) -> time:
    wall = time.fromisoformat(_is(str, value))
    if wall.tzinfo is not None:
        raise ValueError(value)
    return wall


def _object(value: Any) -> Any:
    """What is stored as JSON: a study's reminders, or a settlement's statement."""
    if isinstance(value, list):
        for subject in value:
            if Reminder.of(_text(subject)).subject != subject:
                raise ValueError(subject)
        return value
    amount = _whole_number(BIG)
    if _is(dict, value).keys() != {*PARTS, "carry_in", "carry_out", "last", "end", "final"}:
        raise KeyError(*value)
    for number in (value["carry_in"], value["carry_out"], *_is(list, value["last"])):
        amount(number)
    for part in PARTS:
        for member, number in _is(dict, value[part]).items():
            amount(int(member)), amount(number)
    _instant(value["end"])
    _is(bool, value["final"])
    return value


READERS: tuple[tuple[type, Reader], ...] = (
    (Instant, _instant),
    (Boolean, lambda value: _is(bool, value)),
    (BigInteger, _whole_number(BIG)),
    (Integer, _whole_number(SMALL)),
    (Date, _day),
    (Time, _wall_time),
    (LargeBinary, lambda value: b64decode(_text(value), validate=True)),
    (JSON, _object),
    (String, _text),
)
"""How the values of each type of column are read."""


def _check_study(study: Row) -> None:
    """Refuse settings that no study could have."""
    try:
        settings.zone(study["timezone"])
        settings.check_season(study["starts"], study["week_count"])
    except Refused:
        raise damaged("study") from None
    if not isinstance(study["reminders"], list) or min(study["late_fine"], study["absent_fine"]) < 0:
        raise damaged("study")


def _check_references(table: Table, row: Row, ids: Mapping[str, Mapping[int, int]]) -> None:
    """Refuse what refers to nothing, or within its own table to what comes after it."""
    where = f"{table.name} {row['id']}"
    try:
        renumbered(table, row, ids)
    except (LookupError, TypeError, ValueError):
        raise damaged(where) from None
    if any(row[name] >= row["id"] for name in references_within(table) if row[name] is not None):
        raise damaged(where)


def references_within(table: Table) -> Iterable[str]:
    """The columns of a table that refer to its own rows."""
    return [column.name for column in columns_of(table) if target_of(column) == table.name]
