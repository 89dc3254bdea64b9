"""Who begins anew does so alone: nobody reads a database that is being put aside."""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

ALONE = frozenset({"/sample", "/api/sample", "/start-over"})
LASTING = ("/events", "/static/")
"""What reads no database, or lasts as long as a page is open."""


class Gate:
    """Lets requests in side by side, but those that begin anew only one by one, with nobody else inside."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._door = asyncio.Lock()
        self._empty = asyncio.Event()
        self._empty.set()
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(LASTING):
            await self.app(scope, receive, send)
        elif scope["path"] in ALONE:
            async with self._door:
                await self._empty.wait()
                await self.app(scope, receive, send)
        else:
            await self._beside(scope, receive, send)

    async def _beside(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._door:
            self._inside += 1
            self._empty.clear()
        try:
            await self.app(scope, receive, send)
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()
