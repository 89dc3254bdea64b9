"""Studies are paused where Slack takes their channels away, and resumed where it gives them back."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.doors.errands import Errands
from bot.doors.slack import places
from bot.doors.slack.office import DOOR, Wire
from bot.doors.watch import Watch
from bot.services import pausing
from bot.services.pausing import Place, Why

Forget = Callable[[str, datetime | str], Awaitable[bool]]


class SlackWatch(Watch):
    """What Slack tells, workspaces that have removed the app among it."""

    def __init__(self, line: Wire, errands: Errands, forget: Forget | None = None) -> None:
        super().__init__(DOOR, line.office, errands, partial(look_at, line))
        self._forget = forget
        """Deletes a workspace's token, that of an instant or this one; false where a newer one is there."""

    def removed(self, workspace: str, at: datetime) -> None:
        """Forget a workspace that has removed the app."""
        self._errands.begin(self._removed(workspace, at))

    def refused(self, workspace: str, token: str, error: str) -> None:
        """Pause a workspace whose token is refused, and forget it where that is for good."""
        self._errands.begin(
            self._removed(workspace, token) if error in places.OVER else self._lost(_all(workspace), Why.AWAY)
        )

    async def _removed(self, workspace: str, what: datetime | str) -> None:
        if self._forget is None or await self._forget(workspace, what):
            await self._lost(_all(workspace), Why.AWAY)


def _all(workspace: str) -> Place:
    return Place(DOOR, workspace)


async def look_at(line: Wire, place: Place) -> None:
    """Resume what lives in a channel if it can be reached, and else know why it cannot."""
    assert place.channel is not None
    office = line.office
    why = await places.trouble(await line.client(place.workspace), place.channel)
    if why is None:
        await office.desk.runner.run(pausing.found, place, office.now())
    else:
        await office.desk.runner.run(pausing.still_lost, place, why, office.now())
