"""What a platform's door asks of the application around it."""

from datetime import datetime
from typing import Protocol

from bot.commands.desk import Desk


class Office(Protocol):
    """The running application."""

    @property
    def desk(self) -> Desk: ...

    def now(self) -> datetime:
        """The studies' time, UTC."""

    def wake(self) -> None:
        """Have the agenda look soon for what is to be sent."""
