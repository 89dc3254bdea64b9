"""Whose week the team blog is: the order, swaps, skips, and posts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from bot.rules.calendar import Week
from bot.rules.refusal import Refused
from bot.services import history, outbox
from bot.services.advancing import latest_opening, pass_over_what_is_gone
from bot.services.scope import Caller, Role, Scope, acting, named, scope
from bot.services.snapshot import Snapshot, nobody, snapshot
from bot.texts import Command
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class WeekTurn:
    """A week, its writer, and the post if it is up."""

    week: Week
    member: int
    link: str | None


@dataclass(frozen=True)
class Rota:
    """All turns of a season as they stand."""

    study: m.Study
    turns: Sequence[WeekTurn]
    names: dict[int, str]
    running: int | None
    """The number of the week that runs."""
    mine: int | None
    """The caller's id, if they are a member."""


async def rota(session: Session, caller: Caller, at: datetime) -> Rota:
    """Every week's turn; refused where the study has no order of turns."""
    found = await scope(session, caller)
    return await _rota(session, found, at)


async def rota_of(session: Session, shot: Snapshot, at: datetime) -> Rota:
    """Every week's turn of a study; empty where it has no order of turns."""
    turned = await session.scalars(select(m.Turn).where(m.Turn.week_id.in_(list(shot.week_ids.values()))))
    posts = {row.week_id: row.link for row in turned}
    turns = [
        WeekTurn(shot.season.week(number), turn.member, posts.get(shot.week_ids[number]))
        for number, turn in shot.season.turns().items()
    ]
    running = [week.number for week in shot.season.weeks if week.opens_at <= at < week.due_at]
    return Rota(shot.study, turns, dict(shot.names), running[-1] if running else None, None)


async def _rota(session: Session, found: Scope, at: datetime) -> Rota:
    shown = await rota_of(session, await snapshot(session, found.study, nobody), at)
    if not shown.turns:
        raise Refused("no-turns", command=Command("turn order"))
    return replace(shown, mine=found.caller.id if found.caller else None)


async def order(session: Session, caller: Caller, members: Sequence[str], at: datetime) -> Rota:
    """Set the order in which the blog goes round from the next week on, as a leader.

    Refused for a name that is unknown or there twice; whoever is left out comes last, by joining.
    """
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    study = found.study
    shot = await snapshot(session, study, nobody)
    chosen = [named(shot.members, name) for name in members]
    if len({row.id for row in chosen}) < len(chosen):
        raise Refused("named-twice")
    rest = [row for row in shot.members if row.left_at is None and row not in chosen]
    for row in shot.members:
        row.turn_place = None
    for place, row in enumerate([*chosen, *rest], 1):
        row.turn_place = place
    study.turns_from = _first_open(shot, await latest_opening(session, study, at))
    line = await history.note(session, history.Line(study, "turn_order", at, by=leader.id))
    await session.flush()
    await outbox.announce(
        session, study, "turn_order", at, line, members=[row.id for row in (*chosen, *rest)]
    )
    await pass_over_what_is_gone(session, study, at)
    return await _rota(session, found, at)


def _first_open(shot: Snapshot, now: datetime) -> int:
    """The first week whose turn is not fixed: one that has not opened yet."""
    weeks = [week for week in shot.season.weeks if week.number > 0]
    return next((week.number for week in weeks if week.opens_at > now), weeks[-1].number + 1)


@dataclass(frozen=True, slots=True)
class Swapped:
    """Two weeks and who writes for them now; the second may be none."""

    first: int
    first_writer: str
    second: int | None
    second_writer: str | None


async def swap(session: Session, caller: Caller, week: int, other: int, at: datetime) -> Swapped:
    """Have two weeks change writers: a leader any two, a member where one of them is their own.

    Refused for weeks that have opened, and for a week without a turn.
    """
    found = await acting(session, caller, at)
    shot = await snapshot(session, found.study, nobody)
    first, second = await _writers(session, shot, at, week, other)
    if week == other or first == second:
        raise Refused("swap-same")
    if found.member.id not in (first, second):
        found.require(Role.LEADER)
    await _swap(session, found, (week, first), (other, second), "turn_swapped", at)
    return Swapped(week, shot.names[second], other, shot.names[first])


async def skip(session: Session, caller: Caller, week: int, at: datetime) -> Swapped:
    """Let the next in order take a week, as a leader; the skipped one has the week after."""
    found = await acting(session, caller, at)
    found.require(Role.LEADER)
    shot = await snapshot(session, found.study, nobody)
    (first,) = await _writers(session, shot, at, week)
    turns = shot.season.turns()
    second = turns[week + 1].member if week + 1 in turns else shot.season.rotation.following(first)
    if second is None or second == first:
        raise Refused("swap-same")
    following = week + 1 if week + 1 in turns else None
    await _swap(session, found, (week, first), (following, second), "turn_skipped", at)
    return Swapped(week, shot.names[second], following, shot.names[first] if following else None)


async def _writers(session: Session, shot: Snapshot, at: datetime, *weeks: int) -> list[int]:
    turns = shot.season.turns()
    if not turns:
        raise Refused("no-turns", command=Command("turn order"))
    now = await latest_opening(session, shot.study, at)
    for number in weeks:
        if number not in turns:
            raise Refused("no-such-turn", week=number, first=min(turns), last=max(turns))
        if shot.season.week(number).opens_at <= now:
            raise Refused("turn-fixed", week=number)
    return [turns[number].member for number in weeks]


async def _swap(
    session: Session,
    found: Scope,
    first: tuple[int, int],
    second: tuple[int | None, int],
    kind: str,
    at: datetime,
) -> None:
    study = found.study
    session.add(
        m.Swap(
            study_id=study.id,
            first_week=first[0],
            first_id=first[1],
            second_week=second[0],
            second_id=second[1],
            at=at,
        )
    )
    line = await history.note(session, history.Line(study, kind, at, by=found.member.id))
    writers = {str(first[0]): second[1]} | ({str(second[0]): first[1]} if second[0] is not None else {})
    await outbox.announce(session, study, kind, at, line, writers=writers)


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that is up, the week it is for, and whether it took another one's place."""

    week: int
    member: str
    link: str
    replaced: bool


async def done(session: Session, caller: Caller, link: str, week: int | None, at: datetime) -> Posted:
    """Note that a post is up: one's own, or as a leader anybody's; the earliest without one by default.

    Refused where it is nobody's turn yet, and for somebody else's week.
    """
    found = await acting(session, caller, at)
    member = found.member
    shot = await snapshot(session, found.study, nobody)
    opened = shot.season.turned
    if week is None:
        mine = [number for number, turn in sorted(opened.items()) if turn.member == member.id]
        waiting = [number for number in mine if number not in shot.season.posted]
        if not mine:
            raise Refused("no-turn-yet", command=Command("blog"))
        week = (waiting or mine[-1:])[0]
    if week not in opened:
        raise Refused("turn-not-open", week=week, command=Command("blog"))
    writer = opened[week].member
    if writer != member.id:
        found.require(Role.LEADER)
    week_id = shot.week_ids[week]
    replaced = week in shot.season.posted
    posted = update(m.Turn).where(m.Turn.week_id == week_id).values(link=link, posted_at=at)
    await session.execute(posted)
    line = await history.note(
        session,
        history.Line(found.study, "posted", at, by=member.id, member=writer, week=week_id, words=link),
    )
    await outbox.announce(session, found.study, "posted", at, line, week=week, member=writer)
    await outbox.take_down(session, found.study, week, "turn", at)
    await outbox.refresh(session, [(found.study, week)], at)
    return Posted(week, shot.names[writer], link, replaced)


async def join_rotation(session: Session, study: m.Study, member: m.Member) -> None:
    """Give a newcomer the last place in the order, where there is one."""
    places = await session.scalars(
        select(m.Member.turn_place).where(m.Member.study_id == study.id, m.Member.turn_place.is_not(None))
    )
    taken = [place for place in places if place is not None]
    if taken:
        member.turn_place = max(taken) + 1
