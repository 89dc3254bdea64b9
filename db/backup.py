"""Taking a backup: one snapshot of every table into one file, the same from SQLite and PostgreSQL."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, ColumnElement, Connection, MetaData, Table, Text, cast, event, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import UserDefinedType

from db.archive import PAGE, BackupRefused, Manifest, Rows, Writer
from db.engine import file_of, reading_engine, writing_engine
from db.migrate import config, newest_revision, upgrade
from db.models import Base

VERSION_TABLE = "alembic_version"

P = ParamSpec("P")
R = TypeVar("R")


async def back_up(url: str, file: Path, at: datetime, *, replace: bool = False) -> Manifest:
    """Write all that a database holds into a file, whoever writes meanwhile; what it holds.

    The file can be read by its owner alone, and is there whole or not at all. Raises `BackupRefused`.
    """
    _refuse_target(file, file_of(url), replace=replace)
    engine = reading_engine(url) or writing_engine(url)
    try:
        async with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                await connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            revision = await connection.run_sync(current_revision)
            if revision is None:
                raise BackupRefused("there is nothing to back up: the database has not been set up")
            found = await connection.run_sync(reflected, await table_names(revision))
            with _written_beside(file) as temporary:
                made = await _dump(connection, found, revision, temporary, at)
                await _beside(_put_in_place, temporary, file, replace=replace)
            return made
    finally:
        await engine.dispose()


def _refuse_target(file: Path, database: Path | None, *, replace: bool) -> None:
    if database is not None and not database.exists():
        raise BackupRefused(f"there is nothing to back up: there is no {database}")
    if database is not None and file.resolve() in {
        database.resolve().with_name(database.resolve().name + suffix) for suffix in ("", "-wal", "-shm")
    }:
        raise BackupRefused(f"{file} is the database itself: name another file")
    if file.is_dir():
        raise BackupRefused(f"{file} is a folder: name a file")
    _refuse_present(file, replace=replace)


def _refuse_present(file: Path, *, replace: bool) -> None:
    if file.exists() and not replace:
        raise BackupRefused(f"{file} is there already: name another file, or replace it with --force")


def current_revision(connection: Connection) -> str | None:
    """The revision a database is at; `None` for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


async def table_names(revision: str) -> Collection[str]:
    """The tables of a revision; those of others may stand beside them on a server.

    Raises Alembic's `CommandError` for a revision that is not known.
    """
    if revision == newest_revision():
        return Base.metadata.tables.keys()
    ScriptDirectory.from_config(config()).get_revision(revision)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/scratch.db"
        await upgrade(url, revision)
        engine = writing_engine(url)
        try:
            async with engine.connect() as connection:
                names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        finally:
            await engine.dispose()
    return {*names} - {VERSION_TABLE}


class JsonText(UserDefinedType[str]):
    """JSON as the text it is stored as: order, spelling and `null` against NULL are kept."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "JSON"

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, Text)  # asyncpg would parse it otherwise


def reflected(connection: Connection, names: Collection[str]) -> Sequence[Table]:
    """Tables as the database has them, in an order in which rows can be inserted."""
    found = MetaData()

    @event.listens_for(found, "column_reflect")
    def read(_: object, __: object, column: Any) -> None:
        if isinstance(column["type"], JSON):
            column["type"] = JsonText()

    found.reflect(connection, only=[*names])
    return found.sorted_tables


async def pages(connection: AsyncConnection, table: Table, columns: Sequence[str]) -> AsyncIterator[Rows]:
    """A table's rows in the order of their ids, some at a time."""
    wanted = select(*(table.c[name] for name in columns)).order_by(table.c.id).limit(PAGE)
    place = [*columns].index("id")
    rows = (await connection.execute(wanted)).all()
    while rows:
        yield rows
        rows = (await connection.execute(wanted.where(table.c.id > rows[-1][place]))).all()


async def _dump(
    connection: AsyncConnection, tables: Sequence[Table], revision: str, into: IO[bytes], at: datetime
) -> Manifest:
    writer = Writer(into, at)
    try:
        for table in tables:
            columns = table.columns.keys()
            with writer.table(table.name, columns) as add:
                async for rows in pages(connection, table, columns):
                    await _beside(add, rows)
        return await _beside(writer.finish, revision)
    except BaseException:
        writer.abandon()
        raise


async def _beside(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Encode, compress and flush beside the loop, which serves people meanwhile."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])  # a thread cannot be stopped, and the file is about to be closed
        raise


@contextmanager
def _written_beside(file: Path) -> Iterator[IO[bytes]]:
    """Give a temporary file in the same folder, gone at the end unless it was put in place."""
    with ExitStack() as at_the_end:
        try:
            made = tempfile.NamedTemporaryFile(  # noqa: SIM115
                dir=file.parent, prefix=f".{file.name}.", suffix=".part", delete=False
            )
            at_the_end.callback(Path(made.name).unlink, missing_ok=True)
            at_the_end.callback(_let_go, made)
            yield made
        except ConnectionError:  # the database's
            raise
        except OSError as problem:
            raise BackupRefused(f"{file} cannot be written: {problem.strerror}") from problem


def _let_go(file: IO[bytes]) -> None:
    with suppress(OSError):  # what a full disk refused once it refuses again
        file.close()


def _put_in_place(temporary: IO[bytes], file: Path, *, replace: bool) -> None:
    os.fsync(temporary.fileno())
    _refuse_present(file, replace=replace)
    os.replace(temporary.name, file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Have a rename in a folder outlast a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
