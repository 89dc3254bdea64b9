"""Restoring a backup: all that it holds, checked before and after, or nothing."""

import os
import shutil
import sqlite3
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Time,
    exists,
    func,
    insert,
    inspect,
    select,
    table,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from db.archive import Archive, BackupRefused, Manifest, Part, Tally, opened
from db.backup import VERSION_TABLE, current_revision, pages, reflected, sync_folder, table_names
from db.engine import file_of, writing_engine
from db.migrate import config

PLAYGROUND = {"clock", "post"}
"""Tables of a browser's chat: what is said there before a study begins is nobody's to keep."""


async def restore(url: str, file: Path) -> Manifest:
    """Put what a backup holds into an empty database and upgrade it; what the backup holds.

    The database is SQLite's or PostgreSQL's, whichever the backup was taken from, and is changed as a
    whole or not at all. Raises `BackupRefused`.
    """
    with opened(file) as archive:
        _refuse_newer(archive)
        database = file_of(url)
        if database is None:
            await _into_server(url, archive)
        else:
            await _into_file(database.resolve(), archive)
        return archive.manifest


def _refuse_newer(archive: Archive) -> None:
    revision = archive.manifest.revision
    try:
        ScriptDirectory.from_config(config()).get_revision(revision)
    except CommandError as problem:
        raise BackupRefused(
            f"{archive.name} was made by a newer studybot (revision {revision}): upgrade studybot first"
        ) from problem


async def _into_server(url: str, archive: Archive) -> None:
    engine = writing_engine(url)
    try:
        async with engine.begin() as connection:
            await _refuse_content(connection, "give an empty database in database.url")
            await _drop(connection)
            await _fill(connection, archive)
    finally:
        await engine.dispose()


async def _into_file(database: Path, archive: Archive) -> None:
    await _refuse_file(database)
    with _workshop(database) as made:
        engine = writing_engine(f"sqlite:///{made}")
        try:
            async with engine.begin() as connection:
                await _fill(connection, archive)
        finally:
            await engine.dispose()
        await _refuse_file(database)
        _put_in_place(made, database)


async def _refuse_file(database: Path) -> None:
    """Refuse to take the place of a database with content, or of one that is in use."""
    if not _there(database):
        return
    engine = writing_engine(f"sqlite:///{database}")
    try:
        async with engine.connect() as connection:
            await _refuse_content(connection, f"move {database} away first")
    finally:
        await engine.dispose()
    try:
        _fold(database)
    except sqlite3.OperationalError as problem:
        raise BackupRefused(f"{database} is in use: stop studybot first") from problem


def _there(database: Path) -> bool:
    """Whether there is a file to look into; its log alone would be played into what is restored."""
    log = database.with_name(f"{database.name}-wal")
    if not database.exists() and log.exists():
        raise BackupRefused(f"{log} belongs to a database that is gone: move it away first")
    return database.exists()


async def _refuse_content(connection: AsyncConnection, remedy: str) -> None:
    revision = await connection.run_sync(current_revision)
    if revision is None:
        there = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        if there and connection.dialect.name == "sqlite":
            raise BackupRefused(f"the database is not studybot's: {remedy}")
        return
    for name in sorted({*await table_names(revision)} - PLAYGROUND, key=lambda name: name != "study"):
        if await connection.scalar(select(exists().select_from(table(name)))):
            held = "studies" if name == "study" else f"rows in {name}"
            raise BackupRefused(f"the database holds {held} already: {remedy}")


async def _drop(connection: AsyncConnection) -> None:
    """Drop the tables of a database without content, whatever revision they are of."""
    revision = await connection.run_sync(current_revision)
    if revision is not None:
        names = [*await table_names(revision), VERSION_TABLE]
        there = MetaData()
        await connection.run_sync(there.reflect, only=names)
        await connection.run_sync(there.drop_all)


async def _fill(connection: AsyncConnection, archive: Archive) -> None:
    """Make the tables of the backup's revision, fill them, compare, and upgrade to the newest."""
    manifest = archive.manifest
    await connection.run_sync(_upgrade, manifest.revision)
    found = await connection.run_sync(reflected, await table_names(manifest.revision))
    tables = {made.name: made for made in found}
    if {part.table: {*part.columns} for part in manifest.parts} != {
        name: {*made.columns.keys()} for name, made in tables.items()
    }:
        raise BackupRefused(f"{archive.name} does not have the tables of its revision {manifest.revision}")
    parts = {part.table: part for part in manifest.parts}
    for made in found:
        await _insert(connection, made, archive, parts[made.name])
    for part in manifest.parts:
        tally = Tally()
        async for rows in pages(connection, tables[part.table], part.columns):
            tally.add(rows)
        if tally.part(part.table, part.columns) != part:
            raise BackupRefused(f"{part.table} does not read back as it was backed up: nothing was restored")
    if connection.dialect.name == "postgresql":
        await _reset_sequences(connection, found)
    await connection.run_sync(_upgrade, "head")


async def _insert(connection: AsyncConnection, into: Table, archive: Archive, part: Part) -> None:
    readers = [(name, _reader(into.c[name].type)) for name in part.columns]
    for rows in archive.pages(part):
        values = [
            {name: read(value) for (name, read), value in zip(readers, row, strict=True)} for row in rows
        ]
        await connection.execute(insert(into), values)


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], Any]:
    """What makes a column's value of what stands in a backup."""
    if isinstance(kind, DateTime):
        zone = UTC if kind.timezone else None  # SQLite's have none, and are UTC
        return lambda value: value and datetime.fromisoformat(value).replace(tzinfo=zone)
    if isinstance(kind, Date):
        return lambda value: value and date.fromisoformat(value)
    if isinstance(kind, Time):
        return lambda value: value and time.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else b64decode(value)
    return lambda value: value


async def _reset_sequences(connection: AsyncConnection, tables: Sequence[Table]) -> None:
    for made in tables:
        sequence = func.pg_get_serial_sequence(connection.dialect.identifier_preparer.quote(made.name), "id")
        after = select(func.coalesce(func.max(made.c.id), 0) + 1).scalar_subquery()
        await connection.execute(select(func.setval(sequence, after, False)))


def _upgrade(connection: Connection, revision: str) -> None:
    command.upgrade(config(connection), revision)


def _fold(database: Path) -> None:
    """Have the write-ahead log folded in; an `OperationalError` where anybody else has the file open."""
    with closing(sqlite3.connect(database, timeout=1)) as alone:
        alone.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def _workshop(database: Path) -> Iterator[Path]:
    """Give where to build a database, in a folder beside its place; what a kill left there is swept."""
    folder = database.with_name(f".{database.name}.restoring")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        yield folder / database.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(made: Path, database: Path) -> None:
    _fold(made)
    with made.open("rb") as whole:
        os.fsync(whole.fileno())
    os.replace(made, database)
    sync_folder(database.parent)
