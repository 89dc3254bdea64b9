"""What can go wrong on the way, when a test asks for it, and the limits on how often one may ask."""

import fnmatch
import time
from dataclasses import dataclass, field
from typing import Any

from tests.discord.problems import Json


@dataclass(frozen=True)
class Status:
    """The server answers with a status of its own (500, 502, 503, …) and does nothing."""

    status: int


@dataclass(frozen=True)
class TooMany:
    """429: by Discord, or without `via` by the wall before it, which has banned the address."""

    after: float = 0.05
    everywhere: bool = False
    via: bool = True


@dataclass(frozen=True)
class Lost:
    """The server does what it is asked; then the connection drops without an answer."""


@dataclass(frozen=True)
class Cut:
    """The connection drops before anything is done."""


@dataclass(frozen=True)
class Slow:
    """The answer takes its time: seconds before anything is done, and after."""

    before: float = 0.0
    after: float = 0.0


Trouble = Status | TooMany | Lost | Cut | Slow


@dataclass
class Script:
    """What is to go wrong next."""

    planned: list[tuple[str, Trouble]] = field(default_factory=list)

    def plan(self, route: str, trouble: Trouble, times: int) -> None:
        """Let the next requests of a route, as `POST /channels/*/messages`, go wrong."""
        self.planned += [(route, trouble)] * times

    def next(self, request: str) -> Trouble | None:
        """What goes wrong with this request."""
        for entry in self.planned:
            if fnmatch.fnmatchcase(request, entry[0]):
                self.planned.remove(entry)
                return entry[1]
        return None


@dataclass
class Bucket:
    """How often a route may be asked within a window, for one channel, guild or webhook."""

    limit: int
    window: float
    left: int = 0
    resets: float = 0.0

    def take(self) -> float:
        """Take one; give the seconds to wait where there is none left."""
        now = time.monotonic()
        if now >= self.resets:
            self.left, self.resets = self.limit, now + self.window
        self.left -= 1
        return self.resets - now if self.left < 0 else 0.0


@dataclass
class Limits:
    """The rate limits of each route and its major parameter: generous, but where a test narrows them."""

    limit: int = 10_000
    window: float = 1.0
    narrow: dict[str, tuple[int, float]] = field(default_factory=dict)
    """By route, as `POST /channels/*/messages`: how often in how many seconds."""
    buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)

    def bucket(self, route: str, request: str, major: str) -> Bucket:
        """The bucket of a request."""
        if (route, major) not in self.buckets:
            fits = [limit for pattern, limit in self.narrow.items() if fnmatch.fnmatchcase(request, pattern)]
            self.buckets[route, major] = Bucket(*(fits or [(self.limit, self.window)])[0])
        return self.buckets[route, major]


def headers(bucket: Bucket, name: str) -> dict[str, str]:
    """What Discord tells of a bucket."""
    after = max(bucket.resets - time.monotonic(), 0.0)
    return {
        "X-RateLimit-Limit": str(bucket.limit),
        "X-RateLimit-Remaining": str(max(bucket.left, 0)),
        "X-RateLimit-Reset": f"{time.time() + after:.3f}",
        "X-RateLimit-Reset-After": f"{after:.3f}",
        "X-RateLimit-Bucket": name,
        "Via": "1.1 google",
    }


def too_many(trouble: TooMany) -> tuple[Any, dict[str, str]]:
    """The body and headers of a 429."""
    if not trouble.via:
        return "error code: 1015", {"Retry-After": str(int(trouble.after) + 1)}
    body: Json = {
        "message": "You are being rate limited.",
        "retry_after": trouble.after,
        "global": trouble.everywhere,
    }
    scope = {"X-RateLimit-Scope": "global" if trouble.everywhere else "user", "Via": "1.1 google"}
    if trouble.everywhere:
        scope["X-RateLimit-Global"] = "true"
    return body, scope | {"Retry-After": str(int(trouble.after) + 1)}
