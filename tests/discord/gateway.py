"""The gateway: HELLO, IDENTIFY or RESUME, heartbeats, events; and all the ways in which it fails."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord import payloads
from tests.discord.events import PRIVILEGED, Event
from tests.discord.problems import Json
from tests.discord.sessions import Line, Session, squeezing
from tests.discord.world import World

DISPATCH, BEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, CHUNK, INVALID, HELLO, ACK = (
    0,
    1,
    2,
    3,
    4,
    6,
    7,
    8,
    9,
    10,
    11,
)
ALL_INTENTS = (1 << 26) - 1


class Closed(Exception):
    """The server ends a connection, with a code."""

    def __init__(self, code: int, why: str) -> None:
        self.code, self.why = code, why
        super().__init__(code, why)


@dataclass
class Gateway:
    """Discord's gateway over a world."""

    world: World
    interval: float = 41.25
    """Seconds between heartbeats."""
    answers_beats: bool = True
    refusals: list[int] = field(default_factory=list)
    """How the next connections are refused: by a status, or closed (0) before HELLO."""
    sessions: list[Session] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)
    """The addresses under which somebody has connected, in order."""
    closed: list[tuple[int, str]] = field(default_factory=list)
    """With what the server has ended connections."""
    gap: float = 0.0
    """Seconds that must lie between two IDENTIFY (Discord: 5)."""
    last_identify: float = float("-inf")

    def __post_init__(self) -> None:
        self.world.listeners.append(self.dispatch)

    # what a test does with it

    def refuse(self, times: int = 1, *, status: int = 0) -> None:
        """Refuse the next connections: by an HTTP status, or closing (0) before a word is said."""
        self.refusals += [status] * times

    def drop(self, code: int | None = None) -> None:
        """End all connections: as a cut cable does, or by the code of a close frame."""
        for line in list(self.lines):
            self._leave(line)
            if code is None and line.transport is not None:
                line.transport.abort()
            elif code is not None:
                _soon(line.socket.close(code=code))

    def reconnect(self) -> None:
        """Ask all to connect again and resume."""
        for line in self.lines:
            line.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell all that their session is no more (or, resumable, that it must be taken up anew)."""
        for line in self.lines:
            line.send(INVALID, resumable)
        if not resumable:
            self.forget()

    def forget(self) -> None:
        """Forget the sessions, so that they cannot be resumed."""
        for line in self.lines:
            line.session = None
        self.sessions.clear()

    async def is_ready(self, shards: int = 1, *, patience: float = 10.0) -> None:
        """Wait until so many sessions listen."""
        await self.world.until(lambda: sum(x.is_connected for x in self.sessions) >= shards, patience)

    @property
    def session(self) -> Session:
        """The last session that began."""
        assert self.sessions, "nobody has identified"
        return self.sessions[-1]

    def dispatch(self, event: Event) -> None:
        """Tell all sessions that may hear it of an event."""
        for session in self.sessions:
            session.hear(event)

    # what it does by itself

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection."""
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal:
            return web.Response(status=refusal)
        socket = web.WebSocketResponse(max_msg_size=16 * 1024, timeout=1.0)
        await socket.prepare(request)
        self.connections.append(str(request.rel_url))
        if refusal == 0:
            await socket.close(code=1001)
            return socket
        line = Line(socket, squeezing(request.query.get("compress")), transport=request.transport)
        writer = asyncio.get_running_loop().create_task(line.write())
        self.lines.append(line)
        try:
            await self._talk(line, request)
        except Closed as closed:
            self.closed.append((closed.code, closed.why))
            line.waiting.put_nowait(None)
            await asyncio.wait({writer}, timeout=1)
            await socket.close(code=closed.code, message=closed.why.encode())
        finally:
            self._leave(line)
            writer.cancel()
        return socket

    async def _talk(self, line: Line, request: web.Request) -> None:
        if request.query.get("v") != "10":
            raise Closed(4012, "Invalid API version.")
        if request.query.get("encoding") != "json":
            raise Closed(4002, "Error while decoding payload.")
        line.send(HELLO, {"heartbeat_interval": int(self.interval * 1000), "_trace": ["[]"]})
        while True:
            patience = self.interval * 2 + 1
            try:
                message = await line.socket.receive(patience)
            except TimeoutError:
                raise Closed(4009, "Session timed out.") from None
            if message.type is not WSMsgType.TEXT:
                return
            line.heard_at.append(time.monotonic())
            if len(line.heard_at) > 120 and line.heard_at[-1] - line.heard_at[-121] < 60:
                raise Closed(4008, "You are being rate limited.")
            self._hear(line, _decoded(message.data))

    def _hear(self, line: Line, heard: Json) -> None:
        op, data = heard.get("op"), heard.get("d")
        if op == BEAT:
            line.beats += 1
            if self.answers_beats:
                line.send(ACK)
            self.world.stir()
        elif op == IDENTIFY:
            if line.session:
                raise Closed(4005, "Already authenticated.")
            self._identify(line, data or {})
        elif op == RESUME:
            self._resume(line, data or {})
        elif line.session is None:
            raise Closed(4003, "Not authenticated.")
        elif op == CHUNK:
            self._chunk(line.session, data or {})
        elif op not in {PRESENCE, VOICE}:
            raise Closed(4001, "Unknown opcode.")

    def _identify(self, line: Line, data: Json) -> None:
        if data.get("token") != self.world.token:
            raise Closed(4004, "Authentication failed.")
        intents, shard = data.get("intents"), data.get("shard") or [0, 1]
        if not isinstance(intents, int) or not 0 <= intents <= ALL_INTENTS or not data.get("properties"):
            raise Closed(4013, "Invalid intent(s).")
        if intents & PRIVILEGED & ~self.world.privileged:
            raise Closed(4014, "Disallowed intent(s).")
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            raise Closed(4010, "Invalid shard.")
        if "shard" not in data and self.world.shards > 1:
            raise Closed(4011, "Sharding required.")
        now = time.monotonic()
        if now - self.last_identify < self.gap:
            line.send(INVALID, False)
            return
        self.last_identify = now
        session = Session(secrets.token_hex(16), intents, (shard[0], shard[1]), data["properties"], line)
        line.session = session
        self.sessions.append(session)
        self.world.identified += 1
        self._welcome(session)
        self.world.stir()

    def _welcome(self, session: Session) -> None:
        mine = [x for x in self.world.guilds.values() if x.bot_in and session.concerns(x)]
        ready: Json = {
            "v": 10,
            "user": payloads.user(self.world.bot) | {"verified": True, "mfa_enabled": False, "email": None},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
            "session_id": session.id,
            "resume_gateway_url": f"{self.world.gateway_url}resume/",
            "application": {"id": str(self.world.application_id), "flags": 1 << 23},
            "shard": list(session.shard),
            "private_channels": [],
            "session_type": "normal",
            "_trace": ["[]"],
        }
        session.tell("READY", ready)
        for guild in mine:
            if guild.available:
                session.tell("GUILD_CREATE", payloads.guild(guild))

    def _resume(self, line: Line, data: Json) -> None:
        if data.get("token") != self.world.token:
            raise Closed(4004, "Authentication failed.")
        after = data.get("seq")
        session = next((x for x in self.sessions if x.id == data.get("session_id")), None)
        if session is None or not isinstance(after, int):
            line.send(INVALID, False)
            return
        if after > session.sequence:
            raise Closed(4007, "Invalid seq.")
        if session.line:
            self._leave(session.line)
        session.line, line.session = line, session
        session.resumed += 1
        session.repeat(after)
        session.tell("RESUMED", {"_trace": ["[]"]})
        self.world.stir()

    def _chunk(self, session: Session, data: Json) -> None:
        guild = self.world.guilds[int(data["guild_id"])]
        wanted = {int(x) for x in _listed(data.get("user_ids"))}
        found = [x for x in guild.members.values() if not wanted or x.user.id in wanted]
        if query := data.get("query"):
            found = [x for x in found if (x.nick or x.user.name).lower().startswith(query.lower())]
        told: Json = {"guild_id": str(guild.id), "members": [payloads.member(x) for x in found]}
        told |= {"chunk_index": 0, "chunk_count": 1, "nonce": data.get("nonce"), "not_found": []}
        session.tell("GUILD_MEMBERS_CHUNK", told)

    def _leave(self, line: Line) -> None:
        if line in self.lines:
            self.lines.remove(line)
        if line.session and line.session.line is line:
            line.session.line = None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _decoded(text: str) -> Json:
    if len(text.encode()) > 4096:
        raise Closed(4002, "Payload too large.")
    try:
        heard = json.loads(text)
    except ValueError:
        raise Closed(4002, "Error while decoding payload.") from None
    if not isinstance(heard, dict):
        raise Closed(4002, "Error while decoding payload.")
    return heard


_TASKS: set[asyncio.Task[Any]] = set()


def _soon(closing: Any) -> None:
    task = asyncio.ensure_future(closing)
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)
