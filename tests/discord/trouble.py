"""What can go wrong on the way, when a test asks for it, and the limits on how often one may ask."""

import fnmatch
import time
from dataclasses import dataclass, field
from typing import Any

from tests.discord.problems import Json
from tests.platforms.trouble import Cut, Lost, Slow, Status


@dataclass(frozen=True)
class TooMany:
    """429: by Discord, or without `via` by the wall before it, which has banned the address."""

    after: float = 0.05
    everywhere: bool = False
    via: bool = True


Trouble = Status | TooMany | Lost | Cut | Slow


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
