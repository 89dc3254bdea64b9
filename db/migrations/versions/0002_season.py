"""The season: settlements, extensions, turns, questions, notes, topics, and the README's text."""

import sqlalchemy as sa
from alembic import op

from db.append_only import protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEYS = [
    ("reverses_id",),
    ("study_id", "item", "week_id", "member_id", "judgement"),
    ("settlement_id", "member_id", "kind"),
]


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("study_id", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_document_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("study_id", name=op.f("uq_document_study_id")),
    )
    op.create_table(
        "draft",
        sa.Column("door", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=80), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("door", "workspace", "account", name=op.f("uq_draft_door_workspace_account")),
    )
    op.create_table(
        "settlement",
        sa.Column("study_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_settlement_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint("study_id", "month", "number", name=op.f("uq_settlement_study_id_month_number")),
    )
    op.create_table(
        "extension",
        sa.Column("week_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_extension_member_id")),
        sa.ForeignKeyConstraint(["week_id"], ["week.id"], name=op.f("fk_extension_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_member_id"), "extension", ["member_id"], unique=False)
    op.create_index(op.f("ix_extension_week_id"), "extension", ["week_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("week_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_note_member_id")),
        sa.ForeignKeyConstraint(["week_id"], ["week.id"], name=op.f("fk_note_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_member_id"), "note", ["member_id"], unique=False)
    op.create_index(op.f("ix_note_week_id"), "note", ["week_id"], unique=False)
    op.create_table(
        "question",
        sa.Column("week_id", ID, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["week_id"], ["week.id"], name=op.f("fk_question_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("week_id", name=op.f("uq_question_week_id")),
    )
    op.create_table(
        "swap",
        sa.Column("study_id", ID, nullable=False),
        sa.Column("first_week", sa.Integer(), nullable=False),
        sa.Column("first_id", ID, nullable=False),
        sa.Column("second_week", sa.Integer(), nullable=True),
        sa.Column("second_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["member.id"], name=op.f("fk_swap_first_id")),
        sa.ForeignKeyConstraint(["second_id"], ["member.id"], name=op.f("fk_swap_second_id")),
        sa.ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_swap_study_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
    )
    op.create_index(op.f("ix_swap_study_id"), "swap", ["study_id"], unique=False)
    op.create_table(
        "topic",
        sa.Column("week_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_topic_member_id")),
        sa.ForeignKeyConstraint(["week_id"], ["week.id"], name=op.f("fk_topic_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("week_id", "member_id", name=op.f("uq_topic_week_id_member_id")),
    )
    op.create_index(op.f("ix_topic_member_id"), "topic", ["member_id"], unique=False)
    op.create_table(
        "turn",
        sa.Column("week_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("base_id", ID, nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["member.id"], name=op.f("fk_turn_base_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_turn_member_id")),
        sa.ForeignKeyConstraint(["week_id"], ["week.id"], name=op.f("fk_turn_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint("week_id", name=op.f("uq_turn_week_id")),
    )
    op.create_index(op.f("ix_turn_base_id"), "turn", ["base_id"], unique=False)
    op.create_index(op.f("ix_turn_member_id"), "turn", ["member_id"], unique=False)
    _refer("ledger", "settlement_id", "settlement")
    _refer("ledger", "other_id", "member")
    _refer("post", "thread_id", "post")
    op.add_column("post", sa.Column("thread", sa.String(length=10), nullable=True))
    op.create_index(op.f("ix_post_thread_id"), "post", ["thread_id"], unique=False)
    op.create_index("uq_ledger_settlement", "ledger", ["settlement_id", "member_id", "kind"], unique=True)
    op.add_column("member", sa.Column("turn_place", sa.Integer(), nullable=True))
    op.add_column(
        "study", sa.Column("questions", sa.Boolean(), server_default=sa.text("true"), nullable=False)
    )
    op.add_column(
        "study", sa.Column("practice", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("study", sa.Column("turns_from", sa.Integer(), nullable=True))
    op.add_column(
        "week", sa.Column("practice", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_index("ix_study_channel", "study", ["door", "workspace", "channel"], unique=False)
    protect("settlement", unique=[("study_id", "month", "number")])
    if op.get_bind().dialect.name == "sqlite":
        for name in ("no_update", "no_delete", "no_replace"):
            op.execute(f"DROP TRIGGER ledger_{name}")
        protect("ledger", unique=KEYS)


def _refer(table: str, column: str, to: str) -> None:
    """Add a reference; SQLite takes one only with its column, unless the table is rebuilt."""
    name = f"fk_{table}_{column}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {to} (id)")
        return
    op.add_column(table, sa.Column(column, ID, nullable=True))
    op.create_foreign_key(name, table, to, [column], ["id"])
