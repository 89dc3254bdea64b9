"""Which method is whose: `@method("chat.postMessage", scope="chat:write")` above a function of the call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.slack.app import Installation
from tests.slack.model import User
from tests.slack.places import CHANNEL, GROUP, Channel, Team
from tests.slack.problems import Json, Refusal
from tests.slack.world import World

PREFIXES = {CHANNEL: "channels", GROUP: "groups", "im": "im"}


@dataclass
class Call:
    """A call of a method: its arguments, found or refused."""

    world: World
    method: str
    args: Json
    installation: Installation | None = None
    used: list[str] = field(default_factory=list)
    """The scopes that it needed."""

    @property
    def team(self) -> Team:
        """The team whose token it came with."""
        assert self.installation is not None
        return self.installation.team

    @property
    def bot(self) -> User:
        """The account that the app has there."""
        assert self.installation is not None
        return self.installation.bot

    def needs(self, *scopes: str) -> None:
        """Hold that the token has one of these scopes; note which."""
        assert self.installation is not None
        held = [scope for scope in scopes if scope in self.installation.scopes]
        if not held:
            provided = ",".join(self.installation.scopes)
            raise Refusal("missing_scope", needed=",".join(scopes), provided=provided)
        self.used.append(held[0])
        self.world.app.used_scopes.add(held[0])

    def text(self, name: str, error: str = "invalid_arguments") -> str:
        """An argument that must be there."""
        value = self.args.get(name)
        if not isinstance(value, str) or not value:
            raise Refusal(error, f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str) -> bool | None:
        """An argument that is true or false."""
        value = self.args.get(name)
        known = {"true": True, "1": True, "false": False, "0": False}
        return known.get(str(value).lower()) if value is not None else None

    def number(self, name: str, otherwise: int) -> int:
        """A whole number among the arguments."""
        try:
            return int(self.args.get(name) or otherwise)
        except ValueError:
            raise Refusal("invalid_arguments", f"[ERROR] {name} must be a number") from None

    def user(self, name: str) -> User:
        """Somebody of the team."""
        user = self.team.users.get(str(self.args.get(name)))
        if user is None:
            raise Refusal("user_not_found")
        return user

    def channel(self, name: str = "channel") -> Channel:
        """A channel that the bot may know of."""
        channel = self.team.channels.get(str(self.args.get(name)))
        if channel is None or channel.deleted:
            raise Refusal("channel_not_found")
        if channel.kind != CHANNEL and self.bot not in channel.members:
            raise Refusal("channel_not_found")
        return channel

    def needs_of(self, channel: Channel, what: str) -> None:
        """Hold that the token may do something with a channel of its kind, as `history` or `read`."""
        self.needs(f"{PREFIXES[channel.kind]}:{what}")


Handler = Callable[[Call], Json | None]


@dataclass(frozen=True)
class Method:
    """A method, and what it asks of its caller."""

    name: str
    handler: Handler
    scope: str
    token: str
    takes_json: bool


METHODS: dict[str, Method] = {}


def method(
    name: str, *, scope: str = "", token: str = "bot", takes_json: bool = True
) -> Callable[[Handler], Handler]:
    """Have a function answer a method; `token` is `bot`, `app` or `none`."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(name, handler, scope, token, takes_json)
        return handler

    return register


def ok(**told: Any) -> Json:
    """What goes well."""
    return {"ok": True} | told
