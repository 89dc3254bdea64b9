"""`studybot run` as a process of its own, on a loopback server, its clock stepped from outside."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx

from tests.platforms.server import Loopback

SCRIPT = Path(sys.executable).with_name("studybot")


@dataclass
class Running:
    """A process that runs, and the address of its playground."""

    process: asyncio.subprocess.Process
    address: str
    platform: Loopback

    async def step(self, to: datetime) -> None:
        """Let time pass; the platform's clock is that of the process."""
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            answer = await client.post("/api/clock", json={"to": to.isoformat()})
        self.platform.world.now = datetime.fromisoformat(answer.json()["now"])

    async def now(self) -> datetime:
        """What time it is there; from now on also on the platform."""
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            now = datetime.fromisoformat((await client.get("/api/channel")).json()["now"])
        self.platform.world.now = now
        return now

    async def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Ask it to stop, and give its exit code."""
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), 15)


@asynccontextmanager
async def started(
    folder: Path, settings: dict[str, str]
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The process and the address of its playground, on a virtual clock."""
    given = {"PLAYGROUND__CLOCK": "virtual", "WEB__PORT": "0", "BACKUP__FOLDER": ""} | settings
    variables = {f"STUDYBOT_{key}": value for key, value in given.items()}
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            SCRIPT, "run", cwd=folder, env=os.environ | variables, stdout=asyncio.subprocess.PIPE, stderr=log
        )
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 30)
    try:
        yield process, line.decode().strip()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
