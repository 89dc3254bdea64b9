"""Waiting as platforms ask for it, with nothing forgotten that waits."""

import asyncio
from datetime import timedelta

from bot.commands.courier import TryLater
from bot.doors.office import Office


class Pace:
    """So many seconds between two edits of one message: what comes until then is shown by one edit."""

    def __init__(self, office: Office, seconds: float) -> None:
        self._office = office
        self.seconds = seconds
        self._edited: dict[str, float] = {}
        """When messages were edited just now, by the loop's clock."""

    def hold_back(self, message_id: str) -> None:
        """Ask to wait where a message was edited just now."""
        now = asyncio.get_running_loop().time()
        self._edited = {id_: at for id_, at in self._edited.items() if now - at < self.seconds}
        if last := self._edited.get(message_id):
            raise self.later(timedelta(seconds=self.seconds - (now - last)))
        self._edited[message_id] = now

    def later(self, wait: timedelta) -> TryLater:
        """Ask to wait, and have it looked at again then."""
        asyncio.get_running_loop().call_later(wait.total_seconds(), self._office.wake)
        return TryLater(wait)
