"""A restore is all or nothing: into an empty database, from a backup whose every byte is right."""

import asyncio
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, inspect
from sqlalchemy.exc import DBAPIError

from db import Runner, Session
from db import models as m
from db.archive import BackupRefused
from db.backup import back_up
from db.engine import file_of, writing_engine
from db.migrate import upgrade
from db.restore import _reader as read
from db.restore import _upgrade as upgraded
from db.restore import restore
from tests.store import founded, rows

AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


async def _lived(file: Path) -> None:
    async with Runner(f"sqlite:///{file}") as runner:
        study = await founded(runner)
        await study.lives_until("2022-04-13 13:00")
    await back_up(f"sqlite:///{file}", file.with_name("backup.zip"), AT)


@pytest.fixture(scope="module")
def kept(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a backup of a study that has lived through a week, not to be changed."""
    folder = tmp_path_factory.mktemp("kept")
    asyncio.run(_lived(Path(shutil.copy(migrated_file, folder / "studybot.db"))))
    return folder / "backup.zip"


def sealed(file: Path, entries: dict[str, bytes]) -> Path:
    """Write a file whose checksum over everything is right, whatever is in it."""
    with zipfile.ZipFile(file, "w") as made:
        for name, data in entries.items():
            made.writestr(name, data)
        made.comment = b"0" * 64
    whole = file.read_bytes()[:-64]
    file.write_bytes(whole + sha256(whole).hexdigest().encode())
    return file


def entries(file: Path) -> dict[str, bytes]:
    """What is in a backup."""
    with zipfile.ZipFile(file) as there:
        return {name: there.read(name) for name in there.namelist()}


def other_manifest(file: Path, kept: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Write a backup with another manifest."""
    held = entries(kept)
    manifest = json.loads(held["manifest.json"])
    change(manifest)
    return sealed(file, held | {"manifest.json": json.dumps(manifest).encode()})


def names(folder: Path) -> set[str]:
    """What is in a folder."""
    return {file.name for file in folder.iterdir()}


async def refused(url: str, file: Path, told: str) -> None:
    """Have a restore say no."""
    with pytest.raises(BackupRefused, match=told):
        await restore(url, file)


async def table_names(url: str) -> list[str]:
    """The tables of a database."""
    engine = writing_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    finally:
        await engine.dispose()


async def studies(url: str) -> int:
    """How many studies a database holds."""
    async with Runner(url) as runner:
        return len(await runner.read(rows, m.Study))


@settings(max_examples=40)
@given(
    place=st.floats(0, 1, exclude_max=True),
    flip=st.integers(1, 255),
    how=st.sampled_from(["changed", "cut off", "grown", "left out"]),
)
def test_a_file_that_is_damaged_anywhere_is_refused_and_nothing_written(
    kept: Path, tmp_path_factory: pytest.TempPathFactory, place: float, flip: int, how: str
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    data = bytearray(kept.read_bytes())
    at = int(place * len(data))
    if how == "changed":
        data[at] ^= flip
    elif how == "cut off":
        del data[at:]
    elif how == "grown":
        data.insert(at, flip)
    else:
        del data[at]
    (folder / "backup.zip").write_bytes(data)
    if bytes(data) != kept.read_bytes():
        asyncio.run(refused(f"sqlite:///{folder}/studybot.db", folder / "backup.zip", "damaged, or not a"))
    assert names(folder) == {"backup.zip"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda x: x.update(format=2), "made by a newer studybot: upgrade studybot first"),
        (lambda x: x.update(revision="9999"), r"a newer studybot \(revision 9999\): upgrade studybot first"),
        (lambda x: x["parts"][0].update(rows=99), "does not hold what its manifest says"),
        (lambda x: x["parts"][0].update(sha256="0" * 64), "does not hold what its manifest says"),
        (lambda x: x["parts"][0].update(columns=["id"]), "does not have the tables of its revision"),
        (lambda x: x["parts"].pop(), "does not have the tables of its revision"),
        (lambda x: x["parts"][0].update(table="elsewhere"), "not a backup of studybot"),
        (lambda x: x.pop("parts"), "not a backup of studybot"),
    ],
    ids=["format", "revision", "rows", "checksum", "columns", "tables", "part", "keys"],
)
async def test_a_manifest_that_does_not_fit_is_refused_and_nothing_written(
    kept: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    file = other_manifest(tmp_path / "backup.zip", kept, change)
    await refused(f"sqlite:///{tmp_path}/studybot.db", file, told)
    assert names(tmp_path) == {"backup.zip"}


async def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/studybot.db"
    await refused(url, sealed(tmp_path / "a.zip", {"x": b"y"}), "is not a backup of studybot")
    (tmp_path / "b.zip").write_text("hello")
    await refused(url, tmp_path / "b.zip", "damaged, or not a backup")
    await refused(url, tmp_path / "c.zip", "cannot be read: No such file or directory")
    await refused(url, tmp_path, "cannot be read: Is a directory")
    assert names(tmp_path) == {"a.zip", "b.zip"}


async def test_a_database_with_studies_is_left_as_it_is(kept: Path, store_url: str) -> None:
    async with Runner(store_url) as runner:
        await founded(runner, name="Another")
    await refused(store_url, kept, "holds studies already: (move .*studybot.db away|give an empty database)")
    async with Runner(store_url) as runner:
        assert [study.name for study in await runner.read(rows, m.Study)] == ["Another"]


async def test_a_database_that_was_set_up_but_never_used_takes_a_backup(kept: Path, store_url: str) -> None:
    async def chat(session: Session) -> None:
        await session.execute(insert(m.Clock).values(now=AT))

    async with Runner(store_url) as runner:
        await runner.run(chat)
    await restore(store_url, kept)
    assert await studies(store_url) == 1
    async with Runner(store_url) as runner:
        assert await runner.read(rows, m.Clock) == []
    await refused(store_url, kept, "holds studies already")


async def test_one_of_an_older_revision_takes_a_backup(kept: Path, postgres_url: str) -> None:
    await upgrade(postgres_url, "0001")
    await restore(postgres_url, kept)
    assert await studies(postgres_url) == 1


async def test_a_file_that_is_in_use_is_refused(kept: Path, tmp_path: Path, migrated_file: Path) -> None:
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'studybot.db')}"
    async with Runner(url) as runner:
        assert await runner.read(rows, m.Study) == []
        await refused(url, kept, "studybot.db is in use: stop studybot first")
    await restore(url, kept)
    assert names(tmp_path) == {"studybot.db"}


async def test_somebody_elses_database_and_a_log_without_one_are_refused(kept: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE study (id INTEGER)")
    await refused(f"sqlite:///{tmp_path}/other.db", kept, "not studybot's: move .*other.db away first")
    (tmp_path / "gone.db-wal").touch()
    await refused(f"sqlite:///{tmp_path}/gone.db", kept, "gone.db-wal belongs to a database that is gone")
    assert names(tmp_path) == {"other.db", "gone.db-wal"}


async def test_a_fault_at_the_very_end_leaves_nothing(
    kept: Path, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: sa.Connection, revision: str) -> None:
        if revision == "head":
            raise RuntimeError("the power is gone")
        upgraded(connection, revision)

    with monkeypatch.context() as patch:
        patch.setattr("db.restore._upgrade", broken)
        with pytest.raises(RuntimeError, match="power"):
            await restore(database_url, kept)
    assert names(tmp_path) == set()
    if file_of(database_url) is None:
        assert await table_names(database_url) == []
    await restore(database_url, kept)
    assert await studies(database_url) == 1


async def test_what_reads_back_differently_is_not_restored(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/studybot.db"

    def careless(_: sa.types.TypeEngine[Any]) -> Callable[[Any], Any]:
        return lambda value: value.strip("장") if isinstance(value, str) and "서진" in value else value

    with monkeypatch.context() as patch:
        patch.setattr("db.restore._reader", lambda kind: read(kind) if is_special(kind) else careless(kind))
        await refused(url, kept, "member does not read back as it was backed up")
    assert names(tmp_path) == set()


def is_special(kind: sa.types.TypeEngine[Any]) -> bool:
    """Whether JSON has no form for a column's values."""
    return isinstance(kind, sa.DateTime | sa.Date | sa.Time | sa.LargeBinary)


async def test_what_the_other_database_cannot_hold_is_not_restored_in_part(
    postgres_url: str, migrated_file: Path, tmp_path: Path
) -> None:
    file = Path(shutil.copy(migrated_file, tmp_path / "studybot.db"))
    async with Runner(f"sqlite:///{file}") as runner:
        await founded(runner, name="x" * 81)
    await back_up(f"sqlite:///{file}", tmp_path / "backup.zip", AT)
    with pytest.raises(DBAPIError, match="too long"):
        await restore(postgres_url, tmp_path / "backup.zip")
    assert await table_names(postgres_url) == []


KILLED = """
import asyncio, sys, time
from pathlib import Path
import db.restore
def stand_still(*_): print("now", flush=True); time.sleep(60)
setattr(db.restore, sys.argv[3], stand_still)
asyncio.run(db.restore.restore(sys.argv[1], Path(sys.argv[2])))
"""


@pytest.mark.parametrize("place", ["_reader", "_put_in_place"])
def test_a_kill_in_the_middle_leaves_no_database_and_the_next_attempt_sweeps(
    kept: Path, tmp_path: Path, place: str
) -> None:
    url = f"sqlite:///{tmp_path}/studybot.db"
    command = [sys.executable, "-c", KILLED, url, str(kept), place]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"now\n"
        running.send_signal(signal.SIGKILL)
    assert names(tmp_path) == {".studybot.db.restoring"}
    asyncio.run(restore(url, kept))
    assert names(tmp_path) == {"studybot.db"}
    assert asyncio.run(studies(url)) == 1
