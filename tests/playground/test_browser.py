"""Week 1 of the sample, played in Chromium against the real process, in both languages."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

READY = 60
"""Seconds a process may take to be ready on a busy machine."""


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """A running `studybot run` on an empty database, and where it listens."""
    settings = {"STUDYBOT_WEB__PORT": "0", "STUDYBOT_DATABASE__URL": f"sqlite:///{tmp_path / 's.db'}"}
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
        await self.page.get_by_test_id("you").select_option(name)
        await expect(self.page.get_by_test_id("you")).to_have_value(name)

    async def says(self, line: str) -> Locator:
        """Type a line and send it; the private answer."""
        private = self.page.locator('[data-testid="post"][data-private="true"]')
        await self.page.get_by_test_id("say").fill(line)
        await self.press("send")
        await expect(private.nth(-2)).to_contain_text(line)
        return private.last

    async def stands_at(self, now: str) -> None:
        await expect(self.page.get_by_test_id("clock")).to_have_attribute("data-now", now)

    async def lets_pass_until(self, *instants: str) -> None:
        """Step to the next moment, which is to be each of these instants in turn."""
        for now in instants:
            await self.press("step-next")
            await self.stands_at(now)

    @property
    def channel(self) -> Locator:
        """What everybody sees, without the private answers."""
        return self.page.locator('[data-testid="post"][data-private="false"]')

    async def mentioned_last(self) -> list[str]:
        return [
            text.removeprefix("@") for text in await self.channel.last.locator(".mention").all_inner_texts()
        ]

    async def sees(self, week: int, verdicts: Sequence[str]) -> None:
        """The season shows these verdicts for a week, in the order of the members."""
        cells = self.page.locator(f'[data-testid="cell"][data-week="{week}"]')
        for place, verdict in enumerate(verdicts):
            await expect(cells.nth(place)).to_have_attribute("data-verdict", verdict)


WORDS = {
    "ko": {
        "submit": "/제출",
        "fines": "/벌금",
        "on time": "1주차 · 정시",
        "late": "1주차 · 지각",
        "in": "제출 1/5 · 장서진",
        "late fine": "3,000원",
        "absent fine": "4,000원",
        "results": "이은빈, 한현경, 문수인 (각 4,000원)",
        "opened": "2주차 시작",
        "private": "나에게만 보여요",
    },
    "en": {
        "submit": "/submit",
        "fines": "/fines",
        "on time": "Week 1 · on time",
        "late": "Week 1 · late",
        "in": "In 1/5 · 장서진",
        "late fine": "₩3,000",
        "absent fine": "₩4,000",
        "results": "이은빈, 한현경, 문수인 (₩4,000 each)",
        "opened": "Week 2 is open",
        "private": "Only you can see this",
    },
}
MISSING = ["구미진", "이은빈", "한현경", "문수인"]


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_week_1_plays_from_its_opening_to_the_next_week(
    address: str, page: Page, language: str
) -> None:
    words = WORDS[language]
    reader = Reader(page)
    await reader.opens(address, language)
    await reader.lets_pass_until("2022-04-05T15:00:00+00:00")

    await reader.is_now("장서진")
    answer = await reader.says(f"{words['submit']} https://example.org/week1")
    await expect(answer).to_contain_text(words["on time"])
    await expect(answer).to_contain_text(words["private"])
    await expect(reader.channel.last).to_contain_text(words["in"])

    await reader.lets_pass_until("2022-04-11T15:00:00+00:00")
    assert await reader.mentioned_last() == MISSING
    await reader.lets_pass_until("2022-04-12T12:00:00+00:00", "2022-04-12T15:00:10+00:00")
    assert await reader.mentioned_last() == MISSING
    await reader.sees(1, ["on_time", *["pending"] * 4])

    await reader.lets_pass_until("2022-04-13T00:00:00+00:00")
    await reader.is_now("구미진")
    answer = await reader.says(f"{words['submit']} https://example.org/late")
    await expect(answer).to_contain_text(words["late"])

    await reader.lets_pass_until("2022-04-13T03:00:10+00:00")
    await expect(reader.channel.last).to_contain_text(words["results"])
    assert await reader.mentioned_last() == []
    await reader.sees(1, ["on_time", "late", "absent", "absent", "absent"])

    answer = await reader.says(words["fines"])
    cells = await answer.locator("td:last-child").all_inner_texts()
    assert sorted(cells)[1:] == [words["late fine"], *[words["absent fine"]] * 3]

    told = await reader.channel.count()
    for day in range(14, 19):
        await reader.press("step-1d")
        await reader.stands_at(f"2022-04-{day}T03:00:10+00:00")
    assert await reader.channel.count() == told

    await reader.lets_pass_until("2022-04-26T15:00:00+00:00")
    await expect(reader.channel.last).to_contain_text(words["opened"])
    await reader.sees(2, ["pending"] * 5)


async def test_an_empty_study_is_started_by_its_form(address: str, page: Page) -> None:
    await page.goto(address)
    await page.get_by_test_id("language-en").click()
    await page.get_by_test_id("clock-virtual").click()
    await expect(page.get_by_test_id("clock")).to_have_attribute("data-mode", "virtual")
    await page.get_by_test_id("start-empty").click()
    form = page.get_by_test_id("form").last
    await expect(form).to_be_visible()
    await form.locator('[name="option-name"]').fill("Papers")
    await form.locator('[name="option-starts"]').fill("2030-01-02")
    await form.locator('[name="option-weeks"]').fill("4")
    await form.get_by_test_id("form-send").click()
    started = page.locator('[data-testid="post"][data-private="false"]').last
    await expect(started).to_contain_text("Papers")
    await expect(page.locator('[data-testid="cell"][data-week="1"]').first).to_be_attached()


async def test_the_buttons_of_a_message_work_after_a_restart_of_the_page(address: str, page: Page) -> None:
    reader = Reader(page)
    await reader.opens(address, "ko")
    await reader.lets_pass_until("2022-04-05T15:00:00+00:00")
    await page.reload()
    await reader.channel.last.get_by_test_id("button").first.click()
    form = page.get_by_test_id("form").last
    await form.locator('[name="option-link"]').fill("https://example.org/by-form")
    await form.get_by_test_id("form-send").click()
    await expect(page.locator('[data-testid="post"][data-private="true"]').last).to_contain_text(
        "1주차 · 정시"
    )


@pytest.mark.parametrize("width", [1280, 390])
async def test_nothing_overflows_the_page(address: str, page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    reader = Reader(page)
    await reader.opens(address, "ko")
    await reader.lets_pass_until("2022-04-05T15:00:00+00:00")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
