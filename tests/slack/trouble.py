"""What can go wrong on the way, when a test asks for it, and the limits on how often one may ask."""

import fnmatch
import math
import time
from dataclasses import dataclass, field

from tests.platforms.trouble import Cut, Lost, Slow, Status


@dataclass(frozen=True)
class TooMany:
    """429, with the whole seconds to wait."""

    after: int = 1


@dataclass(frozen=True)
class Error:
    """The server says no with an error (`fatal_error`, `account_inactive`, …) and does nothing."""

    error: str


Trouble = Status | TooMany | Error | Lost | Cut | Slow


@dataclass
class Bucket:
    """Tokens that come back with time; a few may be taken at once."""

    rate: float
    burst: float
    left: float
    at: float

    def take(self) -> int:
        """Take one; give the whole seconds to wait where there is none left."""
        now = time.monotonic()
        self.left = min(self.burst, self.left + (now - self.at) * self.rate)
        self.at = now
        if self.left >= 1:
            self.left -= 1
            return 0
        return max(1, math.ceil((1 - self.left) / self.rate))


@dataclass
class Limits:
    """Slack's limits, in real time: a message a second a channel, a little at once, and what a test adds."""

    rate: float = 1.0
    """Messages a second that a channel takes."""
    burst: int = 10
    """How many a channel takes at once."""
    narrow: dict[str, tuple[float, int]] = field(default_factory=dict)
    """By method, as `chat.update` or `conversations.*`: calls a second, and how many at once."""
    are_on: bool = True
    buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)

    def off(self) -> None:
        """Let everybody ask as often as they like."""
        self.are_on = False

    def wait(self, method: str, channel: str) -> int:
        """Count a call; give the seconds to wait where it is one too many."""
        if not self.are_on:
            return 0
        for pattern, (rate, burst) in self.narrow.items():
            if fnmatch.fnmatchcase(method, pattern) and (after := self._take(method, "", rate, burst)):
                return after
        if method == "chat.postMessage":
            return self._take(method, channel, self.rate, self.burst)
        return 0

    def _take(self, method: str, channel: str, rate: float, burst: int) -> int:
        new = Bucket(rate, burst, burst, time.monotonic())
        return self.buckets.setdefault((method, channel), new).take()
