"""${message}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
from db.append_only import protect

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
    # A batch that rebuilds an append-only table drops its triggers: protect("ledger", …) again.
