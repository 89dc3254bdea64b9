"""The end of a season: what is not settled is settled, the carry given out, and the channel is free."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.rules.fines import month_of
from bot.services import books, history, outbox, summary
from bot.services.advancing import finish
from bot.services.books import Seal, study_books
from bot.services.scope import Caller, Role, acting, scope
from bot.services.snapshot import Snapshot, snapshot
from bot.services.threads import close_questions
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Ending:
    """What ending a study now would mean."""

    study: m.Study
    open_weeks: int
    """Weeks that have not closed and will never be judged."""
    settled: bool


async def preview(session: Session, caller: Caller, at: datetime) -> Ending:
    """What ending the study would mean, for a leader."""
    found = await scope(session, caller)
    found.require(Role.LEADER)
    shot = await snapshot(session, found.study)
    kept = await study_books(session, found.study)
    return Ending(found.study, sum(week.closes_at > at for week in shot.season.weeks), kept.final)


async def end(session: Session, caller: Caller, at: datetime) -> m.Study:
    """End the study, as a leader: weeks not closed are not judged, the books are closed, records stay."""
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    study = found.study
    await finish(session, study, at)
    shot = await snapshot(session, study)
    kept = await study_books(session, study)
    line = await history.note(session, history.Line(study, "ended", at, by=leader.id))
    parts: list[dict[str, Any]] = []
    if not kept.final:
        seals = _last_seals(shot, kept, at, line)
        await books.write(session, seals)
        parts = [books.part(sealed, kept) for sealed in seals]
        parts[-1]["summary"] = summary.counted(shot, at)
        await outbox.announce(session, study, "announcement", at, line, parts=parts)
    await _close_threads(session, shot, at)
    await outbox.announce(session, study, "ended", at, line)
    study.ended_at = at
    study.next_moment_at = None
    return study


async def _close_threads(session: Session, shot: Snapshot, at: datetime) -> None:
    """Close the question threads that are still open: nobody could afterwards."""
    for number, week_id in shot.week_ids.items():
        await close_questions(session, shot.study, number, week_id, at)


def _last_seals(shot: Snapshot, kept: books.Books, at: datetime, line: int) -> list[Seal]:
    """Every month up to now that is not settled; the last of them gives the carry out."""
    now = month_of(at, shot.season.schedule.zone)
    months = [first for first, _ in shot.season.settlements() if first <= now and not kept.is_sealed(first)]
    if not months:
        months = [max([now, *kept.ends])]
    return [books.seal(shot, kept, month, at, final=month == months[-1], history=line) for month in months]
