"""Alembic's entry: runs the revisions on the connection that `db.migrate` hands it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from db.models import Base, Instant


def written(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Revisions stand by themselves: they name SQLAlchemy's types, not ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_item=written,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
