"""Accounts, roles, files and messages: plain values that tests look at."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.discord.problems import Json

if TYPE_CHECKING:
    from tests.discord.interactions import Interaction
    from tests.discord.places import Channel

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 0, 1, 11, 12, 15
SUPPRESS_EMBEDS, EPHEMERAL, LOADING = 1 << 2, 1 << 6, 1 << 7
SILENT, COMPONENTS_V2 = 1 << 12, 1 << 15
SAID = (0, 19, 20, 23)
"""Kinds of messages that somebody wrote; others are the platform's own lines."""


class Snowflakes:
    """Ids that carry the time of a clock, and never come twice."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._count = itertools.count(1)

    def __call__(self, later: timedelta = timedelta()) -> int:
        since = (self._now() + later - EPOCH) // timedelta(milliseconds=1)
        return (since << 22) | (next(self._count) & 0x3FFFFF)


def instant(snowflake: int) -> datetime:
    """When an id was made."""
    return EPOCH + timedelta(milliseconds=snowflake >> 22)


@dataclass(eq=False)
class User:
    """An account; `takes_dms` says whether the bot may write to it."""

    id: int
    name: str
    bot: bool = False
    locale: str = "ko"
    takes_dms: bool = True

    @property
    def mention(self) -> str:
        """How a text names the account."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    """A role of a guild, with its permission bits."""

    id: int
    name: str
    permissions: int
    mentionable: bool = False
    managed: bool = False


@dataclass(eq=False)
class Member:
    """An account in a guild."""

    user: User
    joined_at: datetime
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None


@dataclass(eq=False)
class Attachment:
    """A file that somebody sent."""

    id: int
    name: str
    content: bytes
    url: str
    description: str | None = None


@dataclass(eq=False, repr=False)
class Message:
    """A message; `pinged` are those whom it really notifies, were it not silent."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    kind: int = 0
    flags: int = 0
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    nonce: str | None = None
    pinged: list[User] = field(default_factory=list)
    pinged_roles: list[Role] = field(default_factory=list)
    pings_everyone: bool = False
    reference: Json | None = None
    interaction: Interaction | None = None
    thread: Channel | None = None
    edited_at: datetime | None = None
    deleted: bool = False
    earlier: list[str] = field(default_factory=list)
    """What it said before each edit."""

    def __repr__(self) -> str:
        return f"<message of {self.author.name}: {self.text!r}>"

    @property
    def is_ephemeral(self) -> bool:
        """Whether only the one who asked sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def is_silent(self) -> bool:
        """Whether it makes no sound."""
        return bool(self.flags & SILENT)

    @property
    def is_loading(self) -> bool:
        """Whether it says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def mention(self) -> str:
        """Its address."""
        guild = self.channel.guild.id if self.channel.guild else "@me"
        return f"https://discord.com/channels/{guild}/{self.channel.id}/{self.id}"

    @property
    def parts(self) -> list[Json]:
        """All its components, nested ones too, in reading order."""
        return list(walk(self.components))

    @property
    def buttons(self) -> dict[str, str]:
        """Its buttons by label: their ids, or where they lead."""
        buttons = [part for part in self.parts if part["type"] == 2]
        return {label(button): button.get("custom_id") or button.get("url", "") for button in buttons}

    @property
    def text(self) -> str:
        """All that one can read in it, a line each."""
        lines = [self.content, *(line for embed in self.embeds for line in embed_lines(embed))]
        lines += [part["content"] for part in self.parts if part["type"] == 10]
        return "\n".join(line for line in lines if line)


def walk(components: list[Json]) -> Iterator[Json]:
    """Give components and all within them, in reading order."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([component[x] for x in ("accessory", "component") if component.get(x)])


def label(button: Json) -> str:
    """What stands on a button."""
    return str(button.get("label") or (button.get("emoji") or {}).get("name") or "")


def embed_lines(embed: Json) -> Iterator[str]:
    """Give what one can read in an embed."""
    yield (embed.get("author") or {}).get("name") or ""
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for each in embed.get("fields") or []:
        yield f"{each['name']}: {each['value']}"
    yield (embed.get("footer") or {}).get("text") or ""
