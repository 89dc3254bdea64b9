"""The Web API: holds tokens, scopes and limits, lets go wrong what a test wants, and answers."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.platforms.trouble import Cut, Lost, Script, Slow, Status, hung_up
from tests.slack import methods_app, methods_chat, methods_conversations, methods_views  # noqa: F401 (they register)
from tests.slack.answers import respond
from tests.slack.problems import NO_FAULT, Json, Refusal
from tests.slack.routing import METHODS, Call, Method
from tests.slack.trouble import Error, Limits, TooMany, Trouble
from tests.slack.world import World

OVER_URL = "response_url"
"""What an answer over a response URL is called among the methods."""
AS_JSON = ("blocks", "attachments", "view", "metadata", "files")


@dataclass(frozen=True)
class Asked:
    """A call as it came, and how it was answered (no `error`: well; status 0: not at all)."""

    method: str
    args: Json
    status: int
    error: str = ""
    team: str = ""
    scopes: tuple[str, ...] = ()
    at: float = field(default_factory=time.monotonic)


@dataclass
class Api:
    """Slack's Web API over a world."""

    world: World
    script: Script[Trouble] = field(default_factory=Script)
    limits: Limits = field(default_factory=Limits)
    log: list[Asked] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a call."""
        name = request.match_info["method"]
        args, problem = await _read(request, METHODS.get(name))
        return await self._answer(request, Call(self.world, name, args), problem)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Take an answer over a response URL."""
        try:
            args = json.loads(await request.read())
        except ValueError:
            args = None
        problem = None if isinstance(args, dict) else Refusal("invalid_payload", status=400)
        return await self._answer(
            request, Call(self.world, OVER_URL, args if problem is None else {}), problem
        )

    async def _answer(self, request: web.Request, call: Call, problem: Refusal | None) -> web.StreamResponse:
        trouble = self.script.next(call.method)
        if isinstance(trouble, Slow):
            await asyncio.sleep(trouble.before)
        if isinstance(trouble, Cut):
            return self._drop(request, call)
        if isinstance(trouble, Status):
            self._note(call, trouble.status)
            return web.Response(status=trouble.status, text=f"<html>{trouble.status}</html>")
        if isinstance(trouble, TooMany):
            return self._limited(call, trouble.after)
        if isinstance(trouble, Error):
            self._note(call, 200, trouble.error)
            return _json(Refusal(trouble.error).body)
        if after := self.limits.wait(call.method, str(call.args.get("channel"))):
            return self._limited(call, after)
        reply, error = self._decide(request, call, problem)
        if isinstance(trouble, Slow):
            await asyncio.sleep(trouble.after)
        if isinstance(trouble, Lost):
            return self._drop(request, call)
        self._note(call, reply.status, error)
        return reply

    def _decide(self, request: web.Request, call: Call, problem: Refusal | None) -> tuple[web.Response, str]:
        try:
            if call.method == OVER_URL:
                return self._over_url(request, call, problem), ""
            method = METHODS.get(call.method)
            if method is None:
                raise Refusal("unknown_method", req_method=call.method)
            self._authorise(request, call, method)
            if problem:
                raise problem
            if method.scope:
                call.needs(method.scope)
            told = method.handler(call)
        except Refusal as refusal:
            self._hold(call, refusal)
            return _json(refusal.body, status=refusal.status), refusal.error
        except Exception as fault:  # neither the bot's retries nor a log shall hide it
            self.world.wrong(call.method, fault)
            return _json({"ok": False, "error": f"The test server fails: {fault!r}"}), "server_fault"
        scopes = ",".join(call.installation.scopes) if call.installation else ""
        return _json(told or {"ok": True}, {"X-OAuth-Scopes": scopes}), ""

    def _over_url(self, request: web.Request, call: Call, problem: Refusal | None) -> web.Response:
        if problem:
            raise problem
        life = self.world.answerable.get(request.path)
        if life is None:
            raise Refusal("invalid_url", status=404)
        life.answer()
        try:
            respond(self.world, life, call.args)
        except Refusal as refusal:
            refusal.status = 400
            life.refuse(refusal)
            raise
        return web.Response(text="ok")

    def _authorise(self, request: web.Request, call: Call, method: Method) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or call.args.pop("token", "")
        if method.token == "none":
            _basic(token, call)
            return
        if not token:
            raise Refusal("not_authed")
        if method.token == "app":
            if token != self.world.app.app_token:
                is_bot = token in self.world.installations
                raise Refusal("not_allowed_token_type" if is_bot else "invalid_auth")
            return
        if token == self.world.app.app_token:
            raise Refusal("not_allowed_token_type")
        found = self.world.installations.get(token)
        if found is None:
            raise Refusal("invalid_auth")
        if found.problem:
            raise Refusal(found.problem)
        call.installation = found

    def _hold(self, call: Call, refusal: Refusal) -> None:
        missing = str(refusal.more.get("needed", "")).split(",")
        older = refusal.error == "missing_scope" and any(x in self.world.app.scopes for x in missing)
        if refusal.error not in NO_FAULT and not older:
            self.world.wrong(call.method, refusal)

    def _note(self, call: Call, status: int, error: str = "") -> None:
        team = call.installation.team.id if call.installation else ""
        self.log.append(Asked(call.method, call.args, status, error, team, tuple(call.used)))
        self.world.stir()

    def _limited(self, call: Call, after: int) -> web.Response:
        self._note(call, 429, "ratelimited")
        return _json(Refusal("ratelimited").body, {"Retry-After": str(after)}, status=429)

    def _drop(self, request: web.Request, call: Call) -> web.Response:
        self._note(call, 0)
        return hung_up(request)


async def _read(request: web.Request, method: Method | None) -> tuple[Json, Refusal | None]:
    args: Json = dict(request.query)
    if args.pop("token", None):
        return args, Refusal("not_authed", "a token in the query is not looked at")
    if request.method == "POST":
        raw = await request.read()
        if raw and request.content_type == "application/json":
            if method is not None and not method.takes_json:
                return args, Refusal("invalid_post_type", f"{method.name} takes no JSON")
            try:
                args |= json.loads(raw)
            except (ValueError, TypeError):
                return args, Refusal("invalid_json")
            return args, None
        if raw and request.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            return args, Refusal("invalid_post_type")
        form = await request.post()
        args |= {name: value for name, value in form.items() if isinstance(value, str)}
    for name in AS_JSON:
        if isinstance(args.get(name), str):
            try:
                args[name] = json.loads(args[name])
            except ValueError:
                return args, Refusal(_unreadable(name))
    return args, None


def _unreadable(name: str) -> str:
    return {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}.get(
        name, "invalid_arguments"
    )


def _basic(token: str, call: Call) -> None:
    if token.startswith("Basic "):
        given = base64.b64decode(token.removeprefix("Basic ")).decode().partition(":")
        call.args |= {"client_id": given[0], "client_secret": given[2]}


def _json(body: Any, extra: dict[str, str] | None = None, *, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"} | (extra or {})
    return web.Response(status=status, body=text, headers=headers)
