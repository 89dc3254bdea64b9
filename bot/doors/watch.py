"""Studies are paused where a platform takes their channels away, and resumed where it gives them back."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.doors.errands import Errands
from bot.doors.office import Office
from bot.services import pausing
from bot.services.pausing import Place, Why

NOW_AND_THEN = 120.0
"""Seconds between two looks at what is paused."""

Look = Callable[[Place], Coroutine[Any, Any, None]]


class Watch:
    """What a platform tells of workspaces and channels, for the studies that live in them."""

    def __init__(self, door: str, office: Office, errands: Errands, look: Look) -> None:
        self._door = door
        self._office = office
        self._errands = errands
        self._look = look
        """Resumes what lives in a channel, if it can be reached."""
        self._next: asyncio.TimerHandle | None = None

    def lost(self, workspace: str, channel: str | None, why: Why) -> None:
        """Pause what lives in a channel, or in a whole workspace."""
        self._errands.begin(self._lost(Place(self._door, workspace, channel), why))

    def back(self, workspace: str | None = None) -> None:
        """Resume what can be reached again, of one workspace or of all."""
        self._errands.begin(self._back(workspace))

    def start(self) -> None:
        """Look now and then, for what was not told or could not be looked at just then."""
        self.back()
        self._next = asyncio.get_running_loop().call_later(NOW_AND_THEN, self.start)

    def close(self) -> None:
        """Look no more."""
        if self._next:
            self._next.cancel()

    async def _lost(self, place: Place, why: Why) -> None:
        runner, now = self._office.desk.runner, self._office.now()
        if await runner.read(pausing.has_studies, place):
            await runner.run(pausing.lost, place, why, now)

    async def _back(self, workspace: str | None) -> None:
        for place in await self._office.desk.runner.read(pausing.paused, self._door):
            if workspace in (None, place.workspace):
                self._errands.begin(self._look(place))
