"""`studybot run` as a process of its own, on Slack's loopback server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.platforms.process import Running, started
from tests.slack.scene import BASE, Mode, wanted
from tests.slack.server import Slack


@asynccontextmanager
async def running(folder: Path, platform: Slack, mode: Mode) -> AsyncIterator[Running]:
    """The process, ready to be talked to."""
    section = wanted(platform, mode)
    given = {
        "SLACK__MODE": section.mode,
        "SLACK__BOT_TOKEN": section.bot_token.get_secret_value(),
        "SLACK__APP_TOKEN": section.app_token.get_secret_value(),
        "SLACK__SIGNING_SECRET": section.signing_secret.get_secret_value(),
        "SLACK__CLIENT_ID": section.client_id,
        "SLACK__CLIENT_SECRET": section.client_secret.get_secret_value(),
        "SLACK__API_URL": section.api_url,
        "WEB__BASE_URL": BASE,
        "WEB__SECRET": "a secret",
    }
    async with started(folder, given) as (process, address):
        running = Running(process, address, platform)
        platform.hooks.reach[BASE] = address.rstrip("/")
        await running.now()
        if mode == "socket":
            await platform.sockets.is_ready(patience=20)
        yield running
