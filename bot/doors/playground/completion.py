"""What a line that is being typed may go on with: commands, then options, then their values."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.commands.choices import Choice, Facts, choices
from bot.commands.command import Audience, Command, Commands, Option, spellings
from bot.commands.kinds import MembersKind
from bot.commands.parsing import arguments
from bot.rules.refusal import Refused
from bot.texts import LANGUAGES, command_name, plain
from bot.texts.keystrokes import keystrokes

TOKEN = re.compile(r'(?:[^\s"]|"[^"]*"?)*$')
READING_ORDER = (Audience.MEMBER, Audience.ALL, Audience.TREASURER, Audience.LEADER)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on: the whole line that it makes, and how it is shown."""

    line: str
    label: str
    about: str = ""
    mark: str = ""
    """The key of a remark: that an option is required, or that a command is for leaders."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The ways to go on; `eager` where Enter should take the first instead of sending the line."""

    suggestions: tuple[Suggestion, ...] = ()
    eager: bool = False


def complete(line: str, commands: Commands, language: str, facts: Facts) -> Completion:
    """How a line may go on, in the reader's language; what is typed may be in either."""
    if not line.startswith("/"):
        return Completion()
    for command in commands.values():
        for spelled in spellings(command):
            words = r"\s+".join(map(re.escape, spelled.split()))
            if begun := re.match(rf"/\s*{words}\s+", line, re.IGNORECASE):
                head = begun[0]
                return Completion(tuple(_options(head, line[len(head) :], command, language, facts)))
    return _commands(line, commands, language)


def _commands(line: str, commands: Commands, language: str) -> Completion:
    typed = " ".join(line.removeprefix("/").split())
    in_order = list(commands.values())
    if not typed:
        in_order.sort(key=lambda command: READING_ORDER.index(command.audience))
    from_start = [x for x in in_order if any(_begins(name, typed) for name in spellings(x))]
    inside = [x for x in in_order if x not in from_start and _has_word(x, typed)]
    exact = any(typed.casefold() in spellings(command) for command in commands.values())
    return Completion(tuple(_of_command(command, language) for command in (*from_start, *inside)), not exact)


def _has_word(command: Command, typed: str) -> bool:
    return any(_begins(word, typed) for name in spellings(command) for word in name.split())


def _of_command(command: Command, language: str) -> Suggestion:
    name = "/" + command_name(command.name, language)
    about = plain(language, f"{command.key}.about")
    mark = "page-for-leader" if command.audience is Audience.LEADER else ""
    return Suggestion(f"{name} " if command.typed else name, name, about, mark)


def _options(head: str, rest: str, command: Command, language: str, facts: Facts) -> Iterator[Suggestion]:
    found = TOKEN.search(rest)
    token = found[0] if found else ""
    before = rest.removesuffix(token)
    try:
        given = arguments(command, before)
    except Refused:
        return
    if any(isinstance(option.kind, MembersKind) for option in command.required):
        yield from _names_left(head, rest, facts)
        return
    open_ = [option for option in command.typed if option.name not in given]
    key, equals, value = token.partition("=")
    if equals:
        for option in open_:
            if key.casefold() in {name.casefold() for name in _names(option)}:
                listed = choices(option, facts, language)
                yield from _values(f"{head}{before}{key}=", value, listed)
        return
    wanted = next((option for option in open_ if option.required), None)
    bare = choices(wanted, facts, language) if wanted else []
    yield from _values(head + before, token, bare)
    for option in open_:
        if (option is not wanted or not bare) and any(_begins(x, token) for x in _names(option)):
            name = plain(language, option.key)
            about = plain(language, f"{option.key}.about")
            mark = "page-required" if option.required else ""
            yield Suggestion(f"{head}{before}{name}=", name, about, mark)


def _names_left(head: str, rest: str, facts: Facts) -> Iterator[Suggestion]:
    """Names one after the other, with commas between; at first also all of them as they stand."""
    before, comma, typed = rest.rpartition(",")
    there = {name.strip() for name in before.split(",")}
    if not rest.strip() and facts.order:
        everybody = ", ".join(facts.order)
        yield Suggestion(head + everybody, everybody)
    for name in facts.order:
        if name not in there and _begins(name, typed.strip()):
            yield Suggestion(f"{head}{before}{comma}{' ' if comma else ''}{name}, ", name)


def _names(option: Option) -> set[str]:
    return {option.name, *(plain(language, option.key) for language in LANGUAGES)}


def _values(head: str, typed: str, listed: Iterable[Choice]) -> Iterator[Suggestion]:
    typed = typed.strip('"')
    for choice in listed:
        if _begins(choice.label, typed) or _begins(choice.value, typed):
            written = choice.value if choice.value[:1].isdigit() else choice.label
            quoted = f'"{written}"' if " " in written else written
            yield Suggestion(f"{head}{quoted} ", choice.label)


def _begins(word: str, typed: str) -> bool:
    return keystrokes(word).startswith(keystrokes(typed))
