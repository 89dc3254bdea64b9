"""The tables. Ledger, judgements and history hold ids, instants and amounts only, and are append-only."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
Id = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"a naive datetime cannot be stored: {value}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every table has: an id and named constraints."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Instant, dict[str, Any]: JSON, list[str]: JSON, int: Integer}  # noqa: RUF012

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=True)


class Study(Base):
    """One season of one group, in one channel of one workspace."""

    __tablename__ = "study"
    __table_args__ = (
        Index(
            "uq_study_running_in_channel",
            "door",
            "workspace",
            "channel",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_study_channel", "door", "workspace", "channel"),
        Index(
            "ix_study_paused",
            "door",
            sqlite_where=text("paused_at IS NOT NULL"),
            postgresql_where=text("paused_at IS NOT NULL"),
        ),
    )

    door: Mapped[str] = mapped_column(String(20))
    workspace: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(64))
    starts: Mapped[date]
    week_count: Mapped[int]
    zero_first: Mapped[date | None]
    zero_due: Mapped[date | None]
    practice: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether week 0 is for practice."""
    due_time: Mapped[time]
    close_time: Mapped[time]
    late_fine: Mapped[int]
    absent_fine: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    reminders: Mapped[list[str]]
    questions: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """Whether a question thread is opened with each week."""
    turns_from: Mapped[int | None]
    """The week whose blog is the first one's in the order of turns."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    """Since when its channel cannot be reached."""
    paused_why: Mapped[str | None] = mapped_column(String(20))
    published: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether its record is kept in a repository."""
    next_moment_at: Mapped[datetime | None] = mapped_column(index=True)


class Member(Base):
    """Somebody in a study; whoever comes back after leaving is a new member."""

    __tablename__ = "member"
    __table_args__ = (
        Index(
            "uq_member_account",
            "study_id",
            "account",
            unique=True,
            sqlite_where=text("left_at IS NULL AND account IS NOT NULL"),
            postgresql_where=text("left_at IS NULL AND account IS NOT NULL"),
        ),
        Index(
            "uq_member_name",
            "study_id",
            "name",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("ix_member_account", "account"),
        Index(None, "study_id"),
    )

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    account: Mapped[str | None] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(10))
    notify: Mapped[str] = mapped_column(String(10))
    turn_place: Mapped[int | None]
    """The place in the order of turns, also of those who have left."""
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Week(Base):
    """A week with its cutoffs as planned; a week that has opened never moves, it is extended."""

    __tablename__ = "week"
    __table_args__ = (UniqueConstraint("study_id", "number"),)

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    number: Mapped[int]
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)
    practice: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    title: Mapped[str | None] = mapped_column(Text)
    homework: Mapped[str | None] = mapped_column(Text)
    optional: Mapped[str | None] = mapped_column(Text)


class Break(Base):
    """Days on which no week opens; a removed one stays for the record."""

    __tablename__ = "break"
    __table_args__ = (Index(None, "study_id"),)

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    removed_at: Mapped[datetime | None]


class Excuse(Base):
    """A member let off a week, with the reason."""

    __tablename__ = "excuse"
    __table_args__ = (UniqueConstraint("week_id", "member_id"), Index(None, "member_id"))

    week_id: Mapped[int] = mapped_column(ForeignKey("week.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[str] = mapped_column(Text)


class Extension(Base):
    """Later cutoffs of a week, for one member or for all; the newest of each counts."""

    __tablename__ = "extension"
    __table_args__ = (Index(None, "week_id"), Index(None, "member_id"))

    week_id: Mapped[int] = mapped_column(ForeignKey("week.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    due_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Turn(Base):
    """Whose blog an opened week is, and the post; it never changes hands any more."""

    __tablename__ = "turn"
    __table_args__ = (Index(None, "member_id"), Index(None, "base_id"))

    week_id: Mapped[int] = mapped_column(ForeignKey("week.id"), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    base_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    """Whose it would have been without swaps: the order goes on from there."""
    link: Mapped[str | None] = mapped_column(Text)
    posted_at: Mapped[datetime | None]


class Swap(Base):
    """Two weeks whose writers change places; without a second week somebody merely steps in."""

    __tablename__ = "swap"
    __table_args__ = (Index(None, "study_id"),)

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    first_week: Mapped[int]
    first_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    second_week: Mapped[int | None]
    second_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]


class Question(Base):
    """The question thread of a week; the message that opened it is the outbox row `question`."""

    __tablename__ = "question"

    week_id: Mapped[int] = mapped_column(ForeignKey("week.id"), unique=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Note(Base):
    """Something worth keeping of a week, for the study log; what was read from one has no writer."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "week_id"), Index(None, "member_id"))

    week_id: Mapped[int] = mapped_column(ForeignKey("week.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(10), default="insight", server_default=text("'insight'"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Topic(Base):
    """What a member looks into for a week."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("week_id", "member_id"), Index(None, "member_id"))

    week_id: Mapped[int] = mapped_column(ForeignKey("week.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Document(Base):
    """The README as it was when it was last read or written."""

    __tablename__ = "document"

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    answers: Mapped[str] = mapped_column(Text, default="{}", server_default=text("'{}'"))
    """How what it leaves open was answered, as JSON: it is read with these again."""
    log: Mapped[str | None] = mapped_column(Text)
    """Of the study log what the study itself told by then; what else stands there is others' work."""
    at: Mapped[datetime]


class Repository(Base):
    """Where on GitHub a study's record is published, and how far that has come."""

    __tablename__ = "repository"

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), unique=True)
    name: Mapped[str] = mapped_column(String(140))
    """`owner/name`, as GitHub spells it."""
    path: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(Text)
    labels: Mapped[list[str]]
    assignee: Mapped[str | None] = mapped_column(String(40))
    issues: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """Whether the repository takes issues."""
    paused_at: Mapped[datetime | None]
    paused_why: Mapped[str | None] = mapped_column(String(20))
    """Why nothing could be published last, until something is."""
    at: Mapped[datetime]


class Page(Base):
    """A file of a study's repository, as far as the study's own part of it goes."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("study_id", "path"),)

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    path: Mapped[str] = mapped_column(String(200))
    base: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What both agreed on last, without what the study knows nothing of."""
    told: Mapped[str | None] = mapped_column(Text)
    """Of the study log what the study itself told by then."""
    writing: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What both will agree on once a commit is there of which nothing has been heard yet."""
    mark: Mapped[str | None] = mapped_column(String(80))
    """What stands in the message of that commit; behind the hyphen is how the file's name in Git begins."""
    asked: Mapped[str | None] = mapped_column(String(64))
    """What tells the questions that the leader was asked last."""


class Feed(Base):
    """The secret address of a member's calendar: who has it sees what the member may see anyway."""

    __tablename__ = "feed"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), unique=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)


class Draft(Base):
    """A document that somebody is about to import, until they say yes."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("door", "workspace", "account"),)

    door: Mapped[str] = mapped_column(String(20))
    workspace: Mapped[str] = mapped_column(String(80))
    account: Mapped[str] = mapped_column(String(80))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]


class Submission(Base):
    """A member's link for a week as it stands; without a time where that is unknown."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("week_id", "member_id"), Index(None, "member_id"))

    week_id: Mapped[int] = mapped_column(ForeignKey("week.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    first_at: Mapped[datetime | None]
    link: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class Judgement(Base):
    """A verdict given at a member's own close; append-only, a correction has the next number."""

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("week_id", "member_id", "number"), Index(None, "member_id"))

    week_id: Mapped[int] = mapped_column(ForeignKey("week.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    number: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]


class Settlement(Base):
    """A month's sealed statement, in ids and amounts; append-only, a supplement has the next number."""

    __tablename__ = "settlement"
    __table_args__ = (UniqueConstraint("study_id", "month", "number"),)

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    month: Mapped[date]
    number: Mapped[int]
    at: Mapped[datetime]
    statement: Mapped[dict[str, Any]]


class Ledger(Base):
    """What members owe and are given; append-only."""

    __tablename__ = "ledger"
    __table_args__ = (
        UniqueConstraint("study_id", "item", "week_id", "member_id", "judgement"),
        UniqueConstraint("reverses_id"),
        Index("uq_ledger_settlement", "settlement_id", "member_id", "kind", unique=True),
        CheckConstraint("amount <> 0", name="amount"),
        Index(None, "study_id", "month"),
    )

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(12))
    amount: Mapped[int] = mapped_column(BigInteger)
    month: Mapped[date]
    booked_at: Mapped[datetime]
    item: Mapped[str | None] = mapped_column(String(12))
    week_id: Mapped[int | None] = mapped_column(ForeignKey("week.id"))
    judgement: Mapped[int | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger.id"))
    history_id: Mapped[int | None] = mapped_column(ForeignKey("history.id"))
    settlement_id: Mapped[int | None] = mapped_column(ForeignKey("settlement.id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    """Whom a payment went to or came from; nobody where that is the fund."""


class History(Base):
    """Who did what, when; append-only, its words are in `detail`."""

    __tablename__ = "history"
    __table_args__ = (Index(None, "study_id", "at"),)

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    week_id: Mapped[int | None] = mapped_column(ForeignKey("week.id"))


class Detail(Base):
    """The words that belong to a line of the history; they can be erased."""

    __tablename__ = "detail"

    history_id: Mapped[int] = mapped_column(ForeignKey("history.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)


class MomentDone(Base):
    """A moment that has been run, once."""

    __tablename__ = "moment_done"
    __table_args__ = (UniqueConstraint("study_id", "kind", "week", "subject", "revision"),)

    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    kind: Mapped[str] = mapped_column(String(20))
    week: Mapped[int]
    subject: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int]
    at: Mapped[datetime]


class Outbox(Base):
    """A message decided on: its kind and values, worded at delivery."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "state", "id"),
        Index(None, "study_id", "week"),
        Index(
            "uq_outbox_refresh",
            "target_id",
            unique=True,
            sqlite_where=text("kind = 'refresh' AND state = 'waiting'"),
            postgresql_where=text("kind = 'refresh' AND state = 'waiting'"),
        ),
        Index(
            "uq_outbox_publish",
            "study_id",
            unique=True,
            sqlite_where=text("kind = 'publish' AND state = 'waiting'"),
            postgresql_where=text("kind = 'publish' AND state = 'waiting'"),
        ),
    )

    key: Mapped[str] = mapped_column(String(80), unique=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    kind: Mapped[str] = mapped_column(String(20))
    values: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    """The instant it is about; a late announcement says it."""
    until: Mapped[datetime | None]
    """From then on it is no longer worth sending."""
    not_before: Mapped[datetime | None]
    """Until then, in the study's time, more of the kind may come."""
    via: Mapped[str | None] = mapped_column(String(10))
    """What delivers it, where that is not the study's door."""
    silent: Mapped[bool]
    week: Mapped[int | None]
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    sent_at: Mapped[datetime | None]
    """When it was sent, in the study's time."""
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str | None] = mapped_column(String(120))
    error: Mapped[str | None] = mapped_column(Text)


class Clock(Base):
    """The virtual clock of a playground; no row while it runs on real time."""

    __tablename__ = "clock"

    now: Mapped[datetime]


class Post(Base):
    """A message in the playground's channel or in a thread of it, or a private one for `reader`."""

    __tablename__ = "post"
    __table_args__ = (Index(None, "channel", "id"), Index(None, "thread_id"))

    key: Mapped[str] = mapped_column(String(80), unique=True)
    channel: Mapped[str] = mapped_column(String(80))
    author: Mapped[str | None] = mapped_column(String(80))
    reader: Mapped[str | None] = mapped_column(String(80))
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[str]]
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    silent: Mapped[bool] = mapped_column(default=False)
    thread: Mapped[str | None] = mapped_column(String(10))
    """`open` or `closed` where a thread begins with this message."""
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    """The message that the thread it was said in begins with."""


class SlackInstall(Base):
    """The app in a workspace of Slack: its account there, and its token, encrypted."""

    __tablename__ = "slack_install"

    workspace: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(Text)
    app: Mapped[str] = mapped_column(String(80))
    bot: Mapped[str] = mapped_column(String(80))
    account: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(Text)
    installed_by: Mapped[str] = mapped_column(String(80))
    installed_at: Mapped[datetime]


class SlackState(Base):
    """A way back from Slack's question whether to install the app; good once, and not for long."""

    __tablename__ = "slack_state"

    value: Mapped[str] = mapped_column(String(80), unique=True)
    issued_at: Mapped[datetime]
