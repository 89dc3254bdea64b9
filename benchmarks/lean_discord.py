"""A lean Discord on loopback, which hands a bot `/submit`s and times its answers; it checks little.

It runs in a process of its own beside the bot, and is the same for whichever bot it serves.
"""

import asyncio
import json
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, Self

from aiohttp import WSMsgType, web

from benchmarks.discord_values import (
    BOT,
    CHANNEL,
    GUILD,
    THREAD,
    Json,
    application,
    channel,
    guild,
    interaction,
    person,
    user,
)
from benchmarks.handing_in import WITHIN, Answered

PREFIX = "/api/v10"
TOKEN = "loopback"
EPOCH = 1_420_070_400_000
ANSWER = 4


class LeanDiscord:
    """One guild with one channel and one bot."""

    def __init__(self) -> None:
        self.has_announced = asyncio.Event()
        """Whether something has been sent to the channel."""
        self._numbers = count(1)
        self._sequence = count(1)
        self._commands: list[Json] = []
        self._waiting: dict[str, asyncio.Future[tuple[float, Json]]] = {}
        self._tell: Callable[[str], Any] | None = None
        self._is_connected = asyncio.Event()
        self._routes = {
            "/users/@me": user(str(BOT), "bot"),
            "/oauth2/applications/@me": application(),
            f"/channels/{CHANNEL}": channel(),
        }

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/", self._gateway)
        app.router.add_post(PREFIX + "/interactions/{id}/{token}/callback", self._answered)
        app.router.add_route("*", PREFIX + "/{rest:.*}", self._other)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """What stands for Discord's API root, with its version."""
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    async def is_ready(self, patience: float = 30) -> None:
        """Wait until a bot listens."""
        await asyncio.wait_for(self._is_connected.wait(), patience)

    async def submit(self, number: int, link: str) -> Answered:
        """Have somebody hand in; the seconds until the answer came, and what it says, as JSON."""
        assert self._tell is not None
        id_ = self._id()
        answer: asyncio.Future[tuple[float, Json]] = asyncio.get_running_loop().create_future()
        self._waiting[id_] = answer
        said = interaction(id_, person(number), f"m{number}", link)
        begun = time.perf_counter()
        await self._tell(self._event("INTERACTION_CREATE", said))
        at, given = await asyncio.wait_for(answer, WITHIN)
        if given["type"] != ANSWER:
            raise RuntimeError(f"no answer: {given}")
        return Answered(at - begun, json.dumps(given["data"], ensure_ascii=False))

    def _id(self) -> str:
        now = int(time.time() * 1000) - EPOCH
        return str(now << 22 | next(self._numbers) & 0x3FFFFF)

    def _event(self, name: str, data: Json) -> str:
        return json.dumps({"op": 0, "s": next(self._sequence), "t": name, "d": data})

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        squeeze = zlib.compressobj()

        async def tell(text: str) -> None:
            if request.query.get("compress") == "zlib-stream":
                await socket.send_bytes(squeeze.compress(text.encode()) + squeeze.flush(zlib.Z_SYNC_FLUSH))
            else:
                await socket.send_str(text)

        await tell(json.dumps({"op": 10, "d": {"heartbeat_interval": 41_250}}))
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            op = json.loads(message.data)["op"]
            if op == 1:
                await tell('{"op": 11}')
            if op == 2:
                await tell(self._event("READY", self._ready()))
                await tell(self._event("GUILD_CREATE", guild()))
                self._tell = tell
                self._is_connected.set()
        return socket

    def _ready(self) -> Json:
        return {
            "v": 10,
            "user": user(str(BOT), "bot"),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": "session",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/",
            "application": {"id": str(BOT), "flags": 0},
            "shard": [0, 1],
        }

    async def _answered(self, request: web.Request) -> web.Response:
        body = await request.read()
        at = time.perf_counter()
        id_, given = request.match_info["id"], json.loads(body)
        self._waiting.pop(id_).set_result((at, given))
        sent = self._id()
        about = {"id": id_, "type": 2, "response_message_id": sent, "response_message_ephemeral": True}
        message = self._message(given["data"], sent)
        return _json({"interaction": about, "resource": {"type": ANSWER, "message": message}})

    def _message(self, said: Json, id_: str) -> Json:
        for number, component in enumerate(_within(said.get("components") or []), 1):
            component.setdefault("id", number)
        return {
            "id": id_,
            "channel_id": str(CHANNEL),
            "author": user(str(BOT), "bot"),
            "content": said.get("content") or "",
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": said.get("components") or [],
            "pinned": False,
            "type": 20,
            "flags": said.get("flags") or 0,
            "application_id": str(BOT),
            "webhook_id": str(BOT),
        }

    async def _other(self, request: web.Request) -> web.Response:
        path, body = request.path.removeprefix(PREFIX), await request.read()
        if path.startswith("/gateway"):
            limit = {"total": 1000, "remaining": 1000, "reset_after": 1, "max_concurrency": 1}
            url = f"ws://127.0.0.1:{self.port}/"
            return _json({"url": url, "shards": 1, "session_start_limit": limit})
        if path.endswith("/commands"):
            if request.method == "PUT":
                self._commands = [x | {"id": self._id(), "application_id": BOT} for x in json.loads(body)]
            return _json(self._commands)
        if path.endswith("/threads"):
            return _json(channel() | {"id": path.split("/")[-2], "type": 11} | THREAD)
        if request.method == "GET" and path.endswith("/messages"):
            return _json([])
        if "/messages" in path:
            self.has_announced.set()
            sent = path.rpartition("/messages")[2].lstrip("/")
            return _json(self._message(json.loads(body), sent or self._id()))
        return _json(self._routes[path])


def _json(body: Any) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), content_type="application/json")


def _within(components: list[Json]) -> list[Json]:
    inner = [x for component in components for x in _within(component.get("components") or [])]
    return components + inner
