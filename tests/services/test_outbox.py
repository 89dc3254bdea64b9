"""What a hand-in costs stays the same, however many messages have been sent."""

from bot.services.outbox import SHOWN
from db import Runner, Session


async def plan(session: Session) -> str:
    """How SQLite goes about finding the message of a week."""
    connection = await session.connection()
    asked = SHOWN.params(weeks=[(1, 1)], kind="announcement")
    compiled = asked.compile(dialect=connection.dialect).construct_expanded_state()
    values = tuple(compiled.positional_parameters or ())
    steps = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled.statement}", values)
    return "\n".join(step.detail for step in steps)


async def test_the_message_of_a_week_is_found_by_its_week(runner: Runner) -> None:
    if runner.url.startswith("sqlite"):
        assert "ix_outbox_study_id_week (study_id=? AND week=?)" in await runner.read(plan)
