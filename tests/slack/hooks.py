"""Delivery over HTTP: signed requests to the app's own addresses."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from tests.slack.interactions import WITHIN
from tests.slack.problems import Json
from tests.slack.sockets import FAILED, TIMEOUT, Outcome

if TYPE_CHECKING:
    from tests.slack.world import World

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass
class Sent:
    """A request as it went out, and how it was answered (0: not at all)."""

    url: str
    body: bytes
    headers: dict[str, str]
    status: int = 0
    answer: str = ""
    answer_headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Hooks:
    """Slack's end of HTTP mode."""

    world: World
    reach: dict[str, str] = field(default_factory=dict)
    """Where an address in the manifest really is: `https://study.example` at `http://127.0.0.1:8080`."""
    sent: list[Sent] = field(default_factory=list)
    session: aiohttp.ClientSession | None = None

    def resolve(self, url: str) -> str:
        """Give where an address really is."""
        for known, real in self.reach.items():
            if url.startswith(known):
                return real + url.removeprefix(known)
        return url

    def signed(self, body: bytes, *, secret: str = "", at: int | None = None) -> dict[str, str]:
        """Give the headers by which Slack signs a request."""
        stamp = str(int(self.world.clock().timestamp()) if at is None else at)
        key = (secret or self.world.app.signing_secret).encode()
        digest = hmac.new(key, f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def post(self, url: str, body: bytes, headers: dict[str, str], wait: float = WITHIN) -> Sent:
        """Send a request as it stands, whatever it is; time-outs and broken lines are raised."""
        sent = Sent(url, body, headers)
        self.sent.append(sent)
        assert self.session is not None, "the server has not been started"
        timeout = aiohttp.ClientTimeout(total=wait)
        async with self.session.post(
            self.resolve(url), data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as reply:
            sent.answer = await reply.text()
            sent.status = reply.status
            sent.answer_headers = dict(reply.headers)
        return sent

    async def again(self, sent: Sent) -> Sent:
        """Send the very same request again, as somebody who recorded it would."""
        return await self.post(sent.url, sent.body, sent.headers)

    async def verify(self, url: str = "") -> bool:
        """Ask an address to give back a challenge, as Slack does when it is entered."""
        told = {
            "token": self.world.app.verification_token,
            "challenge": "3eZbrw1a",
            "type": "url_verification",
        }
        body = json.dumps(told).encode()
        sent = await self.post(url or self.world.app.events_url, body, self._headers(JSON, body))
        is_json = sent.answer.startswith("{")
        given = (
            json.loads(sent.answer).get("challenge") if is_json else sent.answer.removeprefix("challenge=")
        )
        return sent.status == 200 and bool(given == told["challenge"])

    async def ask(self, kind: str, payload: Json, url: str, retry: tuple[int, str] | None) -> Outcome:
        """Send something to the app, and wait for its acknowledgement."""
        if kind == "events_api":
            body, form = json.dumps(payload, ensure_ascii=False).encode(), JSON
        elif kind == "slash_commands":
            body, form = urlencode(payload).encode(), FORM
        else:
            body, form = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode(), FORM
        headers = self._headers(form, body)
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        try:
            sent = await self.post(url, body, headers)
        except TimeoutError:
            return Outcome(failure=TIMEOUT)
        except aiohttp.ClientError:
            return Outcome(failure=FAILED)
        no_retry = sent.answer_headers.get("X-Slack-No-Retry") == "1"
        taken = sent.status // 100 == 2 if kind == "events_api" else sent.status == 200
        if not taken:
            return Outcome(failure="http_error", no_retry=no_retry)
        return Outcome(_read(sent))

    def _headers(self, form: str, body: bytes) -> dict[str, str]:
        agent = "Slackbot 1.0 (+https://api.slack.com/robots)"
        return {"Content-Type": form, "User-Agent": agent, "Accept": "*/*"} | self.signed(body)


def _read(sent: Sent) -> Any:
    if sent.answer_headers.get("Content-Type", "").startswith(JSON) and sent.answer:
        try:
            return json.loads(sent.answer)
        except ValueError:
            return sent.answer
    return sent.answer
