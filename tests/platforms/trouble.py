"""What can go wrong on the way to any platform, and the script by which a test lets it."""

import fnmatch
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from aiohttp import web

T = TypeVar("T")


@dataclass(frozen=True)
class Status:
    """The server answers with a status of its own (500, 502, 503, …) and does nothing."""

    status: int


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


@dataclass
class Script(Generic[T]):
    """What is to go wrong next."""

    planned: list[tuple[str, T]] = field(default_factory=list)

    def plan(self, request: str, trouble: T, times: int) -> None:
        """Let the next requests of a kind, as `POST /channels/*/messages` or `chat.*`, go wrong."""
        self.planned += [(request, trouble)] * times

    def next(self, request: str) -> T | None:
        """What goes wrong with this request."""
        for entry in self.planned:
            if fnmatch.fnmatchcase(request, entry[0]):
                self.planned.remove(entry)
                return entry[1]
        return None


def hung_up(request: web.Request) -> web.Response:
    """No answer: the connection drops."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
