"""How things stand: one's own week, and the season as weeks times members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from bot.rules.calendar import Week
from bot.rules.season import Season
from bot.rules.settlement import Transfer
from bot.rules.verdicts import HandIn, Verdict
from bot.services.fines import fines_of
from bot.services.money import accounts_of
from bot.services.scope import Caller, scope
from bot.services.snapshot import Snapshot, snapshot
from db import Session
from db import models as m


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
    season: Season


async def board(session: Session, shot: Snapshot, at: datetime) -> Board:
    """The study's board at an instant; weeks that have not opened have no verdicts."""
    study, season = shot.study, shot.season
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
        frozenset(slot for slot in season.judged if season.stands(slot)),
        season.hand_ins,
        frozenset(owed),
        season,
    )


async def whole_board(session: Session, caller: Caller, at: datetime) -> Board:
    """The board of the caller's study."""
    found = await scope(session, caller)
    return await board(session, await snapshot(session, found.study), at)


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
    turn: Week | None
    """The next week whose blog is theirs."""
    open: Sequence[Transfer]
    """What they have to pay, and will be paid."""
    names: Mapping[int, str]


async def mine(session: Session, caller: Caller, at: datetime) -> Mine:
    """The caller's own standing; refused for somebody who is not a member."""
    found = await scope(session, caller)
    member = found.member
    shot = await snapshot(session, found.study)
    accounts = await accounts_of(session, found.study.id)
    whole = await board(session, shot, at)
    month = await fines_of(session, shot, accounts, None, at)
    turns = {number for number, turn in whole.season.turns().items() if turn.member == member.id}
    account = next(x for x in month.accounts if x.member.id == member.id)
    return Mine(
        found.study,
        member,
        whole,
        [
            week
            for week in whole.season.weeks_of(member.id)
            if week.is_open(at) and (week.number, member.id) in whole.owed
        ],
        next((week for week in whole.weeks if week.opens_at > at), None),
        month.month,
        account.total,
        next((week for week in whole.weeks if week.number in turns and week.due_at > at), None),
        accounts.open_of(member.id),
        shot.names,
    )
