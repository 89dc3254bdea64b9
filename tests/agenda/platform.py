"""A platform that keeps what it is sent, and can be made to fail in all the ways that platforms do."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.agenda.outbox import Deliverer
from bot.commands.courier import Parcel
from bot.services.outbox import FAILED
from bot.texts import Text
from db import models as m
from tests.store import Group, seoul

EVENING = seoul("2022-04-05 21:00")
WALL = seoul("2026-01-01 12:00")
"""Where real time stands; studies live by another clock."""


@dataclass
class Platform:
    """Where messages go: `messages` is what can be seen there now, `log` all that was asked of it."""

    messages: dict[str, Parcel] = field(default_factory=dict)
    ever: dict[str, Parcel] = field(default_factory=dict)
    """What was ever sent, by its key."""
    threads: dict[str, bool] = field(default_factory=dict)
    """Which threads there are, and whether they are open."""
    log: list[tuple[str, str]] = field(default_factory=list)
    trouble: dict[str, list[BaseException | Callable[[], Any]]] = field(default_factory=dict)
    """What goes wrong next before anything is done, by what is asked, and where if that matters."""
    loses_answer: list[BaseException | Callable[[], Any]] = field(default_factory=list)
    """What goes wrong after a message was sent."""

    is_busy: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether it is at something that it will never come back from."""

    async def forever(self) -> None:
        """Be the trouble of never coming back."""
        self.is_busy.set()
        await asyncio.Event().wait()

    async def find(self, parcel: Parcel) -> str | None:
        await self._asked("find", parcel)
        return next((id_ for id_, there in self.messages.items() if there.key == parcel.key), None)

    async def send(self, parcel: Parcel) -> str:
        await self._asked("send", parcel)
        id_ = f"message {len(self.log)}"
        self.messages[id_] = self.ever[parcel.key] = parcel
        if self.loses_answer:
            await _happen(self.loses_answer.pop(0))
        return id_

    async def edit(self, parcel: Parcel, message_id: str) -> None:
        await self._asked("edit", parcel)
        self.messages[message_id] = parcel

    async def open_thread(self, parcel: Parcel) -> str:
        await self._asked("open_thread", parcel)
        id_ = f"thread {len(self.log)}"
        self.messages[id_] = self.ever[parcel.key] = parcel
        self.threads[id_] = True
        if self.loses_answer:
            await _happen(self.loses_answer.pop(0))
        return id_

    async def close_thread(self, parcel: Parcel, thread_id: str) -> None:
        await self._asked("close_thread", parcel)
        self.threads[thread_id] = False

    async def reopen_thread(self, parcel: Parcel, thread_id: str) -> None:
        await self._asked("reopen_thread", parcel)
        self.threads[thread_id] = True

    async def take_down(self, parcel: Parcel, message_id: str) -> None:
        await self._asked("take_down", parcel)
        if parcel.recipient is None:
            del self.messages[message_id]

    async def link(self, workspace: str, channel: str, thread_id: str) -> str | None:
        return f"https://example.org/{thread_id}"

    async def _asked(self, what: str, parcel: Parcel) -> None:
        self.log.append((what, parcel.key))
        for place in (what, f"{what} in {parcel.channel}"):
            if self.trouble.get(place):
                await _happen(self.trouble[place].pop(0))

    def asked(self, what: str) -> list[str]:
        """The keys of the messages with which something was asked, in order."""
        return [key for asked, key in self.log if asked == what]

    @property
    def twice(self) -> list[str]:
        """The keys of messages that can be seen more than once."""
        seen = Counter(parcel.key for parcel in self.messages.values())
        return [key for key, times in seen.items() if times > 1]

    def shows(self, kind: str) -> list[Text]:
        """The texts with this key in all that can be seen."""
        return [text for parcel in self.messages.values() for text in texts(parcel) if text.key == kind]


async def _happen(trouble: BaseException | Callable[[], Any]) -> None:
    if isinstance(trouble, BaseException):
        raise trouble
    await trouble()


def texts(parcel: Parcel) -> list[Text]:
    """All texts of a message."""
    return [text for section in parcel.message.sections for text in section.texts()]


def is_said_late(parcel: Parcel) -> bool:
    """Whether a message says for when it was."""
    return any(text.key == "late-note" for text in texts(parcel))


@dataclass
class Office:
    """A study's outbox with its way to the platform, and the two clocks it goes by."""

    group: Group
    platform: Platform = field(default_factory=Platform)
    now: datetime = EVENING
    wall: datetime = WALL

    @property
    def deliverer(self) -> Deliverer:
        """A deliverer, as after a restart."""
        couriers = {"playground": self.platform}
        return Deliverer(self.group.runner, couriers, lambda: self.now, lambda: self.wall)

    async def delivers(self, at: str | None = None, wait: timedelta = timedelta(0)) -> None:
        """Deliver what there is at a time of the study, some real time later."""
        self.now = seoul(at) if at else self.now
        self.wall += wait
        await self.deliverer.deliver()

    async def lives_until(self, at: str) -> None:
        """Let the study's time pass, and deliver what it brings."""
        await self.group.lives_until(at)
        await self.delivers(at)

    async def states(self) -> list[tuple[str, str]]:
        """Every message with what has become of it."""
        return [(row.kind, row.state) for row in await self.group.outbox()]

    async def failed(self) -> list[m.Outbox]:
        """The messages that were given up."""
        return [row for row in await self.group.outbox() if row.state == FAILED]
