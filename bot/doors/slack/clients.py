"""Slack's Web API, a client for each workspace, all over one session."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.doors.slack.places import AWAY, error_of

TIMEOUT = 20
"""Seconds that Slack may take; well under what a delivery has."""

Token = Callable[[str], Awaitable[str | None]]
Refused = Callable[[str, str, str], None]


class Client(AsyncWebClient):
    """A client that tells of it when its token is refused, whatever it was asked for."""

    refused: Callable[[str], None] | None = None

    async def api_call(self, *args: Any, **kwargs: Any) -> AsyncSlackResponse:
        """Ask Slack something."""
        try:
            return await super().api_call(*args, **kwargs)
        except SlackApiError as no:
            if self.refused is not None and (error := error_of(no)) in AWAY:
                self.refused(error)
            raise


class Clients:
    """Makes clients and keeps them; `token` tells a workspace's, `refused` hears of one that is refused.

    They try nothing again: the library's own handler for broken connections posts twice, and the
    outbox waits when it is asked to.
    """

    def __init__(self, api_url: str, token: Token, refused: Refused | None = None) -> None:
        self._api_url = api_url
        self._token = token
        self._refused = refused
        self._session: aiohttp.ClientSession | None = None
        self._made: dict[str, Client] = {}

    async def of(self, workspace: str) -> AsyncWebClient | None:
        """The client for a workspace; `None` where the app is not there."""
        token = await self._token(workspace)
        if token is None:
            self._made.pop(workspace, None)
            return None
        made = self._made.get(workspace)
        if made is None or made.token != token:
            made = self._made[workspace] = self.make(token)
            made.refused = partial(self._refused, workspace, token) if self._refused else None
        return made

    def make(self, token: str | None = None) -> Client:
        """A client with a token, or for what needs none."""
        return Client(token, base_url=self._api_url, timeout=TIMEOUT, session=self.session, retry_handlers=[])

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections to Slack."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        return self._session

    async def close(self) -> None:
        """Let the connections go."""
        self._made.clear()
        if self._session is not None:
            await self._session.close()
