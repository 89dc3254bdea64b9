"""A backup holds everything, from either database into either, and is refused where a byte of it is wrong."""

import asyncio
import errno
import shutil
import stat
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, insert, select

from db import Runner, Session
from db import models as m
from db.archive import BackupRefused
from db.backup import back_up
from db.engine import writing_engine
from db.migrate import upgrade
from db.restore import restore
from tests.db.schema import fill, revisions, tables
from tests.postgres import PostgresServer
from tests.store import TREASURER, founded, rows

AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ODD = "날씨 🎉 \" \\ ' \n \u2028 \x7f é é"

Content = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database to restore into, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """Give a SQLite database without rows."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'studybot.db')}"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Give where a backup goes."""
    return tmp_path / "backup.zip"


async def lived(url: str) -> None:
    """Have a study with hand-ins, verdicts, fines, reversals, posts and odd values in the database."""
    async with Runner(url) as runner:
        study = await founded(runner)
        await study.submits("구미진", "2022-04-12 10:00", note=ODD)
        await study.lives_until("2022-04-13 13:00")
        await study.submits(TREASURER, "2022-04-12 22:00")
        await runner.run(_odd, study.id)


async def _odd(session: Session, study: int) -> None:
    odd = datetime(2022, 4, 13, 3, 0, 0, 123_456, tzinfo=UTC)
    values = {"b": [1, 2.5, None, 10**20], "a": ODD, "nested": {"z": False}}
    common: dict[str, Any] = {"study_id": study, "at": odd, "silent": True}
    await session.execute(
        insert(m.Outbox).values(key="odd", kind="odd", values=values, until=None, state="sent", **common)
    )
    await session.execute(insert(m.Document).values(study_id=study, content=bytes(range(256)), at=odd))
    await session.execute(
        insert(m.Post).values(key="p", channel="mlops", text=ODD, html="", mentions=[], buttons=[], at=odd)
    )


async def done(url: str, work: Callable[[Connection], Any]) -> Any:
    """What comes of work on a database."""
    engine = writing_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def contents(connection: Connection) -> Content:
    """Every row of every table, as the models read it."""
    return {
        name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
        for name, table in m.Base.metadata.tables.items()
    }


async def content(url: str) -> Content:
    """Every row of every table."""
    found: Content = await done(url, contents)
    return found


async def test_everything_comes_back_in_either_database(store_url: str, empty_url: str, backup: Path) -> None:
    await lived(store_url)
    made = await back_up(store_url, backup, AT)
    held = await restore(empty_url, backup)
    before = await content(store_url)
    assert await content(empty_url) == before
    assert held == made
    assert made.taken_at == AT
    assert {part.table: part.rows for part in made.parts} == {name: len(x) for name, x in before.items()}
    assert all(before[name] for name in ("study", "member", "ledger", "history", "outbox", "document"))
    assert any(row.reverses_id for row in await read(store_url, m.Ledger))


async def read(url: str, model: type[Any]) -> Any:
    """The rows of a table."""
    async with Runner(url) as runner:
        return await runner.read(rows, model)


async def test_a_restored_study_goes_on_and_so_do_its_ids(
    sqlite_url: str, empty_url: str, backup: Path
) -> None:
    await lived(sqlite_url)
    await back_up(sqlite_url, backup, AT)
    await restore(empty_url, backup)
    async with Runner(empty_url) as runner:
        other = await founded(runner, channel="later")
        await other.submits("구미진", "2022-04-12 10:00")
        await other.lives_until("2022-04-13 13:00")
        assert len(await other.ledger()) > 0


async def test_json_comes_back_letter_by_letter(sqlite_url: str, empty_url: str, backup: Path) -> None:
    wanted = sa.text("SELECT CAST(\"values\" AS TEXT) FROM outbox WHERE key = 'odd'")
    await lived(sqlite_url)
    await back_up(sqlite_url, backup, AT)
    await restore(empty_url, backup)
    told = [await done(url, lambda sync: sync.scalar(wanted)) for url in (sqlite_url, empty_url)]
    assert told[0] == told[1]
    assert '"b": [1, 2.5, null, 100000000000000000000]' in told[0]


@pytest.mark.parametrize("revision", revisions())
async def test_a_backup_of_every_revision_is_restored_and_upgraded(
    tmp_path: Path, empty_url: str, backup: Path, revision: str
) -> None:
    def filled(connection: Connection) -> None:
        numbers = count(1)
        for table in tables(connection).sorted_tables:
            binary = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
            if table.name != "alembic_version" and not binary:
                fill(connection, table, numbers)
                fill(connection, table, numbers)

    url = f"sqlite:///{tmp_path / 'old.db'}"
    await upgrade(url, revision)
    await done(url, filled)
    made = await back_up(url, backup, AT)
    assert made.revision == revision
    await restore(empty_url, backup)
    await upgrade(url)
    assert await content(empty_url) == await content(url)


async def test_it_is_of_one_instant_though_people_write(
    store_url: str, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.backup.PAGE", 3)
    written = 0

    async def write(session: Session) -> None:
        nonlocal written
        written += 1
        await session.execute(insert(m.Clock).values(now=AT))
        post = {"key": str(written), "channel": "c", "at": AT, "text": "", "html": ""}
        await session.execute(insert(m.Post).values(mentions=[], buttons=[], **post))

    async def keep_writing(runner: Runner) -> None:
        while True:
            await runner.run(write)

    async with Runner(store_url) as runner:
        for _ in range(20):
            await runner.run(write)
        writing = asyncio.create_task(keep_writing(runner))
        made = await back_up(store_url, backup, AT)
        writing.cancel()
        await asyncio.wait([writing])
    assert 20 <= made.count("clock") == made.count("post") < written


def test_it_is_for_its_owner_alone_and_replaces_nothing_unless_told_to(sqlite_url: str, backup: Path) -> None:
    backup.write_text("something else")
    with pytest.raises(BackupRefused, match=r"is there already: .*--force"):
        asyncio.run(back_up(sqlite_url, backup, AT))
    assert backup.read_text() == "something else"
    asyncio.run(back_up(sqlite_url, backup, AT, replace=True))
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert names(backup.parent) == {"backup.zip", "studybot.db"}


def names(folder: Path) -> set[str]:
    """What is in a folder."""
    return {file.name for file in folder.iterdir()}


async def test_what_cannot_be_backed_up_is_said(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    for url, file, told in (
        (sqlite_url, "studybot.db", "is the database itself"),
        (sqlite_url, "studybot.db-wal", "is the database itself"),
        (sqlite_url, ".", "is a folder"),
        (sqlite_url, "no/such/folder.zip", "cannot be written: No such file or directory"),
        (f"sqlite:///{tmp_path}/none.db", "backup.zip", "nothing to back up: there is no .*none.db"),
        (f"sqlite:///{tmp_path}/empty.db", "backup.zip", "nothing to back up: the database has not been"),
    ):
        with pytest.raises(BackupRefused, match=told):
            await back_up(url, tmp_path / file, AT, replace=True)
    assert names(tmp_path) == {"studybot.db", "empty.db"}


@pytest.mark.parametrize("failing", ["os.fsync", "os.replace", "db.archive.json.dumps"])
def test_where_the_disk_is_full_nothing_is_left_and_the_old_one_stays(
    sqlite_url: str, backup: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    asyncio.run(lived(sqlite_url))
    backup.write_text("the old one")
    monkeypatch.setattr(failing, full)
    with pytest.raises(BackupRefused, match="cannot be written: No space left"):
        asyncio.run(back_up(sqlite_url, backup, AT, replace=True))
    assert backup.read_text() == "the old one"
    assert names(backup.parent) == {"backup.zip", "studybot.db"}


async def test_of_one_that_is_cancelled_nothing_is_left(
    sqlite_url: str, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slow(*_: object, **__: object) -> str:
        begun.set()
        time.sleep(0.2)
        return "{}"

    await lived(sqlite_url)
    monkeypatch.setattr("db.archive.json.dumps", slow)
    task = asyncio.create_task(back_up(sqlite_url, backup, AT))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert names(backup.parent) == {"studybot.db"}


async def test_strangers_tables_on_a_server_are_left_out(postgres_url: str, backup: Path) -> None:
    await upgrade(postgres_url, "0001")
    await done(postgres_url, lambda sync: sync.execute(sa.text("CREATE TABLE other (secret point)")))
    assert "other" not in {part.table for part in (await back_up(postgres_url, backup, AT)).parts}
    with zipfile.ZipFile(backup) as parts:
        assert not any("other" in name for name in parts.namelist())
