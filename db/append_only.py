"""Triggers that make a table append-only in the database itself, whoever connects to it."""

from collections.abc import Iterable

from alembic import op

MESSAGE = "append-only"


def protect(table: str, unique: Iterable[tuple[str, ...]] = ()) -> None:
    """Refuse UPDATE, DELETE and OR REPLACE on a table; `unique` are its keys beside the id.

    Call it again in a revision that rebuilds the table: Alembic's batch mode drops triggers.
    """
    if op.get_bind().dialect.name == "sqlite":
        _protect_sqlite(table, [("id",), *unique])
    else:
        _protect_postgresql(table)


def _protect_sqlite(table: str, unique: Iterable[tuple[str, ...]]) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is {MESSAGE}'); END"
        )
    # OR REPLACE deletes without asking the trigger above unless recursive_triggers is on, so a row
    # that is there already is refused before the conflict is resolved.
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in unique
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is {MESSAGE}'); END"
    )


def _protect_postgresql(table: str) -> None:
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is {MESSAGE}'; END $$"
    )
    op.execute(
        f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
        f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )
