"""Studies are paused where Discord takes their channels away, and resumed where it gives them back."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.doors.discord import places
from bot.doors.discord.office import DOOR, Line
from bot.services import pausing
from bot.services.pausing import Place, Why

log = structlog.get_logger()

NOW_AND_THEN = 120.0
"""Seconds between two looks at what is paused."""


class Watch:
    """What the gateway tells of servers and channels, for the studies that live in them."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._under_way: set[asyncio.Task[None]] = set()
        self._is_closed = False
        self._next: asyncio.TimerHandle | None = None

    def lost(self, workspace: int, channel: int | None, why: Why) -> None:
        """Pause what lives in a channel, or in a whole server."""
        self._begin(self._lost(Place(DOOR, str(workspace), None if channel is None else str(channel)), why))

    def back(self, workspace: int | None = None) -> None:
        """Resume what can be reached again, of one server or of all."""
        self._begin(self._back(None if workspace is None else str(workspace)))

    def start(self) -> None:
        """Look now and then, for what the gateway did not tell or what could not be looked at just then."""
        self.back()
        self._next = asyncio.get_running_loop().call_later(NOW_AND_THEN, self.start)

    async def close(self) -> None:
        """Finish what was begun; what is told from now on is found out after the next start."""
        self._is_closed = True
        if self._next:
            self._next.cancel()
        await asyncio.gather(*self._under_way)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        if self._is_closed:
            work.close()
            return
        task = asyncio.create_task(self._logged(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _logged(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception:
            log.exception("fault while watching over channels")

    async def _lost(self, place: Place, why: Why) -> None:
        runner, now = self._line.office.desk.runner, self._line.office.now()
        if await runner.read(pausing.has_studies, place):
            await runner.run(pausing.lost, place, why, now)

    async def _back(self, workspace: str | None) -> None:
        for place in await self._line.office.desk.runner.read(pausing.paused, DOOR):
            if workspace in (None, place.workspace):
                await self._logged(self._look_at(place))

    async def _look_at(self, place: Place) -> None:
        """Resume what lives in a channel, if it can be reached; servers of other processes are theirs."""
        client, office = self._line.client, self._line.office
        if client is None or client.get_guild(int(place.workspace)) is None or place.channel is None:
            return
        if await places.trouble(client, place.workspace, place.channel) is None:
            await office.desk.runner.run(pausing.found, place, office.now())
