"""One token's way to GitHub: what it refuses is an exception, and when it asks to wait we do."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from gidgethub import sansio
from gidgethub.aiohttp import GitHubAPI

VERSION = "2022-11-28"
"""The version of the interface that all of this is written for."""

NAME = "studybot"
PATIENCE = aiohttp.ClientTimeout(total=15)
A_MINUTE = timedelta(minutes=1)
"""How long to wait where a secondary limit does not say."""

PACE = 1.0
"""Seconds between two changes, as GitHub asks for."""

IN_LINE = 20
"""How many changes may wait for their turn; more come again later, so that none waits too long."""

FORBIDDEN = 403
LIMITED = (FORBIDDEN, 429)


class Refusal(Exception):
    """GitHub says no: the status, and what it says."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(status, said)
        self.status = status
        self.said = said

    def __str__(self) -> str:
        return f"GitHub: {self.said} ({self.status})"


class Limited(Exception):
    """GitHub asks to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Way:
    """How GitHub is reached."""

    session: aiohttp.ClientSession
    url: str
    wall: Callable[[], datetime]


class Api(GitHubAPI):
    """gidgethub's client with one token; without one for an app, which signs each request."""

    def __init__(self, way: Way, token: str | None = None) -> None:
        # An address with a path, as an enterprise's, keeps it only with a slash behind it.
        super().__init__(way.session, NAME, oauth_token=token, base_url=way.url.rstrip("/") + "/")
        self._way = way
        self._changing = asyncio.Lock()
        self._changed = 0.0
        self._waiting = 0
        self._quiet_until: datetime | None = None
        self.said: Mapping[str, str] = {}
        """The headers of the last answer."""

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        wall = self._way.wall()
        if self._quiet_until is not None and self._quiet_until > wall:
            raise Limited(self._quiet_until - wall)
        if (limit := self.rate_limit) is not None and limit.remaining < 0 and limit.reset_datetime > wall:
            raise Limited(limit.reset_datetime - wall)
        if method == "GET":
            return await self._ask(method, url, headers, body)
        if self._waiting >= IN_LINE:
            raise Limited(timedelta(seconds=IN_LINE * PACE))
        self._waiting += 1
        try:
            return await self._in_turn(method, url, headers, body)
        finally:
            self._waiting -= 1

    async def _in_turn(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Change something, one after the other."""
        async with self._changing:
            loop = asyncio.get_running_loop()
            await asyncio.sleep(max(0.0, self._changed + PACE - loop.time()))
            try:
                return await self._ask(method, url, headers, body)
            finally:
                self._changed = loop.time()

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        versioned = {**headers, "x-github-api-version": VERSION}
        async with self._way.session.request(
            method, url, headers=versioned, data=body, timeout=PATIENCE
        ) as answer:
            content = await answer.read()
            self.said = answer.headers
            if answer.status < 400 or answer.status >= 500:
                return answer.status, answer.headers, content
            self.rate_limit = sansio.RateLimit.from_http(answer.headers) or self.rate_limit
            said = _message(content)
            wait = self._wait(answer.status, answer.headers, said)
            if wait is None:
                raise Refusal(answer.status, said)
            self._quiet_until = self._way.wall() + wait
            raise Limited(wait)

    def _wait(self, status: int, headers: Mapping[str, str], said: str) -> timedelta | None:
        """How long a limit asks to wait; `None` where it is no limit that refuses."""
        if status not in LIMITED:
            return None
        if (seconds := headers.get("retry-after", "")).isdecimal():
            return timedelta(seconds=max(int(seconds), 1))
        if status == FORBIDDEN and "rate limit" not in said.lower():
            return None
        reset = headers.get("x-ratelimit-reset", "")
        if headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
            left = datetime.fromtimestamp(int(reset), UTC) - self._way.wall()
            return max(left, timedelta(seconds=1))
        return A_MINUTE


def _message(content: bytes) -> str:
    """What an answer says is wrong, with the fields that it names."""
    try:
        said: Any = json.loads(content)
    except ValueError:
        return content.decode(errors="replace")[:200]
    if not isinstance(said, dict):
        return str(said)[:200]
    errors = said.get("errors") or []
    named = [_error(each) for each in errors] if isinstance(errors, list) else [str(errors)]
    return " ".join([str(said.get("message", "")), *named])[:500]


def _error(each: Any) -> str:
    """One of the things that are wrong with a request."""
    if not isinstance(each, dict):
        return str(each)
    return " ".join(str(each[name]) for name in ("field", "code", "message") if each.get(name))
