"""Backups by night: taken by themselves, the newest few kept, and nothing else touched."""

import asyncio
import shutil
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from structlog.typing import EventDict

from bot.agenda.nightly import Nightly, Shelf, nightly
from db import Runner
from db import models as m
from db.restore import restore
from tests.store import founded, rows

NIGHT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


class House:
    """A database with its shelf, and a clock that is set by hand."""

    def __init__(self, file: Path, keep: int = 7) -> None:
        self.url = f"sqlite:///{file}"
        self.now = NIGHT
        self.shelf = Shelf(self.url, "backups", keep)
        self.still = asyncio.Lock()
        self.nightly = Nightly(self.url, self.shelf, lambda: self.now, self.still)

    @property
    def names(self) -> list[str]:
        """What stands on the shelf."""
        return sorted(file.name for file in self.shelf.folder.iterdir()) if self.shelf.folder.exists() else []


@pytest.fixture
async def house(migrated_file: Path, tmp_path: Path) -> House:
    """Give a database with a study in it."""
    made = House(Path(shutil.copy(migrated_file, tmp_path / "studybot.db")), keep=3)
    async with Runner(made.url) as runner:
        await founded(runner)
    return made


async def test_a_night_leaves_a_backup_that_can_be_restored(house: House, tmp_path: Path) -> None:
    await house.nightly.back_up()
    assert house.names == ["studybot-20261122T040000Z.zip"]
    await restore(f"sqlite:///{tmp_path}/other.db", house.shelf.place(NIGHT))
    async with Runner(f"sqlite:///{tmp_path}/other.db") as runner:
        assert len(await runner.read(rows, m.Study)) == 1


async def test_the_newest_few_stay_and_files_of_others_are_left_alone(house: House) -> None:
    others = {
        "studybot-20200101T040000Z.zip.asc",
        "studybot-20201399T040000Z.zip",
        "studybot-2-20200101T040000Z.zip",
        "my-studybot-20200101T040000Z.zip",
        "studybot.zip",
    }
    house.shelf.folder.mkdir()
    for name in others:
        (house.shelf.folder / name).touch()
    for night in range(5):
        house.now = NIGHT + night * timedelta(days=1)
        await house.nightly.back_up()
    assert {*house.names} == others | {f"studybot-202611{day}T040000Z.zip" for day in (24, 25, 26)}


async def test_what_a_kill_left_is_swept_a_day_later(house: House) -> None:
    house.shelf.folder.mkdir()
    old, young = ".studybot-20261120T040000Z.zip.ab_1x.part", ".studybot-20261122T030000Z.zip.ab_1x.part"
    for name in (old, young):
        (house.shelf.folder / name).touch()
    await house.nightly.back_up()
    assert house.names == [young, "studybot-20261122T040000Z.zip"]


async def test_a_database_without_a_study_pushes_nothing_out(migrated_file: Path, tmp_path: Path) -> None:
    house = House(Path(shutil.copy(migrated_file, tmp_path / "studybot.db")), keep=1)
    house.shelf.folder.mkdir()
    (house.shelf.folder / "studybot-20261121T040000Z.zip").touch()
    await house.nightly.back_up()
    assert house.names == ["studybot-20261121T040000Z.zip"]


async def test_a_fault_is_logged_and_stops_nothing(house: House, logs: list[EventDict]) -> None:
    house.shelf.folder.touch()  # a file where the folder should be
    await house.nightly.back_up()
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [
        ("fault in the nightly backup", "error")
    ]
    house.shelf.folder.unlink()
    await house.nightly.back_up()
    assert house.names == ["studybot-20261122T040000Z.zip"]


async def test_it_waits_while_the_database_is_exchanged(house: House) -> None:
    async with house.still:
        task = asyncio.create_task(house.nightly.back_up())
        await asyncio.sleep(0.05)
        assert house.names == []
    await task
    assert len(house.names) == 1


async def taken(house: House, number: int) -> None:
    """Wait until so many backups are there."""
    async with asyncio.timeout(10):
        while len(house.shelf.taken()) < number:  # noqa: ASYNC110 - what comes of it is a file
            await asyncio.sleep(0.01)


async def test_at_the_start_a_missed_night_is_made_up_for(house: House) -> None:
    async with nightly(house.nightly, time(4)):
        await taken(house, 1)
    house.now += timedelta(hours=23)
    async with nightly(house.nightly, time(4)):
        await asyncio.sleep(0.1)
    assert len(house.names) == 1
    house.now += timedelta(hours=2)
    async with nightly(house.nightly, time(4)):
        await taken(house, 2)


async def test_it_is_woken_by_its_alarm(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    rings = []

    class Alarm:
        def __init__(self, ring: object) -> None:
            rings.append(ring)

        def start(self, every: time) -> None:
            assert every == time(4)

        def stop(self) -> None:
            rings.clear()

    monkeypatch.setattr("bot.agenda.nightly.Alarm", Alarm)
    async with nightly(house.nightly, time(4)):
        await taken(house, 1)
        house.now += timedelta(hours=1)
        rings[0]()  # type: ignore[operator]
        await taken(house, 2)
    assert rings == []


def test_each_database_has_names_of_its_own() -> None:
    for url, folder, name in (
        ("sqlite:////srv/my study.db", "backups", "/srv/backups/my_study-20261122T040000Z.zip"),
        ("sqlite:////srv/a.db", "/mnt/kept", "/mnt/kept/a-20261122T040000Z.zip"),
        ("postgresql://me:secret@db/mlops", "backups", "backups/mlops-20261122T040000Z.zip"),
    ):
        assert str(Shelf(url, folder, 7).place(NIGHT)) == name


def test_a_folder_that_cannot_be_written_is_known(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder, writable in (("a/b/c", True), (".", True), ("file", False), ("file/below", False)):
        assert Shelf(f"sqlite:///{tmp_path}/a.db", folder, 7).can_be_written() is writable
