"""`studybot run` as a process of its own, on Slack's loopback server, its clock stepped from outside."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx

from tests.slack.scene import BASE, Mode, wanted
from tests.slack.server import Slack

SCRIPT = Path(sys.executable).with_name("studybot")


@dataclass
class Running:
    """A process that runs, and the address of its playground."""

    process: asyncio.subprocess.Process
    address: str
    platform: Slack

    async def step(self, to: datetime) -> None:
        """Let time pass; Slack's clock is that of the process."""
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            answer = await client.post("/api/clock", json={"to": to.isoformat()})
        self.platform.world.now = datetime.fromisoformat(answer.json()["now"])

    async def now(self) -> datetime:
        """What time it is there; from now on also on Slack."""
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            now = datetime.fromisoformat((await client.get("/api/channel")).json()["now"])
        self.platform.world.now = now
        return now

    async def stop(self) -> int:
        """Ask it to stop, and give its exit code."""
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), 15)


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
        "PLAYGROUND__CLOCK": "virtual",
        "WEB__PORT": "0",
        "WEB__BASE_URL": BASE,
        "WEB__SECRET": "a secret",
        "BACKUP__FOLDER": "",
    }
    variables = {f"STUDYBOT_{key}": value for key, value in given.items()}
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            SCRIPT, "run", cwd=folder, env=os.environ | variables, stdout=asyncio.subprocess.PIPE, stderr=log
        )
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 30)
    running = Running(process, line.decode().strip(), platform)
    platform.hooks.reach[BASE] = running.address.rstrip("/")
    try:
        await running.now()
        if mode == "socket":
            await platform.sockets.is_ready(patience=20)
        yield running
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
