"""Giving verdicts and booking what they cost; a correction is always a further entry."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from bot.rules.calendar import Week
from bot.rules.fines import Entry, month_of
from bot.rules.season import Judgement
from bot.rules.timeline import Kind
from bot.rules.verdicts import Verdict
from bot.services.entries import entry
from bot.services.snapshot import Snapshot
from db import Session
from db import models as m

HOMEWORK = "homework"


@dataclass
class Bookings:
    """Judgements and ledger entries to be written by set, in the transaction of what caused them."""

    judgements: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)

    async def write(self, session: Session) -> None:
        """Append them; twice the same is refused by the database."""
        if self.judgements:
            await session.execute(insert(m.Judgement), self.judgements)
        if self.entries:
            await session.execute(insert(m.Ledger), self.entries)

    def judge(
        self,
        shot: Snapshot,
        week: Week,
        member: int,
        verdict: Verdict,
        at: datetime,
        number: int = 1,
        *,
        fined: bool = True,
    ) -> dict[str, Any] | None:
        """Give a verdict and book its fine, if it costs one; the entry is returned."""
        week_id = shot.week_ids[week.number]
        self.judgements.append(
            {
                "week_id": week_id,
                "member_id": member,
                "number": number,
                "verdict": verdict.value,
                "at": at,
            }
        )
        fine = shot.season.fines.of(verdict)
        if not fine or week.practice or not fined:
            return None
        kind, amount = fine
        booked = entry(
            shot.study.id,
            member,
            kind,
            amount,
            month_of(shot.season.own(week, member).closes_at, shot.season.schedule.zone),
            at,
            item=HOMEWORK,
            week_id=week_id,
            judgement=number,
        )
        self.entries.append(booked)
        return booked


async def correct(
    session: Session,
    shot: Snapshot,
    week: Week,
    member_id: int,
    at: datetime,
    history_id: int,
) -> bool:
    """Judge a member's closed week again where what is known now gives another verdict.

    The old fine is reversed and the new one booked, both as new entries. True where it changed.
    """
    old = shot.season.judged.get((week.number, member_id))
    if old is None or old.verdict is Verdict.PENDING:
        return False
    own = shot.season.own(week, member_id)
    waits = own.revision and at < own.closes_at and not await _has_closed(session, shot, own, member_id)
    now = at if waits else max(at, own.closes_at)
    return await _judge_again(session, shot, week, member_id, now, at, history_id)


async def _has_closed(session: Session, shot: Snapshot, own: Week, member_id: int) -> bool:
    """Whether the close that counts for a member has been run, after their cutoffs were put off."""
    done = m.MomentDone
    run = select(done.id).where(
        done.study_id == shot.study.id,
        done.kind == Kind.CLOSED,
        done.week == own.number,
        done.subject.in_(("", str(member_id))),
        done.revision == own.revision,
    )
    return await session.scalar(run.limit(1)) is not None


async def put_off(
    session: Session, shot: Snapshot, week: Week, member_id: int, at: datetime, history_id: int
) -> bool:
    """Judge a member's week again after its cutoffs were put off, as it stands now: perhaps not at all yet.

    True where the verdict changed.
    """
    if not shot.season.stands((week.number, member_id)):
        return False
    return await _judge_again(session, shot, week, member_id, at, at, history_id)


async def _judge_again(
    session: Session,
    shot: Snapshot,
    week: Week,
    member_id: int,
    now: datetime,
    at: datetime,
    history_id: int,
) -> bool:
    old = shot.season.judged[week.number, member_id]
    member = next(member for member in shot.season.members if member.id == member_id)
    new = shot.season.fresh_verdict(week, member, now)
    new = new or Verdict.EXCUSED  # no longer asked of them, such as after leaving before the close
    fines = await _standing_fines(session, shot, week, [member_id])
    month = month_of(shot.season.own(week, member_id).closes_at, shot.season.schedule.zone)
    if new is old.verdict and all(fine.month == month for fine in fines):
        return False
    bookings = Bookings()
    for fine in fines:
        bookings.entries.append(reversal(fine, at, history_id))
    forgiven = await forgiven_slots(session, [shot.study.id], member_id)
    bookings.judge(
        shot, week, member_id, new, at, old.number + 1, fined=(week.number, member_id) not in forgiven
    )
    await bookings.write(session)
    return True


async def forgiven_slots(
    session: Session, studies: Sequence[int], member_id: int | None = None
) -> set[tuple[int, int]]:
    """The week numbers and members whose fine a treasurer has waived: it does not come back by itself."""
    waivers = (
        select(m.Week.number, m.Ledger.member_id)
        .join(m.Ledger, m.Ledger.week_id == m.Week.id)
        .join(m.History, m.History.id == m.Ledger.history_id)
        .where(
            m.Ledger.study_id.in_(studies),
            m.Ledger.kind == Entry.WAIVER,
            m.History.kind == "waived",
        )
    )
    if member_id is not None:
        waivers = waivers.where(m.Ledger.member_id == member_id)
    return {(number, member) for number, member in await session.execute(waivers)}


def reversal(fine: m.Ledger, at: datetime, history_id: int) -> dict[str, Any]:
    """The waiver that takes back an entry, in the month it belongs to."""
    return entry(
        fine.study_id,
        fine.member_id,
        Entry.WAIVER,
        -fine.amount,
        fine.month,
        at,
        week_id=fine.week_id,
        reverses_id=fine.id,
        history_id=history_id,
    )


async def _standing_fines(
    session: Session, shot: Snapshot, week: Week, members: Iterable[int]
) -> list[m.Ledger]:
    """The fines of a week that no entry has reversed yet."""
    reversed_ids = select(m.Ledger.reverses_id).where(m.Ledger.reverses_id.is_not(None))
    found = await session.scalars(
        select(m.Ledger).where(
            m.Ledger.study_id == shot.study.id,
            m.Ledger.week_id == shot.week_ids[week.number],
            m.Ledger.member_id.in_(members),
            m.Ledger.item == HOMEWORK,
            m.Ledger.id.not_in(reversed_ids),
        )
    )
    return list(found)


def judge_all(
    shot: Snapshot,
    week: Week,
    at: datetime,
    bookings: Bookings,
    only: int | None = None,
    forgiven: Collection[tuple[int, int]] = (),
) -> dict[int, Judgement]:
    """Judge a week at its close, once per member who owes it or was excused.

    Members whose own close is later are judged then, `only` one at a time.
    """
    given: dict[int, Judgement] = {}
    season = shot.season
    for member in season.members:
        slot = (week.number, member.id)
        own = season.own(week, member.id)
        waits = own.closes_at > week.closes_at if only is None else member.id != only
        if waits or season.stands(slot) or not season.is_judged(week, member):
            continue
        verdict = season.fresh_verdict(week, member, own.closes_at)
        if verdict is not None:
            before = season.judged.get(slot)
            number = before.number + 1 if before else 1
            bookings.judge(shot, week, member.id, verdict, at, number, fined=slot not in forgiven)
            given[member.id] = Judgement(verdict, number)
    # A settlement of the same instant goes by what has just been judged.
    assert isinstance(season.judged, dict)
    season.judged.update({(week.number, member): judgement for member, judgement in given.items()})
    return given
