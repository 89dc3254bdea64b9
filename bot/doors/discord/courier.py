"""Discord's way out: messages of the outbox become messages of a study's channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from hashlib import sha256

import discord

from bot.commands.courier import Parcel, Undeliverable, Unreachable, calling
from bot.doors.discord import places
from bot.doors.discord.look import Look, allowed, draw
from bot.doors.discord.office import Line
from bot.doors.discord.style import DiscordStyle
from bot.doors.pace import Pace
from bot.services.pausing import Why
from bot.texts import Style, Words

SOON, A_MINUTE = timedelta(seconds=5), timedelta(minutes=1)
PACE = 1.0
"""Seconds between edits of one message: Discord takes five in five seconds."""

LOOKED_AT = 1_000
"""The messages, from its instant on, among which one is looked for that may have got there."""

INVALID, TOO_MANY, ARCHIVED = 400, 429, 50083
NO_DIRECT = (50007, 50033, 50278)
"""Somebody takes no direct messages, or shares no server with us."""

TITLE, NONCE = 100, 25


class DiscordCourier:
    """Sends parcels; what a parcel's key makes of itself is its nonce, and the marker it is found by."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._pace = Pace(line.office, PACE)

    async def find(self, parcel: Parcel) -> str | None:
        async with self._problems(parcel):
            if parcel.recipient is None:
                return await self._found(await self._home(parcel), parcel)
            if found := await self._found(await self._direct(parcel), parcel):
                return found
            with suppress(discord.Forbidden, discord.NotFound):
                return await self._found(await self._home(parcel), parcel)
            return None

    async def send(self, parcel: Parcel) -> str:
        async with self._problems(parcel):
            if parcel.recipient is None:
                return await self._say(await self._home(parcel), parcel)
            try:
                if direct := await self._direct(parcel):
                    return await self._say(direct, parcel)
            except discord.HTTPException as closed:
                if closed.code not in NO_DIRECT:
                    raise
            return await self._say(await self._home(parcel), calling(parcel, parcel.recipient))

    async def edit(self, parcel: Parcel, message_id: str) -> None:
        self._pace.hold_back(message_id)
        async with self._problems(parcel), self._if_there(parcel):
            home, meant = await self._home(parcel), allowed(parcel.message)
            message = places.message_in(self._client, home, message_id)
            try:
                await message.edit(view=self._view(parcel), allowed_mentions=meant)
            except discord.HTTPException as asleep:
                if asleep.code != ARCHIVED:
                    raise
                await self._wake_up(home, message_id)
                await message.edit(view=self._view(parcel), allowed_mentions=meant)

    async def take_down(self, parcel: Parcel, message_id: str) -> None:
        async with self._problems(parcel), self._if_there(parcel):
            home = await self._home(parcel)
            if isinstance(home, discord.ForumChannel):
                await places.remove_post(await places.thread_of(self._client, message_id))
                return
            await home.get_partial_message(int(message_id)).delete()

    async def open_thread(self, parcel: Parcel) -> str:
        async with self._problems(parcel):
            home = await self._home(parcel)
            id_ = await self._say(home, parcel, "thread")
            if isinstance(home, discord.TextChannel):
                await places.thread_on(home.get_partial_message(int(id_)), self._title(parcel))
            return id_

    async def close_thread(self, parcel: Parcel, thread_id: str) -> None:
        async with self._problems(parcel):
            home = await self._home(parcel)
            if not places.has_threads(home):
                await self._say(home, parcel)
                return
            thread = await places.thread_of(self._client, thread_id)
            if thread is not None and not (thread.archived and thread.locked):
                await self._say_once(thread, parcel)
                await places.put_away(thread)

    async def reopen_thread(self, parcel: Parcel, thread_id: str) -> None:
        async with self._problems(parcel):
            home = await self._home(parcel)
            thread = await places.thread_of(self._client, thread_id) if places.has_threads(home) else None
            if thread is not None:
                await thread.edit(archived=False, locked=False)
            await self._say_once(thread or home, parcel)

    async def link(self, workspace: str, channel: str, thread_id: str) -> str | None:
        return f"https://discord.com/channels/{workspace}/{thread_id}"

    async def _say_once(self, place: places.Place, parcel: Parcel) -> None:
        """Say something that nobody keeps the id of, where it has not been said."""
        if await self._found(place, parcel) is None:
            await self._say(place, parcel)

    async def _wake_up(self, home: places.Home, message_id: str) -> None:
        """Wake the thread that a message stands in: while it sleeps nothing can be edited there."""
        id_ = str(home.id) if isinstance(home, discord.Thread) else message_id
        await places.wake_up(await places.thread_of(self._client, id_))

    async def _found(self, place: places.Place | None, parcel: Parcel) -> str | None:
        """The message that got there, with the thread that it may have been meant to begin."""
        if place is None:
            return None
        with suppress(discord.Forbidden):  # where history cannot be read, the nonce has to do
            async for message in places.recent(place, LOOKED_AT, parcel.at - A_MINUTE):
                marks = {getattr(part, "id", None) for part in message.components}
                if _marker(parcel, "thread") in marks:
                    if isinstance(place, discord.TextChannel):
                        await places.thread_on(message, self._title(parcel))
                    return str(message.id)
                if message.nonce == _nonce(parcel) or _marker(parcel) in marks:
                    return str(message.id)
        return None

    async def _say(self, place: places.Place, parcel: Parcel, what: str = "") -> str:
        view, meant = self._view(parcel, what), allowed(parcel.message)
        if isinstance(place, discord.ForumChannel):
            is_line = parcel.message.is_line and not parcel.message.buttons
            newest = next(iter(await places.posts_of(place)), None) if is_line else None
            if newest is None:
                return await places.post_in(place, self._title(parcel), view, meant)
            place = newest
        nonce, silent = _nonce(parcel), parcel.silent
        return str((await place.send(view=view, nonce=nonce, silent=silent, allowed_mentions=meant)).id)

    def _view(self, parcel: Parcel, what: str = "") -> discord.ui.LayoutView:
        office = self._line.office
        ids = self._line.ids(parcel.workspace)
        words = Words(DiscordStyle(parcel.language, parcel.zone, ids, office.now()))
        workspace = parcel.workspace if parcel.recipient else None
        look = Look(public=True, workspace=workspace, marker=_marker(parcel, what))
        return draw(parcel.message, words, office.desk.commands, look)[0]

    def _title(self, parcel: Parcel) -> str:
        """What a thread is called: what stands over its message, as plain text."""
        words = Words(Style(parcel.language, parcel.zone))
        titles = [words(section.title) for section in parcel.message.sections if section.title]
        return (titles or [parcel.key])[0][:TITLE]

    async def _home(self, parcel: Parcel) -> places.Home:
        return await places.home_of(self._client, parcel.workspace, parcel.channel)

    async def _direct(self, parcel: Parcel) -> discord.DMChannel | None:
        """Somebody's direct messages; `None` where none can be had."""
        if not (parcel.recipient or "").isdecimal():
            return None
        try:
            return await self._client.create_dm(discord.Object(int(parcel.recipient or 0)))
        except discord.HTTPException as closed:
            if closed.code in NO_DIRECT:
                return None
            raise

    @property
    def _client(self) -> discord.Client:
        client = self._line.client
        if client is None:
            raise self._pace.later(SOON)
        return client

    @asynccontextmanager
    async def _problems(self, parcel: Parcel) -> AsyncIterator[None]:
        """What Discord refuses for good, what for now, and what until somebody lets us in again."""
        try:
            yield
        except discord.RateLimited as limit:
            raise self._pace.later(timedelta(seconds=limit.retry_after)) from limit
        except discord.HTTPException as no:
            if no.status == TOO_MANY:
                seconds = no.response.headers.get("Retry-After", "")
                wait = timedelta(seconds=int(seconds)) if seconds.isdecimal() else A_MINUTE
                raise self._pace.later(wait) from no
            if no.status not in (400, 403, 404):
                raise
            problem = f"Discord: {no.text or no} ({no.code})"
            if no.status != INVALID and (why := await self._trouble(parcel)):
                raise Unreachable(why, problem) from no
            raise Undeliverable(problem) from no

    @asynccontextmanager
    async def _if_there(self, parcel: Parcel) -> AsyncIterator[None]:
        """Where what is to be changed is gone there is nothing to do, unless its channel is gone."""
        try:
            yield
        except discord.NotFound:
            if await self._trouble(parcel):
                raise

    async def _trouble(self, parcel: Parcel) -> Why | None:
        return await places.trouble(self._client, parcel.workspace, parcel.channel)


def _digest(parcel: Parcel, what: str = "") -> bytes:
    """A key is unique in one database: its instant tells it from another one's."""
    return sha256(f"{parcel.key} {parcel.at.isoformat()} {what}".encode()).digest()


def _nonce(parcel: Parcel) -> str:
    return _digest(parcel).hex()[:NONCE]


def _marker(parcel: Parcel, what: str = "") -> int:
    """A component's id: whole numbers of 31 bits, but 0."""
    return int.from_bytes(_digest(parcel, what)[:4]) % (2**31 - 1) + 1
