"""The playground's way out: messages of the outbox become posts of its channel."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from bot.commands.courier import Parcel
from bot.doors.playground import posts
from bot.doors.playground.drawing import draw
from db import Runner


class PlaygroundCourier:
    """Posts parcels; a parcel's key makes its post unique."""

    def __init__(self, runner: Runner, now: Callable[[], datetime], changed: Callable[[], None]) -> None:
        self._runner = runner
        self._now = now
        self._changed = changed

    async def find(self, parcel: Parcel) -> str | None:
        found = await self._runner.read(posts.with_key, parcel.key)
        return None if found is None else str(found)

    async def send(self, parcel: Parcel) -> str:
        return await self._post(parcel)

    async def open_thread(self, parcel: Parcel) -> str:
        return await self._post(parcel, thread=posts.OPEN)

    async def close_thread(self, parcel: Parcel, thread_id: str) -> None:
        await self._post(parcel, thread_id=int(thread_id))
        await self._runner.run(posts.set_thread, int(thread_id), posts.CLOSED)
        self._changed()

    async def reopen_thread(self, parcel: Parcel, thread_id: str) -> None:
        await self._post(parcel, thread_id=int(thread_id))
        await self._runner.run(posts.set_thread, int(thread_id), posts.OPEN)
        self._changed()

    async def _post(self, parcel: Parcel, thread: str | None = None, thread_id: int | None = None) -> str:
        drawn = draw(parcel.message, parcel.language, parcel.zone)
        id_ = await self._runner.run(
            posts.add,
            at=self._now(),
            text=drawn.text,
            html=drawn.html,
            key=parcel.key,
            reader=parcel.recipient,
            mentions=drawn.mentions,
            buttons=drawn.buttons,
            silent=parcel.silent,
            thread=thread,
            thread_id=thread_id,
        )
        self._changed()
        return str(id_)

    async def edit(self, parcel: Parcel, message_id: str) -> None:
        drawn = draw(parcel.message, parcel.language, parcel.zone)
        await self._runner.run(
            posts.edit,
            int(message_id),
            self._now(),
            asdict(drawn),
        )
        self._changed()

    async def take_down(self, parcel: Parcel, message_id: str) -> None:
        if parcel.recipient is None:  # what was told to one alone makes the channel no noise
            await self._runner.run(posts.take_down, int(message_id))
            self._changed()

    async def link(self, workspace: str, channel: str, thread_id: str) -> str | None:
        return None  # nobody else can open this machine's pages
