"""The databases that these tests meet, and a season that has been lived already."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from db import Runner
from tests.records.lived import lived
from tests.store import Group, migrated_database, migrated_file, runner, store_url

__all__ = ["migrated_database", "migrated_file", "runner", "store_url"]


@pytest_asyncio.fixture
async def alone(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Runner]:
    """Give a runner on SQLite alone, for what only reads by services that both databases are tested with."""
    shutil.copy(migrated_file, tmp_path / "alone.db")
    async with Runner(f"sqlite:///{tmp_path / 'alone.db'}") as made:
        yield made


async def live(file: Path) -> int:
    """Live half a season in a database; the study's id."""
    async with Runner(f"sqlite:///{file}") as made:
        return (await lived(made)).id


@pytest.fixture(scope="session")
def lived_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Give a database with a season in it, to be copied, and the study's id."""
    file = tmp_path_factory.mktemp("lived") / "lived.db"
    shutil.copy(migrated_file, file)
    return file, asyncio.run(live(file))


@pytest_asyncio.fixture
async def group(lived_file: tuple[Path, int], tmp_path: Path) -> AsyncIterator[Group]:
    """Give a study in its third week, as `tests/records/lived.py` tells it."""
    source, study = lived_file
    shutil.copy(source, tmp_path / "lived.db")
    async with Runner(f"sqlite:///{tmp_path / 'lived.db'}") as made:
        yield Group(made, study)
