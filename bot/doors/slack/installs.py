"""Where the app is installed, and with which token: kept encrypted, in tables of our own."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from logging import Logger, getLogger
from typing import Any

import structlog
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import delete, select

from bot.doors.office import Office
from bot.doors.slack.safe import Safe
from db import Session
from db.models import SlackInstall, SlackState

log = structlog.get_logger()

STATE_LIVES = timedelta(minutes=10)
KNOWN = 60.0
"""Seconds for which a token is remembered: another process may have got another one."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The app in a workspace."""

    workspace: str
    name: str
    app: str
    bot: str
    account: str
    scopes: str
    token: str = field(repr=False)
    by: str
    at: datetime


class Installs(AsyncInstallationStore):
    """The installations, as slack_sdk asks for them; what was read is remembered."""

    def __init__(self, office: Office, safe: Safe, installed: Callable[[str], None]) -> None:
        self._office = office
        self._safe = safe
        self._installed = installed
        """Told of a workspace in which the app is installed, perhaps again."""
        self._known: dict[str, tuple[float, Installed]] = {}

    @property
    def logger(self) -> Logger:
        """Where slack_sdk writes."""
        return getLogger(__name__)

    async def find(self, workspace: str) -> Installed | None:
        """The app in a workspace, where it is there."""
        read_at, known = self._known.get(workspace, (0.0, None))
        if known is not None and asyncio.get_running_loop().time() - read_at < KNOWN:
            return known
        self._known.pop(workspace, None)
        found = await self._office.desk.runner.read(_find, workspace, self._safe)
        return self._remember(found) if found else None

    async def token(self, workspace: str) -> str | None:
        """The token for a workspace."""
        found = await self.find(workspace)
        return found.token if found else None

    def _remember(self, found: Installed) -> Installed:
        self._known[found.workspace] = (asyncio.get_running_loop().time(), found)
        return found

    async def gone(self, workspace: str, what: datetime | str) -> bool:
        """Delete the token that ended at an instant, or this one; false where a newer one is there."""
        runner = self._office.desk.runner
        if isinstance(what, str):
            is_gone = await runner.run(_remove_token, workspace, what, self._safe)
        else:
            is_gone = await runner.run(_remove, workspace, what)
        self._known.pop(workspace, None)
        return is_gone

    async def workspaces(self) -> list[str]:
        """Where the app is, with a token that can be read."""
        found = await self._office.desk.runner.read(kept, self._safe)
        return [each.workspace for each in found if each.token is not None]

    async def rotate(self) -> int:
        """Lock anew what was locked with an older secret, and count it."""
        self._known.clear()
        count = await self._office.desk.runner.run(_lock_anew, self._safe)
        if count:
            log.info("tokens were encrypted anew with the first web.secret", door="slack", count=count)
        return count

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation."""
        made = installation.to_bot()
        if not made.team_id or not made.bot_token:
            raise ValueError("the app is installed in one workspace at a time, as a bot")
        # Whole seconds, as an event's time has: what ended in this second is this token too.
        at = self._office.now().replace(microsecond=0)
        kept = Installed(
            made.team_id,
            made.team_name or "",
            made.app_id or "",
            made.bot_id or "",
            made.bot_user_id or "",
            ",".join(made.bot_scopes),
            made.bot_token,
            installation.user_id,
            at,
        )
        await self._office.desk.runner.run(_save, kept, self._safe.lock(kept.token))
        self._remember(kept)
        self._installed(kept.workspace)

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """The installation in a workspace, whoever asks."""
        found = await self.find(team_id) if team_id else None
        return Installation(**_described(found), user_id=found.by) if found else None

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The same as a bot."""
        found = await self.find(team_id) if team_id else None
        return Bot(**_described(found)) if found else None

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Delete the token for a workspace."""
        await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete the token for a workspace."""
        if team_id:
            await self.gone(team_id, self._office.now())


class States(AsyncOAuthStateStore):
    """The ways back from Slack's question whether to install."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def logger(self) -> Logger:
        """Where slack_sdk writes."""
        return getLogger(__name__)

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """Begin a way."""
        value = secrets.token_urlsafe(32)
        await self._office.desk.runner.run(_issue, value, self._office.now())
        return value

    async def async_consume(self, state: str) -> bool:
        """Whether somebody comes back on a way that was begun, for the first time and soon enough."""
        return await self._office.desk.runner.run(_consume, state, self._office.now())


def _described(found: Installed) -> dict[str, Any]:
    return {
        "app_id": found.app,
        "team_id": found.workspace,
        "team_name": found.name,
        "bot_token": found.token,
        "bot_id": found.bot,
        "bot_user_id": found.account,
        "bot_scopes": found.scopes,
        "installed_at": found.at.timestamp(),
    }


@dataclass(frozen=True, slots=True)
class Kept:
    """A token as it is kept: `None` where no secret unlocks it, old where the first one does not."""

    workspace: str
    name: str
    token: str | None = field(repr=False)
    is_old: bool


async def kept(session: Session, safe: Safe) -> list[Kept]:
    """The tokens of all workspaces."""
    rows = await session.scalars(select(SlackInstall).order_by(SlackInstall.id))
    return [Kept(x.workspace, x.name, safe.unlock(x.token), safe.is_old(x.token)) for x in rows]


async def _find(session: Session, workspace: str, safe: Safe) -> Installed | None:
    row = await session.scalar(select(SlackInstall).where(SlackInstall.workspace == workspace))
    if row is None:
        return None
    token = safe.unlock(row.token)
    if token is None:
        log.error("a token was locked with another web.secret", door="slack", workspace=workspace)
        return None
    return Installed(
        row.workspace,
        row.name,
        row.app,
        row.bot,
        row.account,
        row.scopes,
        token,
        row.installed_by,
        row.installed_at,
    )


async def _save(session: Session, made: Installed, locked: str) -> None:
    await session.execute(delete(SlackInstall).where(SlackInstall.workspace == made.workspace))
    session.add(
        SlackInstall(
            workspace=made.workspace,
            name=made.name,
            app=made.app,
            bot=made.bot,
            account=made.account,
            scopes=made.scopes,
            token=locked,
            installed_by=made.by,
            installed_at=made.at,
        )
    )


async def _remove(session: Session, workspace: str, at: datetime) -> bool:
    there = SlackInstall.workspace == workspace
    await session.execute(delete(SlackInstall).where(there, SlackInstall.installed_at <= at))
    return await session.scalar(select(SlackInstall.id).where(there)) is None


async def _remove_token(session: Session, workspace: str, token: str, safe: Safe) -> bool:
    there = select(SlackInstall).where(SlackInstall.workspace == workspace).with_for_update()
    row = await session.scalar(there)
    if row is None or safe.unlock(row.token) != token:
        return row is None
    await session.delete(row)
    return True


async def _lock_anew(session: Session, safe: Safe) -> int:
    count = 0
    for row in await session.scalars(select(SlackInstall).with_for_update()):
        if not safe.is_old(row.token):
            continue
        if (token := safe.unlock(row.token)) is None:
            log.error("a token was locked with another web.secret", door="slack", workspace=row.workspace)
        else:
            row.token, count = safe.lock(token), count + 1
    return count


async def _issue(session: Session, value: str, at: datetime) -> None:
    await session.execute(delete(SlackState).where(SlackState.issued_at <= at - STATE_LIVES))
    session.add(SlackState(value=value, issued_at=at))


async def _consume(session: Session, value: str, at: datetime) -> bool:
    issued = await session.scalar(
        delete(SlackState).where(SlackState.value == value).returning(SlackState.issued_at)
    )
    return issued is not None and issued > at - STATE_LIVES
