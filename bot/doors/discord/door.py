"""The connection to Discord: logged in, its commands registered, kept alive until it is closed."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.doors.discord.answers import Answers
from bot.doors.discord.courier import DiscordCourier
from bot.doors.discord.office import DOOR
from bot.doors.discord.sync import Ids, sync
from bot.doors.discord.watch import look_at
from bot.doors.errands import Errands
from bot.doors.office import Office
from bot.doors.watch import Watch
from bot.services.pausing import Why

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT, REFUSED_WAIT = 1.0, 60.0, 300.0
LIMIT = 30.0
"""Seconds that a request waits out when Discord asks for it; what has to wait longer is tried later."""

PARTING = 3.0


@dataclass(frozen=True, slots=True)
class Connecting:
    """How to connect: as whom, where, and as which part of several processes."""

    token: str = field(repr=False)
    api_url: str = Route.BASE
    guild_ids: tuple[int, ...] = ()
    shard_count: int | None = None
    shard_ids: tuple[int, ...] = ()
    ready_timeout: float = 2.0
    """Seconds without news of another server after which all are taken to be there."""


class Client(discord.AutoShardedClient):
    """The library's client: as many connections as Discord asks for, hearing of servers alone."""

    def __init__(self, door: "DiscordDoor", how: Connecting) -> None:
        some: dict[str, Any] = {"shard_ids": list(how.shard_ids)} if how.shard_ids else {}
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            shard_count=how.shard_count,
            **some,
            guild_ready_timeout=how.ready_timeout,
            max_ratelimit_timeout=LIMIT,
            max_messages=None,
            chunk_guilds_at_startup=False,
        )
        self._door = door

    async def setup_hook(self) -> None:
        """Logged in: find out where the gateway is, and register the commands."""
        found = await self.http.request(Route("GET", "/gateway"))
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(found["url"])
        await self._door.logged_in(self)

    async def on_ready(self) -> None:
        """Connected: the next trouble is a new one, and what was paused may go on."""
        self._door.connected()
        self._door.watch.back()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Invited, perhaps again: the commands of a server go with the bot."""
        self._door.register()
        self._door.watch.back(str(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Thrown out, or the server is no more."""
        self._door.watch.lost(str(guild.id), None, Why.AWAY)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        self._door.watch.lost(str(channel.guild.id), str(channel.id), Why.GONE)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted."""
        self._door.watch.lost(str(thread.guild_id), str(thread.thread_id), Why.GONE)

    async def on_guild_channel_update(self, _: object, channel: discord.abc.GuildChannel) -> None:
        """Who may do what in a channel may have changed."""
        self._door.watch.back(str(channel.guild.id))

    async def on_guild_role_update(self, _: object, role: discord.Role) -> None:
        """What a role may do may have changed."""
        self._door.watch.back(str(role.guild.id))

    async def on_member_update(self, _: object, member: discord.Member) -> None:
        """Without a privileged intent Discord tells of our own roles alone."""
        self._door.watch.back(str(member.guild.id))

    async def on_thread_update(self, _: object, thread: discord.Thread) -> None:
        """A thread that was locked may be open again."""
        self._door.watch.back(str(thread.guild.id))

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer whatever somebody does."""
        await self._door.answers.take(interaction)


class DiscordDoor:
    """The door on Discord; `start` returns at once, and what goes wrong is tried again until `close`."""

    def __init__(self, office: Office, how: Connecting) -> None:
        self.office = office
        self.answers = Answers(self)
        self.courier = DiscordCourier(self)
        self._errands = Errands()
        self.watch = Watch(DOOR, office, self._errands, partial(look_at, self))
        self._how = how
        self._client: Client | None = None
        self._is_logged_in = False
        self._ids: dict[int | None, Ids] = {}
        self._life: asyncio.Task[None] | None = None
        self._syncing: asyncio.Task[None] | None = None
        self._wait = FIRST_WAIT

    @property
    def client(self) -> Client | None:
        """The client, where it is logged in."""
        return self._client if self._is_logged_in else None

    def ids(self, workspace: str) -> Mapping[str, int]:
        """The ids of the commands, as they are registered for a server."""
        own = self._ids.get(int(workspace)) if workspace.isdecimal() else None
        return own or self._ids.get(None) or {}

    def start(self) -> None:
        """Begin to connect."""
        Route.BASE = self._how.api_url.rstrip("/")
        self._life = asyncio.create_task(self._live())
        self.watch.start()

    async def close(self) -> None:
        """Let those be answered who have asked, and hang up."""
        self.watch.close()
        await self.answers.finish(PARTING)
        await self._errands.close(PARTING)
        for task in (self._syncing, self._life):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        self._syncing = self._life = None

    def connected(self) -> None:
        """Forget the trouble there was."""
        log.info("connected to Discord")
        self._wait = FIRST_WAIT

    async def logged_in(self, client: Client) -> None:
        """Register the commands, and have sent what waited for it."""
        if not await self._sync(client):
            self.register()
        self._is_logged_in = True
        asyncio.get_running_loop().call_later(FIRST_WAIT, self.office.wake)

    def register(self) -> None:
        """Register the commands soon, again and again until it is done."""
        if self._client and (self._syncing is None or self._syncing.done()):
            self._syncing = asyncio.create_task(self._sync_later(self._client))

    async def _live(self) -> None:
        """Connect, and connect again, waiting longer each time."""
        while True:
            self._client = Client(self, self._how)
            try:
                async with self._client:
                    await self._client.start(self._how.token)
            except discord.LoginFailure:
                log.error("Discord refuses the token")
                self._wait = REFUSED_WAIT
            except Exception:
                log.exception("no connection to Discord", again_in=self._wait)
            finally:
                self._is_logged_in = False
            await asyncio.sleep(self._wait)
            self._wait = min(2 * self._wait, LONGEST_WAIT)

    async def _sync(self, client: Client) -> bool:
        try:
            self._ids = await sync(client, self.office.desk.commands, self._how.guild_ids)
        except Exception:
            log.exception("the commands could not be registered")
            return False
        return True

    async def _sync_later(self, client: Client) -> None:
        wait = FIRST_WAIT
        while True:
            await asyncio.sleep(wait)
            if await self._sync(client):
                return
            wait = min(2 * wait, LONGEST_WAIT)
