"""What the playground asks of the application around it."""

from datetime import datetime
from typing import Protocol

from bot.commands.desk import Desk
from db import Runner

DOOR, WORKSPACE, CHANNEL = "playground", "playground", "study"
"""The playground is one channel of one workspace."""


class ClockRefused(Exception):
    """The clock cannot be set so; `key` names the text that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Stage(Protocol):
    """The running application: it may be exchanged for a fresh one by `start_over`."""

    @property
    def runner(self) -> Runner: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def is_virtual(self) -> bool:
        """Whether the clock is stepped by hand."""

    @property
    def can_start_over(self) -> bool:
        """Whether the database is a file that can be put aside."""

    def now(self) -> datetime:
        """The studies' time, UTC."""

    async def settle(self) -> None:
        """Run what is due and deliver what waits, before an answer goes out."""

    async def make_virtual(self, now: datetime) -> None:
        """Have the clock stand at an instant from now on."""

    async def step_to(self, to: datetime) -> None:
        """Let time pass until an instant, moment by moment; raises `ClockRefused`."""

    async def step_to_next(self) -> None:
        """Let time pass until the next moment has been run; raises `ClockRefused`."""

    async def start_over(self) -> None:
        """Put the database aside and begin with an empty one; raises `ClockRefused`."""
