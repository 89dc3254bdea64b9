"""Which week a hand-in is for: nobody is asked for the number (DESIGN.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.calendar import Week
from bot.rules.refusal import Refused


@dataclass(frozen=True, slots=True)
class Target:
    """The week a hand-in goes to, and the other one that was possible."""

    week: Week
    other: Week | None = None


class NothingOpen(Refused):
    """No week can be handed in for now; `missing` is the last week where its link is still missing."""

    def __init__(self, upcoming: Week | None, missing: Week | None) -> None:
        key = "nothing-open" if upcoming else "nothing-open-ever"
        values = {"week": upcoming.number, "opens": upcoming.opens_at} if upcoming else {}
        super().__init__(key, **values)
        self.missing = missing


def target(
    weeks: Sequence[Week],
    at: datetime,
    owes: Callable[[Week], bool],
    has_in: Callable[[Week], bool],
) -> Target:
    """The earliest open week that is owed and missing, else the latest that has opened.

    Raises `NothingOpen` where no week is open.
    """
    open_weeks = [week for week in weeks if week.is_open(at)]
    if not open_weeks:
        upcoming = next((week for week in weeks if week.opens_at > at), None)
        last = next((week for week in reversed(weeks) if week.closes_at <= at), None)
        raise NothingOpen(upcoming, last if last and not has_in(last) else None)
    missing = [week for week in open_weeks if owes(week) and not has_in(week)]
    chosen = missing[0] if missing else open_weeks[-1]
    others = [week for week in open_weeks if week is not chosen]
    return Target(chosen, others[-1] if others else None)


def chosen(weeks: Sequence[Week], number: int, at: datetime) -> Week:
    """The week somebody asked for by number; refused where it is not in the season or not open yet."""
    week = next((week for week in weeks if week.number == number), None)
    if week is None:
        raise Refused("no-such-week", week=number, last=weeks[-1].number)
    if week.opens_at > at:
        raise Refused("week-not-open", week=number, opens=week.opens_at)
    return week
