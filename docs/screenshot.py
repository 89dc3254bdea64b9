"""Makes the README's picture from the running program: `.venv/bin/python docs/screenshot.py`."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

HERE = Path(__file__).parent
PICTURE = HERE / "playground.png"
NOON = "2022-04-13T03:00:10+00:00"


async def main() -> None:
    """Play week 1 of the sample and take a picture of the noon after it."""
    program = shutil.which("chromium") or sys.exit("needs Chromium: apt-get install chromium fonts-nanum")
    with tempfile.TemporaryDirectory() as folder:
        settings = {"STUDYBOT_WEB__PORT": "0", "STUDYBOT_DATABASE__URL": f"sqlite:///{folder}/s.db"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", "run"),
            cwd=HERE.parent,
            env={**os.environ, **settings},
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout
        address = (await process.stdout.readline()).decode().strip()
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            page = await browser.new_page(
                locale="ko-KR", viewport={"width": 1280, "height": 800}, device_scale_factor=1.5
            )
            await play(page, address)
            await page.screenshot(path=PICTURE)
            await browser.close()
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def play(page: Page, address: str) -> None:
    """One hands in on time, one late, three not at all."""
    clock = page.get_by_test_id("clock")
    await page.goto(address)
    await page.get_by_test_id("load-sample").click()
    await expect(clock).to_have_attribute("data-now", "2022-04-05T12:00:00+00:00")
    await hand_in(page, "장서진", "2022-04-05T15:00:00+00:00")
    await hand_in(page, "구미진", "2022-04-13T00:00:00+00:00")
    await step_until(page, NOON)
    await page.mouse.move(0, 0)


async def hand_in(page: Page, name: str, at: str) -> None:
    """Step to an instant and hand in."""
    await step_until(page, at)
    await page.get_by_test_id("you").select_option(name)
    await expect(page.locator(".be .avatar")).to_have_text(name[1:])
    await page.get_by_test_id("say").fill("/제출 https://example.org/week1")
    await page.get_by_test_id("send").click()
    await expect(page.locator(".post.said").last).to_contain_text("/제출")


async def step_until(page: Page, at: str) -> None:
    """Press the step to the next moment until the clock stands there."""
    clock = page.get_by_test_id("clock")
    while (now := await clock.get_attribute("data-now")) != at:
        await page.get_by_test_id("step-next").click()
        await expect(clock).not_to_have_attribute("data-now", str(now))


if __name__ == "__main__":
    asyncio.run(main())
