"""Studies whose channel cannot be reached are paused."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("study", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("study", sa.Column("paused_why", sa.String(length=20), nullable=True))
    op.create_index(
        "ix_study_paused",
        "study",
        ["door"],
        unique=False,
        sqlite_where=sa.text("paused_at IS NOT NULL"),
        postgresql_where=sa.text("paused_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_study_paused", table_name="study")
    op.drop_column("study", "paused_why")
    op.drop_column("study", "paused_at")
