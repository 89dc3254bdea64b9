"""The life of an interaction: from the press of a key to the last word of the bot's answer."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord import commands, components
from tests.discord.model import Message, User
from tests.discord.places import Channel
from tests.discord.problems import Form, Json, Problem
from tests.platforms.interactions import Life

if TYPE_CHECKING:
    from tests.discord.world import World

COMMAND, COMPONENT, COMPLETION, MODAL = 2, 3, 4, 5
SAY, THINK, THINK_QUIETLY, CHANGE, CHOICES, ASK = 4, 5, 6, 7, 8, 9
WITHIN = 3.0
"""Seconds of real time within which Discord wants to hear something."""
TOKEN_LIVES = 15 * 60.0


@dataclass(eq=False, repr=False)
class Interaction(Life[Message, Problem]):
    """What somebody did, and what the bot made of it."""

    world: World
    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    data: Json
    message: Message | None = None
    """Whose button was pressed."""
    parent: Interaction | None = None
    """What opened the form that was sent."""
    began: float = field(default_factory=time.monotonic)
    callback: int | None = None
    acknowledged_ms: float | None = None
    """Milliseconds of real time until the bot reacted."""
    answered_ms: float | None = None
    """Milliseconds of real time until there was something to read."""
    original: Message | None = None
    replies: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    refusals: list[Problem] = field(default_factory=list)
    """What the server refused of the bot's answers."""
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_deferred(self) -> bool:
        """Whether the bot first said that it is thinking."""
        return self.callback in {THINK, THINK_QUIETLY}

    @property
    def reply(self) -> Message:
        """The last answer; where the bot only changed the message with the button, that one."""
        seen: list[Message | None] = [*self.replies] or [self.message]
        last = seen[-1]
        assert last is not None, f"no answer to {self}"
        assert self.callback is not None, f"no reaction to {self}"
        return last

    @property
    def text(self) -> str:
        """All that can be read in the answers."""
        changed = self.message if self.callback in {THINK_QUIETLY, CHANGE} else None
        seen = self.replies or ([changed] if changed else [])
        return "\n".join(reply.text for reply in seen if not reply.deleted and not reply.is_loading)

    @property
    def reply_kind(self) -> int:
        """What kind of message an answer to this is."""
        if self.kind == COMMAND:
            return 20 if self.data["type"] == commands.SLASH else 23
        return 19 if self.message else 20

    @property
    def values(self) -> list[Any]:
        """What an autocompletion offers."""
        return [choice["value"] for choice in self.choices or []]

    @property
    def metadata(self) -> Json:
        """How messages tell what they answer."""
        owners = {"0": str(self.channel.guild.id)} if self.channel.guild else {}
        who = {"id": str(self.user.id), "username": self.user.name, "discriminator": "0", "avatar": None}
        about: Json = {
            "id": str(self.id),
            "type": self.kind,
            "user": who,
            "authorizing_integration_owners": owners,
        }
        if self.kind == COMPONENT and self.message:
            about["interacted_message_id"] = str(self.message.id)
        if self.parent:
            about["triggering_interaction_metadata"] = self.parent.metadata
        return about

    def __repr__(self) -> str:
        what = self.data.get("name") or self.data.get("custom_id")
        return f"{what!r} of {self.user.name}"

    # what the bot does

    def acknowledge(self, kind: int, token: str) -> None:
        """Take the bot's first reaction, unless it comes late, twice, or is none for what happened."""
        if token != self.token or time.monotonic() - self.began > WITHIN:
            raise Problem(10062)
        if self.callback is not None:
            raise Problem(40060)
        allowed = {
            COMMAND: {SAY, THINK, ASK},
            COMPONENT: {SAY, THINK, THINK_QUIETLY, CHANGE, ASK},
            COMPLETION: {CHOICES},
            MODAL: {SAY, THINK} | ({THINK_QUIETLY, CHANGE} if self.message else set()),
        }[self.kind]
        form = Form()
        form.among(kind, "type", sorted(allowed))
        form.refuse()

    def react(self, kind: int, data: Json) -> None:
        """Keep the bot's first reaction, which has been found good."""
        if kind == ASK:
            components.check_modal(data)
            components.numbered(data["components"])
            self.modal = data
        if kind == CHOICES:
            self.choices = self._offered(data)
        self.callback = kind
        self.acknowledged_ms = self._ms
        if kind in {CHOICES, ASK, CHANGE, SAY}:
            self.answered_ms = self._ms
        self.stirred.set()

    def add(self, reply: Message) -> None:
        """Keep an answer."""
        if reply not in self.replies:
            self.replies.append(reply)
        if not reply.is_loading and self.answered_ms is None:
            self.answered_ms = self._ms
        self.stirred.set()

    def _offered(self, data: Json) -> list[Json]:
        form = Form()
        choices = form.many(data.get("choices"), "data.choices", 25)
        commands.check_choices(choices, _focused(self.data)["type"], form, "data.choices")
        form.refuse()
        return choices

    def expire(self) -> None:
        """Let the quarter of an hour pass in which the bot can answer."""
        self.began -= TOKEN_LIVES

    # what a test waits for

    async def answered(self, patience: float = 10.0) -> Interaction:
        """Wait until the bot has reacted, and where it asked for time, until it has answered."""
        left = self.began + WITHIN + 0.2 - time.monotonic()
        await self._until(lambda: self.callback is not None, left, "does not react within 3 s")
        if self.callback == THINK:
            await self._until(lambda: self.answered_ms is not None, patience, "thinks and never answers")
        return self


def _focused(data: Json) -> Json:
    for option in data.get("options") or []:
        found: Json = option if option.get("focused") else _focused(option)
        if found:
            return found
    return {}
