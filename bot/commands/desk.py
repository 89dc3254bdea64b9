"""Where every door hands its calls in: arguments are read, the command run, and a no made an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

import structlog

from bot.commands.command import Call, Command, Commands, Option
from bot.commands.kinds import one_line, study_name
from bot.commands.message import Button, Message, Tone, message
from bot.commands.parsing import Parsed, parse
from bot.rules.refusal import Refused
from bot.services.publishing import GitHub
from bot.services.scope import Caller, WhichStudy
from bot.texts import Command as CommandText
from bot.texts import Listed, T, Text, Written
from db import Runner

log = structlog.get_logger()

REPEATED_AT_MOST = 60


class Incomplete(Refused):
    """Something required was left out; a door that has forms may ask for it."""

    def __init__(self, command: Command, given: Mapping[str, str], missing: list[Option]) -> None:
        super().__init__(
            "incomplete",
            command=CommandText(command.name),
            options=Listed([T(option.key) for option in missing]),
        )
        self.command = command
        self.given = given
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Desk:
    """Runs commands for doors and turns refusals and faults into private answers, in this one place."""

    commands: Commands
    runner: Runner
    github: GitHub | None = None
    site: str = ""

    async def say(self, line: str, caller: Caller, at: datetime) -> Message | Incomplete:
        """Run a typed line; `Incomplete` where the door should ask for more."""
        try:
            parsed = parse(line, self.commands)
        except Refused as no:
            return refusal(no)
        return await self.call(parsed, caller, at)

    async def call(self, parsed: Parsed, caller: Caller, at: datetime) -> Message | Incomplete:
        """Run a command with arguments as they were written.

        Order of precedence: what is missing, what cannot be read, which study is meant, what the
        rules refuse, and last a fault of ours, which is logged with the id that is shown.
        """
        known = replace(caller, name=study_name(caller.name))
        call = Call(known, at, self.runner, self.commands, self.github, self.site)
        try:
            return await parsed.command.handler(call, **read(parsed))
        except Incomplete as more:
            return more
        except WhichStudy as ask:
            return which_study(ask, parsed.command.name, parsed.arguments)
        except Refused as no:
            return refusal(no)
        except Exception as problem:
            return fault(problem, command=parsed.command.name, door=caller.door)


def read(parsed: Parsed) -> dict[str, Any]:
    """The typed values of a command's arguments; raises `Incomplete` or `Refused`."""
    given = {name: raw for name, raw in parsed.arguments.items() if raw.strip()}
    missing = [option for option in parsed.command.required if option.name not in given]
    if missing:
        blank = [option for option in missing if option.name in parsed.arguments]
        if blank:
            blank[0].kind.read("")
        raise Incomplete(parsed.command, given, missing)
    return {
        option.name: option.kind.read(given[option.name])
        for option in parsed.command.options
        if option.name in given
    }


def refusal(no: Refused) -> Message:
    """A no as an answer: what is wrong and what to do instead."""
    shown = {name: _repeated(value) for name, value in no.values.items()}
    return message(Text(no.key, cast(Mapping[str, Any], shown)), tone=Tone.REFUSED)


def fault(problem: Exception, **about: str) -> Message:
    """A fault of ours as an answer: the id under which it is logged."""
    id_ = uuid4().hex[:8]
    log.error("fault", fault=id_, exc_info=problem, **about)
    return message(T("fault", id=id_), tone=Tone.FAULT)


def _repeated(value: object) -> object:
    """Somebody's own words are repeated on one line, not at length, and without what cannot be seen."""
    match value:
        case Written(text):
            return Written(one_line(text, REPEATED_AT_MOST))
        case str():
            return one_line(value, REPEATED_AT_MOST)
    return value


def which_study(
    ask: WhichStudy, command: str, arguments: Mapping[str, str], *, asks: bool = False
) -> Message:
    """The question which study is meant, a button each; with `asks` a form comes next."""
    buttons = tuple(
        Button(T("as-name", name=name), command, arguments, study, asks) for study, name in ask.studies
    )
    return replace(refusal(ask), buttons=buttons)
