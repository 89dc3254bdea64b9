"""Requests over HTTP: signed by Slack, not older than five minutes, and answered once."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.doors.slack.answers import AT
from bot.doors.slack.installing import Flow
from bot.doors.slack.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH

MOST = 1_000_000
"""The bytes of a request."""

KEPT = 600.0
"""Seconds for which a request is known again: more than those for which its signature holds."""


GUARDED = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Once:
    """Tells what has come before."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}

    def has_seen(self, key: str) -> bool:
        """Whether a key has come lately; from now on it has."""
        now = asyncio.get_running_loop().time()
        while self._seen and now - next(iter(self._seen.values())) >= KEPT:
            del self._seen[next(iter(self._seen))]
        if key in self._seen:
            return True
        self._seen[key] = now
        return False


class StudyClock(Clock):
    """The studies' time as slack_sdk asks for it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> float:
        """The seconds since 1970."""
        return self._now().timestamp()


class Hooks:
    """Slack's requests; what is behind it is told once the door is open."""

    def __init__(self, secret: str, now: Callable[[], datetime], once: Once) -> None:
        self._verifier = SignatureVerifier(secret, clock=StudyClock(now))
        self._once = once
        self.bolt: AsyncApp | None = None
        self.flow: Flow | None = None
        self.app = Starlette(
            routes=[
                Route(EVENTS_PATH, self._events, methods=["POST"]),
                Route(INSTALL_PATH, self._install, methods=["GET"]),
                Route(REDIRECT_PATH, self._come_back, methods=["GET"]),
            ]
        )

    async def _events(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        if not self._is_signed(body, request) or self.bolt is None:
            return Response(status_code=401 if self.bolt else 503)
        at = datetime.fromtimestamp(int(request.headers["x-slack-request-timestamp"]), UTC)
        asked = to_async_bolt_request(request, body, {AT: at})
        # Slack signs what it sends again anew; what it tells is known by its own id.
        told = asked.body.get("event_id") or request.headers["x-slack-signature"]
        if asked.body.get("type") != "url_verification" and self._once.has_seen(str(told)):
            return Response(status_code=200)
        return to_starlette_response(await self.bolt.async_dispatch(asked))

    def _is_signed(self, body: bytes, request: Request) -> bool:
        try:
            return self._verifier.is_valid_request(body, dict(request.headers))
        except ValueError:
            return False

    async def _install(self, request: Request) -> Response:
        if self.flow is None:
            return Response(status_code=404)
        return _page(await self.flow.handle_installation(to_async_bolt_request(request, b"")))

    async def _come_back(self, request: Request) -> Response:
        if self.flow is None:
            return Response(status_code=404)
        return _page(await self.flow.handle_callback(to_async_bolt_request(request, b"")))


def _page(answer: BoltResponse) -> Response:
    """A page that is nobody else's: not kept, not framed, with nothing on it from elsewhere."""
    page = to_starlette_response(answer)
    page.headers.update(GUARDED)
    return page


async def _body(request: Request) -> bytes | None:
    """What was sent; `None` where it is more than Slack ever sends."""
    read = b""
    async for part in request.stream():
        read += part
        if len(read) > MOST:
            return None
    return read
