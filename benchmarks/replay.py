"""What hand-ins execute, heard on its way to the driver, and the same again in bare sqlite3."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from db.engine import PRAGMAS

Statement = tuple[str, Any, bool]
"""Its words, its parameters, and whether they are many sets of them."""


@contextmanager
def listening() -> Iterator[list[Statement]]:
    """Hear every statement that goes to a driver."""
    heard: list[Statement] = []

    def hear(_: object, __: object, words: str, values: Any, ___: object, many: bool) -> None:
        heard.append((words, values, many))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def transactions(heard: Sequence[Statement]) -> list[list[Statement]]:
    """The statements of each transaction, without its BEGIN."""
    found: list[list[Statement]] = []
    for statement in heard:
        if statement[0].startswith("BEGIN"):
            found.append([])
        else:
            found[-1].append(statement)
    return found


def copy(database: Path, to: Path) -> None:
    """Copy a database in use."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def replay(database: Path, script: Sequence[Sequence[Statement]]) -> float:
    """Execute transactions one after the other with the settings of the bot, and tell how many a second."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        begun = time.perf_counter()
        for statements in script:
            connection.execute("BEGIN IMMEDIATE")
            for words, values, many in statements:
                if many:
                    connection.executemany(words, values)
                else:
                    connection.execute(words, values).fetchall()
            connection.execute("COMMIT")
        return len(script) / (time.perf_counter() - begun)
