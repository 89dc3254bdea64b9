"""Where a study's record is published, what kind a note is, and what the study told of its log."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("document", sa.Column("answers", sa.Text(), server_default=sa.text("'{}'"), nullable=False))
    _publishing()
    _log()
    _calendars()


def downgrade() -> None:
    op.drop_table("feed")
    op.drop_column("document", "log")
    op.execute("DELETE FROM note WHERE member_id IS NULL")
    with op.batch_alter_table("note") as note:
        note.alter_column("member_id", existing_type=ID, nullable=False)
        note.drop_column("kind")
    op.drop_index("uq_outbox_publish", table_name="outbox")
    op.drop_column("outbox", "via")
    op.drop_column("outbox", "not_before")
    op.drop_column("study", "published")
    op.drop_table("page")
    op.drop_table("repository")
    op.drop_column("document", "answers")


def _publishing() -> None:
    op.create_table(
        "repository",
        sa.Column("study_id", ID, nullable=False),
        sa.Column("name", sa.String(length=140), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("assignee", sa.String(length=40), nullable=True),
        sa.Column("issues", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_why", sa.String(length=20), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_repository_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repository")),
        sa.UniqueConstraint("study_id", name=op.f("uq_repository_study_id")),
    )
    op.create_table(
        "page",
        sa.Column("study_id", ID, nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("base", sa.LargeBinary(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("writing", sa.LargeBinary(), nullable=True),
        sa.Column("mark", sa.String(length=80), nullable=True),
        sa.Column("asked", sa.String(length=64), nullable=True),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_page_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("study_id", "path", name=op.f("uq_page_study_id_path")),
    )
    op.add_column(
        "study", sa.Column("published", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("outbox", sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("via", sa.String(length=10), nullable=True))
    op.create_index(
        "uq_outbox_publish",
        "outbox",
        ["study_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'publish' AND state = 'waiting'"),
        postgresql_where=sa.text("kind = 'publish' AND state = 'waiting'"),
    )


def _calendars() -> None:
    op.create_table(
        "feed",
        sa.Column("member_id", ID, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_feed_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("member_id", name=op.f("uq_feed_member_id")),
        sa.UniqueConstraint("token", name=op.f("uq_feed_token")),
    )


def _log() -> None:
    op.add_column("document", sa.Column("log", sa.Text(), nullable=True))
    # Only batch mode can do this on SQLite; no trigger is on this table, and nothing refers to it.
    with op.batch_alter_table("note") as note:
        note.add_column(
            sa.Column("kind", sa.String(length=10), server_default=sa.text("'insight'"), nullable=False)
        )
        note.alter_column("member_id", existing_type=ID, nullable=True)
