"""Studies are paused where Slack takes their channels away, and resumed where it gives them back."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.doors.slack import places
from bot.doors.slack.errands import Errands
from bot.doors.slack.office import DOOR, Wire
from bot.services import pausing
from bot.services.pausing import Place, Why

NOW_AND_THEN = 120.0
"""Seconds between two looks at what is paused."""

Forget = Callable[[str, datetime], Awaitable[bool]]


class Watch:
    """What Slack tells of workspaces and channels, for the studies that live in them."""

    def __init__(self, line: Wire, errands: Errands, forget: Forget | None = None) -> None:
        self._line = line
        self._errands = errands
        self._forget = forget
        """Deletes the token of a workspace that ended at an instant; false where a newer one is there."""
        self._next: asyncio.TimerHandle | None = None

    def lost(self, workspace: str, channel: str | None, why: Why) -> None:
        """Pause what lives in a channel, or in a whole workspace."""
        self._errands.begin(self._lost(Place(DOOR, workspace, channel), why))

    def back(self, workspace: str | None = None) -> None:
        """Resume what can be reached again, of one workspace or of all."""
        self._errands.begin(self._back(workspace))

    def removed(self, workspace: str, at: datetime) -> None:
        """Forget a workspace that has removed the app."""
        self._errands.begin(self._removed(workspace, at))

    def start(self) -> None:
        """Look now and then, for what was not told or could not be looked at just then."""
        self.back()
        self._next = asyncio.get_running_loop().call_later(NOW_AND_THEN, self.start)

    def close(self) -> None:
        """Look no more."""
        if self._next:
            self._next.cancel()

    async def _lost(self, place: Place, why: Why) -> None:
        runner, now = self._line.office.desk.runner, self._line.office.now()
        if await runner.read(pausing.has_studies, place):
            await runner.run(pausing.lost, place, why, now)

    async def _removed(self, workspace: str, at: datetime) -> None:
        if self._forget is None or await self._forget(workspace, at):
            await self._lost(Place(DOOR, workspace), Why.AWAY)

    async def _back(self, workspace: str | None) -> None:
        for place in await self._line.office.desk.runner.read(pausing.paused, DOOR):
            if workspace in (None, place.workspace):
                self._errands.begin(self._look_at(place))

    async def _look_at(self, place: Place) -> None:
        """Resume what lives in a channel if it can be reached, and else know why it cannot."""
        assert place.channel is not None
        office = self._line.office
        why = await places.trouble(await self._line.client(place.workspace), place.channel)
        if why is None:
            await office.desk.runner.run(pausing.found, place, office.now())
        else:
            await office.desk.runner.run(pausing.still_lost, place, why)
