"""Bringing a database to the newest revision, and whether that is what the models say."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, select
from sqlalchemy.ext.asyncio import AsyncEngine

from db import Runner
from db.engine import writing_engine
from db.migrate import newest_revision, revision, upgrade
from db.models import Base, Study
from tests.db.schema import fill, revisions, tables


@pytest_asyncio.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """Give an engine on an empty database."""
    made = writing_engine(database_url)
    yield made
    await made.dispose()


async def seen(engine: AsyncEngine) -> dict[str, Any]:
    """The schema as the database describes it."""
    async with engine.connect() as connection:
        return await connection.run_sync(described)


def reference(key: Any) -> dict[str, Any]:
    """A foreign key without its name, which SQLite does not tell of one that came with its column."""
    return {name: value for name, value in key.items() if name != "name"}


def described(connection: Connection) -> dict[str, Any]:
    """Columns, keys, indexes with their conditions, and checks of every table but Alembic's own."""
    look = inspect(connection)
    return {
        table: {
            "columns": [{**column, "type": str(column["type"])} for column in look.get_columns(table)],
            "key": look.get_pk_constraint(table),
            "foreign": sorted(map(reference, look.get_foreign_keys(table)), key=str),
            "unique": sorted(look.get_unique_constraints(table), key=str),
            "indexes": sorted(map(index, look.get_indexes(table)), key=str),
            "checks": look.get_check_constraints(table),
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def index(found: Any) -> dict[str, Any]:
    """An index, its condition as text."""
    return {**found, "dialect_options": {k: str(v) for k, v in found["dialect_options"].items()}}


def differences(connection: Connection) -> list[Any]:
    """What Alembic would put into a further revision."""
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, Base.metadata))


async def test_an_empty_database_is_at_no_revision_and_then_at_the_newest(database_url: str) -> None:
    async with Runner(database_url) as runner:
        assert await runner.read(revision) is None
        await upgrade(database_url)
        assert await runner.read(revision) == newest_revision() == revisions()[-1]


async def test_the_models_are_what_the_revisions_make(database_url: str, engine: AsyncEngine) -> None:
    await upgrade(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_tables_made_from_the_models_look_the_same(database_url: str, engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    made = await seen(engine)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    await upgrade(database_url)
    migrated = await seen(engine)
    for table in (*made.values(), *migrated.values()):
        table["columns"].sort(key=lambda column: column["name"])
    assert migrated == made


async def test_upgrading_twice_changes_nothing(database_url: str, engine: AsyncEngine) -> None:
    await upgrade(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: fill(sync, tables(sync).tables["ledger"]))
    before = await seen(engine)
    await upgrade(database_url)
    assert await seen(engine) == before
    async with engine.connect() as connection:
        assert len((await connection.execute(select(Study.id))).all()) > 0


async def test_a_revision_that_fails_leaves_the_database_as_it_was(
    database_url: str, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("db.append_only._protect_sqlite", broken)
    monkeypatch.setattr("db.append_only._protect_postgresql", broken)
    with pytest.raises(RuntimeError, match="power"):
        await upgrade(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []


async def test_every_revision_follows_the_one_before(database_url: str, engine: AsyncEngine) -> None:
    for step in revisions():
        await upgrade(database_url, step)
        async with engine.connect() as connection:
            at = await connection.run_sync(
                lambda sync: MigrationContext.configure(sync).get_current_revision()
            )
            assert at == step
