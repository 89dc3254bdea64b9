"""The REST side: holds keys and limits, lets go wrong what a test wants, and answers."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.discord import rest_application, rest_interactions, rest_messages, rest_threads  # noqa: F401 (they register routes)
from tests.discord.model import Attachment
from tests.discord.problems import Problem
from tests.discord.routing import Call, Reply, Route, find
from tests.discord.trouble import Limits, TooMany, Trouble, headers, too_many
from tests.discord.world import World
from tests.platforms.trouble import Cut, Lost, Script, Slow, Status, hung_up

PREFIX = "/api/v10"
ALWAYS_WRONG = {401, 400, 405}
"""Statuses that a bot brings upon itself; others depend on how the world is."""
NO_FAULT = {50083, 160004}
"""What somebody else did, or the bot before it was killed: a thread archived, or there already."""


@dataclass(frozen=True)
class Asked:
    """A request as it came, and how it was answered (0: not at all)."""

    method: str
    path: str
    body: Any
    status: int
    reason: str | None = None
    """What the bot gave as reason for the audit log."""
    at: float = field(default_factory=time.monotonic)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass
class Api:
    """Discord's REST interface over a world."""

    world: World
    script: Script[Trouble] = field(default_factory=Script)
    limits: Limits = field(default_factory=Limits)
    log: list[Asked] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request, or let it go wrong."""
        path = request.path.removeprefix(PREFIX)
        name = f"{request.method} {path}"
        body, files = await self._read(request)
        trouble = self.script.next(name)
        if isinstance(trouble, Slow):
            await asyncio.sleep(trouble.before)
        if isinstance(trouble, Cut):
            return self._drop(request, body)
        if isinstance(trouble, Status):
            return self._note(request, body, _broken(trouble.status))
        if isinstance(trouble, TooMany):
            return self._note(request, body, _limited(trouble))
        reply = self._decide(request, path, body, files)
        if isinstance(trouble, Slow):
            await asyncio.sleep(trouble.after)
        if isinstance(trouble, Lost):
            return self._drop(request, body)
        return self._note(request, body, reply)

    def _decide(self, request: web.Request, path: str, body: Any, files: list[Attachment]) -> web.Response:
        found = find(request.method, path)
        if found is None:
            self._wrong(request, Problem(0))
            return _json(404, {"message": "404: Not Found", "code": 0})
        route, args = found
        bucket = self.limits.bucket(route.name, f"{request.method} {path}", route.major(args))
        if after := bucket.take():
            reply = _limited(TooMany(after))
        else:
            reply = self._handle(request, route, args, body, files)
        key = hashlib.md5(f"{route.name} {bucket.limit}".encode(), usedforsecurity=False).hexdigest()
        reply.headers.update(headers(bucket, key))
        return reply

    def _handle(
        self, request: web.Request, route: Route, args: dict[str, str], body: Any, files: list[Attachment]
    ) -> web.Response:
        try:
            if not route.keyless and request.headers.get("Authorization") != f"Bot {self.world.token}":
                raise Problem(0)
            if isinstance(body, _Unreadable):
                raise Problem(50109)
            call = Call(self.world, request.method, request.path, args, dict(request.query), body, files)
            result = route.handler(call)
        except Problem as problem:
            if problem.code not in NO_FAULT and (problem.status in ALWAYS_WRONG or problem.code == 10062):
                self._wrong(request, problem)
            return _json(problem.status, problem.body)
        except Exception as fault:  # neither the bot's retries nor a log shall hide it
            self._wrong(request, fault)
            return _json(400, {"message": f"The test server fails: {fault!r}", "code": 0})
        reply = result if isinstance(result, Reply) else Reply(204 if result is None else 200, result)
        return _json(reply.status, reply.body)

    async def _read(self, request: web.Request) -> tuple[Any, list[Attachment]]:
        if request.content_type == "multipart/form-data":
            return await self._multipart(request)
        raw = await request.read()
        if not raw:
            return {}, []
        if request.content_type != "application/json":
            return _Unreadable(), []
        return _parsed(raw), []

    async def _multipart(self, request: web.Request) -> tuple[Any, list[Attachment]]:
        body: Any = {}
        files: dict[int, Attachment] = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            content = bytes(await part.read(decode=True))
            if part.name == "payload_json":
                body = _parsed(content)
            elif match := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
                files[int(match[1])] = self.world.file(part.filename or "unknown", content)
        described = body if isinstance(body, dict) else {}
        inner = described.get("data") or described.get("message") or described
        for each in inner.get("attachments") or []:
            if str(each.get("id", "")).isdecimal() and int(each["id"]) in files:
                files[int(each["id"])].description = each.get("description")
        return body, [files[index] for index in sorted(files)]

    def _wrong(self, request: web.Request, problem: Exception) -> None:
        self.world.wrong(f"{request.method} {request.path}", problem)

    def _note(self, request: web.Request, body: Any, reply: web.Response) -> web.Response:
        path = request.path.removeprefix(PREFIX)
        reason = request.headers.get("X-Audit-Log-Reason")
        self.log.append(Asked(request.method, path, body, reply.status, reason))
        self.world.stir()
        return reply

    def _drop(self, request: web.Request, body: Any) -> web.Response:
        self.log.append(Asked(request.method, request.path.removeprefix(PREFIX), body, 0))
        self.world.stir()
        return hung_up(request)


class _Unreadable:
    """A body that is no JSON."""


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return _Unreadable()


def _json(status: int, body: Any, extra: dict[str, str] | None = None) -> web.Response:
    if status == 204:
        return web.Response(status=204)
    text = json.dumps(body, ensure_ascii=False).encode()
    return web.Response(
        status=status, body=text, headers={"Content-Type": "application/json"} | (extra or {})
    )


def _limited(trouble: TooMany) -> web.Response:
    body, extra = too_many(trouble)
    if isinstance(body, str):
        return web.Response(status=429, text=body, headers=extra)
    return _json(429, body, extra)


def _broken(status: int) -> web.Response:
    if status == 500:
        return _json(status, {"message": "500: Internal Server Error", "code": 0})
    return web.Response(status=status, text=f"<html>{status}</html>", content_type="text/html")
