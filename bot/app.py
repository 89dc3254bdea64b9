"""The composition root: builds everything and hands commands, clock and settings down."""

import asyncio
import contextlib
import re
import signal
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.agenda.agenda import Agenda
from bot.agenda.nightly import Nightly, Shelf, nightly
from bot.agenda.outbox import Deliverer
from bot.commands.command import Commands
from bot.commands.desk import Desk
from bot.config import BadSettings, Settings
from bot.doors.playground.courier import PlaygroundCourier
from bot.doors.playground.guard import LOCAL_HOSTS
from bot.doors.playground.server import Playground
from bot.doors.playground.stage import DOOR, ClockRefused
from bot.logs import set_up_logging
from bot.services import clock
from db import Runner, backup
from db import restore as restoring
from db.archive import Manifest
from db.engine import UnknownDatabase, file_of
from db.migrate import newest_revision, revision, upgrade

FARTHEST = timedelta(days=3 * 366)
"""How far a virtual clock may be stepped at once."""


def real_now() -> datetime:
    """The machine's time, UTC."""
    return datetime.now(UTC)


class House:
    """One running application on one database; `start_over` exchanges what is inside."""

    runner: Runner
    desk: Desk
    agenda: Agenda

    def __init__(self, settings: Settings, commands: Commands) -> None:
        self.settings = settings
        self.commands = commands
        self.playground = Playground(self)
        self._virtual: datetime | None = None
        self._work: asyncio.Task[None] | None = None
        self._stepping = asyncio.Lock()
        self.still = asyncio.Lock()
        """Held while the database has to stay where it is."""

    async def open(self) -> None:
        """Migrate, connect, and let the agenda begin."""
        url = self.settings.database.url
        await upgrade(url)
        self.runner = Runner(url)
        self._virtual = await self.runner.read(clock.read)
        if self._virtual is None and self.settings.playground.clock == "virtual":
            self._virtual = real_now().replace(microsecond=0)
            await self.runner.run(clock.write, self._virtual)
        courier = PlaygroundCourier(self.runner, self.now, self.playground.changed)
        deliverer = Deliverer(self.runner, {DOOR: courier}, self.now, real_now)
        self.desk = Desk(self.commands, self.runner)
        self._begin(deliverer)

    def _begin(self, deliverer: Deliverer) -> None:
        self.agenda = Agenda(self.runner, deliverer, self.now, ticking=not self.is_virtual)
        self._work = asyncio.create_task(self.agenda.run())
        self._deliverer = deliverer

    async def close(self) -> None:
        """Stop the agenda and let the database go."""
        await self._stop_work()
        await self.runner.close()

    async def _stop_work(self) -> None:
        if self._work:
            self._work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._work
            self._work = None

    @property
    def is_virtual(self) -> bool:
        """Whether the clock is stepped by hand."""
        return self._virtual is not None

    @property
    def can_start_over(self) -> bool:
        """Whether the database is a file that can be put aside."""
        return file_of(self.settings.database.url) is not None

    def now(self) -> datetime:
        """The studies' time: the virtual clock's where it stands, else the machine's."""
        return self._virtual or real_now()

    async def settle(self) -> None:
        """Run what is due and deliver what waits."""
        await self.agenda.catch_up()

    async def make_virtual(self, now: datetime) -> None:
        """Have the clock stand at an instant from now on."""
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
        file = file_of(self.settings.database.url)
        if file is None:
            raise ClockRefused("start-over-server")
        async with self._stepping, self.still:
            await self.close()
            _put_aside(file)
            await self.open()
        self.playground.changed()


def _put_aside(file: Path) -> None:
    """Rename the database; the write-ahead log is folded in by the last connection's close."""
    stamp = real_now().strftime("%Y%m%d-%H%M%S-%f")
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(file.with_name(f"{file.stem}-{stamp}{file.suffix}{suffix}"))


class Server(uvicorn.Server):
    """Says where it listens, in one line, once it does; stops on a signal without dying of it."""

    def __init__(self, config: uvicorn.Config, hang_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._hang_up = hang_up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to serve and print the address."""
        await super().startup(sockets)
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        host = f"[{host}]" if ":" in host else host
        print(f"http://{host}:{port}/", flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop to serve, open pages or not."""
        self._hang_up()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGTERM and SIGINT; uvicorn's own way raises them again, before the database is let go."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


async def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; raises `BadSettings` for what cannot be served."""
    if not settings.playground.enabled:
        raise BadSettings("playground.enabled: it is switched off and nothing else is configured to run")
    if settings.web.host not in LOCAL_HOSTS:
        raise BadSettings("web.host: the playground has no log-in and is served on loopback only")
    house = House(settings, Commands.in_package("cogs"))
    with database_problems(settings):
        await house.open()
    config = uvicorn.Config(
        house.playground.app,
        settings.web.host,
        settings.web.port,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    try:
        async with _backups(house):
            await Server(config, house.playground.hang_up).serve()
    finally:
        await house.close()


def _shelf(settings: Settings) -> Shelf | None:
    wanted = settings.backup
    return Shelf(settings.database.url, wanted.folder, wanted.keep) if wanted.folder else None


def _backups(house: House) -> contextlib.AbstractAsyncContextManager[None]:
    shelf = _shelf(house.settings)
    if shelf is None:
        return contextlib.nullcontext()
    by_night = Nightly(house.settings.database.url, shelf, real_now, house.still)
    return nightly(by_night, house.settings.backup.at)


def serve(settings: Settings) -> None:
    """Run until stopped, with logging set up."""
    set_up_logging(settings.log.level, settings.log.format)
    asyncio.run(run(settings))


async def check(settings: Settings, say: Callable[[str], None]) -> bool:
    """Say what is configured, reachable and missing; whether all is well."""
    good = True
    try:
        with database_problems(settings):
            say(f"database    {_shown(settings)}: {await _state(settings)}")
    except BadSettings as problem:
        say(f"database    {str(problem).removeprefix('database.url: ')}")
        good = False
    local = settings.web.host in LOCAL_HOSTS
    say(f"playground  {settings.web.host}:{settings.web.port}{'' if local else ': not loopback'}")
    say(f"clock       {settings.playground.clock}")
    with contextlib.suppress(UnknownDatabase):
        shelf = _shelf(settings)
        say(f"backup      {shelf or 'switched off'}")
        good = good and (shelf is None or shelf.can_be_written())
    return good and local


async def _state(settings: Settings) -> str:
    file = file_of(settings.database.url)
    if file is not None and not file.exists():
        return "to be made at the first run"
    async with Runner(settings.database.url) as runner:
        current = await runner.read(revision)
    return f"reachable, {'up to date' if current == newest_revision() else 'to be migrated at the next run'}"


async def upgrade_database(settings: Settings) -> None:
    """Bring the database to the newest revision; raises `BadSettings` for one that cannot be used."""
    with database_problems(settings):
        await upgrade(settings.database.url)


async def back_up(settings: Settings, file: Path, *, replace: bool) -> Manifest:
    """Write all there is into a file; raises `BadSettings` and `BackupRefused`."""
    with database_problems(settings):
        return await backup.back_up(settings.database.url, file, real_now(), replace=replace)


async def restore(settings: Settings, file: Path) -> Manifest:
    """Put a backup into an empty database; raises `BadSettings` and `BackupRefused`."""
    with database_problems(settings):
        return await restoring.restore(settings.database.url, file)


@contextlib.contextmanager
def database_problems(settings: Settings) -> Iterator[None]:
    """Have whatever keeps the database from being used said in one line, which names it."""
    try:
        file = file_of(settings.database.url)
        if file is not None and not file.parent.is_dir():
            raise BadSettings(f"database.url: there is no folder {file.parent}")
        yield
    except UnknownDatabase as problem:
        raise BadSettings("database.url: write sqlite:///FILE or postgresql://…") from problem
    except (OSError, SQLAlchemyError, CommandError) as problem:
        said = re.sub(r"^\([\w.]+\) ", "", str(problem).partition("\n")[0])
        raise BadSettings(f"database.url: {_shown(settings)}: {said}") from problem


def _shown(settings: Settings) -> str:
    """The database's URL without its password."""
    return make_url(settings.database.url).render_as_string()
