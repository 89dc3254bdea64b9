"""What the world behind any server has: a clock, those who wait for something, and what was done wrong."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True)
class Violation:
    """Something that a well-behaved bot does not ask."""

    request: str
    problem: Exception

    @property
    def code(self) -> int:
        """Discord's number for it."""
        return int(getattr(self.problem, "code", 0))

    @property
    def error(self) -> str:
        """Slack's name for it."""
        return str(getattr(self.problem, "error", ""))

    def __str__(self) -> str:
        return f"{self.request}: {self.problem!r}"


@dataclass(repr=False)
class BaseWorld:
    """What there is on any platform. Tests set `now`, by which ids are made (None: the real time)."""

    now: datetime | Callable[[], datetime] | None = None
    violations: list[Violation] = field(default_factory=list)
    is_lenient: bool = False
    waiting: list[asyncio.Event] = field(default_factory=list)

    def clock(self) -> datetime:
        """What time it is here."""
        return self.now() if callable(self.now) else self.now or datetime.now(UTC)

    def stir(self) -> None:
        """Let those look again who wait for something."""
        for waiting in self.waiting:
            waiting.set()

    async def until(self, happened: Callable[[], object], patience: float = 5.0) -> None:
        """Wait until something is so; it is looked at whenever anything happens on the server."""
        waiting = asyncio.Event()
        self.waiting.append(waiting)
        try:
            async with asyncio.timeout(patience):
                while not happened():
                    waiting.clear()
                    await waiting.wait()
        except TimeoutError:
            raise AssertionError(f"it does not come to it within {patience} s") from None
        finally:
            self.waiting.remove(waiting)

    def wrong(self, request: str, problem: Exception) -> None:
        """Keep what a well-behaved bot does not do."""
        self.violations.append(Violation(request, problem))
        self.stir()

    @contextmanager
    def allowing(self) -> Iterator[list[Violation]]:
        """Let the bot do wrong within this, and give what it did."""
        before, self.violations, self.is_lenient = self.violations, [], True
        try:
            yield self.violations
        finally:
            self.violations, self.is_lenient = before, False
