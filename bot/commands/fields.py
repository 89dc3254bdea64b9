"""The options of a command as the fields of a form, wherever that is drawn."""

from collections.abc import Mapping

from bot.commands.command import Command, Option
from bot.commands.kinds import (
    ChoiceKind,
    DocumentKind,
    MemberKind,
    MembersKind,
    MonthKind,
    WeekKind,
)

PICKED = (ChoiceKind, MemberKind, MonthKind, WeekKind)
"""The kinds that are picked from a list, where there is one."""

OF_A_STUDY = (MemberKind, MembersKind, MonthKind, WeekKind)
"""The kinds that mean something in one study alone."""


def is_file(option: Option) -> bool:
    """Whether an option takes more than a field holds: it is a file, unless somebody wants to paste it."""
    return isinstance(option.kind, DocumentKind)


def concerns_a_study(command: Command) -> bool:
    """Whether what a command asks for means something in one study alone."""
    return any(isinstance(option.kind, OF_A_STUDY) for option in command.typed)


def fields_of(command: Command, known: Mapping[str, str]) -> list[Option]:
    """The options that a form asks for, required ones first; a file where the button names it."""
    fields = [option for option in command.typed if not is_file(option) or option.name in known]
    return sorted(fields, key=lambda option: not option.required)


def is_kept(command: Command, name: str) -> bool:
    """Whether an option that is not asked for has to come along: what may be left out need not."""
    option = command.option(name)
    return option is not None and (option.required or not option.kind.typed or is_file(option))
