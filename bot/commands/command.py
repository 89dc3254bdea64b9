"""What a command is: a typed function with a name, whose parameters doors make fields of."""

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, Concatenate, ParamSpec, TypeVar, get_args, get_type_hints

from bot.commands.kinds import Kind
from bot.commands.message import Message
from bot.rules.refusal import Refused
from bot.services.publishing import GitHub
from bot.services.scope import Caller
from bot.texts import LANGUAGES, command_name, has
from db import Runner, Session

P = ParamSpec("P")
R = TypeVar("R")
Item = TypeVar("Item")


class Audience(StrEnum):
    """Whom a command is for; what they may do is checked in the service."""

    ALL = "all"
    MEMBER = "member"
    TREASURER = "treasurer"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Call:
    """One use of a command: who calls, when the platform says it happened, and the way to services."""

    caller: Caller
    at: datetime
    runner: Runner
    commands: "Commands"
    github: GitHub | None = None
    """Whoever asks GitHub, where that is configured."""
    site: str = ""
    """Where the application's pages are reached, if they are."""

    def on_github(self) -> GitHub:
        """Whoever asks GitHub; refused where nobody does."""
        if self.github is None:
            raise Refused("github-not-set-up")
        return self.github

    async def run(
        self,
        service: Callable[Concatenate[Session, Caller, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a service for the caller in a transaction of its own."""
        return await self.runner.run(service, self.caller, *args, **kwargs)

    async def read(
        self,
        service: Callable[Concatenate[Session, Caller, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a service that only reads."""
        return await self.runner.read(service, self.caller, *args, **kwargs)

    async def together(
        self,
        many: Callable[[Session, Sequence[Item]], Awaitable[Sequence[R | Refused]]],
        item: Item,
    ) -> R:
        """Run a hot service with all that waits beside it."""
        return await self.runner.together(many, item)


@dataclass(frozen=True, slots=True)
class Option:
    """One parameter of a command."""

    name: str
    kind: Kind
    required: bool
    command: str

    @property
    def key(self) -> str:
        """The catalogue's key of what it is called and about: its command's own, else the shared one."""
        own = f"option-{self.command.replace(' ', '-')}-{self.name}"
        return own if has(LANGUAGES[0], own) else f"option-{self.name}"


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its subcommand included in the name: `week plan`."""

    name: str
    audience: Audience
    handler: Callable[..., Awaitable[Message]]
    options: tuple[Option, ...]

    @property
    def key(self) -> str:
        """The catalogue's key of what it is called and about."""
        return "command-" + self.name.replace(" ", "-")

    @property
    def typed(self) -> list[Option]:
        """The options that people write."""
        return [option for option in self.options if option.kind.typed]

    @property
    def required(self) -> list[Option]:
        """The options without which it cannot be run."""
        return [option for option in self.options if option.required]

    def option(self, name: str) -> Option | None:
        """The option of this English name."""
        return next((option for option in self.options if option.name == name), None)


def command(
    name: str, audience: Audience = Audience.ALL
) -> Callable[[Callable[..., Awaitable[Message]]], Command]:
    """Make a command of a function whose parameters after the call are annotated with kinds."""

    def made(handler: Callable[..., Awaitable[Message]]) -> Command:
        hints = get_type_hints(handler, include_extras=True)
        parameters = list(inspect.signature(handler).parameters.values())[1:]
        options = tuple(Option(p.name, _kind(hints[p.name]), p.default is p.empty, name) for p in parameters)
        return Command(name, audience, handler, options)

    return made


def _kind(hint: Any) -> Kind:
    """The kind in `Annotated[T, kind]` or `Annotated[T, kind] | None`."""
    for part in (*getattr(hint, "__metadata__", ()), *get_args(hint)):
        if isinstance(part, Kind):
            return part
        for inner in getattr(part, "__metadata__", ()):
            if isinstance(inner, Kind):
                return inner
    raise TypeError(f"a parameter has no kind: {hint}")


def spellings(command: Command) -> set[str]:
    """How a command may be typed: in either language, also mixed."""
    return set(_spellings(command.name))


@cache
def _spellings(called: str) -> frozenset[str]:
    names = {command_name(called, language) for language in LANGUAGES} | {called}
    heads = {name.split()[0] for name in names}
    subs = {name.split()[1] for name in names if " " in name}
    return frozenset({f"{head} {sub}" for head in heads for sub in subs} or heads)


class Commands(Mapping[str, Command]):
    """All commands by name, in the order of their modules."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._by_name = {command.name: command for command in commands}

    @classmethod
    def in_package(cls, name: str) -> "Commands":
        """The commands of every module of a package: a file that is there is found."""
        package = importlib.import_module(name)
        modules = [
            importlib.import_module(f"{name}.{info.name}") for info in pkgutil.iter_modules(package.__path__)
        ]
        return cls([x for module in modules for x in vars(module).values() if type(x) is Command])

    @cached_property
    def spelled(self) -> Mapping[str, Command]:
        """Every command by all its spellings, in small letters."""
        return {name.casefold(): x for x in self.values() for name in spellings(x)}

    def __getitem__(self, name: str) -> Command:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)
