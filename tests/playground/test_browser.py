"""Week 1 of the sample, played in Chromium against the real process, in both languages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.playground.reader import Reader, running


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where a fresh playground listens."""
    async with running(tmp_path) as found:
        yield found


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
        "reminder": "과제 알림",
        "due": "Fundamentals 마감",
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
        "reminder": ": reminder",
        "due": "Fundamentals is due",
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
    assert await reader.mentioned_last(words["reminder"]) == MISSING
    await reader.lets_pass_until("2022-04-12T12:00:00+00:00", "2022-04-12T15:00:10+00:00")
    assert await reader.mentioned_last(words["due"]) == MISSING
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
    assert sorted(cells) == [words["late fine"], *[words["absent fine"]] * 3]

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
    await reader.fits()
