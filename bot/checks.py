"""Whether what is configured can be used: `studybot check`, and what is refused before anything runs."""

import contextlib
import json
import os
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.agenda.nightly import Shelf
from bot.config import BadSettings, Settings, is_loopback
from bot.texts import Style, T, Words
from db import Runner
from db.engine import UnknownDatabase, file_of
from db.migrate import newest_revision, revision

if TYPE_CHECKING:
    from bot.doors.slack.installs import Kept

UP_TO_DATE = "up to date"
NOT_LOOPBACK = ': not loopback: write host = "127.0.0.1", or [playground] enabled = false'
Reached = Awaitable[tuple[bool, list[str]]]


async def check(settings: Settings, say: Callable[[str], None]) -> bool:
    """Say what is configured, reachable and missing; whether all is well."""
    good = True
    try:
        with database_problems(settings):
            say(f"database    {_shown(settings)}: {await _state(settings)}")
    except BadSettings as problem:
        say(f"database    {str(problem).removeprefix('database.url: ')}")
        good = False
    local = not settings.playground.enabled or local_only(settings)
    where = f"{settings.web.host}:{settings.web.port}{'' if local else NOT_LOOPBACK}"
    say(f"playground  {where if settings.playground.enabled else 'switched off'}")
    say(f"clock       {settings.playground.clock}")
    if settings.discord.is_on:
        good = await _platform(settings, say, "discord", _discord) and good
    if settings.slack.is_on:
        good = await _platform(settings, say, "slack", _slack) and good
    if settings.github.is_on:
        good = await _platform(settings, say, "github", _github) and good
    with contextlib.suppress(UnknownDatabase):
        shelf = shelf_of(settings)
        say(f"backup      {shelf or 'switched off'}")
        good = good and (shelf is None or shelf.can_be_written())
    return good and local


async def _platform(
    settings: Settings, say: Callable[[str], None], name: str, reach: Callable[[Settings], Reached]
) -> bool:
    """Say what there is to say of a platform; whether it can be served."""
    try:
        refuse_impossible(settings)
    except BadSettings as problem:
        say(f"{name:12}{problem}")
        return False
    good, lines = await reach(settings)
    for line in lines:
        say(f"{name:12}{line}")
    return good


async def _discord(settings: Settings) -> tuple[bool, list[str]]:
    from bot.doors.discord.checking import reach

    return await reach(settings.discord.token.get_secret_value(), settings.discord.api_url)


async def _slack(settings: Settings) -> tuple[bool, list[str]]:
    from bot.doors.slack.checking import reach, reach_all
    from bot.doors.slack.manifest import EVENTS_PATH, INSTALL_PATH

    wanted, base_url = settings.slack, settings.web.base_url
    api_url = wanted.api_url
    if wanted.is_http and wanted.client_id:
        secret = settings.web.secret.get_secret_value()
        good, told = await reach_all(api_url, secret, await _installed(settings, secret))
        told.append(T("check-slack-install", address=base_url + INSTALL_PATH))
        if not base_url.startswith("https://") and not is_loopback(urlsplit(base_url).hostname or ""):
            good = False
            told.append(T("check-slack-https", setting="web.base_url"))
    else:
        app_token = "" if wanted.is_http else wanted.app_token.get_secret_value()
        good, told = await reach(api_url, wanted.bot_token.get_secret_value(), app_token)
    if wanted.is_http and base_url:
        told.append(T("check-slack-listens", address=base_url + EVENTS_PATH))
    elif wanted.is_http:
        told.append(T("check-slack-forwarded", path=EVENTS_PATH))
    words = Words(Style(_language(), ZoneInfo("UTC")))
    return good, [words(text) for text in told]


async def _installed(settings: Settings, secret: str) -> "list[Kept]":
    """The installations, where the database is there already and as it shall be."""
    from bot.doors.slack.checking import installed

    if not (await _state(settings)).endswith(UP_TO_DATE):
        return []
    return await installed(settings.database.url, secret)


def _language() -> str:
    """The terminal's language, where it is one of ours; else English."""
    told = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ko" if next(filter(None, told), "").startswith("ko") else "en"


async def _github(settings: Settings) -> tuple[bool, list[str]]:
    from bot.doors.github.checking import reach
    from bot.house import connecting, real_now

    return await reach(connecting(settings.github), real_now)


def refuse_impossible(settings: Settings) -> None:
    """Raise `BadSettings` for settings that contradict each other or leave nothing to run."""
    discord, playground, slack = settings.discord, settings.playground, settings.slack
    if not playground.enabled and not discord.is_on and not slack.is_on:
        raise BadSettings("playground.enabled: it is switched off and nothing else is configured to run")
    if playground.enabled and not local_only(settings):
        raise BadSettings("web.host: the playground has no log-in and is served on loopback only")
    for name, platform in (("Discord", discord), ("Slack", slack)):
        if platform.is_on and playground.clock == "virtual" and not platform.is_local:
            raise BadSettings(f"playground.clock: a virtual clock is refused beside the real {name}")
    for missing in (*_missing(settings), *_missing_of_github(settings)):
        raise BadSettings(missing)
    if discord.shard_ids and max(discord.shard_ids) >= (discord.shard_count or 0):
        raise BadSettings(
            "discord.shard_ids: they go from 0 to below discord.shard_count, which has to be set"
        )


def slack_manifest(settings: Settings) -> str:
    """The manifest of the app on Slack, as JSON; raises `BadSettings` where Slack would refuse it."""
    from bot.commands.command import Commands
    from bot.doors.slack.manifest import BadManifest, manifest

    is_http, base_url = settings.slack.mode == "http", settings.web.base_url
    if is_http and not base_url:
        raise BadSettings("web.base_url: over HTTP the manifest names the address that Slack asks")
    try:
        made = manifest(Commands.in_package("cogs"), settings.slack.prefix, base_url if is_http else None)
    except BadManifest as problem:
        raise BadSettings(f"slack: {problem}") from problem
    return json.dumps(made, ensure_ascii=False, indent=2)


def _missing(settings: Settings) -> Iterator[str]:
    """What Slack still needs."""
    slack, web = settings.slack, settings.web
    if not slack.is_on:
        return
    if slack.mode == "socket":
        if not slack.app_token.get_secret_value():
            yield "slack.app_token: Socket Mode needs it (xapp-…)"
        if not slack.bot_token.get_secret_value():
            yield "slack.bot_token: Socket Mode needs it (xoxb-…)"
        return
    if not slack.signing_secret.get_secret_value():
        yield "slack.signing_secret: what comes over HTTP is checked with it"
    if not slack.client_id and not slack.bot_token.get_secret_value():
        yield "slack.client_id: HTTP needs it for many workspaces, or slack.bot_token for one"
    if slack.client_id:
        if not slack.client_secret.get_secret_value():
            yield "slack.client_secret: installing needs it beside slack.client_id"
        if not web.base_url:
            yield "web.base_url: installing needs the address at which this is reached from outside"
        if not any(part.strip() for part in web.secret.get_secret_value().split(",")):
            yield "web.secret: tokens of workspaces are encrypted with it; `openssl rand -hex 32` makes one"


def _missing_of_github(settings: Settings) -> Iterator[str]:
    """What an app on GitHub still needs."""
    github = settings.github
    if not github.app_id:
        return
    if github.token.get_secret_value():
        yield "github.token: leave it out beside github.app_id; it is one or the other"
    try:
        if not github.key:
            yield "github.private_key: the app needs it, as the file that GitHub made"
    except (OSError, UnicodeDecodeError) as problem:
        yield f"github.private_key: the file cannot be read: {getattr(problem, 'strerror', problem)}"


def local_only(settings: Settings) -> bool:
    """Whether pages are served to this machine alone."""
    from bot.doors.playground.guard import LOCAL_HOSTS

    return settings.web.host in LOCAL_HOSTS


def shelf_of(settings: Settings) -> Shelf | None:
    """Where backups are put, unless that is switched off."""
    wanted = settings.backup
    return Shelf(settings.database.url, wanted.folder, wanted.keep) if wanted.folder else None


async def _state(settings: Settings) -> str:
    file = file_of(settings.database.url)
    if file is not None and not file.exists():
        return "to be made at the first run"
    async with Runner(settings.database.url) as runner:
        current = await runner.read(revision)
    is_newest = current == newest_revision()
    return f"reachable, {UP_TO_DATE if is_newest else 'to be migrated at the next run'}"


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
