"""How what people do, and what happens, comes to the bot: over Socket Mode or over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.slack import acknowledging
from tests.slack.hooks import Hooks
from tests.slack.interactions import COMMAND, SUBMIT, Interaction
from tests.slack.problems import Json, Refusal
from tests.slack.sockets import TIMEOUT, Outcome, Sockets

if TYPE_CHECKING:
    from tests.slack.world import World

REASONS = {TIMEOUT: ("http_timeout", "timeout"), "http_error": ("http_error", "http_error")}


@dataclass(eq=False)
class Told:
    """An event, and how often it was sent until it was taken."""

    payload: Json
    attempts: int = 0
    is_taken: bool = False
    is_over: bool = False

    @property
    def kind(self) -> str:
        """What happened."""
        return str(self.payload["event"]["type"])


@dataclass
class Delivery:
    """Both ways; which one is the manifest's choice."""

    world: World
    sockets: Sockets = field(init=False)
    hooks: Hooks = field(init=False)
    pauses: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Seconds of real time before an event is sent again: at once, after a minute, after five."""
    told: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sockets, self.hooks = Sockets(self.world), Hooks(self.world)

    def begin(self, life: Interaction) -> None:
        """Send what somebody did, and do what the bot says to it."""
        self.world.soon(self._interact(life))

    def tell(self, payload: Json) -> None:
        """Send an event, several times if need be."""
        told = Told(payload)
        self.told.append(told)
        self.world.soon(self._event(told))

    async def _interact(self, life: Interaction) -> None:
        kind = COMMAND if life.kind == COMMAND else "interactive"
        app = self.world.app
        url = (
            app.commands[life.payload["command"]].get("url", "") if kind == COMMAND else app.interactivity_url
        )
        outcome = await self._ask(kind, life.payload, url, None, accepts=life.kind in {COMMAND, SUBMIT})
        if outcome.failure:
            life.fail(outcome.failure)
            if outcome.failure in REASONS:  # it was there, and did not react
                self.world.wrong(repr(life), Refusal(outcome.failure))
        else:
            acknowledging.take(self.world, life, outcome.body)
        self.world.stir()

    async def _event(self, told: Told) -> None:
        retry: tuple[int, str] | None = None
        for pause in (*self.pauses, None):
            told.attempts += 1
            outcome = await self._ask(
                "events_api", told.payload, self.world.app.events_url, retry, accepts=False
            )
            told.is_taken = not outcome.failure
            if told.is_taken or outcome.no_retry or pause is None:
                break
            reasons = REASONS.get(outcome.failure, ("connection_failed", "connection_failed"))
            retry = (told.attempts, reasons[self.world.app.is_socket])
            await asyncio.sleep(pause)
        told.is_over = True
        self.world.stir()

    async def _ask(
        self, kind: str, payload: Json, url: str, retry: tuple[int, str] | None, *, accepts: bool
    ) -> Outcome:
        if self.world.app.is_socket:
            return await self.sockets.ask(kind, payload, accepts, retry)
        return await self.hooks.ask(kind, payload, url, retry)
