"""What delivery asks of a door, in values that every door understands."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.commands.message import Message, Section
from bot.services import publishing
from bot.services.pausing import Why
from bot.texts import People, Person, T
from db.models import Outbox


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message for a study's channel, or for one account alone; `key` is its marker."""

    key: str
    workspace: str
    channel: str
    message: Message
    language: str
    zone: ZoneInfo
    at: datetime
    silent: bool = False
    recipient: str | None = None
    study: int | None = None
    begins_thread: bool = False


class Undeliverable(Exception):
    """The platform will never take this message."""


class Unreachable(Exception):
    """Nothing can be written in the study's channel for now; the study is paused."""

    def __init__(self, why: Why, problem: str) -> None:
        super().__init__(problem)
        self.why = why


class Blocked(Exception):
    """Nothing can be published in the study's repository for now; it waits."""

    def __init__(self, why: publishing.Why, problem: str) -> None:
        super().__init__(problem)
        self.why = why


class TryLater(Exception):
    """The platform asks to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class Courier(Protocol):
    """A door's way out."""

    async def find(self, parcel: Parcel) -> str | None:
        """The id of the message with the parcel's marker, if it got there."""

    async def send(self, parcel: Parcel) -> str:
        """Send it and return the platform's id for it."""

    async def edit(self, parcel: Parcel, message_id: str) -> None:
        """Show the parcel's message in the place of one sent before."""

    async def open_thread(self, parcel: Parcel) -> str:
        """Open a thread that begins with the parcel's message and return the platform's id for it."""

    async def close_thread(self, parcel: Parcel, thread_id: str) -> None:
        """Post the parcel's message in a thread and have nothing more said there."""

    async def reopen_thread(self, parcel: Parcel, thread_id: str) -> None:
        """Have a closed thread open again, with the parcel's message as its newest."""

    async def take_down(self, parcel: Parcel, message_id: str) -> None:
        """Remove a message from the channel; what was told to its recipient alone may stay."""

    async def link(self, workspace: str, channel: str, thread_id: str) -> str | None:
        """The address of a thread on the web, where it has one."""


class Carrier(Protocol):
    """A way out that is no channel: rows of the outbox become something else there."""

    async def carry(self, row: Outbox) -> str | None:
        """Do what a row asks for, once however often it is tried, and return the id of what came of it."""


def calling(parcel: Parcel, account: str) -> Parcel:
    """A parcel for one alone with its recipient mentioned, for the channel."""
    if account in {person.account for person in parcel.message.mentions}:
        return replace(parcel, recipient=None)
    line = Section(None, (T("told-for", people=People((Person(account, account),))),))
    sections = (line, *parcel.message.sections)
    return replace(parcel, recipient=None, message=replace(parcel.message, sections=sections))
