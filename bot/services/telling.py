"""What a message needs at delivery beside its own values: names, homework, reasons, who is in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.rules.calendar import Week
from bot.services.snapshot import Snapshot, snapshot
from db import Session
from db import models as m

Values = Mapping[str, Any]
"""What an outbox row holds beside its kind."""


@dataclass(frozen=True)
class Facts:
    """The study around a message, as it is at delivery."""

    study: m.Study
    members: Mapping[int, m.Member]
    weeks: Mapping[int, m.Week]
    breaks: Mapping[int, m.Break]
    shot: Snapshot
    turns: Mapping[int, m.Turn]
    threads: Mapping[int, str]
    """The platform's ids of the question threads, by week."""
    issues: Mapping[int, str]
    """The addresses of the questions' issues, by week."""
    words: Mapping[int, str]
    """What was written on a line of the history, such as the reason of an extension."""

    def week(self, number: int) -> Week:
        """A week by its number."""
        return self.shot.season.week(number)

    def hand_ins(self, number: int) -> tuple[Sequence[int], int]:
        """Who is in for a week, in order of joining, and how many are asked."""
        season = self.shot.season
        week = self.week(number)
        asked = [x for x in season.members if season.owes(week, x)]
        there = [x.id for x in season.members if (number, x.id) in season.hand_ins]
        return there, len({x.id for x in asked} | set(there))


async def facts(session: Session, study_id: int, lines: Sequence[int] = ()) -> Facts:
    """The facts for messages of one study; `lines` are those of the history that are quoted."""
    study = await session.get_one(m.Study, study_id)
    shot = await snapshot(session, study)
    weeks = await session.scalars(select(m.Week).where(m.Week.study_id == study_id))
    breaks = await session.scalars(select(m.Break).where(m.Break.study_id == study_id))
    turns = await session.execute(
        select(m.Week.number, m.Turn)
        .join(m.Turn, m.Turn.week_id == m.Week.id)
        .where(m.Week.study_id == study_id)
    )
    asked = await session.execute(
        select(m.Outbox.kind, m.Outbox.values, m.Outbox.message_id).where(
            m.Outbox.study_id == study_id,
            m.Outbox.kind.in_(("questions", "issue")),
            m.Outbox.message_id.is_not(None),
        )
    )
    questions = asked.all()
    details = await session.scalars(select(m.Detail).where(m.Detail.history_id.in_(lines))) if lines else ()
    return Facts(
        study,
        {row.id: row for row in shot.members},
        {row.number: row for row in weeks},
        {row.id: row for row in breaks},
        shot,
        {found.number: found.Turn for found in turns},
        {values["week"]: thread for kind, values, thread in questions if kind == "questions"},
        {values["week"]: values["url"] for kind, values, _ in questions if kind == "issue"},
        {row.history_id: row.text for row in details},
    )
