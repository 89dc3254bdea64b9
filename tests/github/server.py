"""A GitHub on loopback: contents, commits, issues and tokens over one world, as strict as the real one.

hub = GitHub()
repository = hub.world.repository("ku/mlops", readme=b"…")
…                                     # a bot starts, with hub.api_url and hub.world.token
hub.fails("PUT */contents/*", Lost())
repository.replace("README.md", "장서진", "**장서진**")      # somebody edits by hand
await hub.until(lambda: repository.by("studybot"))
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote

import jwt
from aiohttp import web

from tests.github import problems, routes_issues
from tests.github.problems import PRIMARY, SECONDARY, Problem, Wrong
from tests.github.routes import ROUTES, Call
from tests.github.world import App, Key, World
from tests.platforms.server import Loopback
from tests.platforms.trouble import Cut, Lost, Script, Slow, Status, hung_up

__all__ = ["GitHub", "routes_issues"]

PREFIX = "/api/v3"
"""As on an enterprise's host: the address has a path."""

VERSION = "2022-11-28"


@dataclass(frozen=True)
class Secondary:
    """A secondary limit: 403 or 429, with or without the seconds to wait."""

    after: int | None = 1
    status: int = 403


@dataclass(frozen=True)
class Primary:
    """The hour's requests are used up, for so long."""

    resets_in: float = 1.0
    status: int = 403


Trouble = Status | Lost | Cut | Slow | Secondary | Primary


@dataclass(frozen=True)
class Asked:
    """A request as it came, and how it was answered (0: not at all)."""

    method: str
    path: str
    body: Any
    status: int

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass
class GitHub(Loopback):
    """The whole server: `world` is what there is."""

    world: World = field(default_factory=World)
    script: Script[Trouble] = field(default_factory=Script)
    log: list[Asked] = field(default_factory=list)

    @property
    def api_url(self) -> str:
        """What stands for GitHub's API root."""
        return self.root + PREFIX

    async def start(self) -> None:
        """Serve, on a free port unless one was given."""
        app = web.Application(client_max_size=32 * 1024**2)
        app.router.add_route("*", PREFIX + "/{rest:.*}", self._answer)
        await self._serve(app)

    def fails(self, request: str, trouble: Trouble, times: int = 1) -> None:
        """Let the next requests of a kind, as `PUT */contents/*`, go wrong."""
        self.script.plan(request, trouble, times)

    def asked(self, request: str = "*") -> list[Asked]:
        """Give the requests of a kind that there were, oldest first."""
        return [each for each in self.log if fnmatchcase(str(each), request)]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.rel_url.raw_path.removeprefix(PREFIX)
        raw = await request.read()
        if moved := self._moved(request, path):
            return self._note(request, path, moved)
        trouble = self.script.next(f"{request.method} {unquote(path)}")
        if isinstance(trouble, Slow):
            await asyncio.sleep(trouble.before)
        if isinstance(trouble, Cut):
            return self._drop(request, path)
        if isinstance(trouble, Status):
            return self._note(request, path, web.Response(status=trouble.status, text="<html>oops</html>"))
        if isinstance(trouble, Secondary):
            extra = {} if trouble.after is None else {"Retry-After": str(trouble.after)}
            return self._note(request, path, self._json(trouble.status, {"message": SECONDARY}, extra))
        if isinstance(trouble, Primary):
            self.world.remaining = 0
            self.world.resets_at = self.world.clock() + timedelta(seconds=trouble.resets_in)
        answer = self._decide(request, path, raw)
        if isinstance(trouble, Slow):
            await asyncio.sleep(trouble.after)
        if isinstance(trouble, Lost):
            return self._drop(request, path)
        return self._note(request, path, answer)

    def _moved(self, request: web.Request, path: str) -> web.Response | None:
        """Where a repository is that has been renamed."""
        for old, new in self.world.moved.items():
            if path.startswith(f"/repos/{old}/") or path == f"/repos/{old}":
                url = f"{self.api_url}/repos/{new}{path.removeprefix(f'/repos/{old}')}"
                where = {"Location": f"{url}?{request.query_string}".rstrip("?")}
                return web.json_response({}, status=301 if request.method == "GET" else 307, headers=where)
        return None

    def _decide(self, request: web.Request, path: str, raw: bytes) -> web.Response:
        try:
            self._hold(request, raw)
            key, app = self._whose(request)
            if self._is_used_up():
                return self._json(403, {"message": PRIMARY})
            self.world.remaining -= 1
            body = json.loads(raw) if raw else None
            for method, pattern, handler in ROUTES:
                if method == request.method and (found := pattern.fullmatch(path)):
                    args = {name: unquote(value) for name, value in found.groupdict().items()}
                    call = Call(self.world, self.root, args, dict(request.query), body, key, app)
                    status, said = handler(call)
                    return self._json(status, said, self._of_token(key))
            raise Wrong("there is no such route")
        except Problem as problem:
            return self._json(problem.status, problem.body)
        except (Wrong, ValueError) as problem:
            self.world.wrong(f"{request.method} {path}", problem)
            return self._json(400, {"message": f"Problems parsing JSON: {problem!r}"})

    def _hold(self, request: web.Request, raw: bytes) -> None:
        """Hold what every request needs."""
        if not request.headers.get("User-Agent"):
            raise Wrong("a request without User-Agent")
        if request.headers.get("X-GitHub-Api-Version") != VERSION:
            raise Wrong("a request without a version")
        if "json" not in request.headers.get("Accept", ""):
            raise Wrong("a request that does not accept JSON")
        if raw and (request.method == "GET" or "application/json" not in request.headers["Content-Type"]):
            raise Wrong("a body that should not be there, or is no JSON")

    def _whose(self, request: web.Request) -> tuple[Key | None, App | None]:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and token.count(".") == 2:
            return None, self._signed(token)
        key = self.world.keys.get(token)
        if key is None or (key.expires_at is not None and key.expires_at <= self.world.clock()):
            raise problems.bad_credentials()
        return key, None

    def _signed(self, token: str) -> App:
        app = self.world.app
        if app is None:
            raise problems.bad_credentials()
        try:
            said = jwt.decode(token, app.public_key, algorithms=["RS256"])
        except jwt.InvalidTokenError:
            raise Problem(401, "A JSON web token could not be decoded") from None
        if said["iss"] != app.id or said["exp"] - said["iat"] > 600:
            raise Problem(401, "'Expiration time' claim ('exp') is too far in the future")
        return app

    def _is_used_up(self) -> bool:
        world = self.world
        if world.resets_at is not None and world.clock() >= world.resets_at:
            world.remaining, world.resets_at = 5000, None
        return world.remaining <= 0

    def _of_token(self, key: Key | None) -> dict[str, str]:
        if key is None or key.scopes is None:
            return {}
        return {"X-OAuth-Scopes": ", ".join(key.scopes)}

    def _json(self, status: int, body: Any, extra: dict[str, str] | None = None) -> web.Response:
        resets = self.world.resets_at or datetime.now(UTC) + timedelta(hours=1)
        limits = {
            "X-RateLimit-Limit": "5000",
            "X-RateLimit-Remaining": str(max(self.world.remaining, 0)),
            "X-RateLimit-Reset": str(int(resets.timestamp()) + (self.world.resets_at is not None)),
            "X-RateLimit-Resource": "core",
        }
        return web.json_response(body, status=status, headers=limits | (extra or {}))

    def _note(self, request: web.Request, path: str, answer: web.Response) -> web.Response:
        self.log.append(Asked(request.method, unquote(path), None, answer.status))
        self.world.stir()
        return answer

    def _drop(self, request: web.Request, path: str) -> web.Response:
        self.log.append(Asked(request.method, unquote(path), None, 0))
        self.world.stir()
        return hung_up(request)
