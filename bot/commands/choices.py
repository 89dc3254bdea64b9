"""What an option can be filled with, as far as the study knows: for lists in forms and completion."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.commands.command import Option
from bot.commands.kinds import ChoiceKind, MemberKind, MembersKind, MonthKind, WeekKind, choice_key
from bot.rules.refusal import Refused
from bot.rules.season import Season
from bot.services.ledger import entries_of, entry_choice, standing
from bot.services.notes import text_of
from bot.services.scope import Caller, scope
from bot.services.snapshot import Snapshot, nobody, snapshot
from bot.services.studies import zone_of
from bot.texts import Month, Style, Words, plain
from bot.texts.catalogue import fill
from db import Session
from db.models import Member, Study

ENTRIES_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The names and numbers of a study that people choose from."""

    members: tuple[str, ...] = ()
    weeks: tuple[int, ...] = ()
    some: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The weeks that make sense for a command, where those are not all."""
    open: tuple[int, ...] = ()
    """The weeks that can be handed in for now, those first that the caller owes and has nothing in for."""
    months: tuple[date, ...] = ()
    order: tuple[str, ...] = ()
    """The members in the order of their turns."""
    entries: tuple[Choice, ...] = ()
    """What can be taken back of the ledger, the newest first."""
    note: str = ""
    """The note that is to be changed, as it stands: a button has no room for a long one."""


async def facts_for(session: Session, caller: Caller, now: datetime, language: str, entry: str = "") -> Facts:
    """What a caller chooses from in the study that they mean; nothing where there is none.

    `entry` is the number of a note that they are about to change.
    """
    try:
        found = await scope(session, caller)
    except Refused:
        return Facts()
    facts = await facts_of(session, found.study, now, language, found.caller)
    return replace(facts, note=await text_of(session, found, entry)) if entry else facts


async def facts_of(
    session: Session, study: Study, now: datetime, language: str, caller: Member | None = None
) -> Facts:
    """What people choose from in a study as it stands."""
    shot = await snapshot(session, study, nobody if caller is None else lambda row: row.id == caller.id)
    present = [member for member in shot.members if member.left_at is None]
    in_turn = sorted(present, key=lambda x: (x.turn_place is None, x.turn_place or 0, x.id))
    return Facts(
        tuple(member.name for member in present),
        tuple(week.number for week in shot.season.weeks),
        _some(shot.season, now),
        _open(shot.season, caller.id if caller else None, now),
        tuple(month for month, _ in shot.season.settlements()),
        tuple(member.name for member in in_turn),
        await _entries(session, shot, language),
    )


def _some(season: Season, now: datetime) -> dict[str, tuple[int, ...]]:
    """Turns can change until their week opens, and a week be put off until the one after it is due."""
    turns = season.turns()
    ahead = tuple(x.number for x in season.weeks if x.number in turns and x.opens_at > now)
    opened = tuple(x.number for x in season.weeks if x.number in turns and x.opens_at <= now)
    latest = [*(week.due_at for week in season.weeks[1:]), None]
    to_extend = tuple(
        week.number for week, until in zip(season.weeks, latest, strict=True) if until is None or until > now
    )
    return {"turn swap": ahead, "turn skip": ahead, "turn done": opened, "week extend": to_extend}


def _open(season: Season, member: int | None, now: datetime) -> tuple[int, ...]:
    """The weeks that are open to a member, those first that they owe and have nothing in for."""
    weeks = season.weeks if member is None else season.weeks_of(member)
    open_ = [week for week in weeks if week.opens_at <= now < week.closes_at]
    missing = [x.number for x in open_ if any(one.id == member for one in season.missing(x, now))]
    return (*missing, *(week.number for week in open_ if week.number not in missing))


async def _entries(session: Session, shot: Snapshot, language: str) -> tuple[Choice, ...]:
    words = Words(Style(language, zone_of(shot.study)))
    newest_first = standing(await entries_of(session, shot.study.id))[::-1]
    return tuple(
        Choice(
            str(number),
            f"{shot.names[row.member_id]} · {words(entry_choice(shot.study, number, row))}",
        )
        for number, row in newest_first[:ENTRIES_AT_MOST]
    )


def choices(option: Option, facts: Facts, language: str) -> list[Choice]:
    """The values an option can have; none where it can be anything."""
    match option.kind:
        case ChoiceKind(values=values):
            return [Choice(value, plain(language, choice_key(value))) for value in values]
        case MemberKind():
            return [Choice(name, name) for name in facts.members]
        case WeekKind():
            weeks = facts.some.get(option.command) or facts.weeks
            return [Choice(str(week), fill(language, "week", {"week": week})) for week in weeks]
        case MonthKind():
            return [Choice(month.isoformat()[:7], _month(month, language)) for month in facts.months]
    if (option.command, option.name) == ("ledger waive", "entry"):
        return list(facts.entries)
    return []


def _month(month: date, language: str) -> str:
    return Style(language, ZoneInfo("UTC")).month(Month(month))


def filled_in(option: Option, facts: Facts) -> str:
    """What an option that nothing is known of is filled in with: what is to be changed, as it stands."""
    if (option.command, option.name) == ("week note", "text"):
        return facts.note
    return ", ".join(facts.order) if isinstance(option.kind, MembersKind) else ""
