"""Rows for tables whose columns are read from the database itself, at whatever revision it is."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table
from sqlalchemy.sql.schema import Column

from db.migrate import config

APPEND_ONLY = ("ledger", "history", "judgement", "settlement")


def append_only(names: Iterable[str]) -> list[str]:
    """Those of the append-only tables that are there at a revision."""
    there = set(names)
    return [name for name in APPEND_ONLY if name in there]


def revisions() -> list[str]:
    """Every revision, the first one first."""
    scripts = ScriptDirectory.from_config(config())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def tables(connection: Connection) -> MetaData:
    """The tables as the database knows them."""
    found = MetaData()
    found.reflect(connection)
    return found


def fill(connection: Connection, table: Table, numbers: Iterable[int] | None = None) -> dict[str, Any]:
    """Insert a row with a value in every column, with the rows that it refers to; all but a reference
    to the table itself, which goes to the row before."""
    numbers = iter(numbers or count(1))
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.primary_key:
            continue
        target = next((key.column.table for key in column.foreign_keys), None)
        if target is None:
            values[column.name] = _value(column, next(numbers))
        elif target is table:
            values[column.name] = connection.scalar(sa.select(sa.func.max(table.c.id)))
        else:
            values[column.name] = fill(connection, target, numbers)["id"]
    made = connection.execute(table.insert().values(values).returning(table.c.id)).scalar_one()
    return values | {"id": made}


def _value(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, sa.DateTime):
        return datetime(2022, 4, 1, 0, number % 60, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date(2022, 4, 1)
    if isinstance(kind, sa.Time):
        return time(0)
    if isinstance(kind, sa.JSON):
        return []
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.String):
        return f"{number:x}"[-(kind.length or 80) :]
    return number


def keys(table: Table) -> list[list[str]]:
    """The columns of every key that a row can collide with: the id and what is declared unique."""
    declared = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
    indexes = [index for index in table.indexes if index.unique]
    return [[column.name for column in key.columns] for key in (*declared, *indexes)]
