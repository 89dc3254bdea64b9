"""Socket Mode: the library's client, patient where it is refused, and with the time at which things came."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime
from logging import getLogger
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger()

PING, CONNECTING = 5.0, 15.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0

Dispatch = Callable[[Mapping[str, Any], datetime], Awaitable[BoltResponse]]


class Socket(SocketModeClient):
    """A connection over which Slack tells what people do, made again whenever it breaks."""

    def __init__(
        self, app_token: str, client: AsyncWebClient, dispatch: Dispatch, now: Callable[[], datetime]
    ) -> None:
        super().__init__(
            app_token,
            logger=getLogger("slack_sdk.socket_mode"),
            web_client=client,
            ping_interval=PING,
            on_message_listeners=[self._stamp],
        )
        self.message_listeners.append(self._heard)
        self._dispatch = dispatch
        self._now = now
        self._stamps: dict[str, datetime] = {}
        self._wait = FIRST_WAIT

    async def issue_new_wss_url(self) -> str:
        """Ask where to connect, waiting longer each time that Slack says no."""
        try:
            url = await super().issue_new_wss_url()
        except Exception:
            log.warning("no connection to Slack", again_in=self._wait)
            await asyncio.sleep(self._wait)
            self._wait = min(2 * self._wait, LONGEST_WAIT)
            raise
        self._wait = FIRST_WAIT
        return url

    async def connect(self) -> None:
        """Connect to the address that was given; where it takes long, another one has to be asked for."""
        try:
            async with asyncio.timeout(CONNECTING):
                await super().connect()  # type: ignore[no-untyped-call]
        finally:
            # The library switches this off for the time being, and forgets it where it is broken off.
            self.auto_reconnect_enabled = not self.closed

    async def close(self) -> None:
        """Hang up, and let go of the library's tasks, which only ever are told to end."""
        tasks = [self.message_processor, self.current_session_monitor, self.message_receiver]
        await super().close()  # type: ignore[no-untyped-call]
        for task in tasks:
            if task is not None:
                with suppress(asyncio.CancelledError):
                    await task

    async def _stamp(self, message: aiohttp.WSMessage) -> None:
        """Note when something came, before it waits for anything."""
        if "envelope_id" in message.data:
            self._stamps[message.data] = self._now()

    async def _heard(self, _: object, message: dict[str, Any], raw: str | None) -> None:
        at = self._stamps.pop(raw or "", None) or self._now()
        request = SocketModeRequest.from_dict(message)
        if request is not None:
            response = await self._dispatch(request.payload, at)
            await send_async_response(self, request, response, 0.0)
