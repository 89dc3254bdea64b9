"""Whoever writes in a question thread that is closed is told, once, where to ask now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.doors.errands import Errands
from bot.doors.slack.office import DOOR, Wire
from bot.services import outbox, questions
from bot.services.pausing import Place

WRITTEN = (None, "file_share", "thread_broadcast")
"""The subtypes of what people write: all others are changes, or said by Slack."""


class Threads:
    """Hears what is written in channels, and reads none of it."""

    def __init__(self, line: Wire, errands: Errands) -> None:
        self._line = line
        self._errands = errands

    def wrote(self, workspace: str, event: Mapping[str, Any], at: datetime) -> None:
        """Somebody has written a message."""
        is_reply = "thread_ts" in event and event["thread_ts"] != event["ts"]
        if is_reply and event.get("subtype") in WRITTEN and "bot_id" not in event:
            place = Place(DOOR, workspace, event["channel"])
            self._errands.begin(self._answer(place, event["thread_ts"], at))

    async def _answer(self, place: Place, thread: str, at: datetime) -> None:
        runner = self._line.office.desk.runner
        if answer := await runner.read(questions.late_answer, place, thread, at):
            await runner.run(outbox.post, [answer])
