"""One running application on one database: its doors, its agenda, its clock."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.agenda.agenda import Agenda
from bot.agenda.outbox import Deliverer
from bot.commands.command import Commands
from bot.commands.courier import Courier
from bot.commands.desk import Desk
from bot.config import BadSettings, GitHub, Settings
from bot.doors.playground.stage import DOOR as PLAYGROUND
from bot.doors.playground.stage import ClockRefused
from bot.services import clock
from bot.services.outbox import GITHUB
from db import Runner
from db.engine import file_of
from db.migrate import upgrade

if TYPE_CHECKING:
    from bot.doors.discord.door import DiscordDoor
    from bot.doors.github.door import Connecting as ToGitHub
    from bot.doors.github.door import GitHubDoor
    from bot.doors.playground.server import Playground
    from bot.doors.slack.door import SlackDoor

DISCORD, SLACK = "discord", "slack"
PARTING = 5.0
"""Seconds that what is under way may take when the application stops."""

FARTHEST = timedelta(days=3 * 366)
"""How far a virtual clock may be stepped at once."""


def real_now() -> datetime:
    """The machine's time, UTC."""
    return datetime.now(UTC)


def connecting(wanted: GitHub) -> "ToGitHub":
    """How GitHub is reached."""
    from bot.doors.github.door import Connecting

    return Connecting(wanted.api_url, wanted.token.get_secret_value(), wanted.app_id, wanted.key)


class House:
    """One running application on one database; `start_over` exchanges what is inside."""

    runner: Runner
    desk: Desk
    agenda: Agenda

    def __init__(self, settings: Settings, commands: Commands) -> None:
        self.settings = settings
        self.commands = commands
        self._playground = self._with_playground() if settings.playground.enabled else None
        self._discord = self._with_discord() if settings.discord.is_on else None
        self._slack = self._with_slack() if settings.slack.is_on else None
        self._github = self._with_github() if settings.github.is_on else None
        self._virtual: datetime | None = None
        self._work: asyncio.Task[None] | None = None
        self._stepping = asyncio.Lock()
        self.still = asyncio.Lock()
        """Held while the database has to stay where it is."""

    def _with_playground(self) -> "Playground":
        from bot.doors.playground.server import Playground

        return Playground(self)

    def _with_discord(self) -> "DiscordDoor":
        from bot.doors.discord.door import Connecting, DiscordDoor

        wanted = self.settings.discord
        token = wanted.token.get_secret_value()
        how = Connecting(token, wanted.api_url, wanted.guild_ids, wanted.shard_count, wanted.shard_ids)
        return DiscordDoor(self, how)

    def _with_slack(self) -> "SlackDoor":
        from bot.doors.slack.door import Connecting, SlackDoor

        wanted, web = self.settings.slack, self.settings.web
        how = Connecting(
            is_http=wanted.mode == "http",
            bot_token=wanted.bot_token.get_secret_value(),
            app_token=wanted.app_token.get_secret_value(),
            signing_secret=wanted.signing_secret.get_secret_value(),
            client_id=wanted.client_id,
            client_secret=wanted.client_secret.get_secret_value(),
            api_url=wanted.api_url,
            prefix=wanted.prefix,
            base_url=web.base_url,
            secret=web.secret.get_secret_value(),
        )
        return SlackDoor(self, how)

    def _with_github(self) -> "GitHubDoor":
        from bot.doors.github.door import GitHubDoor

        return GitHubDoor(self, connecting(self.settings.github), real_now)

    @property
    def playground(self) -> "Playground":
        """The door in the browser, which has to be switched on."""
        assert self._playground is not None
        return self._playground

    @property
    def discord(self) -> "DiscordDoor":
        """The door on Discord, which has to be switched on."""
        assert self._discord is not None
        return self._discord

    @property
    def slack(self) -> "SlackDoor":
        """The door on Slack, which has to be switched on."""
        assert self._slack is not None
        return self._slack

    async def open(self) -> None:
        """Migrate, connect, let the agenda begin, and open the doors."""
        await self._move_in()
        if self._discord:
            self._discord.start()
        if self._slack:
            self._slack.start()
        if self._github:
            self._github.start()

    async def _move_in(self) -> None:
        url = self.settings.database.url
        await upgrade(url)
        self.runner = Runner(url)
        self._virtual = await self.runner.read(clock.read)
        if self._virtual is None and self.settings.playground.clock == "virtual":
            await self._set(real_now().replace(microsecond=0))
        if self.is_virtual and self._is_on_real_platform:
            await self.runner.close()
            raise BadSettings("playground.clock: a virtual clock is refused beside the real Discord or Slack")
        couriers = self._couriers()
        carriers = {GITHUB: self._github.courier(couriers)} if self._github else {}
        deliverer = Deliverer(self.runner, couriers, self.now, real_now, carriers)
        self.desk = Desk(self.commands, self.runner, self._github, self.settings.site)
        self._begin(deliverer)

    def _couriers(self) -> dict[str, Courier]:
        couriers: dict[str, Courier] = {}
        if self._playground:
            from bot.doors.playground.courier import PlaygroundCourier

            couriers[PLAYGROUND] = PlaygroundCourier(self.runner, self.now, self._playground.changed)
        if self._discord:
            couriers[DISCORD] = self._discord.courier
        if self._slack:
            couriers[SLACK] = self._slack.courier
        return couriers

    def _begin(self, deliverer: Deliverer) -> None:
        self.agenda = Agenda(self.runner, deliverer, self.now, ticking=not self.is_virtual)
        self._work = asyncio.create_task(self.agenda.run())
        self._deliverer = deliverer

    async def close(self) -> None:
        """Stop the agenda, close the doors and let the database go."""
        await self._stop_work()
        if self._discord:
            await self._discord.close()
        if self._slack:
            await self._slack.close()
        if self._github:
            await self._github.close()
        await self._move_out()

    async def _move_out(self) -> None:
        await self._stop_work()
        await self.runner.close()

    async def _stop_work(self) -> None:
        """Let the agenda finish what is under way, and where that takes too long, break it off."""
        if self._work:
            self.agenda.finish()
            await asyncio.wait({self._work}, timeout=PARTING)
            self._work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._work
            self._work = None
            await self._deliverer.finish(PARTING)

    def wake(self) -> None:
        """Have the agenda look soon for what is due and what waits."""
        self.agenda.wake()

    @property
    def _is_on_real_platform(self) -> bool:
        platforms = (self.settings.discord, self.settings.slack)
        return any(wanted.is_on and not wanted.is_local for wanted in platforms)

    @property
    def is_virtual(self) -> bool:
        """Whether the clock is stepped by hand."""
        return self._virtual is not None

    @property
    def can_start_over(self) -> bool:
        """Whether the database is a file that can be put aside."""
        return file_of(self.settings.database.url) is not None and not self._is_on_real_platform

    def now(self) -> datetime:
        """The studies' time: the virtual clock's where it stands, else the machine's."""
        return self._virtual or real_now()

    def hang_up(self) -> None:
        """Let go of whoever has a page open."""
        if self._playground:
            self._playground.hang_up()

    async def settle(self) -> None:
        """Run what is due and deliver what waits."""
        await self.agenda.catch_up()

    async def make_virtual(self, now: datetime) -> None:
        """Have the clock stand at an instant from now on."""
        if self._is_on_real_platform:
            raise ClockRefused("clock-beside-platform")
        await self._stop_work()
        await self._set(now)
        self._begin(self._deliverer)

    async def _set(self, now: datetime) -> None:
        await self.runner.run(clock.write, now)
        self._virtual = now

    async def step_to(self, to: datetime) -> None:
        """Let time pass until an instant, moment by moment."""
        async with self._stepping:
            if not self.is_virtual:
                raise ClockRefused("clock-is-real")
            if to < self.now():
                raise ClockRefused("clock-backwards")
            if to - self.now() > FARTHEST:
                raise ClockRefused("clock-too-far")
            await self.settle()
            while (at := await self.agenda.next_moment()) is not None and at <= to:
                await self._set(max(at, self.now()))
                await self.settle()
            await self._set(to)
            await self.settle()

    async def step_to_next(self) -> None:
        """Let time pass until the next moment has been run."""
        await self.settle()
        at = await self.agenda.next_moment()
        if at is None:
            raise ClockRefused("clock-nothing-next")
        await self.step_to(at)

    async def start_over(self) -> None:
        """Put the database file aside, under a name with the time, and begin with an empty one."""
        if self._is_on_real_platform:
            raise ClockRefused("clock-beside-platform")
        file = file_of(self.settings.database.url)
        if file is None:
            raise ClockRefused("start-over-server")
        async with self._stepping, self.still:
            await self._move_out()
            _put_aside(file)
            await self._move_in()
        self.playground.changed()


def _put_aside(file: Path) -> None:
    """Rename the database; the write-ahead log is folded in by the last connection's close."""
    stamp = real_now().strftime("%Y%m%d-%H%M%S-%f")
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(file.with_name(f"{file.stem}-{stamp}{file.suffix}{suffix}"))
