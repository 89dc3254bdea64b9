"""What goes on beside handing in, played in Chromium: threads, settlements, turns, and the end."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.playground.reader import Reader, running


@pytest.fixture
async def reader(tmp_path: Path, page: Page) -> AsyncIterator[Reader]:
    """Somebody who has loaded the sample and let its first week begin."""
    async with running(tmp_path) as address:
        found = Reader(page)
        await found.opens(address, "ko")
        await found.lets_pass_until("2022-04-05T15:00:00+00:00")
        yield found


async def plays_week_1(reader: Reader) -> None:
    """One hands in on time, one late, three not at all."""
    await reader.is_now("장서진")
    await reader.says("/제출 https://example.org/1")
    await reader.goes_to("2022-04-13T09:00", "2022-04-13T00:00:00+00:00")
    await reader.is_now("구미진")
    await reader.says("/제출 https://example.org/2")


async def test_a_thread_is_asked_answered_and_closed(reader: Reader) -> None:
    page = reader.page
    thread = page.get_by_test_id("thread")
    field, replies = thread.get_by_test_id("thread-say"), thread.get_by_test_id("reply")
    await reader.is_now("구미진")
    await page.locator("a.to-thread").click()
    await field.fill("Lab도 내야 하나요?")
    await field.press("Enter")
    await expect(replies).to_have_count(1)
    await expect(replies.first).to_contain_text("구미진")
    await expect(field).to_have_value("")

    await reader.is_now("장서진")
    await expect(field).to_be_visible()
    await field.fill("@everyone 안 내도 돼요")
    await thread.get_by_test_id("thread-send").click()
    await expect(page.get_by_test_id("notice")).to_contain_text("모두를 부르는 말")
    await expect(field).to_have_value("@everyone 안 내도 돼요")
    await field.fill("안 내도 돼요")
    await thread.get_by_test_id("thread-send").click()
    await expect(replies).to_have_count(2)
    await expect(replies.last).to_contain_text("장서진")
    await expect(thread.get_by_test_id("thread-open")).to_contain_text("답글 2개")

    await reader.goes_to("2022-04-13T00:01", "2022-04-12T15:01:00+00:00")
    await expect(thread).to_have_attribute("data-open", "false")
    await expect(thread.get_by_test_id("thread-open")).to_contain_text("닫힘")
    await expect(field).to_have_count(0)
    await expect(replies).to_have_count(3)


async def test_words_being_written_outlive_what_others_say(reader: Reader, page: Page) -> None:
    other = Reader(await page.context.new_page())
    await other.page.goto(page.url)
    for one in (reader, other):
        await one.page.get_by_test_id("thread-open").click()
    field = page.get_by_test_id("thread-say")
    await field.fill("아직 쓰는 중")
    await other.page.get_by_test_id("thread-say").fill("먼저 물을게요")
    await other.press("thread-send")
    await expect(page.get_by_test_id("reply")).to_have_count(1)
    await expect(field).to_have_value("아직 쓰는 중")
    await expect(field).to_be_focused()


async def test_a_month_is_settled_and_paid(reader: Reader) -> None:
    await plays_week_1(reader)
    page = reader.page
    april = page.locator('[data-testid="month"][data-month="2022-04"]')
    await reader.goes_to("2022-04-13T13:00", "2022-04-13T04:00:00+00:00")
    await expect(april).to_have_attribute("data-sealed", "false")
    await reader.goes_to("2022-05-01T09:00", "2022-05-01T00:00:00+00:00")
    await expect(april).to_have_attribute("data-sealed", "true")
    await expect(april.get_by_test_id("share")).to_have_text("각 7,500원 · 장서진, 구미진")
    await expect(april.get_by_test_id("last")).to_have_text("이은빈, 한현경, 문수인")
    await expect(april.get_by_test_id("open").locator("li")).to_have_count(4)
    await expect(page.locator('[data-plot="hand-ins"] desc')).to_have_text(
        "1주차 정시 1명 · 지각 1명 · 결석 3명"
    )
    await expect(page.locator('[data-plot="fines"] desc')).to_contain_text("2022년 4월 15,000원")

    await reader.is_now("이은빈")
    await reader.channel.last.get_by_role("button", name="납부 표시").click()
    await expect(reader.form.locator('[name="option-month"]')).to_have_value("2022-04")
    await reader.form.locator('[name="option-who"]').select_option("한현경")
    await reader.form.get_by_test_id("form-send").click()
    await expect(reader.private.last).to_contain_text("한현경")
    await expect(april.get_by_test_id("open")).not_to_contain_text("한현경")


async def test_a_writer_marks_their_post_and_swaps_a_turn(reader: Reader) -> None:
    await reader.is_now("이은빈")
    answer = await reader.says("/팀블로그")
    await answer.get_by_role("button", name="글 올렸어요").click()
    await expect(reader.form.locator('[name="option-week"]')).to_have_value("1")
    await reader.form.locator('[name="option-link"]').fill("https://example.org/blog")
    await reader.form.get_by_test_id("form-send").click()
    turn = reader.page.get_by_test_id("turn")
    await expect(turn.first).to_have_attribute("data-state", "posted")
    await expect(turn.first.get_by_role("link")).to_have_attribute("href", "https://example.org/blog")

    answer = await reader.says("/팀블로그")
    await answer.get_by_role("button", name="차례 바꾸기").click()
    await expect(reader.form.locator('[name="option-week"]')).to_have_value("6")
    await reader.form.locator('[name="option-other"]').select_option("7")
    await reader.form.get_by_test_id("form-send").click()
    await expect(turn.nth(5)).to_contain_text("문수인")
    await expect(turn.nth(6)).to_contain_text("이은빈")
    await reader.goes_to("2022-05-04T00:01", "2022-05-03T15:01:00+00:00")
    await expect(turn.nth(1)).to_have_attribute("data-state", "missed")


async def test_a_week_is_put_off_by_its_form(reader: Reader) -> None:
    await reader.is_now("장서진")
    await reader.page.get_by_test_id("say").fill("/주차 연장 ")
    await reader.press("send")
    await reader.form.locator('[name="option-week"]').select_option("1")
    await reader.form.locator('[name="option-until"]').fill("2022-04-14T09:00")
    await reader.form.locator('[name="option-reason"]').fill("선거일")
    await reader.form.get_by_test_id("form-send").click()
    await expect(reader.channel.last).to_contain_text("4월 14일(목) 09:00")
    await expect(reader.page.locator('[data-testid="week"][data-week="1"]')).to_contain_text("4월 14일(목)")


async def test_a_study_that_has_ended_is_still_shown(reader: Reader) -> None:
    await plays_week_1(reader)
    await reader.goes_to("2022-04-13T13:00", "2022-04-13T04:00:00+00:00")
    await reader.is_now("장서진")
    answer = await reader.says("/스터디 종료")
    await answer.get_by_role("button", name="정말 끝내기").click()
    await expect(reader.page.get_by_test_id("ended")).to_be_visible()
    await reader.sees(1, ["on_time", "late", "absent", "absent", "absent"])
    await expect(reader.page.locator('[data-testid="week"][data-state="open"]')).to_have_count(0)
    april = reader.page.locator('[data-testid="month"][data-month="2022-04"]')
    await expect(april).to_have_attribute("data-sealed", "true")
    await reader.says("/스터디 시작 Papers 2022-05-04 4")
    await expect(reader.page.get_by_role("heading", level=1)).to_have_text("Papers")


@pytest.mark.parametrize("width", [1280, 1100, 1000, 390])
async def test_nothing_overflows_with_a_thread_open(reader: Reader, width: int) -> None:
    page = reader.page
    await plays_week_1(reader)
    await page.set_viewport_size({"width": width, "height": 844})
    await page.get_by_test_id("thread-open").click()
    await reader.fits()
    tab = page.get_by_test_id("season-tab")
    if width < 1100:
        await expect(page.get_by_test_id("season")).to_be_hidden()
        await tab.click()
    await expect(page.get_by_test_id("season")).to_be_visible()
    await expect(page.get_by_test_id("turns")).to_be_attached()
    await reader.fits()


async def test_the_records_come_as_a_file(reader: Reader) -> None:
    answer = await reader.says("/기록 내보내기 표")
    async with reader.page.expect_download() as coming:
        await answer.get_by_test_id("file").click()
    download = await coming.value
    assert download.suggested_filename == "Study-MLOps.csv"
    assert (await asyncio.to_thread(Path(await download.path()).read_bytes)).startswith(b"\xef\xbb\xbf")
