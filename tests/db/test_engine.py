"""What is asked of the two databases before anything else: durable, one at a time, no tricks of drivers."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncEngine

from db import Runner, Session
from db.engine import UnknownDatabase, file_of, reading_engine, understand, writing_engine
from db.models import Clock, History
from tests.store import rows, seoul

NOON = datetime(2022, 4, 13, 3, tzinfo=UTC)


@pytest_asyncio.fixture
async def engine(store_url: str) -> AsyncIterator[AsyncEngine]:
    """Give the engine that writes, on a migrated database."""
    made = writing_engine(store_url)
    yield made
    await made.dispose()


@pytest.mark.parametrize(
    ("url", "understood"),
    [
        ("sqlite:///studybot.db", "sqlite+aiosqlite:///studybot.db"),
        ("sqlite:////var/lib/studybot.db", "sqlite+aiosqlite:////var/lib/studybot.db"),
        ("sqlite+pysqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
    ],
)
def test_a_sqlite_url_is_understood_with_and_without_a_driver(url: str, understood: str) -> None:
    assert str(understand(url)) == understood
    assert file_of(url) == Path(understood.removeprefix("sqlite+aiosqlite:///"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:secret@db:5433/study?ssl=require",
        "postgresql+psycopg2://me:secret@db:5433/study?ssl=require",
        "postgresql+asyncpg://me:secret@db:5433/study?ssl=require",
    ],
)
def test_a_postgresql_url_is_understood_with_and_without_a_driver(url: str) -> None:
    found = understand(url)
    assert found.get_backend_name() == "postgresql"
    assert (found.username, found.password, found.host, found.port, found.database) == (
        "me", "secret", "db", 5433, "study",
    )  # fmt: skip
    assert found.query == {"ssl": "require"}
    assert file_of(url) is None


@pytest.mark.parametrize(
    "url",
    ["", "study.db", "sqlite://", "sqlite:///", "mysql://me@db/study", "http://example.org/", "postgres//x"],
)
def test_nonsense_is_refused(url: str) -> None:
    with pytest.raises(UnknownDatabase):
        understand(url)


async def test_sqlite_is_set_to_lose_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    reader = reading_engine(url)
    assert reader is not None
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    for engine in (writing_engine(url), reader):
        async with engine.connect() as connection:
            for pragma, value in wanted.items():
                assert await connection.scalar(text(f"PRAGMA {pragma}")) == value
        await engine.dispose()


async def test_a_transaction_that_writes_begins_immediately(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    one, other = writing_engine(url), writing_engine(url)
    async with one.connect() as first:
        await first.execute(text("SELECT 1"))
        async with other.connect() as second:
            raw = await second.get_raw_connection()
            await raw.driver_connection.execute("PRAGMA busy_timeout = 1")  # type: ignore[union-attr]
            with pytest.raises(DBAPIError, match="locked"):
                await second.execute(text("SELECT 1"))
    await one.dispose()
    await other.dispose()


async def test_nothing_survives_savepoints_and_a_full_rollback(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        whole = await connection.begin()
        async with connection.begin_nested():
            await connection.execute(insert(Clock).values(now=NOON))
        inner = await connection.begin_nested()
        await connection.execute(insert(Clock).values(now=NOON))
        await inner.rollback()
        async with connection.begin_nested():
            await connection.execute(text("CREATE TABLE extra (id INTEGER)"))
        await whole.rollback()
        assert (await connection.execute(select(Clock))).all() == []
        with pytest.raises(DBAPIError):
            await connection.execute(text("SELECT * FROM extra"))


async def test_a_savepoint_that_is_kept_is_kept(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        inner = await connection.begin_nested()
        await connection.execute(insert(Clock).values(now=NOON))
        await inner.rollback()
        async with connection.begin_nested():
            await connection.execute(insert(Clock).values(now=NOON + timedelta(1)))
    async with engine.connect() as connection:
        assert (await connection.scalars(select(Clock.now))).all() == [NOON + timedelta(1)]


async def test_a_row_that_refers_to_nothing_is_refused(engine: AsyncEngine) -> None:
    with pytest.raises(IntegrityError):
        async with engine.begin() as connection:
            await connection.execute(insert(History).values(study_id=999, at=NOON, kind="joined"))


async def test_who_only_reads_cannot_write(runner: Runner) -> None:
    async def write(session: Session) -> None:
        await session.execute(insert(Clock).values(now=NOON))

    with pytest.raises(DBAPIError, match=r"read-?only"):
        await runner.read(write)
    assert await runner.read(rows, Clock) == []
    await runner.run(write)
    assert len(await runner.read(rows, Clock)) == 1


async def test_readers_see_what_was_committed_while_somebody_writes(runner: Runner) -> None:
    async def write(session: Session) -> None:
        await session.execute(insert(Clock).values(now=NOON))
        assert await runner.read(rows, Clock) == []

    await runner.run(write)
    assert len(await runner.read(rows, Clock)) == 1


async def test_an_instant_comes_back_aware_and_in_utc(runner: Runner) -> None:
    instants = [
        NOON,
        seoul("2022-04-13 12:01"),
        datetime(2022, 4, 13, 12, 2, 0, 123_456, tzinfo=timezone(timedelta(hours=9))),
        datetime(2022, 4, 12, 22, 33, tzinfo=timezone(timedelta(hours=-4, minutes=-30))),
    ]

    async def write(session: Session) -> None:
        session.add_all(Clock(now=at) for at in instants)

    await runner.run(write)
    found = await runner.read(rows, Clock)
    assert [row.now for row in found] == instants
    assert {row.now.tzinfo for row in found} == {UTC}
    for place, at in enumerate(instants):
        assert len(await runner.read(rows, Clock, Clock.now == at)) == 1
        assert len(await runner.read(rows, Clock, Clock.now < at)) == place


async def test_a_naive_time_is_refused(runner: Runner) -> None:
    async def write(session: Session) -> None:
        session.add(Clock(now=NOON.replace(tzinfo=None)))
        await session.flush()

    with pytest.raises(StatementError, match="naive"):
        await runner.run(write)
    with pytest.raises(StatementError, match="naive"):
        await runner.read(rows, Clock, Clock.now < NOON.replace(tzinfo=None))
