"""What a test sees of the life of an interaction on any platform, and how it waits for it."""

import asyncio
import time
from collections.abc import Callable
from typing import Generic, Protocol, Self, TypeVar

from tests.platforms.world import BaseWorld


class Reply(Protocol):
    """An answer."""

    @property
    def is_ephemeral(self) -> bool: ...


M = TypeVar("M", bound=Reply)
R = TypeVar("R", bound=Exception)


class Life(Generic[M, R]):
    """What somebody did, and what the bot made of it."""

    world: BaseWorld
    began: float
    replies: list[M]
    refusals: list[R]
    stirred: asyncio.Event
    failure: str = ""

    @property
    def is_ephemeral(self) -> bool:
        """Whether only the one who asked sees the answers."""
        return bool(self.replies) and all(reply.is_ephemeral for reply in self.replies)

    def refuse(self, problem: R) -> None:
        """Keep what was refused of an answer."""
        self.refusals.append(problem)
        self.stirred.set()

    async def more(self, replies: int = 2, patience: float = 10.0) -> Self:
        """Wait until there are so many answers."""
        await self._until(lambda: len(self.replies) >= replies, patience, f"has not given {replies} answers")
        return self

    @property
    def _ms(self) -> float:
        return (time.monotonic() - self.began) * 1000

    async def _until(self, done: Callable[[], bool], seconds: float, complaint: str) -> None:
        async def wait() -> None:
            while not done() and not self.failure and (self.world.is_lenient or not self.refusals):
                self.stirred.clear()
                await self.stirred.wait()

        try:
            await asyncio.wait_for(wait(), seconds)
        except TimeoutError:
            refused = f", having been refused {self.refusals}" if self.refusals else ""
            raise AssertionError(f"the bot {complaint}: {self}{refused}") from None
        assert self.world.is_lenient or not self.refusals, f"the bot answers {self} wrongly: {self.refusals}"
        assert not self.failure or done(), f"the bot {complaint}: {self} ({self.failure})"
