"""The sample in Chromium to its end: breaks, settlements, a swap, more time, a waiver, closed books."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.playground.reader import Reader, running
from tests.rules.season_2022 import OPENINGS, SEOUL

WORDS = {
    "ko": {
        "submit": "/제출", "swap": "/차례 교환 5 7", "extend": "/주차 연장 3 2022-05-11 09:00 정전",
        "waive": "/장부 취소 한현경 병원 주차=1", "end": "/스터디 종료", "paid": "/장부 납부 이은빈",
        "history": "/장부 내역 한현경", "opened": "{}주차 시작",
        "april": "2022년 4월 정산|모인 벌금 15,000원|꼴찌: 이은빈, 한현경, 문수인|각 7,500원",
        "may": "2022년 5월 정산",
        "writer": "팀블로그 차례: @문수인", "extended": "5월 11일(수) 09:00부터 지각",
        "waived": "다음 정산에서 차액을 돌려드려요", "adjusted": "정산 뒤 바뀐 벌금: 한현경 -4,000원",
        "shares": "지난 정산에서 달라진 몫: 장서진 -3,834원, 구미진 -3,834원, 한현경 3,666원",
        "paid all": "남은 돈이 없어요", "takes back": "#3 취소, 이은빈",
        "season": "2022년 7월 정산|Study-MLOps 한 시즌", "ended": "Study-MLOps 스터디가 끝났어요",
        "over": "스터디는 끝났어요",
    },
    "en": {
        "submit": "/submit", "swap": "/turn swap 5 7", "extend": "/week extend 3 2022-05-11 09:00 outage",
        "waive": "/ledger waive 한현경 hospital week=1", "end": "/study end", "paid": "/ledger paid 이은빈",
        "history": "/ledger history 한현경", "opened": "Week {} is open",
        "april": "Settlement of April 2022|₩15,000 in all|Last place: 이은빈, 한현경, 문수인|₩7,500 each",
        "may": "Settlement of May 2022",
        "writer": "Team blog: @문수인", "extended": "Late from Wed, May 11, 09:00",
        "waived": "the difference comes with the next settlement",
        "adjusted": "Fines that changed after their settlement: 한현경 -₩4,000",
        "shares": "Shares of earlier months that change: 장서진 -₩3,834, 구미진 -₩3,834, 한현경 ₩3,666",
        "paid all": "Nothing is left to pay", "takes back": "takes back #3, 이은빈",
        "season": "Settlement of July 2022|Study-MLOps: the season", "ended": "Study-MLOps has ended",
        "over": "Study-MLOps has ended",
    },
}  # fmt: skip


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where a fresh playground listens."""
    async with running(tmp_path) as found:
        yield found


async def goes_to(reader: Reader, local: str) -> None:
    """Set the clock to a wall time in Seoul, such as `04-13 12:01`."""
    wall = datetime.fromisoformat(f"2022-{local}").replace(tzinfo=SEOUL)
    await reader.goes_to(f"2022-{local}".replace(" ", "T"), wall.astimezone(UTC).isoformat())


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_season_plays_to_its_end(address: str, page: Page, language: str) -> None:
    words = WORDS[language]
    reader = Reader(page)
    page.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    await reader.opens(address, language)

    await goes_to(reader, "04-07 10:00")
    await reader.is_now("장서진")
    await reader.says(f"{words['submit']} https://example.org/1")
    await goes_to(reader, "04-13 09:00")
    await reader.is_now("구미진")
    await reader.says(f"{words['submit']} https://example.org/1b")

    await goes_to(reader, "05-01 09:00")
    for part in words["april"].split("|"):
        await expect(reader.channel.last).to_contain_text(part)
    await reader.is_now("이은빈")
    await expect(await reader.says(words["paid"])).to_contain_text(words["paid all"])

    await reader.is_now("장서진")
    await reader.says(words["swap"])
    await goes_to(reader, "05-06 10:00")
    await reader.says(words["extend"])
    await expect(reader.channel.last).to_contain_text(words["extended"])
    await reader.is_now("이은빈")
    await expect(await reader.says(words["waive"])).to_contain_text(words["waived"])
    await expect(await reader.says(words["history"])).to_contain_text(words["takes back"])

    for week, day in OPENINGS.items():
        if day < "05-07":
            continue
        if week == 7:
            await goes_to(reader, "06-01 09:00")
            settled = reader.channel.filter(has_text=words["may"])
            await expect(settled).to_contain_text(words["adjusted"])
            await expect(settled).to_contain_text(words["shares"])
            continue
        opened = reader.channel.filter(has_text=words["opened"].format(week))
        await goes_to(reader, f"{day} 00:01")
        await expect(opened).to_have_count(1)
        if week == 5:
            await expect(opened).to_contain_text(words["writer"])

    await goes_to(reader, "07-27 12:01")
    for part in words["season"].split("|"):
        await expect(reader.channel.last).to_contain_text(part)
    await reader.is_now("장서진")
    answer = await reader.says(words["end"])
    await answer.get_by_role("button").last.click()
    await expect(reader.channel.last).to_contain_text(words["ended"])
    answer = await reader.says(f"{words['submit']} https://example.org/late")
    await expect(answer).to_contain_text(words["over"])
