"""Who people are, as their workspace knows them: asked for once, and again after a while."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger()

LATELY = 300.0
"""Seconds for which what a workspace said of somebody is taken to be so."""

MOST = 10_000
PROBLEMS = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Known:
    """What a workspace knows of an account."""

    name: str
    language: str = "en"
    manages: bool = False
    is_guest: bool = False


class People:
    """The accounts that were seen lately."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, Known]] = {}

    async def about(self, client: AsyncWebClient | None, workspace: str, account: str) -> Known:
        """What the workspace knows of somebody; without their rights where it does not say."""
        now, place = asyncio.get_running_loop().time(), (workspace, account)
        at, known = self._known.get(place, (-LATELY, Known("")))
        if now - at < LATELY or client is None or not account:
            return known
        try:
            told = await client.users_info(user=account, include_locale=True)
        except PROBLEMS as problem:
            log.warning("a workspace does not say who somebody is", problem=str(problem))
            return known
        if len(self._known) >= MOST:
            self._known.clear()
        known = _known(told.get("user") or {})
        self._known[place] = (now, known)
        return known


def _known(user: dict[str, Any]) -> Known:
    profile = user.get("profile") or {}
    called = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return Known(
        next((name for name in called if name), ""),
        "ko" if str(user.get("locale") or "").startswith("ko") else "en",
        bool(user.get("is_admin") or user.get("is_owner")),
        bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
    )
