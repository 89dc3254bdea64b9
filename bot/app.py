"""The composition root: builds everything and hands commands, clock and settings down."""

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn

from bot.agenda.nightly import Nightly, nightly
from bot.checks import database_problems, refuse_impossible, shelf_of
from bot.commands.command import Commands
from bot.config import Settings
from bot.house import House, real_now
from bot.logs import set_up_logging
from bot.web.calendars import calendars
from db import backup
from db import restore as restoring
from db.archive import Manifest
from db.migrate import upgrade

if sys.platform == "win32":  # uvloop knows no Windows
    run_loop = asyncio.run
else:
    import uvloop

    run_loop = uvloop.run


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
    refuse_impossible(settings)
    house = House(settings, Commands.in_package("cogs"))
    with database_problems(settings):
        await house.open()
    collect_less()
    try:
        async with _backups(house):
            await (_served(house) if settings.serves else _until_stopped())
    finally:
        await house.close()


def collect_less() -> None:
    """Look for garbage seldom, and not in what was there at the start: it holds up whoever waits."""
    gc.freeze()
    gc.set_threshold(10_000)


class Site:
    """What is served: the playground, `/slack/` for what Slack asks for, `/calendar/` for calendars."""

    def __init__(self, house: House) -> None:
        self._playground = house.playground.app if house.settings.playground.enabled else None
        self._slack = house.slack.app if house.settings.slack.is_http else None
        self._calendars = calendars(house)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        app = self._playground or self._slack or self._calendars
        if self._slack and scope["path"].startswith("/slack/"):
            app = self._slack
        elif scope["path"].startswith("/calendar/"):
            app = self._calendars
        await app(scope, receive, send)


async def _served(house: House) -> None:
    """Serve what there is to serve until stopped."""
    config = uvicorn.Config(
        Site(house),
        house.settings.web.host,
        house.settings.web.port,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    await Server(config, house.hang_up).serve()


async def _until_stopped() -> None:
    """Wait for SIGTERM or SIGINT, there being nothing to serve."""
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()


def _backups(house: House) -> contextlib.AbstractAsyncContextManager[None]:
    shelf = shelf_of(house.settings)
    if shelf is None:
        return contextlib.nullcontext()
    by_night = Nightly(house.settings.database.url, shelf, real_now, house.still)
    return nightly(by_night, house.settings.backup.at)


def serve(settings: Settings) -> None:
    """Run until stopped, with logging set up."""
    set_up_logging(settings.log.level, settings.log.format)
    run_loop(run(settings))


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
