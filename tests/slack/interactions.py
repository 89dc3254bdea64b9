"""The life of an interaction: from the press of a key to the last word of the bot's answer."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.platforms.interactions import Life
from tests.slack.model import Message, User
from tests.slack.places import Channel
from tests.slack.problems import Json, Refusal
from tests.slack.surfaces import View

if TYPE_CHECKING:
    from tests.slack.world import World

COMMAND, PRESS, ON_MESSAGE, GLOBAL = "slash_commands", "block_actions", "message_action", "shortcut"
SUBMIT, CLOSE = "view_submission", "view_closed"
SHOWS = {COMMAND, PRESS, ON_MESSAGE, GLOBAL}
"""After these a person waits for something to see; a form that is sent simply closes."""
WITHIN = 3.0
"""Seconds of real time within which Slack wants to hear something, and in which a trigger can be used."""
URL_LIVES, URL_USES = timedelta(minutes=30), 5


@dataclass(eq=False, repr=False)
class Interaction(Life[Message, Refusal]):
    """What somebody did, and what the bot made of it."""

    world: World
    kind: str
    user: User
    payload: Json
    channel: Channel | None = None
    message: Message | None = None
    """Whose button was pressed, or on which a shortcut was used."""
    view: View | None = None
    """The form or Home tab on which it was done."""
    trigger_id: str = ""
    response_url: str = ""
    began: float = field(default_factory=time.monotonic)
    at: datetime = field(init=False)
    is_acknowledged: bool = False
    failure: str = ""
    """What Slack's client shows when the bot did not react: `operation_timeout`, `dispatch_failed`."""
    acknowledged_ms: float | None = None
    """Milliseconds of real time until the bot reacted."""
    answered_ms: float | None = None
    """Milliseconds of real time until there was something to see."""
    action: str = ""
    """How a form was answered: `errors`, `update`, `push`, `clear`, or nothing (it closes)."""
    errors: dict[str, str] = field(default_factory=dict)
    """What was said against fields, by block id."""
    replies: list[Message] = field(default_factory=list)
    modal: View | None = None
    """The form that was opened, laid on top or changed."""
    changed: list[Message | View] = field(default_factory=list)
    """What was changed under the hands of the person: the message with the button, the Home tab, a form."""
    uses: int = 0
    """How often the bot has answered over the response URL."""
    trigger_used: bool = False
    refusals: list[Refusal] = field(default_factory=list)
    """What the server refused of the bot's answers."""
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.at = self.world.clock()

    def __repr__(self) -> str:
        what = self.payload.get("command") or self.payload.get("callback_id") or self.kind
        return f"{what!r} of {self.user.name}"

    @property
    def text(self) -> str:
        """All that can be read in the answers: what was said, a form, else what was changed."""
        said = [reply.text for reply in self.replies if not reply.deleted]
        if said or self.modal:
            return "\n".join([*said, *([self.modal.text] if self.modal else [])])
        return self.changed[-1].text if self.changed else ""

    @property
    def reply(self) -> Message:
        """The last answer; where the bot only changed the message with the button, that one."""
        messages = [each for each in self.changed if isinstance(each, Message)]
        seen = self.replies or messages
        assert seen, f"no answer to {self}"
        return seen[-1]

    # what the bot does

    def acknowledge(self) -> None:
        """The bot has reacted in time."""
        self.is_acknowledged = True
        self.acknowledged_ms = self._ms
        if self.kind not in SHOWS:
            self.answered_ms = self._ms
        self.stirred.set()

    def fail(self, how: str) -> None:
        """The bot has not reacted, or not as it must."""
        self.failure = how
        self.stirred.set()

    def says(self, reply: Message) -> None:
        """Keep an answer."""
        self.replies.append(reply)
        self._answered()

    def shows(self, view: View) -> None:
        """Keep a form that was opened."""
        self.modal = view
        self._answered()

    def sees(self, what: Message | View) -> None:
        """Keep that something was changed."""
        self.changed.append(what)
        self._answered()

    def exchange(self) -> None:
        """Take the trigger, which opens one form within three seconds."""
        if self.trigger_used:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() - self.began > WITHIN:
            raise Refusal("expired_trigger_id")
        self.trigger_used = True

    def answer(self) -> None:
        """Take one of the answers over the response URL: five within half an hour."""
        if self.world.clock() - self.at > URL_LIVES:
            raise Refusal("expired_url", status=404)
        if self.uses >= URL_USES:
            raise Refusal("used_url", status=404)
        self.uses += 1

    def _answered(self) -> None:
        self.answered_ms = self.answered_ms or self._ms
        self.stirred.set()
        self.world.stir()

    # what a test waits for

    async def acknowledged(self) -> Interaction:
        """Wait until the bot has reacted."""
        left = max(self.began + WITHIN + 0.5 - time.monotonic(), 0.1)
        await self._until(lambda: self.is_acknowledged, left, "does not react within 3 s")
        return self

    async def answered(self, patience: float = 10.0) -> Interaction:
        """Wait until the bot has reacted, and there is something to see where somebody waits for it."""
        await self.acknowledged()
        await self._until(lambda: self.answered_ms is not None, patience, "acknowledges and shows nothing")
        return self
