"""Forms and completion: what they offer, and that what is sent is read back."""

import re

import pytest

from bot.commands.command import Commands
from bot.doors.playground.forms import as_typed
from tests.playground.conftest import Playground


class Page:
    """Somebody at the page, without scripts."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.you = "장서진"

    async def post(self, path: str, **form: str) -> str:
        """Send a form of the page; the page as it is then."""
        headers = {"hx-request": "true", "accept-language": "ko"}
        body = {"you": self.you, **form}
        response = await self.playground.client.post(path, data=body, headers=headers)
        assert response.status_code == 200, response.text
        return response.text

    async def asks(self, line: str) -> str:
        """Type a command without what it needs; its form."""
        shown = await self.post("/say", text=line)
        return shown[shown.index('name="command"') :]

    async def completes(self, line: str) -> list[str]:
        """The lines that a line may become."""
        found = await self.playground.client.get(
            "/complete", params={"text": line}, headers={"accept-language": "ko"}
        )
        return re.findall('data-takes="([^"]*)"', found.text)


def options(form: str, name: str) -> list[str]:
    """The values that a list of a form offers."""
    found = re.search(f'<select name="option-{name}">(.*?)</select>', form, re.DOTALL)
    assert found, name
    return [value for value in re.findall('value="([^"]*)"', found[1]) if value]


@pytest.fixture
async def page(sample: Playground) -> Page:
    """The page on a Thursday of week 2, as the leader."""
    await sample.until("2022-04-28T09:00:00+09:00")
    return Page(sample)


class TestMoments:
    async def test_are_asked_for_with_a_day_and_a_time(self, page: Page) -> None:
        form = await page.asks("/week extend week=2")
        assert re.search('name="option-until" type="datetime-local" value=""', form)

    async def test_come_back_as_people_type_them(self, page: Page) -> None:
        await page.asks("/week extend")
        fields = {"option-week": "2", "option-until": "2022-05-05T09:00", "option-reason": "연휴"}
        await page.post("/answer", command="week extend", **fields)
        told = (await page.playground.channel())[-1]["text"]
        assert "5월 5일(목) 09:00" in told
        html = (await page.playground.client.get("/")).text
        assert "/주차 연장 2 2022-05-05 09:00 연휴" in html
        assert (await page.playground.says("장서진", "/주차 연장 2 2022-05-05 10:00 연휴"))["text"]

    async def test_that_were_typed_stand_in_the_form(self, page: Page) -> None:
        form = await page.asks('/week extend until="2022-05-05 09:00"')
        assert 'type="datetime-local" value="2022-05-05T09:00"' in form
        form = await page.asks("/week extend until=내일")
        assert re.search('name="option-until" type="text" value="내일"', form)

    def test_words_are_left_as_they_are(self) -> None:
        extend = Commands.in_package("cogs")["week extend"]
        sent = as_typed(extend, {"until": "2022-05-05T09:00", "reason": "Tea Time"})
        assert sent == {"until": "2022-05-05 09:00", "reason": "Tea Time"}


class TestMembers:
    async def test_are_asked_for_with_their_present_order(self, page: Page) -> None:
        form = await page.asks("/turn order")
        assert 'name="option-members" type="text" value="이은빈, 문수인, 한현경, 장서진, 구미진"' in form

    async def test_are_sent_in_a_new_order(self, page: Page) -> None:
        await page.asks("/turn order")
        members = "구미진, 장서진, 한현경, 문수인, 이은빈"
        await page.post("/answer", command="turn order", **{"option-members": members})
        assert members in (await page.playground.channel())[-1]["text"]

    async def test_are_completed_one_after_the_other(self, page: Page) -> None:
        first, *names = await page.completes("/turn order ")
        assert first == "/turn order 이은빈, 문수인, 한현경, 장서진, 구미진"
        assert names[0] == "/turn order 이은빈, "
        assert await page.completes("/turn order 이은빈, 구") == ["/turn order 이은빈, 구미진, "]
        assert len(await page.completes("/turn order 이은빈, 구미진, ")) == 3


class TestWeeks:
    async def test_to_swap_are_those_ahead(self, page: Page) -> None:
        form = await page.asks("/turn swap")
        assert options(form, "week") == options(form, "other") == [str(week) for week in range(3, 13)]

    async def test_to_extend_are_those_that_can_still_move(self, page: Page) -> None:
        form = await page.asks("/week extend")
        assert options(form, "week") == [str(week) for week in range(1, 13)]
        await page.playground.until("2022-05-05T09:00:00+09:00")
        assert options(await page.asks("/week extend"), "week") == [str(week) for week in range(2, 13)]

    async def test_that_a_post_can_be_for_are_those_that_have_opened(self, page: Page) -> None:
        assert options(await page.asks("/turn done"), "week") == ["1", "2"]


class TestMonths:
    async def test_are_those_of_the_season(self, page: Page) -> None:
        form = await page.asks("/ledger paid")
        assert options(form, "month") == ["2022-04", "2022-05", "2022-06", "2022-07"]
        assert "2022년 4월" in form

    async def test_are_completed_as_they_are_typed(self, page: Page) -> None:
        assert await page.completes("/fines month=2022-04") == ["/fines month=2022-04 "]
        assert len(await page.completes("/ledger settle month=")) == 4


class TestEntries:
    async def test_that_can_be_taken_back_are_offered(self, page: Page) -> None:
        form = await page.asks("/ledger waive")
        assert options(form, "entry") == ["5", "4", "3", "2", "1"]
        assert re.search(r"문수인 · #5 결석 4,000원", form)
        await page.playground.says("이은빈", "/ledger waive 문수인 reason=휴가")
        assert options(await page.asks("/ledger waive"), "entry") == ["4", "3", "2", "1"]


class TestAfterTheEnd:
    async def test_the_page_still_shows_the_study(self, page: Page) -> None:
        await page.playground.says("장서진", "/study show")
        end = (await page.playground.says("장서진", "/study end"))["buttons"][0]
        assert end["label"] == "정말 끝내기"
        await page.playground.presses("장서진", end)
        html = (await page.playground.client.get("/", headers={"accept-language": "ko"})).text
        assert "끝난 스터디" in html
        assert 'data-testid="week"' in html
        assert 'data-verdict="absent"' in html
        assert 'data-verdict="pending"' not in html
        assert 'data-state="now"' not in html
        assert 'data-state="open"' not in html
        assert "스터디가 아직 없어요" not in html
        assert (await page.playground.says("구미진", "/board"))["text"]

    async def test_another_one_takes_its_place(self, page: Page) -> None:
        end = (await page.playground.says("장서진", "/study end"))["buttons"][0]
        await page.playground.presses("장서진", end)
        await page.playground.says("Anna", "/study start Papers 2022-05-04 4 language=en practice=yes")
        html = (await page.playground.client.get("/")).text
        assert "<h1>Papers</h1>" in html
        assert "Study-MLOps</h1>" not in html
