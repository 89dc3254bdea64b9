"""aiosqlite without a handover to its thread a statement.

A handover takes many times what SQLite does for one of our statements. So only what may wait goes to the
thread: getting the lock to write, which another process may hold, and the commit, which waits for the disk.
Rows are fetched whole: there is no streaming.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import aiosqlite

LOCK = "BEGIN IMMEDIATE"


class Cursor(aiosqlite.Cursor):
    """Executes and fetches all in one go; what was fetched holds nothing open."""

    _rows: Iterable[Any] = ()

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        if sql == LOCK:
            await self._execute(self._cursor.execute, sql)  # type: ignore[no-untyped-call]
        else:
            self._rows = self._cursor.execute(sql, parameters or ()).fetchall()  # type: ignore[arg-type]
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        self._rows = self._cursor.executemany(sql, parameters).fetchall()  # type: ignore[arg-type]
        return self

    async def fetchall(self) -> Iterable[Any]:
        return self._rows

    async def close(self) -> None:
        pass


class Connection(aiosqlite.Connection):
    """Opens cursors on this side of its thread."""

    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self, self._conn.cursor())


class ReadingConnection(Connection):
    """One that only reads has nothing to wait for."""

    async def commit(self) -> None:
        self._conn.commit()

    async def rollback(self) -> None:
        self._conn.rollback()


async def connect(file: Path, kind: type[Connection] = Connection) -> Connection:
    """A connection to a database file, for SQLAlchemy's `async_creator`."""
    made = kind(lambda: sqlite3.connect(file, check_same_thread=False), iter_chunk_size=64)
    made._thread.daemon = True  # as SQLAlchemy has it: an engine left open keeps no process alive
    await made
    return made
