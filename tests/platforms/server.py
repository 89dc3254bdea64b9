"""What any loopback server is: one world on a port of this computer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web

from tests.platforms.world import BaseWorld, Violation


@dataclass
class Loopback:
    """A platform that is started and stopped, waited for, and strict at the end."""

    world: BaseWorld
    port: int = 0
    _runner: web.AppRunner | None = field(default=None, init=False)

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Serve, on a free port unless one was given."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Hang up on everybody and serve no longer; the world stays, and can be served again."""
        if self._runner:
            await self._runner.cleanup()
        self._runner = None

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Self]:
        """It, served; a bot that asked for nonsense fails its test."""
        await self.start()
        yield self
        await self.stop()
        self.hold()

    def allowing(self) -> AbstractContextManager[list[Violation]]:
        """Let the bot do wrong within this, and give what it did."""
        return self.world.allowing()

    async def until(self, happened: Callable[[], object], patience: float = 5.0) -> None:
        """Wait until something on the server is so."""
        await self.world.until(happened, patience)

    def hold(self) -> None:
        """Hold that the bot has never asked what a well-behaved bot does not ask."""
        wrong = [str(each) for each in self.world.violations]
        assert not wrong, "the bot did wrong: " + "; ".join(wrong)

    async def _serve(self, app: web.Application) -> None:
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = int(self._runner.addresses[0][1])
