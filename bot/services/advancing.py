"""Running the moments of studies: verdicts, fines and announcements, each once and in order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select

from bot.rules.timeline import CUTOFFS, Instant, Kind, Moment, instants
from bot.services.books import books_of
from bot.services.judging import forgiven_slots
from bot.services.running import Writing, done_row
from bot.services.snapshot import nobody, snapshots
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


async def finish(session: Session, study: m.Study, at: datetime) -> None:
    """Run what is due by now, also cutoffs that have passed and are still within their ten seconds."""
    await catch_up(session, study, at)
    shot = (await snapshots(session, [study], nobody))[study.id]
    done = (await _done(session, [study.id]))[study.id]
    for instant in instants(shot.season.moments(), done)[:1]:
        if instant.at <= at:
            await catch_up(session, study, instant.run_at)


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
    ready: dict[int, list[Instant]] = {}
    for study in studies:
        left = instants(shots[study.id].season.moments(), done[study.id])
        ready[study.id] = [instant for instant in left if instant.run_at <= now]
        following = left[len(ready[study.id]) :]
        study.next_moment_at = following[0].run_at if following else None
    settling = [study for study, due in ready.items() if any(x.books for x in due)]
    books = await books_of(session, settling) if settling else {}
    for study_id in [study for study in settling if _judges_again(ready[study])]:
        books[study_id].forgiven = await forgiven_slots(session, [study_id])
    written = Writing(books)
    for study_id, due in ready.items():
        for instant in due:
            written.run(shots[study_id], instant, now)
    await written.write(session)


def _judges_again(due: Sequence[Instant]) -> bool:
    """Whether a week closes whose cutoffs were put off."""
    return any(x.kind is Kind.CLOSED and x.revision for instant in due for x in instant.moments)


async def _done(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[str, int, str, int]]]:
    found: dict[int, list[tuple[str, int, str, int]]] = {id_: [] for id_ in ids}
    done = m.MomentDone
    rows = await session.execute(
        select(done.study_id, done.kind, done.week, done.subject, done.revision).where(done.study_id.in_(ids))
    )
    for study_id, kind, week, subject, revision in rows:
        found[study_id].append((kind, week, subject, revision))
    return found


async def latest_opening(session: Session, study: m.Study, at: datetime) -> datetime:
    """The instant `at`, or that of the newest week that has been opened, where an event comes late."""
    done = m.MomentDone
    opened = select(func.max(done.at)).where(done.study_id == study.id, done.kind == Kind.OPENED)
    newest = await session.scalar(opened)
    return max(at, newest) if newest else at


GOES_BY = frozenset({Kind.REMINDER, Kind.TURN, Kind.QUESTIONS_OPENED, Kind.QUESTIONS_CLOSED})
"""Moments that are not caught up with where a setting has only just brought them about."""


async def pass_over_what_is_gone(
    session: Session, study: m.Study, at: datetime, week: int | None = None
) -> None:
    """Have what lies in the past count as done: a new list of reminders reminds of nothing gone by.

    So do the cutoffs of a `week` that has just been put off to an instant that has passed already.
    """
    shot = (await snapshots(session, [study], nobody))[study.id]
    done = set((await _done(session, [study.id]))[study.id])
    for moment in shot.season.moments():
        gone = moment.kind in GOES_BY or (moment.kind in CUTOFFS and week is not None and moment.week == week)
        if gone and moment.at <= at and moment.key not in done:
            await mark_done(session, study, moment)
    await reschedule(session, study)


async def mark_done(session: Session, study: m.Study, moment: Moment) -> None:
    """Have a moment count as run, because what it would say has been said."""
    await session.execute(insert(m.MomentDone), [done_row(study.id, moment)])
