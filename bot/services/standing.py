"""How things stand: a month's fines, one's own week, and the season as weeks times members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from bot.rules.calendar import Week
from bot.rules.fines import Entry, month_of
from bot.rules.verdicts import HandIn, Verdict
from bot.services import history, outbox
from bot.services.scope import Caller, acting, scope
from bot.services.snapshot import Snapshot, snapshot
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Account:
    """A member's fines of a month: how many of each kind, and their sum."""

    member: m.Member
    late: int = 0
    absent: int = 0
    waived: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Fines:
    """A month's fines, member by member."""

    study: m.Study
    month: date
    accounts: Sequence[Account]

    @property
    def pool(self) -> int:
        """The sum of the month's fines."""
        return sum(account.total for account in self.accounts)


async def fines(session: Session, caller: Caller, month: date | None, at: datetime) -> Fines:
    """The fines of a month, the current one by default: late and absent entries less their waivers."""
    found = await scope(session, caller)
    return await fines_of(session, found.study, month, at)


async def fines_of(session: Session, study: m.Study, month: date | None, at: datetime) -> Fines:
    """The fines of a study's month; past members appear where they have entries."""
    shot = await snapshot(session, study, lambda _: False)
    chosen = month or month_of(at, shot.season.schedule.zone)
    entries = await session.scalars(
        select(m.Ledger).where(m.Ledger.study_id == study.id, m.Ledger.month == chosen)
    )
    accounts = {row.id: Account(row) for row in shot.members}
    mentioned = set()
    for entry in entries:
        mentioned.add(entry.member_id)
        accounts[entry.member_id] = _with(accounts[entry.member_id], entry)
    shown = [x for x in accounts.values() if x.member.left_at is None or x.member.id in mentioned]
    return Fines(study, chosen, shown)


def _with(account: Account, entry: m.Ledger) -> Account:
    return Account(
        account.member,
        account.late + (entry.kind == Entry.LATE),
        account.absent + (entry.kind == Entry.ABSENT),
        account.waived + (entry.kind == Entry.WAIVER),
        account.total + entry.amount,
    )


async def share_fines(session: Session, caller: Caller, month: date | None, at: datetime) -> Fines:
    """Show a month's fines to the whole channel, as a member."""
    found = await acting(session, caller, at)
    member = found.member
    shown = await fines_of(session, found.study, month, at)
    line = await history.note(session, history.Line(found.study, "fines_shown", at, by=member.id))
    await outbox.announce(
        session,
        found.study,
        "fines",
        at,
        line,
        month=shown.month.isoformat(),
        accounts=[[x.member.id, x.late, x.absent, x.waived, x.total] for x in shown.accounts if x.total],
    )
    return shown


@dataclass(frozen=True)
class Board:
    """The season as weeks times members: verdicts, provisional until judged, and links."""

    study: m.Study
    members: Sequence[m.Member]
    weeks: Sequence[Week]
    titles: Mapping[int, str | None]
    breaks: Sequence[m.Break]
    verdicts: Mapping[tuple[int, int], Verdict]
    judged: frozenset[tuple[int, int]]
    hand_ins: Mapping[tuple[int, int], HandIn]
    owed: frozenset[tuple[int, int]]


async def board(session: Session, study: m.Study, at: datetime) -> Board:
    """The study's board at an instant; weeks that have not opened have no verdicts."""
    shot = await snapshot(session, study)
    season = shot.season
    verdicts = {
        (week.number, member.id): verdict
        for week in season.weeks
        if week.opens_at <= at
        for member in season.members
        if (verdict := season.verdict(week, member, at)) is not None
    }
    owed = {(week.number, x.id) for week in season.weeks for x in season.members if season.owes(week, x)}
    rows = await session.scalars(select(m.Week).where(m.Week.study_id == study.id))
    breaks = await session.scalars(
        select(m.Break).where(m.Break.study_id == study.id, m.Break.removed_at.is_(None))
    )
    return Board(
        study,
        _shown_members(shot, verdicts),
        season.weeks,
        {row.number: row.title for row in rows},
        breaks.all(),
        verdicts,
        frozenset(season.judged),
        season.hand_ins,
        frozenset(owed),
    )


def _shown_members(shot: Snapshot, verdicts: Mapping[tuple[int, int], Verdict]) -> Sequence[m.Member]:
    there = {member for _, member in verdicts}
    return [member for member in shot.members if member.left_at is None or member.id in there]


@dataclass(frozen=True)
class Mine:
    """How one member stands: week by week, what is open, and the month's sum."""

    study: m.Study
    member: m.Member
    board: Board
    open_weeks: Sequence[Week]
    upcoming: Week | None
    month: date
    total: int


async def mine(session: Session, caller: Caller, at: datetime) -> Mine:
    """The caller's own standing; refused for somebody who is not a member."""
    found = await scope(session, caller)
    member = found.member
    whole = await board(session, found.study, at)
    month = await fines_of(session, found.study, None, at)
    account = next(x for x in month.accounts if x.member.id == member.id)
    return Mine(
        found.study,
        member,
        whole,
        [week for week in whole.weeks if week.is_open(at) and (week.number, member.id) in whole.owed],
        next((week for week in whole.weeks if week.opens_at > at), None),
        month.month,
        account.total,
    )
