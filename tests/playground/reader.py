"""Somebody at the page in a browser."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, expect

READY = 60
"""Seconds a process may take to be ready on a busy machine."""


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[str]:
    """Run `studybot run` on an empty database; where it listens."""
    settings = {"STUDYBOT_WEB__PORT": "0", "STUDYBOT_DATABASE__URL": f"sqlite:///{folder / 's.db'}"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.cli",
        "run",
        cwd=Path(__file__).parents[2],
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    yield (await asyncio.wait_for(process.stdout.readline(), READY)).decode().strip()
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


@dataclass
class Reader:
    """Somebody at the page."""

    page: Page

    async def opens(self, address: str, language: str) -> None:
        await self.page.goto(address)
        await self.press(f"language-{language}")
        await self.press("load-sample")
        await self.stands_at("2022-04-05T12:00:00+00:00")

    async def press(self, name: str) -> None:
        await self.page.get_by_test_id(name).click()

    async def is_now(self, name: str) -> None:
        you = self.page.get_by_test_id("you")
        if await you.input_value() != name:
            # A person sees whom the page takes them for before they go on.
            async with self.page.expect_response("**/you"):
                await you.select_option(name)
        await expect(you).to_have_value(name)

    async def says(self, line: str) -> Locator:
        """Type a line and send it; the private answer."""
        await self.page.get_by_test_id("say").fill(line)
        await self.press("send")
        await expect(self.private.nth(-2)).to_contain_text(line)
        return self.private.last

    async def stands_at(self, now: str) -> None:
        await expect(self.page.get_by_test_id("clock")).to_have_attribute("data-now", now)

    async def lets_pass_until(self, *instants: str) -> None:
        """Step to the next moment, which is to be each of these instants in turn."""
        for now in instants:
            await self.press("step-next")
            await self.stands_at(now)

    async def goes_to(self, local: str, now: str) -> None:
        """Set the clock to a day and time in the study's zone."""
        await self.press("clock-exact")
        await self.page.get_by_test_id("clock-to").fill(local)
        await self.press("clock-go")
        await self.stands_at(now)

    @property
    def channel(self) -> Locator:
        """What everybody sees, without the private answers."""
        return self.page.locator('[data-testid="post"][data-private="false"]')

    @property
    def private(self) -> Locator:
        """What only the reader sees."""
        return self.page.locator('[data-testid="post"][data-private="true"]')

    @property
    def form(self) -> Locator:
        """The form that asks for more."""
        return self.page.get_by_test_id("form").last

    async def mentioned_last(self, saying: str = "") -> list[str]:
        """Who is mentioned in the newest message, or the newest that says something."""
        message = self.channel.filter(has_text=saying).last if saying else self.channel.last
        # The clock may be seen at its new time a moment before what is said then.
        await expect(message).to_be_visible()
        return [text.removeprefix("@") for text in await message.locator(".mention").all_inner_texts()]

    async def sees(self, week: int, verdicts: Sequence[str]) -> None:
        """The season shows these verdicts for a week, in the order of the members."""
        cells = self.page.locator(f'[data-testid="cell"][data-week="{week}"]')
        for place, verdict in enumerate(verdicts):
            await expect(cells.nth(place)).to_have_attribute("data-verdict", verdict)

    async def fits(self) -> None:
        """The page does not scroll sideways."""
        width = await self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1]
