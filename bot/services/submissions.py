"""Handing in and taking back; handing in is written for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, delete
from sqlalchemy.dialects import postgresql, sqlite

from bot.rules.calendar import Week
from bot.rules.refusal import Refused
from bot.rules.target import Target, chosen, target
from bot.rules.verdicts import HandIn, Member, Verdict
from bot.services import history, outbox
from bot.services.books import settle_up
from bot.services.judging import correct
from bot.services.scope import Caller, Role, Scope, acting, find_member, named, scopes_of
from bot.services.snapshot import Snapshot, snapshot, snapshots
from bot.texts import Command
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class HandingIn:
    """One wish to hand in, stamped with the platform's time of the event."""

    caller: Caller
    link: str
    at: datetime
    week: int | None = None
    note: str | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a link: for whom, for which week, and how it stands there."""

    study: m.Study
    member: m.Member
    week: Week
    hand_in: HandIn
    verdict: Verdict
    other: Week | None
    closed: bool
    replaced: bool
    repeated: bool
    for_other: bool


async def submit_many(session: Session, wishes: Sequence[HandingIn]) -> Sequence[Submitted | Refused]:
    """Hand in for many at once, judged one by one in the order of their events.

    A refusal stands in the place of its wish and concerns nobody else.
    """
    scopes = await scopes_of(session, [wish.caller for wish in wishes])
    known = [found for found in scopes if isinstance(found, Scope)]
    studies = {found.study.id: found.study for found in known}
    callers = {found.caller.id: found.caller for found in known if found.caller}
    only = None if any(wish.who for wish in wishes) else list(callers.values())
    shots = await snapshots(session, list(studies.values()), only=only)
    batch = Batch(shots)
    results: dict[int, Submitted | Refused] = {}
    for place in sorted(range(len(wishes)), key=lambda place: wishes[place].at):
        found = scopes[place]
        try:
            if isinstance(found, Refused):
                raise found
            results[place] = batch.submit(found, wishes[place])
        except Refused as no:
            results[place] = no
    await batch.write(session)
    return [results[place] for place in range(len(wishes))]


@dataclass
class Batch:
    """Hand-ins decided on, to be written by set; each sees what those before it did."""

    shots: dict[int, Snapshot]
    accepted: list[tuple[HandingIn, Submitted, int]] = field(default_factory=list)
    members: dict[int, Member] = field(init=False)

    def __post_init__(self) -> None:
        self.members = {member.id: member for shot in self.shots.values() for member in shot.season.members}

    def submit(self, found: Scope, wish: HandingIn) -> Submitted:
        """Decide on one: for whom, for which week, and how it stands there."""
        caller = found.member
        shot = self.shots[found.study.id]
        row = _meant(shot, caller, wish)
        member = self.members[row.id]
        goal = self._target(shot, member, wish)
        slot = (goal.week.number, member.id)
        before = shot.season.hand_ins.get(slot)
        first_at: datetime | None = wish.at
        if before:
            first_at = before.first_at and min(before.first_at, wish.at)
        hand_in = HandIn(first_at, wish.link, wish.note)
        if before and before.first_at and wish.at < before.first_at:
            # It happened before what is in already: its time counts, the later link stays.
            hand_in = HandIn(first_at, before.link, before.note)
        repeated = hand_in == before
        _hand_ins(shot)[slot] = hand_in
        closed = wish.at >= goal.week.closes_at
        # What happened before the close counts by its own time, also where it was judged meanwhile.
        stands = shot.season.verdict if closed else shot.season.fresh_verdict
        result = Submitted(
            study=found.study,
            member=row,
            week=goal.week,
            hand_in=hand_in,
            verdict=stands(goal.week, member, wish.at) or Verdict.RECORDED,
            other=goal.other,
            closed=closed,
            replaced=before is not None and not repeated,
            repeated=repeated,
            for_other=row.id != caller.id,
        )
        if not repeated:
            self.accepted.append((wish, result, caller.id))
        return result

    def _target(self, shot: Snapshot, member: Member, wish: HandingIn) -> Target:
        season = shot.season
        weeks = season.weeks_of(member.id)
        if wish.week is not None:
            return Target(chosen(weeks, wish.week, wish.at))
        goal = target(
            weeks,
            wish.at,
            lambda week: season.owes(week, member),
            lambda week: (week.number, member.id) in season.hand_ins,
        )
        # A double click must not hand the same link in for the other open week too.
        for week in weeks:
            there = season.hand_ins.get((week.number, member.id))
            if week.is_open(wish.at) and there and there.link == wish.link:
                return Target(week, goal.week if goal.week is not week else goal.other)
        return goal

    async def write(self, session: Session) -> None:
        """Write what was accepted: the links, their history, and the edits of the weeks' messages."""
        if not self.accepted:
            return
        last = {(result.week.number, result.member.id): result for _, result, _ in self.accepted}
        upsert = UPSERTS[session.get_bind().dialect.name]
        await session.execute(upsert, [self._link(result) for result in last.values()])
        lines = await history.note_many(
            session,
            [
                history.Line(
                    result.study,
                    "replaced" if result.replaced else "submitted",
                    wish.at,
                    by=by,
                    member=result.member.id,
                    week=self._week_id(result),
                    words=" ".join(filter(None, (wish.link, wish.note))),
                )
                for wish, result, by in self.accepted
            ],
        )
        touched = {(result.study.id, result.week.number): result for result in last.values()}
        latest = max(wish.at for wish, _, _ in self.accepted)
        pairs = [(result.study, result.week.number) for result in touched.values()]
        await outbox.refresh(session, pairs, latest)
        in_time = {
            (result.week.number, result.member.id): (wish, result, line)
            for (wish, result, _), line in zip(self.accepted, lines, strict=True)
            if not result.closed
        }
        corrected = {}
        for wish, result, line in in_time.values():
            shot = self.shots[result.study.id]
            if await correct(session, shot, result.week, result.member.id, wish.at, line):
                corrected[result.study.id] = (result.study, wish.at, line)
        for change in corrected.values():
            await settle_up(session, *change)

    def _link(self, result: Submitted) -> dict[str, Any]:
        return {
            "week_id": self._week_id(result),
            "member_id": result.member.id,
            "first_at": result.hand_in.first_at,
            "link": result.hand_in.link,
            "note": result.hand_in.note,
        }

    def _week_id(self, result: Submitted) -> int:
        return self.shots[result.study.id].week_ids[result.week.number]


def _hand_ins(shot: Snapshot) -> dict[tuple[int, int], HandIn]:
    hand_ins = shot.season.hand_ins
    assert isinstance(hand_ins, dict)
    return hand_ins


def _meant(shot: Snapshot, caller: m.Member, wish: HandingIn) -> m.Member:
    """The member a link is for: the caller, or for a leader who says why, somebody else."""
    if wish.who is None or wish.who.removeprefix("@") in (caller.name, caller.account):
        return caller
    if caller.role != Role.LEADER:
        raise Refused("submit-for-other-leader")
    member = named(shot.members, wish.who)
    if wish.note is None:
        raise Refused("submit-for-other-note", name=member.name)
    return member


def _upsert(insert: Any) -> Insert:
    new = insert(m.Base.metadata.tables["submission"])
    written: Insert = new.on_conflict_do_update(
        index_elements=["week_id", "member_id"],
        set_={name: new.excluded[name] for name in ("first_at", "link", "note")},
    )
    return written


UPSERTS = {"sqlite": _upsert(sqlite.insert), "postgresql": _upsert(postgresql.insert)}


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A link taken back, and the week it was for."""

    study: m.Study
    member: m.Member
    week: Week


async def withdraw(
    session: Session, caller: Caller, week: int | None, who: str | None, at: datetime
) -> Withdrawn:
    """Take a link back until the week's close; its time is dropped with it.

    Refused after the close and where nothing is in; for somebody else only to a leader.
    """
    found = await acting(session, caller, at)
    row = found.member if who is None else await find_member(session, found.study, who)
    if row.id != found.member.id:
        found.require(Role.LEADER)
    shot = await snapshot(session, found.study, lambda member: member.id == row.id)
    season = shot.season
    weeks = season.weeks_of(row.id)
    if week is not None:
        wanted = chosen(weeks, week, at)
    else:
        there = [x for x in weeks if x.is_open(at) and (x.number, row.id) in season.hand_ins]
        if not there:
            raise Refused("nothing-to-withdraw")
        wanted = there[-1]
    if at >= wanted.closes_at:
        raise Refused(
            "withdraw-after-close",
            week=wanted.number,
            closed=wanted.closes_at,
            command=Command("submit"),
        )
    if (wanted.number, row.id) not in season.hand_ins:
        raise Refused("nothing-to-withdraw")
    week_id = shot.week_ids[wanted.number]
    await session.execute(
        delete(m.Submission).where(m.Submission.week_id == week_id, m.Submission.member_id == row.id)
    )
    line = await history.note(
        session,
        history.Line(found.study, "withdrawn", at, by=found.member.id, member=row.id, week=week_id),
    )
    after = await snapshot(session, found.study, lambda member: member.id == row.id)
    if await correct(session, after, wanted, row.id, at, line):
        await settle_up(session, found.study, at, line)
    await outbox.refresh(session, [(found.study, wanted.number)], at)
    return Withdrawn(found.study, row, wanted)
