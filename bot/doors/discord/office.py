"""What the parts of the door ask of it."""

from collections.abc import Mapping
from typing import Protocol

import discord

from bot.doors.office import Office

DOOR = "discord"


class Line(Protocol):
    """The connection to Discord."""

    @property
    def office(self) -> Office: ...

    @property
    def client(self) -> discord.Client | None:
        """The client, where it is logged in."""

    def ids(self, workspace: str) -> Mapping[str, int]:
        """The ids of the commands, as they are registered for a server."""
