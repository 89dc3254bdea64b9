"""What a season's months are settled from: who takes part in which, and who inherits what is left."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.rules.calendar import MIDNIGHT, Week, instant
from bot.rules.fines import following_month, month_of
from bot.rules.season import Season
from bot.rules.settlement import Month
from bot.rules.timeline import GRACE
from bot.rules.verdicts import Member


def month_end(season: Season, month: date, settled_at: datetime) -> datetime:
    """Until when one must be in to take part: the month's end, or its settlement where that is sooner."""
    return min(instant(following_month(month), MIDNIGHT, season.schedule.zone), settled_at)


def months(
    season: Season, fines: Mapping[tuple[date, int], int], ends: Mapping[date, datetime]
) -> list[Month]:
    """The months to be settled, in order, each with everybody's fines and who takes part."""
    return [
        Month(
            month,
            {member: amount for (booked, member), amount in fines.items() if booked == month},
            frozenset(x.id for x in season.members if _stayed(x, end) and _took_part(season, x, month, end)),
        )
        for month, end in sorted(ends.items())
    ]


def _stayed(member: Member, end: datetime) -> bool:
    """Whether the member was there until this instant; who leaves just then was."""
    return member.joined_at < end and (member.left_at is None or member.left_at >= end)


def _took_part(season: Season, member: Member, month: date, end: datetime) -> bool:
    """Whether the member owed a week that closed in the month: one still open at an early end never does."""
    zone = season.schedule.zone
    return any(
        month_of(own.closes_at, zone) == month
        and season.owes(own, member)
        and (own.closes_at <= end or season.stands((own.number, member.id)))
        for own in _booked(season, member.id)
    )


def _booked(season: Season, member: int) -> list[Week]:
    """The weeks for which fines are booked, with the member's cutoffs."""
    return [week for week in season.weeks_of(member) if not week.practice]


def heirs(season: Season, end: datetime) -> list[int]:
    """Who is given what is left at the season's end: those who handed in the soonest first."""
    present = [member for member in season.members if _stayed(member, end)]
    return [
        member.id for member in sorted(present, key=lambda member: (_took(season, member, end), member.id))
    ]


def _took(season: Season, member: Member, end: datetime) -> timedelta:
    """The sum of what passed between openings and hand-ins; a missing one counts to the close."""
    took = timedelta()
    for week in _booked(season, member.id):
        if week.closes_at > end or not season.owes(week, member):
            continue
        hand_in = season.hand_ins.get((week.number, member.id))
        handed_in = hand_in.first_at if hand_in and hand_in.first_at else week.closes_at
        took += min(handed_in, week.closes_at) - week.opens_at
    return took


def unjudged(season: Season, month: date, at: datetime) -> Week | None:
    """A week of the month that is still to close for somebody: until it is judged nothing can be settled."""
    zone = season.schedule.zone
    own = (week for member in season.members for week in _booked(season, member.id))
    waiting = [week for week in (*own, *season.weeks) if not week.practice and week.closes_at + GRACE > at]
    return next((week for week in waiting if month_of(week.closes_at, zone) <= month), None)
