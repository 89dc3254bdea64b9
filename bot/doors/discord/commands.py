"""Application commands made from the commands: groups, typed options, bounds, choices, two languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from discord import AppCommandOptionType, AppCommandType

from bot.commands.command import Command, Commands, Option
from bot.commands.fields import is_file
from bot.commands.kinds import (
    ChoiceKind,
    DateKind,
    LinkKind,
    MemberKind,
    MembersKind,
    MomentKind,
    MonthKind,
    PersonKind,
    TextKind,
    WeekKind,
    WholeKind,
    choice_key,
)
from bot.rules.bounds import LINK_AT_MOST
from bot.texts import LANGUAGES, plain

ABOUT = 100
FIRST, *OTHERS = ("en", "ko")
"""Names are English; Discord shows Korean ones to Korean clients."""

LENGTHS: Mapping[type, int] = {
    DateKind: 20,
    MomentKind: 20,
    MonthKind: 10,
    MemberKind: 80,
    MembersKind: 4_000,
    LinkKind: LINK_AT_MOST,
}
FILE = "door-file"
"""The key of what an option is called that takes a file."""

ACCOUNT = re.compile(r"<@!?(\d+)>")

HAND_IN = "door-hand-in"
"""The key of the message command that hands in a link somebody has posted."""

Json = dict[str, Any]


def payload(commands: Commands) -> list[Json]:
    """All commands as Discord takes them: in servers alone, for everybody, the services deciding."""
    top: dict[str, Json] = {}
    for command in commands.values():
        head, _, sub = command.name.partition(" ")
        if not sub:
            top[head] = _slash(f"command-{head}", head, command.key + ".about", _options(command))
            continue
        group = top.setdefault(head, _slash(f"command-{head}", head, f"command-{head}.about", []))
        described = _described(command.key, sub, command.key + ".about")
        group["options"].append(
            described | {"type": AppCommandOptionType.subcommand.value, "options": _options(command)}
        )
    named = _named(HAND_IN, plain(FIRST, HAND_IN))
    on_message = named | {"type": AppCommandType.message.value, "contexts": [0], "integration_types": [0]}
    return [*top.values(), on_message]


def _slash(key: str, name: str, about: str, options: list[Json]) -> Json:
    kind = {"type": AppCommandType.chat_input.value, "contexts": [0], "integration_types": [0]}
    return _described(key, name, about) | kind | {"options": options}


def _named(key: str, name: str) -> Json:
    return {"name": name, "name_localizations": {language: plain(language, key) for language in OTHERS}}


def _described(key: str, name: str, about: str) -> Json:
    texts = {language: plain(language, about)[:ABOUT] for language in LANGUAGES}
    return _named(key, name) | {
        "description": texts[FIRST],
        "description_localizations": {language: texts[language] for language in OTHERS},
    }


def _options(command: Command) -> list[Json]:
    """The options, required ones first; a long text may be left out, since a form asks for it then."""
    made = [_option(option) for option in command.typed]
    return sorted(made, key=lambda option: not option["required"])


def _option(option: Option) -> Json:
    kind = option.kind
    long = isinstance(kind, TextKind) and kind.long
    key = FILE if is_file(option) else option.key
    made = _described(key, plain(FIRST, key), f"{key}.about")
    made |= {"type": _type(option).value, "required": option.required and not long}
    if isinstance(kind, WholeKind):
        made |= {"min_value": kind.least, "max_value": kind.most}
    if isinstance(kind, ChoiceKind):
        made["choices"] = [_choice(value) for value in kind.values]
    if made["type"] == AppCommandOptionType.string.value and not isinstance(kind, ChoiceKind):
        made["max_length"] = kind.most if isinstance(kind, TextKind) else LENGTHS[type(kind)]
    if isinstance(kind, WeekKind | MemberKind | MembersKind | MonthKind) or option.name == "entry":
        made["autocomplete"] = True
    return made


def _choice(value: str) -> Json:
    key = choice_key(value)
    return _named(key, plain(FIRST, key)) | {"value": value}


def _type(option: Option) -> AppCommandOptionType:
    match option.kind:
        case WholeKind():
            return AppCommandOptionType.integer
        case PersonKind():
            return AppCommandOptionType.user
        case TextKind() if is_file(option):
            return AppCommandOptionType.attachment
    return AppCommandOptionType.string


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as somebody typed it; of what is only being typed, the option and its beginning."""

    command: Command
    arguments: Mapping[str, str]
    focused: tuple[str, str] | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    """The ids of files, by the options that they are given for."""


def typed(data: Mapping[str, Any], commands: Commands) -> Typed:
    """What an interaction's data says."""
    name, options = data["name"], data.get("options") or []
    while options and options[0]["type"] == AppCommandOptionType.subcommand.value:
        name, options = f"{name} {options[0]['name']}", options[0].get("options") or []
    command = commands[name]
    given = {option["name"]: str(option["value"]) for option in options}
    focused = next((option["name"] for option in options if option.get("focused")), None)
    kind = AppCommandOptionType.attachment.value
    sent = {option["name"]: str(option["value"]) for option in options if option["type"] == kind}
    files = dict(
        zip((option.name for option in command.typed if is_file(option)), sent.values(), strict=False)
    )
    arguments = {x: _meant(command, x, value) for x, value in given.items() if x not in sent}
    return Typed(command, arguments, (focused, given[focused]) if focused else None, files)


def _meant(command: Command, name: str, value: str) -> str:
    """A value with those who are mentioned in it by account, as members are named."""
    option = command.option(name)
    names_members = option is not None and isinstance(option.kind, MemberKind | MembersKind)
    return ACCOUNT.sub(r"@\1", value) if names_members else value


TEXTS = frozenset({"name", "name_localizations", "description", "description_localizations", *OTHERS})
OPTIONS = frozenset({"options", "required", "choices", "value", "autocomplete"})
BOUNDS = frozenset({"min_value", "max_value", "min_length", "max_length"})
PLACES = frozenset({"contexts", "integration_types", "default_member_permissions", "nsfw"})
MEANT = TEXTS | OPTIONS | BOUNDS | PLACES | {"type"}
"""What a registered command is compared by."""


def same(ours: Iterable[Json], theirs: Iterable[Json]) -> bool:
    """Whether what is registered is what we would register, its ids and defaults aside."""

    def plainly(listed: Iterable[Json]) -> list[Any]:
        return sorted((_plainly(each) for each in listed), key=lambda each: (each["type"], each["name"]))

    return plainly(ours) == plainly(theirs)


def _plainly(value: Any) -> Any:
    if isinstance(value, list):
        return [_plainly(each) for each in value]
    if isinstance(value, dict):
        known = {key: _plainly(each) for key, each in value.items() if key in MEANT}
        return {key: each for key, each in known.items() if each not in (None, False, [], {}, "")}
    return value
