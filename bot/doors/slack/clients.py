"""Slack's Web API, a client for each workspace, all over one session."""

from collections.abc import Awaitable, Callable

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT = 20
"""Seconds that Slack may take; well under what a delivery has."""

Token = Callable[[str], Awaitable[str | None]]


class Clients:
    """Makes clients and keeps them; `token` tells a workspace's.

    They try nothing again: the library's own handler for broken connections posts twice, and the
    outbox waits when it is asked to.
    """

    def __init__(self, api_url: str, token: Token) -> None:
        self._api_url = api_url
        self._token = token
        self._session: aiohttp.ClientSession | None = None
        self._made: dict[str, AsyncWebClient] = {}

    async def of(self, workspace: str) -> AsyncWebClient | None:
        """The client for a workspace; `None` where the app is not there."""
        token = await self._token(workspace)
        if token is None:
            self._made.pop(workspace, None)
            return None
        made = self._made.get(workspace)
        if made is None or made.token != token:
            made = self._made[workspace] = self.make(token)
        return made

    def make(self, token: str | None = None) -> AsyncWebClient:
        """A client with a token, or for what needs none."""
        return AsyncWebClient(
            token, base_url=self._api_url, timeout=TIMEOUT, session=self.session, retry_handlers=[]
        )

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
