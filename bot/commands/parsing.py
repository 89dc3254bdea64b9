"""Reading a typed line as a command with arguments, in either language (DESIGN.md section 5)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from bot.commands.command import Command, Commands, Option
from bot.commands.kinds import MemberKind, MembersKind, MomentKind, TextKind
from bot.rules.refusal import Refused
from bot.texts import LANGUAGES, Listed, T, plain
from bot.texts import Command as CommandText
from bot.texts.keystrokes import keystrokes

WORD = re.compile(r'(?:(?P<key>[^\s="]+)=)?(?:"(?P<quoted>[^"]*)"(?=\s|$)|(?P<bare>\S+))')

DAY = re.compile(r"^\d{4}[-./]\d{1,2}[-./]\d{1,2}\.?$", re.ASCII)
TIME = re.compile(r"\d{1,2}:\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line, where it stands, and the name before its `=` if it has one."""

    text: str
    start: int
    end: int
    key: str | None = None
    value: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it looks like `option=value`, which an address with a query does not."""
        return self.key is not None and re.fullmatch(r"\w+", self.key) is not None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command with its arguments by English option name, not read yet."""

    command: Command
    arguments: dict[str, str]


def parse(line: str, commands: Commands) -> Parsed:
    """Read a line such as `/submit https://…` or `/주차 계획 …`; raises `Refused` with what to write."""
    command, rest = find(line, commands)
    return Parsed(command, arguments(command, rest))


def find(text: str, commands: Commands) -> tuple[Command, str]:
    """The command a line begins with and what follows it; raises `Refused` with the nearest ones."""
    known = commands.spelled
    text = text.strip().removeprefix("/")
    for count in (2, 1):
        words = text.split(maxsplit=count)
        spelled = " ".join(words[:count]).casefold()
        if spelled in known:
            return known[spelled], words[count] if len(words) > count else ""
    raise _unknown(text.split()[:2], known)


def _unknown(words: list[str], known: Mapping[str, Command]) -> Refused:
    typed = " ".join(words[:2]).casefold()
    head = words[0].casefold() if words else ""
    subcommands = {x.name: x for name, x in known.items() if head and name.startswith(f"{head} ")}
    if subcommands:
        nearest = _nearest(head, words[1], known) if len(words) > 1 else []
        choices = Listed([T("as-command", command=CommandText(name)) for name in nearest or subcommands])
        return Refused("unknown-command" if nearest else "which-subcommand", choices=choices)
    near = get_close_matches(typed, known, n=4, cutoff=0.5)
    near = near or get_close_matches(head, known, n=4, cutoff=0.5)
    names = list(dict.fromkeys(known[name].name for name in near))[:2] or ["guide"]
    choices = Listed([T("as-command", command=CommandText(name)) for name in names])
    return Refused("unknown-command", choices=choices)


def _nearest(head: str, sub: str, known: Mapping[str, Command]) -> list[str]:
    """The two subcommands most like what was typed, if one is like it at all: as a keyboard types them."""
    typed = {
        keystrokes(name.partition(" ")[2]): x for name, x in known.items() if name.startswith(f"{head} ")
    }
    if not get_close_matches(keystrokes(sub), typed, cutoff=0.65):
        return []
    near = get_close_matches(keystrokes(sub), typed, n=len(typed), cutoff=0.0)
    return list(dict.fromkeys(typed[name].name for name in near))[:2]


def arguments(command: Command, rest: str) -> dict[str, str]:
    """The arguments in what follows a command: `name=value` in either language, else by place."""
    takes_text = any(_is_text(option) and option.required for option in command.typed)
    found: dict[str, str] = {}
    loose: list[Word] = []
    for word in _with_times(_words(rest), command):
        option = _option(command, word.key)
        if option and option.name in found:
            raise _too_many(command, word.text)
        if option:
            found[option.name] = word.value
        elif word.is_named and not takes_text:
            raise _unknown_option(command, word)
        else:
            loose.append(word)
    return _place(command, found, loose, rest)


def _words(rest: str) -> Iterable[Word]:
    for match in WORD.finditer(rest):
        value = match["quoted"] if match["quoted"] is not None else match["bare"]
        text = value if match["key"] is None else match[0]
        yield Word(text, match.start(), match.end(), match["key"], value)


def _option(command: Command, key: str | None) -> Option | None:
    if key is None:
        return None
    for option in command.options:
        names = {option.name}
        if option.kind.typed:
            names |= {plain(language, option.key) for language in LANGUAGES}
        if key.casefold() in {name.casefold() for name in names}:
            return option
    return None


def _unknown_option(command: Command, word: Word) -> Refused:
    names = [T(option.key) for option in command.typed]
    if not names:
        return Refused("takes-nothing", command=CommandText(command.name))
    called = CommandText(command.name)
    return Refused("unknown-option", name=word.key, command=called, options=Listed(names))


def _is_text(option: Option) -> bool:
    """Whether it may be several words."""
    return isinstance(option.kind, TextKind | MembersKind)


def _with_times(words: Iterable[Word], command: Command) -> Iterable[Word]:
    """A day and the time of day after it are one word, where the command takes moments."""
    if not any(isinstance(option.kind, MomentKind) for option in command.options):
        yield from words
        return
    before: Word | None = None
    for word in words:
        if before and word.key is None and DAY.search(before.value) and TIME.fullmatch(word.text):
            value = f"{before.value} {word.text}"
            text = value if before.key is None else f"{before.key}={value}"
            before = Word(text, before.start, word.end, before.key, value)
            continue
        if before:
            yield before
        before = word
    if before:
        yield before


def _place(command: Command, found: dict[str, str], loose: list[Word], rest: str) -> dict[str, str]:
    """Give the loose words to the required options in order; the text one takes what others leave."""
    wanted = [option for option in command.required if option.name not in found]
    optional = [x for x in command.typed if not x.required and x.name not in found]
    text = next((place for place, option in enumerate(wanted) if _is_text(option)), None)
    if text is not None and len(loose) > len(wanted):
        behind = text + 1 + len(loose) - len(wanted)
        found[wanted[text].name] = _as_written(loose[text:behind], rest)
        pairs = [*zip(wanted[:text], loose, strict=False)]
        pairs += zip(wanted[text + 1 :], loose[behind:], strict=True)
        for _, word in pairs:
            if word.is_named:
                raise _unknown_option(command, word)
        return found | {option.name: word.text for option, word in pairs}
    found |= {x.name: word.text for x, word in zip(wanted, loose, strict=False)}
    left = loose[len(wanted) :]
    if left and len(optional) == 1 and len(command.typed) - len(command.required) == 1:
        found[optional[0].name] = (
            _as_written(left, rest) if _is_text(optional[0]) else " ".join(x.text for x in left)
        )
    else:
        for word in left:
            free = [option for option in optional if option.name not in found]
            option = None if word.is_named else _meant(word.text, free)
            if option is None:
                raise _unknown_option(command, word) if word.is_named else _too_many(command, word.text)
            found[option.name] = word.text
    return found


def _meant(text: str, optional: list[Option]) -> Option | None:
    """The only option left out so far that a bare word can be for, a name being the last resort."""
    if any(_is_text(option) for option in optional):
        return None
    possible = [option for option in optional if _reads(option, text)]
    exact = [option for option in possible if not isinstance(option.kind, MemberKind)]
    chosen = exact or possible
    return chosen[0] if len(chosen) == 1 else None


def _reads(option: Option, text: str) -> bool:
    try:
        option.kind.read(text)
    except Refused:
        return False
    return True


def _as_written(words: list[Word], rest: str) -> str:
    """The words with their quotes and what stood between them, where nothing was taken out."""
    if len(words) == 1:
        return words[0].text
    parts = [rest[words[0].start : words[0].end]]
    for before, word in pairwise(words):
        between = rest[before.end : word.start]
        parts += [between if between.isspace() else " ", rest[word.start : word.end]]
    return "".join(parts)


def _too_many(command: Command, word: str) -> Refused:
    if not command.typed:
        return Refused("takes-nothing", command=CommandText(command.name))
    names = [T(option.key) for option in command.typed]
    return Refused("too-many-words", text=word, command=CommandText(command.name), options=Listed(names))
