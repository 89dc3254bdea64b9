"""The playground's ASGI app: one page, its fragments, live updates and the JSON interface."""

import asyncio
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.doors.playground.api import Api
from bot.doors.playground.conversation import Conversation
from bot.doors.playground.gate import Gate
from bot.doors.playground.guard import Guard
from bot.doors.playground.pages import Pages
from bot.doors.playground.stage import Stage


class Playground:
    """The door in the browser."""

    def __init__(self, stage: Stage) -> None:
        self._watchers: set[asyncio.Event] = set()
        self._over = False
        conversation = Conversation(stage)
        self.app = Starlette(
            routes=[
                *Pages(stage, conversation, self.changed).routes(),
                Route("/events", self._events),
                Mount("/api", routes=Api(stage, conversation, self.changed).routes()),
                Mount("/static", StaticFiles(packages=[("bot.doors.playground", "static")])),
            ],
            middleware=[Middleware(Guard), Middleware(Gate)],
        )

    def changed(self) -> None:
        """Have every open page look again."""
        for watcher in self._watchers:
            watcher.set()

    def hang_up(self) -> None:
        """End the live updates, so that a server that stops need not wait for its pages."""
        self._over = True
        self.changed()

    async def _events(self, _: Request) -> EventSourceResponse:
        return EventSourceResponse(self._changes())

    async def _changes(self) -> AsyncIterator[dict[str, str]]:
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        try:
            while True:
                await watcher.wait()
                watcher.clear()
                if self._over:
                    return
                yield {"event": "changed", "data": ""}
        finally:
            self._watchers.discard(watcher)
