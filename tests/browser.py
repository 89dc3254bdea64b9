"""A real Chromium for the tests, the system's own, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

MISSING = "no Chromium here: apt-get install --no-install-recommends chromium fonts-nanum"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The page, too, reaches this machine alone: what it loads from elsewhere fails the test.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    """Give a browser of the test's own, since Playwright's objects live on one event loop."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(MISSING)
    # Else it leaves its settings and crash reports in the home of who runs the tests.
    home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(tmp_path))
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=program, args=ARGUMENTS, env={**os.environ, **home}
        )
        yield running
        await running.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """Give an empty page of a person in Korea."""
    context = await browser.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
    yield await context.new_page()
    await context.close()
