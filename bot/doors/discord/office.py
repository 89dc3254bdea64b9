"""What the door asks of the application around it, and what its parts ask of the door."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

import discord

from bot.commands.desk import Desk

DOOR = "discord"


class Office(Protocol):
    """The running application."""

    @property
    def desk(self) -> Desk: ...

    def now(self) -> datetime:
        """The studies' time, UTC."""

    def wake(self) -> None:
        """Have the agenda look soon for what is to be sent."""


class Line(Protocol):
    """The connection to Discord."""

    @property
    def office(self) -> Office: ...

    @property
    def client(self) -> discord.Client | None:
        """The client, where it is logged in."""

    def ids(self, workspace: str) -> Mapping[str, int]:
        """The ids of the commands, as they are registered for a server."""
