"""What an option can be filled with, as far as the study knows: for lists in forms and completion."""

from dataclasses import dataclass

from bot.commands.command import Option
from bot.commands.kinds import ChoiceKind, MemberKind, WeekKind, choice_key
from bot.services.snapshot import nobody, snapshot
from bot.texts import plain
from bot.texts.catalogue import fill
from db import Session
from db.models import Study


@dataclass(frozen=True, slots=True)
class Facts:
    """The names and numbers of a study that people choose from."""

    members: tuple[str, ...] = ()
    weeks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and what it is called."""

    value: str
    label: str


async def facts_of(session: Session, study: Study) -> Facts:
    """The present members and all weeks of a study."""
    shot = await snapshot(session, study, nobody)
    return Facts(
        tuple(member.name for member in shot.members if member.left_at is None),
        tuple(week.number for week in shot.season.weeks),
    )


def choices(option: Option, facts: Facts, language: str) -> list[Choice]:
    """The values an option can have; none where it can be anything."""
    match option.kind:
        case ChoiceKind(values=values):
            return [Choice(value, plain(language, choice_key(value))) for value in values]
        case MemberKind():
            return [Choice(name, name) for name in facts.members]
        case WeekKind():
            return [Choice(str(week), fill(language, "week", {"week": week})) for week in facts.weeks]
    return []
