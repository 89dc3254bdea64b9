"""Running the moments of studies: verdicts, fines and announcements, each once and in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from bot.rules.timeline import Instant, Kind, Moment, Reminder, instants
from bot.rules.verdicts import Member, Verdict
from bot.services import outbox
from bot.services.judging import Bookings, judge_all
from bot.services.snapshot import Snapshot, nobody, snapshots
from db import Session
from db import models as m

AT_ONCE = 100
"""Studies advanced in one transaction."""


async def advance(session: Session, now: datetime, only: int | None = None) -> int:
    """Run all that is due by now for up to a hundred studies, or for one; how many were advanced.

    Each moment runs once: its entries, its done row and its message are written together.
    """
    due = await session.scalars(
        select(m.Study)
        .where(m.Study.next_moment_at <= now, m.Study.id == (m.Study.id if only is None else only))
        .order_by(m.Study.next_moment_at, m.Study.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    studies = due.all()
    if studies:
        await _advance(session, studies, now)
    return len(studies)


async def catch_up(session: Session, study: m.Study, now: datetime) -> None:
    """Run all that is due by now for one study, before somebody changes what it would have followed from."""
    if study.next_moment_at is not None and study.next_moment_at <= now:
        await _advance(session, [study], now)


async def waiting(session: Session, now: datetime) -> Sequence[int]:
    """The ids of the studies that have something to run by now."""
    return (await session.scalars(select(m.Study.id).where(m.Study.next_moment_at <= now))).all()


async def next_moment(session: Session, after: datetime | None = None) -> datetime | None:
    """The nearest instant at which some study has something to run; only later ones with `after`."""
    nearest = select(func.min(m.Study.next_moment_at))
    if after is not None:
        nearest = nearest.where(m.Study.next_moment_at > after)
    found: datetime | None = await session.scalar(nearest)
    return found


async def reschedule(session: Session, study: m.Study) -> None:
    """Find a study's next moment anew, after something that its timeline follows from has changed."""
    shot = (await snapshots(session, [study], nobody))[study.id]
    done = (await _done(session, [study.id]))[study.id]
    left = instants(shot.season.moments(), done)
    study.next_moment_at = left[0].run_at if left and not study.ended_at else None


async def _advance(session: Session, studies: Sequence[m.Study], now: datetime) -> None:
    ids = [study.id for study in studies]
    shots = await snapshots(session, studies)
    done = await _done(session, ids)
    written = Writing()
    for study in studies:
        shot = shots[study.id]
        left = instants(shot.season.moments(), done[study.id])
        ready = [instant for instant in left if instant.run_at <= now]
        for instant in ready:
            written.run(shot, instant, now)
        following = left[len(ready) :]
        study.next_moment_at = following[0].run_at if following else None
    await written.write(session)


async def _done(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, int, str, int]]]:
    found: dict[int, list[tuple[str, int, str, int]]] = {id_: [] for id_ in ids}
    done = m.MomentDone
    rows = await session.execute(
        select(done.study_id, done.kind, done.week, done.subject, done.revision).where(done.study_id.in_(ids))
    )
    for study_id, kind, week, subject, revision in rows:
        found[study_id].append((kind, week, subject, revision))
    return found


def done_row(study_id: int, moment: Moment) -> dict[str, Any]:
    """The row that says a moment has been run."""
    kind, week, subject, revision = moment.key
    return {
        "study_id": study_id,
        "kind": kind,
        "week": week,
        "subject": subject,
        "revision": revision,
        "at": moment.at,
    }


async def latest_opening(session: Session, study: m.Study, at: datetime) -> datetime:
    """The instant `at`, or that of the newest week that has been opened, where an event comes late."""
    done = m.MomentDone
    opened = select(func.max(done.at)).where(done.study_id == study.id, done.kind == Kind.OPENED)
    newest = await session.scalar(opened)
    return max(at, newest) if newest else at


async def pass_over_reminders(session: Session, study: m.Study, at: datetime) -> None:
    """Have reminders that lie in the past count as given: a new list of them reminds of nothing gone by."""
    shot = (await snapshots(session, [study], nobody))[study.id]
    done = set((await _done(session, [study.id]))[study.id])
    for moment in shot.season.moments():
        if moment.kind is Kind.REMINDER and moment.at <= at and moment.key not in done:
            await mark_done(session, study, moment)
    await reschedule(session, study)


async def mark_done(session: Session, study: m.Study, moment: Moment) -> None:
    """Have a moment count as run, because what it would say has been said."""
    await session.execute(insert(m.MomentDone), [done_row(study.id, moment)])


@dataclass
class Writing:
    """What running moments writes, gathered to be inserted by set."""

    bookings: Bookings = field(default_factory=Bookings)
    done: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    passed: list[tuple[m.Study, int, str, datetime]] = field(default_factory=list)

    async def write(self, session: Session) -> None:
        """Insert all of it."""
        await self.bookings.write(session)
        if self.done:
            await session.execute(insert(m.MomentDone), self.done)
        await outbox.post(session, self.messages)
        for study, week, cutoff, at in self.passed:
            await outbox.take_down(session, study, week, cutoff, at)

    def run(self, shot: Snapshot, instant: Instant, now: datetime) -> None:
        """Run the moments of one instant; what they announce is one message."""
        told = [moment for moment in instant.moments if moment.kind is not Kind.REMINDER]
        parts = [self._announce(shot, moment, instant.run_at) for moment in told]
        if parts:
            opened = [part["week"] for part in parts if part["kind"] == Kind.OPENED]
            first = ":".join(map(str, told[0].key))
            self.messages.append(
                outbox.row(
                    shot.study,
                    f"at:{instant.at.isoformat()}:{first}",
                    "announcement",
                    {"parts": parts},
                    instant.at,
                    week=opened[0] if opened else None,
                )
            )
        for moment in instant.moments:
            self.done.append(done_row(shot.study.id, moment))
            if moment.kind is Kind.REMINDER:
                self._remind(shot, moment, now)

    def _announce(self, shot: Snapshot, moment: Moment, run_at: datetime) -> dict[str, Any]:
        """What the channel is told of a moment, as it stood when the moment was to be run."""
        part: dict[str, Any] = {"kind": moment.kind.value}
        if moment.week is None:
            return part | {"break": int(moment.subject)}
        week = shot.season.week(moment.week)
        part["week"] = week.number
        if moment.kind is Kind.DUE:
            self.passed.append((shot.study, week.number, "due", run_at))
            owing = shot.season.owing(week, run_at)
            people = {x.id: x for x in owing}
            there = [x.id for x in owing if shot.season.is_in(week, x, run_at)]
            late = [x for x in there if shot.season.fresh_verdict(week, people[x], run_at) is Verdict.LATE]
            part |= {"in": there, "late": late, "missing": [x for x in people if x not in there]}
        if moment.kind is Kind.CLOSED:
            self.passed.append((shot.study, week.number, "close", run_at))
            part |= self._close(shot, moment, run_at)
        return part

    def _close(self, shot: Snapshot, moment: Moment, run_at: datetime) -> dict[str, Any]:
        week = shot.season.week(moment.week or 0)
        judged = judge_all(shot, week, run_at, self.bookings)
        fines = {
            entry["member_id"]: entry["amount"]
            for entry in self.bookings.entries
            if entry["week_id"] == shot.week_ids[week.number]
        }
        by_verdict = {
            verdict.value: [member for member, given in judged.items() if given.verdict is verdict]
            for verdict in Verdict
        }
        return {
            "verdicts": {verdict: members for verdict, members in by_verdict.items() if members},
            "fines": [[member, amount] for member, amount in fines.items()],
        }

    def _remind(self, shot: Snapshot, moment: Moment, now: datetime) -> None:
        """Remind those still missing; a reminder whose cutoff has passed is dropped."""
        reminder = Reminder.of(moment.subject)
        week = shot.season.week(moment.week or 0)
        until = reminder.cutoff_of(week)
        missing = shot.season.missing(week, max(now, moment.at))
        if now >= until or not missing:
            return
        how = {member.id: member.notify for member in shot.members}
        key = f"{moment.subject}:{week.number}:{moment.revision}"
        for recipients, recipient in _recipients(missing, how):
            self.messages.append(
                outbox.row(
                    shot.study,
                    f"{key}:{recipient or 'channel'}",
                    f"reminder-{reminder.cutoff}",
                    {"week": week.number, "missing": recipients},
                    moment.at,
                    week=week.number,
                    until=until,
                    recipient=recipient,
                )
            )


def _recipients(missing: Sequence[Member], how: dict[int, str]) -> list[tuple[list[int], int | None]]:
    """Who is reminded together in the channel, and who alone by direct message."""
    channel = [member.id for member in missing if how[member.id] == "channel"]
    alone = [member.id for member in missing if how[member.id] == "dm"]
    found: list[tuple[list[int], int | None]] = [(channel, None)] if channel else []
    return found + [([member], member) for member in alone]
