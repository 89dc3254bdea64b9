"""Whose week the team blog is, as the page shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.services.studies import zone_of
from bot.services.turns import Rota


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A week's turn; `state` is `posted`, `missed`, `now` or `ahead`."""

    week: int
    due: date
    writer: str
    link: str
    state: str


def turn_rows(rota: Rota, at: datetime) -> list[TurnRow]:
    """Every turn of a season, with the post where one is up."""
    zone, rows = zone_of(rota.study), []
    for turn in rota.turns:
        state = "ahead"
        if turn.link:
            state = "posted"
        elif turn.week.due_at <= at:
            state = "missed"
        elif turn.week.opens_at <= at and rota.study.ended_at is None:
            state = "now"
        writer = rota.names[turn.member]
        rows.append(
            TurnRow(
                turn.week.number, turn.week.due_at.astimezone(zone).date(), writer, turn.link or "", state
            )
        )
    return rows
