"""`studybot run` as a process of its own, on Discord's loopback server, its clock stepped from outside."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx

from tests.discord.server import Discord

SCRIPT = Path(sys.executable).with_name("studybot")


@dataclass
class Running:
    """A process that runs, and the address of its playground."""

    process: asyncio.subprocess.Process
    address: str
    platform: Discord

    async def step(self, to: datetime | str) -> datetime:
        """Let time pass; Discord's clock is that of the process."""
        wanted = to if isinstance(to, str) else to.isoformat()
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            answer = await client.post("/api/clock", json={"to": wanted})
        now = datetime.fromisoformat(answer.json()["now"])
        self.platform.world.now = now
        return now

    async def now(self) -> datetime:
        """What time it is there; from now on also on Discord."""
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            now = datetime.fromisoformat((await client.get("/api/channel")).json()["now"])
        self.platform.world.now = now
        return now

    async def is_ready(self) -> None:
        """Wait until it listens to Discord, and have one clock for both."""
        await self.platform.until(lambda: any(self.platform.world.commands.values()), 20)
        await self.platform.gateway.is_ready(patience=20)
        await self.now()

    async def stop(self) -> int:
        """Ask it to stop, and give its exit code."""
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), 15)

    async def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


@asynccontextmanager
async def running(folder: Path, platform: Discord, **more: str) -> AsyncIterator[Running]:
    """The process, ready to be talked to."""
    given = {
        "DISCORD__TOKEN": platform.world.token,
        "DISCORD__API_URL": platform.api_url,
        "PLAYGROUND__CLOCK": "virtual",
        "WEB__PORT": "0",
        "BACKUP__FOLDER": "",
    }
    variables = {f"STUDYBOT_{key}": value for key, value in (given | more).items()}
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            SCRIPT, "run", cwd=folder, env=os.environ | variables, stdout=asyncio.subprocess.PIPE, stderr=log
        )
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 30)
    try:
        yield Running(process, line.decode().strip(), platform)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
