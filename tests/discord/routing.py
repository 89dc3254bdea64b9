"""Which request is whose: `@on("GET", "/channels/{channel}")` above a function of the world and the call."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.discord.model import Attachment, Message
from tests.discord.places import Channel, Guild
from tests.discord.problems import Json, Problem, invalid
from tests.discord.world import World


@dataclass(frozen=True)
class Reply:
    """An answer with a status of its own."""

    status: int
    body: Any = None


@dataclass
class Call:
    """A request, its parts found or refused."""

    world: World
    method: str
    path: str
    args: dict[str, str]
    query: dict[str, str]
    body: Any
    files: list[Attachment] = field(default_factory=list)

    @property
    def json(self) -> Json:
        """The body, which must be an object."""
        if not isinstance(self.body, dict):
            raise invalid("_schema", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return self.body

    def id(self, name: str) -> int:
        """An id in the path."""
        if not self.args[name].isdecimal():
            raise invalid(name, "NUMBER_TYPE_COERCE", f'Value "{self.args[name]}" is not snowflake.')
        return int(self.args[name])

    def number(self, name: str, otherwise: int) -> int:
        """A number in the query."""
        return int(self.query.get(name) or otherwise)

    @property
    def guild(self) -> Guild:
        """The guild in the path, which the bot must be in."""
        guild = self.world.guilds.get(self.id("guild"))
        if guild is None:
            raise Problem(10004)
        if not guild.bot_in:
            raise Problem(50001)
        return guild

    @property
    def channel(self) -> Channel:
        """The channel in the path."""
        channel = self.world.channels.get(self.id("channel"))
        if channel is None:
            raise Problem(10003)
        if channel.guild and not channel.guild.bot_in:
            raise Problem(50001)
        return channel

    @property
    def message(self) -> Message:
        """The message in the path, which everybody could see."""
        message = self.channel.all_messages.get(self.id("message"))
        if message is None or message.deleted or message.is_ephemeral:
            raise Problem(10008)
        return message


Handler = Callable[[Call], Any]


@dataclass(frozen=True)
class Route:
    """A kind of request; `keyless` ones carry their right in the path."""

    method: str
    template: str
    handler: Handler
    keyless: bool
    pattern: re.Pattern[str]

    @property
    def name(self) -> str:
        """How it is called in limits and complaints."""
        return f"{self.method} {self.template}"

    def major(self, args: dict[str, str]) -> str:
        """What of the path has limits of its own."""
        return "/".join(args.get(name, "") for name in ("channel", "guild", "webhook", "token"))


ROUTES: list[Route] = []


def on(method: str, template: str, *, keyless: bool = False) -> Callable[[Handler], Handler]:
    """Have a function answer a kind of request."""
    pattern = re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template.replace(".", r"\.")) + "$")

    def register(handler: Handler) -> Handler:
        ROUTES.append(Route(method, template, handler, keyless, pattern))
        return handler

    return register


def find(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The kind of a request and the parts of its path."""
    for route in ROUTES:
        if route.method == method and (match := route.pattern.match(path)):
            return route, match.groupdict()
    return None
