"""Deciding on messages: rows that are worded and sent after the commit."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, text, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from db import Session
from db.models import Outbox, Study, Week

QUIET_FROM, QUIET_UNTIL = time(22), time(8)
"""Wall times in the study's zone between which messages are sent silently where a platform can."""

GITHUB = "github"
"""What delivers what goes to a repository."""

TOGETHER = timedelta(minutes=1)
"""Changes of the record within it are published by one commit."""

WAITING, LEASED, SENT, DROPPED, FAILED = "waiting", "leased", "sent", "dropped", "failed"


TABLE = Outbox.metadata.tables["outbox"]

# Locked, so that a message that waits is not sent before what it shall show has been committed. Of the state
# nothing is said here: SQLite would look through all messages ever sent instead of the week's.
SHOWN = (
    select(TABLE.c.id, TABLE.c.study_id, TABLE.c.state)
    .where(
        tuple_(TABLE.c.study_id, TABLE.c.week).in_(bindparam("weeks", expanding=True)),
        TABLE.c.kind == bindparam("kind"),
    )
    .with_for_update()
)


def _edits(insert: Any) -> Any:
    """An edit that waits already is touched instead, so that it is not sent before this commit."""
    new = insert(TABLE)
    return new.on_conflict_do_update(
        index_elements=["target_id"],
        index_where=text("kind = 'refresh' AND state = 'waiting'"),
        set_={"at": new.excluded["at"]},
    )


def _publishing(insert: Any, changed: tuple[str, ...]) -> Any:
    """What waits to be published is touched instead, so that it is not published before this commit."""
    new = insert(TABLE)
    return new.on_conflict_do_update(
        index_elements=["study_id"],
        index_where=text("kind = 'publish' AND state = 'waiting'"),
        set_={name: new.excluded[name] for name in changed},
    )


SOON, NOW = ("at",), ("at", "not_before", "values")
PUBLISHING = {
    ("sqlite", SOON): _publishing(sqlite.insert, SOON),
    ("sqlite", NOW): _publishing(sqlite.insert, NOW),
    ("postgresql", SOON): _publishing(postgresql.insert, SOON),
    ("postgresql", NOW): _publishing(postgresql.insert, NOW),
}
EDITS = {"sqlite": _edits(sqlite.insert), "postgresql": _edits(postgresql.insert)}
INSERTS = {
    "sqlite": sqlite.insert(TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(TABLE).on_conflict_do_nothing(),
}


def is_quiet(at: datetime, zone: ZoneInfo) -> bool:
    """Whether it is night in the study's zone."""
    wall = at.astimezone(zone).time()
    return wall >= QUIET_FROM or wall < QUIET_UNTIL


def row(
    study: Study,
    key: str,
    kind: str,
    values: Mapping[str, Any],
    at: datetime,
    *,
    week: int | None = None,
    until: datetime | None = None,
    recipient: int | None = None,
) -> dict[str, Any]:
    """A message to be inserted; the key makes it unique, `at` is the instant it is about."""
    return {
        "key": f"{study.id}:{key}",
        "study_id": study.id,
        "kind": kind,
        "values": dict(values),
        "at": at,
        "until": until,
        "silent": is_quiet(at, ZoneInfo(study.timezone)),
        "week": week,
        "not_before": None,
        "via": None,
        "recipient_id": recipient,
        "target_id": None,
        "state": WAITING,
        "attempts": 0,
    }


async def post(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Put messages into the outbox; one whose key is there already is not put in again."""
    wanted = list(rows)
    if wanted:
        await session.execute(INSERTS[session.get_bind().dialect.name], wanted)


async def announce(
    session: Session, study: Study, kind: str, at: datetime, history_id: int, **values: Any
) -> None:
    """Tell the channel what somebody did; the line of the history makes the message unique."""
    await post(session, [row(study, f"{kind}:{history_id}", kind, values, at)])


async def publish(
    session: Session,
    studies: Iterable[Study],
    at: datetime,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Have records published, of studies whose are; with `values` at once, without waiting for more."""
    wanted = {study.id: study for study in studies if study.published}
    if not wanted:
        return
    changed, until = (SOON, at + TOGETHER) if values is None else (NOW, None)
    rows = [
        row(study, f"publish:{uuid4().hex}", "publish", values or {}, at)
        | {"via": GITHUB, "not_before": until}
        for study in wanted.values()
    ]
    await session.execute(PUBLISHING[session.get_bind().dialect.name, changed], rows)


async def refresh(
    session: Session,
    weeks: Collection[tuple[Study, int]],
    at: datetime,
    kind: str = "announcement",
) -> None:
    """Have the messages of these weeks edited; edits that still wait are one edit."""
    if not weeks:
        return
    studies = {study.id: study for study, _ in weeks}
    wanted = {"weeks": [(study.id, week) for study, week in weeks], "kind": kind}
    shown = await session.execute(SHOWN, wanted)
    edits = [
        row(studies[study_id], f"refresh:{uuid4().hex}", "refresh", {}, at) | {"target_id": target}
        for target, study_id, state in shown
        if state in (LEASED, SENT)
    ]
    if edits:
        await session.execute(EDITS[session.get_bind().dialect.name], edits)


async def refresh_open(session: Session, study: Study, at: datetime) -> None:
    """Have the messages of the study's open weeks edited, after its members changed."""
    numbers = await session.scalars(
        select(Week.number).where(Week.study_id == study.id, Week.opens_at <= at, Week.closes_at > at)
    )
    await refresh(session, [(study, number) for number in numbers], at)


async def take_down(session: Session, study: Study, week: int, cutoff: str, at: datetime) -> None:
    """Take down the reminders of a cutoff that has passed; those not sent yet are dropped.

    Those for one alone too: where they take no direct messages, it was said in the channel.
    """
    reminders = (
        Outbox.study_id == study.id,
        Outbox.week == week,
        Outbox.kind == f"reminder-{cutoff}",
    )
    await session.execute(update(Outbox).where(*reminders, Outbox.state == WAITING).values(state=DROPPED))
    shown = await session.scalars(select(Outbox.id).where(*reminders, Outbox.state.in_((SENT, LEASED))))
    await post(
        session,
        [row(study, f"take-down:{id_}", "take_down", {}, at) | {"target_id": id_} for id_ in shown],
    )
