"""Engines: SQLite and PostgreSQL behind the same models."""

from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts

from db.sqlite_driver import LOCK, ReadingConnection, connect

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "busy_timeout = 10000",
)


class UnknownDatabase(ValueError):
    """The database URL names neither SQLite (a file) nor PostgreSQL."""


def understand(url: str) -> URL:
    """A SQLAlchemy URL from one with or without a driver; raises `UnknownDatabase`."""
    try:
        parsed = make_url(url)
    except Exception as problem:
        raise UnknownDatabase(url) from problem
    backend = parsed.get_backend_name()
    if backend not in DRIVERS or (backend == "sqlite" and not parsed.database):
        raise UnknownDatabase(url)
    # libpq, and with it whoever hands out addresses, says sslmode where asyncpg says ssl.
    query = {"ssl" if name == "sslmode" else name: value for name, value in parsed.query.items()}
    return parsed.set(drivername=DRIVERS[backend], query=query)


def file_of(url: str) -> Path | None:
    """The file a SQLite database lives in; `None` for a server."""
    parsed = understand(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def writing_engine(url: str) -> AsyncEngine:
    """The engine that writes: on SQLite one connection, whose transactions begin IMMEDIATE."""
    file = file_of(url)
    if file is None:
        return create_async_engine(understand(url), pool_pre_ping=True)
    engine = create_async_engine(
        understand(url), pool_size=1, max_overflow=0, async_creator=partial(connect, file)
    )
    _prepare(engine, begin=LOCK)
    # Rows inserted together get rising ids, so RETURNING can be sorted and they need not go one by one.
    engine.dialect.insertmanyvalues_implicit_sentinel = InsertmanyvaluesSentinelOpts.AUTOINCREMENT
    return engine


def reading_engine(url: str) -> AsyncEngine | None:
    """The engine that only reads beside the writer; `None` where the writing one serves both."""
    file = file_of(url)
    if file is None:
        return None
    engine = create_async_engine(
        understand(url), pool_size=4, async_creator=partial(connect, file, ReadingConnection)
    )
    _prepare(engine, begin="BEGIN", pragmas=(*PRAGMAS, "query_only = ON"))
    return engine


def _prepare(engine: AsyncEngine, begin: str, pragmas: tuple[str, ...] = PRAGMAS) -> None:
    """Take transactions away from the driver, which otherwise commits behind savepoints and DDL."""

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)
