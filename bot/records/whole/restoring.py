"""Restoring a whole study from its file, beside whatever else the database holds."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.exc import DataError, IntegrityError

from bot.records.whole.reading import Whole, damaged, read_whole, references_within
from bot.records.whole.writing import TABLES, Row, renumbered
from bot.rules.refusal import Refused
from bot.services.advancing import reschedule
from bot.services.scope import Caller, Role
from bot.services.studies import refuse_running, taking_channel
from bot.services.turns import join_rotation
from db import Session
from db import models as m


async def restored(session: Session, data: bytes, place: Caller, at: datetime) -> m.Study:
    """The study that a file of `json_of` holds, in the caller's channel, all of it or nothing.

    What has been run stays run, so nothing is told or fined twice; what has come due since runs next.
    Accounts count only where they are from: elsewhere the members stand by name, and the caller leads.
    Refused where a study runs already, where the caller may start none, and for a file that is damaged.
    """
    if not place.may_start:
        raise Refused("not-allowed-start")
    whole = read_whole(data)
    if not whole.tables["week"] or not whole.tables["member"]:
        raise damaged("tables")
    await refuse_running(session, place)
    try:
        async with taking_channel(session, place):
            study = await _restored(session, whole, place)
            await _led(session, study, place, at)
            await session.flush()
            await reschedule(session, study)
            await session.flush()
    except (IntegrityError, DataError):
        raise damaged("tables") from None
    except (LookupError, TypeError, ValueError, OverflowError):
        raise damaged("study") from None
    return study


async def _restored(session: Session, whole: Whole, place: Caller) -> m.Study:
    here = {"door": place.door, "workspace": place.workspace, "channel": place.channel}
    at_home = all(whole.study[name] == here[name] for name in ("door", "workspace"))
    study = m.Study(**{**whole.study, **here})
    session.add(study)
    await session.flush()
    ids: dict[str, dict[int, int]] = {}
    for name, table in TABLES.items():
        own = {"study_id": study.id} if "study_id" in table.c else {}
        ids[name] = {}
        for rows in _batches(table, whole.tables[name]):
            elsewhere = {"account": None} if name == "member" and not at_home else {}
            values = [{**renumbered(table, row, ids), **own, **elsewhere} for row in rows]
            ids[name] |= await _inserted(session, table, rows, values)
    return study


def _batches(table: Table, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows to be inserted together: one that refers to another of its table comes after it."""
    within = references_within(table)
    batch: list[Row] = []
    for row in rows:
        if any(row[name] is not None for name in within) and batch:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


async def _inserted(
    session: Session, table: Table, rows: Sequence[Row], values: Sequence[dict[str, Any]]
) -> dict[int, int]:
    """Insert rows; the ids that they have now, by those of the file."""
    added = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    made = await session.scalars(added, values)
    return dict(zip((row["id"] for row in rows), made, strict=True))


async def _led(session: Session, study: m.Study, place: Caller, at: datetime) -> None:
    """Have the caller lead a running study whose leaders have no account here, as whom they are called."""
    rows = select(m.Member).where(m.Member.study_id == study.id, m.Member.left_at.is_(None))
    present = (await session.scalars(rows.order_by(m.Member.id))).all()
    led = any(row.role == Role.LEADER and row.account is not None for row in present)
    if led or study.ended_at is not None:
        return
    by_account = [row for row in present if row.account == place.account]
    by_name = [row for row in present if row.name == place.name and row.account is None]
    if not (by_account or by_name):
        await _enter(session, study, place, present, at)
        return
    leader = (by_account or by_name)[0]
    leader.account, leader.role = place.account, Role.LEADER


async def _enter(
    session: Session, study: m.Study, place: Caller, present: Sequence[m.Member], at: datetime
) -> None:
    """Take the caller in as a leader under a name that is free."""
    taken = {row.name for row in present}
    name = next(x for x in (place.name, place.account, f"{place.name} ({place.account})") if x not in taken)
    member = m.Member(
        study_id=study.id,
        account=place.account,
        name=name,
        role=Role.LEADER,
        notify="channel",
        joined_at=at,
    )
    session.add(member)
    await join_rotation(session, study, member)
