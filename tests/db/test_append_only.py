"""What is written in ledger, history and judgements stays, whoever connects and at every revision."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from db.engine import writing_engine
from db.migrate import upgrade
from tests.db.schema import append_only, fill, keys, revisions, tables

Wish = sa.UpdateBase | sa.TextClause
Rows = dict[str, list[tuple[Any, ...]]]


def written(connection: Connection) -> None:
    """Write rows into each of the tables, the last one with every column filled."""
    found = tables(connection)
    for name in append_only(found.tables):
        fill(connection, found.tables[name])
        fill(connection, found.tables[name])


def kept(connection: Connection) -> Rows:
    """What is in the tables."""
    return {
        name: [tuple(row) for row in connection.execute(sa.text(f"SELECT * FROM {name} ORDER BY id"))]
        for name in append_only(tables(connection).tables)
    }


def attempts(connection: Connection, names: Iterable[str]) -> list[Wish]:
    """Every way to change or lose a row of these tables that the database offers."""
    found = tables(connection)
    wishes: list[Wish] = []
    for name in names:
        table = found.tables[name]
        wishes += [table.delete(), table.delete().where(table.c.id == 1)]
        wishes += [table.update().values({c.name: c}) for c in table.columns]
        if connection.dialect.name == "postgresql":
            wishes.append(sa.text(f"TRUNCATE {name} CASCADE"))
        else:
            wishes += [sa.text(wish) for wish in replacements(name, keys(table), list(table.c.keys()))]
    return wishes


def replacements(table: str, unique: list[list[str]], columns: list[str]) -> list[str]:
    """An OR REPLACE for every key, with all else changed that can be."""
    wishes = [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"]
    for key in unique:
        free = [name for name in columns if name not in key and name != "id"]
        same = [name for name in key if name != "id"]
        first = "id" if "id" in key else "id + 1000"
        named = ", ".join(["id", *same, *free])
        chosen = ", ".join([first, *same, *free])
        wishes += [
            f"INSERT OR REPLACE INTO {table} ({named}) SELECT {chosen} FROM {table} WHERE id = 1",
            f"REPLACE INTO {table} ({named}) SELECT {chosen} FROM {table} ORDER BY id DESC LIMIT 1",
        ]
    wishes.append(
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET id = -1"
    )
    return [*wishes, f"UPDATE OR REPLACE {table} SET id = 1 WHERE id = 2"]


def refused(connection: Connection, wish: Wish) -> str:
    """What the database says to an attempt."""
    with pytest.raises(DBAPIError) as no, connection.begin_nested():
        connection.execute(wish)
    return str(no.value.orig)


def all_refused(connection: Connection) -> None:
    assert all(len(rows) > 1 and None not in rows[-1] for rows in kept(connection).values())
    still_refused(connection)


def still_refused(connection: Connection) -> None:
    """Whatever was there before an upgrade; tables that came with it have no rows yet."""
    before = kept(connection)
    filled = [name for name, rows in before.items() if rows]
    assert len(filled) > 2
    for wish in attempts(connection, filled):
        assert "append-only" in refused(connection, wish), str(wish)
    assert kept(connection) == before


async def at_revision(url: str, revision: str, *steps: Callable[[Connection], object]) -> None:
    await upgrade(url, revision)
    engine = writing_engine(url)
    try:
        for step in steps:
            async with engine.begin() as connection:
                await connection.run_sync(step)
    finally:
        await engine.dispose()


@pytest.mark.parametrize("revision", revisions())
async def test_nothing_in_ledger_history_and_judgements_can_be_changed(
    database_url: str, revision: str
) -> None:
    await at_revision(database_url, revision, written, all_refused)


@pytest.mark.parametrize("revision", revisions())
async def test_a_plain_connection_without_our_pragmas_is_refused_too(tmp_path: Path, revision: str) -> None:
    file = tmp_path / "studybot.db"
    wishes: list[str] = []

    def prepared(connection: Connection) -> None:
        written(connection)
        wishes.extend(str(wish.compile(connection)) for wish in attempts(connection, kept(connection)))

    await at_revision(f"sqlite:///{file}", revision, prepared)
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        there = [name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        named = append_only(there)
        before = [plain.execute(f"SELECT * FROM {name}").fetchall() for name in named]
        for wish in wishes:
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                plain.execute(wish, (1,) if "?" in wish else ())
        assert [plain.execute(f"SELECT * FROM {name}").fetchall() for name in named] == before


@pytest.mark.parametrize("revision", revisions())
async def test_rows_survive_the_upgrade_to_the_newest_revision(database_url: str, revision: str) -> None:
    await at_revision(database_url, revision, written)
    await at_revision(database_url, "head", still_refused)
