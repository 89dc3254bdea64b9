"""Accounts, files and messages: plain values that tests look at."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.slack.problems import Json

if TYPE_CHECKING:
    from tests.slack.interactions import Interaction
    from tests.slack.places import Channel, Team

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Ids that never come twice: a letter for what it is, then letters and digits."""

    def __init__(self) -> None:
        self._count = itertools.count(36**3)

    def __call__(self, kind: str) -> str:
        number, digits = next(self._count), ""
        while number:
            number, digit = divmod(number, 36)
            digits = LETTERS[digit] + digits
        return f"{kind}{digits:0>10}"


class Stamps:
    """Timestamps of a clock that never come twice, as `1650000000.000100`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._last = 0

    def __call__(self) -> str:
        micro = round(self._now().timestamp() * 1_000_000)
        self._last = micro if micro > self._last else self._last + 1
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


@dataclass(eq=False, repr=False)
class User:
    """An account of a team."""

    id: str
    name: str
    team: Team
    locale: str = "ko-KR"
    tz: str = "Asia/Seoul"
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    """A guest of several channels (or of one: `is_ultra_restricted`)."""
    is_ultra_restricted: bool = False
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<{self.name} of {self.team.name}>"

    @property
    def mention(self) -> str:
        """How a text names the account."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class File:
    """A file that somebody has uploaded; `channel` once it is shared there."""

    id: str
    name: str
    content: bytes
    team: Team
    user: User
    url: str
    title: str = ""
    length: int = 0
    """How many bytes an upload announced."""
    is_uploaded: bool = True
    is_complete: bool = True


@dataclass(eq=False, repr=False)
class Message:
    """A message; `pinged` are those whom it really notifies."""

    ts: str
    channel: Channel
    author: User
    body: str = ""
    """Its top-level text: shown where it has no blocks, else only in notifications."""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    parent: Message | None = None
    """The message under which it stands in a thread."""
    is_broadcast: bool = False
    only_for: User | None = None
    """The one who sees it, where it is ephemeral."""
    by_app: bool = False
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    pinged: list[User] = field(default_factory=list)
    pings_all: list[str] = field(default_factory=list)
    """`channel`, `here`, `everyone`: the crowds that it notifies."""
    edited_ts: str | None = None
    deleted: bool = False
    earlier: list[str] = field(default_factory=list)
    """What it said before each change."""
    thread: list[Message] = field(default_factory=list)
    """All that was ever said under it."""
    lives: list[Interaction] = field(default_factory=list)
    """What somebody did with it."""

    def __repr__(self) -> str:
        return f"<message of {self.author.name}: {self.text!r}>"

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.only_for is not None

    @property
    def replies(self) -> list[Message]:
        """What stands under it, oldest first."""
        return [x for x in self.thread if not x.deleted and not x.is_ephemeral]

    @property
    def parts(self) -> list[Json]:
        """All objects of its blocks, nested ones too, in reading order."""
        return list(walk(self.blocks))

    @property
    def buttons(self) -> dict[str, str]:
        """Its buttons by label: their action ids."""
        return buttons(self.blocks)

    @property
    def text(self) -> str:
        """All that one can read in it, a line each."""
        more = [line for each in self.attachments for line in attachment_lines(each)]
        return "\n".join([*(readable(self.blocks) or [self.body]), *more])

    @property
    def table(self) -> list[list[str]]:
        """The cells of its table."""
        rows: list[list[Json]] = next(
            (block["rows"] for block in self.blocks if block["type"] == "table"), []
        )
        return [[" ".join(readable([cell])) for cell in row] for row in rows]


def walk(thing: Any) -> Iterator[Json]:
    """Give all objects of a structure, in reading order."""
    if isinstance(thing, list):
        for each in thing:
            yield from walk(each)
    elif isinstance(thing, dict):
        yield thing
        for each in thing.values():
            yield from walk(each)


def buttons(blocks: list[Json]) -> dict[str, str]:
    """The buttons of blocks by label: their action ids."""
    return {part["text"]["text"]: part["action_id"] for part in walk(blocks) if part.get("type") == "button"}


def readable(blocks: list[Json]) -> list[str]:
    """Give the lines that one can read in blocks, without what stands on buttons and in menus."""
    lines: list[str] = []
    for block in blocks:
        kind = block.get("type")
        if kind in {"section", "header", "input"}:
            texts = [block.get("text"), *(block.get("fields") or []), block.get("label")]
            lines += [text["text"] for text in texts if text]
        elif kind == "markdown":
            lines.append(block["text"])
        elif kind == "context":
            lines += [part.get("text") or part.get("alt_text", "") for part in block["elements"]]
        elif kind == "table":
            lines += [" | ".join(" ".join(readable([cell])) for cell in row) for row in block["rows"]]
        elif kind == "raw_text":
            lines.append(block["text"])
        elif kind == "raw_number":
            lines.append(str(block.get("text", block["value"])))
        elif kind == "rich_text":
            lines += [_rich(section) for section in block["elements"]]
        elif kind in {"image", "video"}:
            lines.append(block.get("alt_text", ""))
    return lines


def _rich(section: Json) -> str:
    said = []
    for part in walk(section.get("elements", [])):
        if part.get("type") in {"text", "link", "emoji", "user", "channel", "broadcast", "date"}:
            named = {"user": f"<@{part.get('user_id')}>", "broadcast": f"<!{part.get('range')}>"}
            said.append(
                named.get(part["type"]) or part.get("text") or part.get("url") or part.get("name") or ""
            )
    return "".join(said)


def attachment_lines(attachment: Json) -> list[str]:
    """Give what one can read in an attachment."""
    plain = [attachment.get(key) for key in ("pretext", "title", "text", "footer")]
    return [line for line in plain if line] + readable(attachment.get("blocks") or [])
