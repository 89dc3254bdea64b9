"""A lean Slack on loopback, which hands a bot `/submit`s over Socket Mode and times it; it checks little.

It runs in a process of its own beside the bot, and is the same for whichever bot it serves.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from aiohttp import WSMsgType, web

from benchmarks.handing_in import WITHIN, Answered

Json = dict[str, Any]

TEAM, CHANNEL, BOT = "T0000001", "C0000001", "U0000001"
BOT_TOKEN, APP_TOKEN = "xoxb-loopback", "xapp-loopback"


def person(number: int) -> str:
    """The account of a person."""
    return f"U1{number:06}"


@dataclass
class Asked:
    """A command that was sent, when it was acknowledged, and when it was answered with what."""

    ack: asyncio.Future[float] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    answer: asyncio.Future[tuple[float, str]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class LeanSlack:
    """One workspace with one channel and one bot, which answers at the response URL or by its ack alone."""

    def __init__(self, *, acks_alone: bool = False) -> None:
        self.has_announced = asyncio.Event()
        """Whether something has been sent to the channel."""
        self.wrong: list[str] = []
        """What the bot said that nobody had asked for."""
        self._acks_alone = acks_alone
        self._numbers = count(1)
        self._asked: dict[str, Asked] = {}
        self._tell: Callable[[str], Awaitable[None]] | None = None
        self._is_connected = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/link", self._socket)
        app.router.add_post("/response/{id}", self._answered)
        app.router.add_route("*", "/api/{method}", self._called)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """What stands for the root of Slack's Web API."""
        return f"http://127.0.0.1:{self.port}/api/"

    async def is_ready(self, patience: float = 30) -> None:
        """Wait until a bot listens."""
        await asyncio.wait_for(self._is_connected.wait(), patience)

    async def submit(self, number: int, link: str) -> Answered:
        """Have somebody hand in; what the answer is, as JSON, and the seconds to it and to the ack."""
        assert self._tell is not None
        id_, asked = f"{next(self._numbers)}", Asked()
        self._asked[id_] = asked
        envelope = {"envelope_id": id_, "type": "slash_commands", "accepts_response_payload": True}
        text = json.dumps(envelope | {"payload": self._command(id_, number, link)})
        begun = time.perf_counter()
        async with asyncio.timeout(WITHIN):
            await self._tell(text)
            ack = await asked.ack
            at, said = (ack, "") if self._acks_alone else await asked.answer
        return Answered(at - begun, said, ack - begun)

    def _command(self, id_: str, number: int, link: str) -> Json:
        return {
            "token": "loopback",
            "team_id": TEAM,
            "team_domain": "team",
            "channel_id": CHANNEL,
            "channel_name": "study",
            "user_id": person(number),
            "user_name": f"m{number}",
            "command": "/submit",
            "text": f"<{link}>",
            "api_app_id": "A0000001",
            "is_enterprise_install": "false",
            "response_url": f"http://127.0.0.1:{self.port}/response/{id_}",
            "trigger_id": f"1.2.{id_}",
        }

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        await socket.send_str('{"type": "hello", "num_connections": 1}')
        self._tell = socket.send_str
        self._is_connected.set()
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            at = time.perf_counter()
            asked = self._asked.get(json.loads(message.data)["envelope_id"])
            if asked is None or asked.ack.done():
                self.wrong.append(f"an ack: {message.data}")
            else:
                asked.ack.set_result(at)
        return socket

    async def _answered(self, request: web.Request) -> web.Response:
        said = await request.json()
        at = time.perf_counter()
        asked = self._asked.get(request.match_info["id"])
        if asked is None or asked.answer.done():
            self.wrong.append(f"an answer: {said}")
        else:
            asked.answer.set_result((at, json.dumps(said, ensure_ascii=False)))
        return web.Response(text="ok")

    async def _called(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        await request.read()
        told: Json = {"ok": True}
        if method == "apps.connections.open":
            told["url"] = f"ws://127.0.0.1:{self.port}/link"
        elif method == "auth.test":
            told |= {"url": "https://team.slack.com/", "team": "team", "team_id": TEAM, "user": "studybot"}
            told |= {"user_id": BOT, "bot_id": "B0000001"}
        elif method == "users.info":
            told["user"] = _user(request.query["user"])
        elif method in {"chat.postMessage", "chat.update"}:
            self.has_announced.set()
            told |= {"channel": CHANNEL, "ts": f"{int(time.time())}.{next(self._numbers):06}"}
        elif method == "conversations.history":
            told["messages"] = []
        elif method in {"conversations.info", "conversations.open"}:
            told["channel"] = {"id": CHANNEL, "is_channel": True, "is_member": True, "is_archived": False}
        else:
            self.wrong.append(f"a call: {method}")
            told = {"ok": False, "error": "unknown_method"}
        return web.Response(body=json.dumps(told).encode(), content_type="application/json")


def _user(account: str) -> Json:
    name = f"m{int(account[2:])}"
    return {
        "id": account,
        "team_id": TEAM,
        "name": name,
        "real_name": name,
        "locale": "ko-KR",
        "profile": {"real_name": name, "display_name": name},
        "is_admin": False,
        "is_restricted": False,
    }
