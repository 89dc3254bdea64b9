"""The options of a command as the fields of a form, wherever that is drawn."""

from collections.abc import Mapping

from bot.commands.command import Command, Option
from bot.commands.kinds import (
    ChoiceKind,
    DocumentKind,
    MemberKind,
    MembersKind,
    MonthKind,
    TextKind,
    WeekKind,
)
from bot.commands.repositories import SourceKind
from bot.rules.refusal import Refused

PICKED = (ChoiceKind, MemberKind, MonthKind, WeekKind)
"""The kinds that are picked from a list, where there is one."""

UNASKED = (DocumentKind, SourceKind)
"""The kinds that a form asks for only where its button names them."""

OF_A_STUDY = (MemberKind, MembersKind, MonthKind, WeekKind)
"""The kinds that mean something in one study alone."""

BYTES_A_SIGN = 4
"""The most that a sign takes in UTF-8."""


def is_file(option: Option) -> bool:
    """Whether an option takes more than a field holds: it is a file, unless somebody wants to paste it."""
    return isinstance(option.kind, DocumentKind)


def check_size(option: Option | None, size: int) -> None:
    """Refuse a file of more bytes than an option can hold, before it is fetched."""
    most = option.kind.most if option and isinstance(option.kind, TextKind) else 0
    if size > most * BYTES_A_SIGN:
        raise Refused("text-too-long", length=size, most=most)


def written_in(content: bytes) -> str:
    """What is written in a file: UTF-8, with or without its mark."""
    return content.decode("utf-8-sig", errors="replace")


def concerns_a_study(command: Command) -> bool:
    """Whether what a command asks for means something in one study alone."""
    return any(isinstance(option.kind, OF_A_STUDY) for option in command.typed)


def fields_of(command: Command, known: Mapping[str, str]) -> list[Option]:
    """The options that a form asks for, required ones first."""
    fields = [x for x in command.typed if not isinstance(x.kind, UNASKED) or x.name in known]
    return sorted(fields, key=lambda option: not option.required)


def is_kept(command: Command, name: str) -> bool:
    """Whether an option that is not asked for has to come along: what may be left out need not."""
    option = command.option(name)
    return option is not None and (option.required or not option.kind.typed or is_file(option))
