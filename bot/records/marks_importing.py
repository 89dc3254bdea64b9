"""What a table's marks give a study: hand-ins without a link, and excuses; nothing is fined for either."""

from collections.abc import Iterator, Sequence

from bot.records.understood import Understood, WeekRow
from bot.services.snapshot import nobody, snapshot
from bot.texts import plain
from db import Session
from db import models as m

HANDED_IN = ("done", "late", "partial")
"""Marks that tell of something handed in, of which the table has no link."""


def handed_in(week: WeekRow, language: str, *, marks: bool) -> Iterator[tuple[str, str, str | None]]:
    """Who handed in: name, link or nothing, and what the mark says besides; without `marks` only links."""
    for name, url in week.submissions.items():
        mark = week.marks.get(name)
        if url is not None or (marks and mark in HANDED_IN):
            told = mark in HANDED_IN and mark != "done"
            yield name, url or "", plain(language, f"records-mark-{mark}") if marks and told else None


async def take_excuses(session: Session, study: m.Study, understood: Understood) -> None:
    """Let those off the weeks whom the table excuses."""
    shot = await snapshot(session, study, nobody)
    members = {row.name: row.id for row in shot.members}
    reason = plain(study.language, "records-mark-excused")
    session.add_all(
        m.Excuse(week_id=shot.week_ids[week.number], member_id=members[name], reason=reason)
        for week in understood.weeks
        for name in _excused(week)
        if week.number in shot.week_ids and name in members
    )
    await session.flush()


def _excused(week: WeekRow) -> Sequence[str]:
    return [name for name, mark in week.marks.items() if mark == "excused" and not week.submissions.get(name)]
