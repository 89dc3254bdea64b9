"""Slash commands as they are typed: links and mentions as Slack writes them, names with a prefix."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.commands.command import Command, Commands, Option
from bot.commands.kinds import LinkKind, MemberKind, MembersKind, PersonKind
from bot.commands.parsing import Parsed, parse

TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
QUOTED = re.compile(r"(?<![^\s=])[“”„]([^“”„\"]*)[“”](?=\s|$)")
"""What a phone's keyboard makes of quotes."""

NAMES_PEOPLE = (MemberKind, MembersKind, PersonKind)


@dataclass
class Read:
    """A text as people see it, and what some of its words stand for."""

    text: str = ""
    people: dict[str, str] = field(default_factory=dict)
    """By account, what those are called who are mentioned."""
    addresses: dict[str, str] = field(default_factory=dict)
    """By address, the words that Slack made an address of: `README.md`."""


def typed(name: str, text: str, prefix: str, commands: Commands) -> Parsed:
    """The command that somebody typed; raises `Refused` with what to write."""
    found = plainly(text)
    line = QUOTED.sub(r'"\1"', found.text)
    parsed = parse(f"/{name.removeprefix('/').removeprefix(prefix)} {line}", commands)
    return Parsed(parsed.command, _meant(parsed.command, parsed.arguments, found))


def plainly(text: str) -> Read:
    """A text as it was typed, people by their account, addresses whole."""
    found = Read()

    def shown(token: re.Match[str]) -> str:
        sigil, what, label = token[1], token[2], token[3] or ""
        if sigil == "@":
            found.people[what] = unescaped(label)
            return f"@{what}"
        if sigil == "#":
            return f"#{label or what}"
        if sigil == "!":
            return label or f"@{what.partition('^')[0]}"
        if what.startswith("mailto:"):
            return label or what.removeprefix("mailto:")
        if label and what.removeprefix("http://") == label:
            found.addresses[unescaped(what)] = unescaped(label)
        return what

    found.text = unescaped(TOKEN.sub(shown, text))
    return found


def unescaped(text: str) -> str:
    """A text without Slack's escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _meant(command: Command, arguments: Mapping[str, str], found: Read) -> dict[str, str]:
    """The arguments, words being words again where neither people nor links are asked for."""
    return {name: _as_meant(command.option(name), value, found) for name, value in arguments.items()}


def _as_meant(option: Option | None, value: str, found: Read) -> str:
    kind = option.kind if option else None
    words = {} if isinstance(kind, LinkKind) else found.addresses
    people = {} if isinstance(kind, NAMES_PEOPLE) else found.people
    shown = {**words, **{f"@{account}": f"@{called or account}" for account, called in people.items()}}
    for written, word in shown.items():
        value = value.replace(written, word)
    return value
