"""aiosqlite with one handover to its thread a statement.

By itself SQLAlchemy makes four of them (open a cursor, execute, fetch, close), and a handover costs
more than what SQLite does with a small statement. Rows are fetched whole: there is no streaming.
"""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Self

import aiosqlite


class Cursor(aiosqlite.Cursor):
    """Executes and fetches all in one go; what was fetched holds nothing open."""

    _rows: Iterable[Any] = ()

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        return await self._visit(self._cursor.execute, sql, parameters or ())

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        return await self._visit(self._cursor.executemany, sql, parameters)

    async def _visit(self, execute: Callable[..., sqlite3.Cursor], sql: str, parameters: Any) -> Self:
        def both() -> list[Any]:
            return execute(sql, parameters).fetchall()

        self._rows = await self._execute(both)  # type: ignore[no-untyped-call]
        return self

    async def fetchall(self) -> Iterable[Any]:
        return self._rows

    async def close(self) -> None:
        pass


class Connection(aiosqlite.Connection):
    """Opens cursors on this side of its thread."""

    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self, self._conn.cursor())


async def connect(file: Path) -> Connection:
    """A connection to a database file, for SQLAlchemy's `async_creator`."""
    made = Connection(lambda: sqlite3.connect(file, check_same_thread=False), iter_chunk_size=64)
    made._thread.daemon = True  # as SQLAlchemy has it: an engine left open keeps no process alive
    await made
    return made
