"""The least bot that bolt lets one write: `/submit`, acknowledged; the API's URL is given to it."""

import asyncio
import sys

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


async def submit(ack: AsyncAck) -> None:
    """Acknowledge."""
    await ack()


async def main() -> None:
    """Run until stopped."""
    app = AsyncApp(client=AsyncWebClient("xoxb-loopback", base_url=sys.argv[1]), process_before_response=True)
    app.command("/submit")(submit)
    await AsyncSocketModeHandler(app, "xapp-loopback").connect_async()  # type: ignore[no-untyped-call]
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
