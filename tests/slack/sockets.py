"""Socket Mode: HELLO, envelopes and their acknowledgements, and all the ways in which it fails."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.slack.interactions import WITHIN
from tests.slack.problems import Json, Refusal

if TYPE_CHECKING:
    from tests.slack.world import World

MOST = 10
"""How many connections an app may have."""
TIMEOUT, FAILED = "operation_timeout", "dispatch_failed"


@dataclass
class Outcome:
    """How the bot took something: what it answered, or why it did not."""

    body: Any = None
    failure: str = ""
    no_retry: bool = False


@dataclass(eq=False)
class Envelope:
    """Something sent, and whether it was acknowledged."""

    id: str
    accepts: bool
    sent: float
    line: Line
    future: asyncio.Future[Outcome]
    acknowledgements: int = 0


@dataclass(eq=False)
class Line:
    """One connection."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    is_leaving: bool = False
    waiting: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)

    async def write(self) -> None:
        """Send what waits."""
        while (told := await self.waiting.get()) is not None:
            await self.socket.send_str(json.dumps(told, ensure_ascii=False))


@dataclass
class Sockets:
    """Slack's end of Socket Mode."""

    world: World
    url: str = ""
    grace: float = 1.0
    """Seconds between telling a connection to go and cutting it."""
    refusals: list[int] = field(default_factory=list)
    """By which status the next connections are refused."""
    tickets: set[str] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)
    opened: int = 0
    """How many connections there have been."""
    envelopes: dict[str, Envelope] = field(default_factory=dict)
    turn: itertools.count[int] = field(default_factory=itertools.count)

    # what a test does with it

    async def is_ready(self, lines: int = 1, *, patience: float = 10.0) -> None:
        """Wait until so many connections listen."""
        await self.world.until(lambda: len(self.listening) >= lines, patience)

    def refuse(self, times: int = 1, *, status: int = 503) -> None:
        """Refuse the next connections."""
        self.refusals += [status] * times

    def drop(self) -> None:
        """Cut all connections, as a reset does."""
        for line in list(self.lines):
            self._leave(line)
            if line.transport is not None:
                line.transport.abort()

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell all to connect again (`warning`, `refresh_requested`), or no more (`link_disabled`)."""
        for line in self.listening:
            line.is_leaving = True
            host = {"host": "applink-loopback"}
            line.waiting.put_nowait({"type": "disconnect", "reason": reason, "debug_info": host})
            self.world.soon(self._cut(line))

    @property
    def listening(self) -> list[Line]:
        """The connections that take envelopes."""
        return [line for line in self.lines if not line.is_leaving]

    def ticket(self) -> str:
        """Give the address of a new connection."""
        ticket = secrets.token_urlsafe(12)
        self.tickets.add(ticket)
        return f"{self.url}?ticket={ticket}&app_id={self.world.app.id}"

    # what it does by itself

    async def ask(self, kind: str, payload: Json, accepts: bool, retry: tuple[int, str] | None) -> Outcome:
        """Send something over one of the connections, and wait for its acknowledgement."""
        lines = self.listening
        if not lines:
            return Outcome(failure=FAILED)
        line = lines[next(self.turn) % len(lines)]
        future = asyncio.get_running_loop().create_future()
        envelope = Envelope(str(uuid.uuid4()), accepts, time.monotonic(), line, future)
        self.envelopes[envelope.id] = envelope
        told: Json = {"envelope_id": envelope.id, "payload": payload, "type": kind}
        told["accepts_response_payload"] = accepts
        if kind == "events_api":
            told |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
        line.waiting.put_nowait(told)
        try:
            return await asyncio.wait_for(envelope.future, WITHIN)
        except TimeoutError:
            return Outcome(failure=TIMEOUT)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        if self.refusals:
            return web.Response(status=self.refusals.pop(0))
        if request.query.get("ticket") not in self.tickets:
            return web.Response(status=408, text="the ticket is spent")
        self.tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        line = Line(socket, request.transport, is_leaving=len(self.listening) >= MOST)
        writer = asyncio.get_running_loop().create_task(line.write())
        self.lines.append(line)
        self.opened += 1
        if line.is_leaving:
            line.waiting.put_nowait({"type": "disconnect", "reason": "too_many_websockets"})
        else:
            line.waiting.put_nowait(self._hello())
        self.world.stir()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            self._leave(line)
            writer.cancel()
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.listening),
            "debug_info": {
                "host": "applink-loopback",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self.world.app.id},
        }

    def _hear(self, raw: str) -> None:
        try:
            heard = json.loads(raw)
            envelope = self.envelopes[heard["envelope_id"]]
        except (ValueError, KeyError, TypeError):
            self._wrong("it acknowledges what was not sent", raw)
            return
        envelope.acknowledgements += 1
        payload = heard.get("payload")
        if envelope.acknowledgements > 1:
            self._wrong("it acknowledges twice", raw)
        elif time.monotonic() - envelope.sent > WITHIN:
            self._wrong("it acknowledges after 3 s", raw)
        elif payload and not envelope.accepts:
            self._wrong("it answers what takes no answer", raw)
        if not envelope.future.done():
            envelope.future.set_result(Outcome(payload if envelope.accepts else None))

    def _wrong(self, what: str, raw: str) -> None:
        self.world.wrong("Socket Mode", Refusal("invalid_ack", f"{what}: {raw[:200]}"))

    def _leave(self, line: Line) -> None:
        if line in self.lines:
            self.lines.remove(line)
        for envelope in self.envelopes.values():
            if envelope.line is line and not envelope.future.done():
                envelope.future.set_result(Outcome(failure=FAILED))
        self.world.stir()

    async def _cut(self, line: Line) -> None:
        await asyncio.sleep(self.grace)
        if line in self.lines:
            await line.socket.close(code=1000)
