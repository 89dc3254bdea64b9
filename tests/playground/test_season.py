"""What stands beside the chat: months, turns, and plots with the same in words."""

import re
from html import unescape

from tests.playground.conftest import Playground

LINK = "https://example.org/w1"


async def shown(playground: Playground, language: str = "ko") -> str:
    """The page as it is now."""
    response = await playground.client.get("/", headers={"accept-language": language})
    assert response.status_code == 200
    return unescape(response.text)


def months(html: str) -> dict[str, str]:
    """The months that a page shows, without their markup."""
    found = re.findall('data-month="([^"]+)"(.*?)</article>', html, re.DOTALL)
    return {month: " ".join(re.sub("<[^>]*>", " ", rest).split()) for month, rest in found}


def in_words(html: str, plot: str) -> str:
    """A plot as it is read out."""
    found = re.search(f'<desc id="plot-{plot}-words">([^<]*)', html)
    return found[1] if found else ""


async def test_before_the_first_week_there_is_nothing_to_plot(sample: Playground) -> None:
    html = await shown(sample)
    assert 'data-testid="plot"' not in html
    assert list(months(html)) == ["2022-04"]
    assert "벌금이 없어요." in months(html)["2022-04"]
    assert html.count('data-testid="turn"') == 12


async def test_a_month_is_told_as_provisional_until_it_is_sealed(sample: Playground) -> None:
    await sample.until("2022-04-07T09:00:00+09:00")
    await sample.says("장서진", f"/submit {LINK}")
    await sample.until("2022-04-13T13:00:00+09:00")
    april = months(await shown(sample))["2022-04"]
    assert "예상 5월 1일(일) 09:00에 정산해요" in april
    assert "각 16,000원 · 장서진" in april
    assert "남은 송금" not in april
    await sample.until("2022-05-01T09:00:00+09:00")
    html = await shown(sample)
    assert "정산함 5월 1일(일) 09:00" in months(html)["2022-04"]
    assert "남은 송금 구미진 → 장서진 4,000원" in months(html)["2022-04"]
    assert list(months(html)) == ["2022-05", "2022-04"]


async def test_a_waiver_after_the_seal_is_a_correction_of_the_next_month(sample: Playground) -> None:
    await sample.until("2022-04-07T09:00:00+09:00")
    await sample.says("장서진", f"/submit {LINK}")
    await sample.until("2022-05-01T09:00:00+09:00")
    await sample.says("이은빈", "/ledger waive 구미진 reason=아팠어요")
    html = await shown(sample)
    assert "지난달 조정" in months(html)["2022-05"]
    assert "16,000원" in months(html)["2022-04"]


async def test_plots_are_read_out_in_the_readers_language(sample: Playground) -> None:
    await sample.until("2022-04-07T09:00:00+09:00")
    await sample.says("장서진", f"/submit {LINK}")
    await sample.until("2022-04-13T13:00:00+09:00")
    html = await shown(sample)
    assert in_words(html, "hand-ins") == "1주차 정시 1명 · 지각 0명 · 결석 4명"
    assert in_words(html, "fines") == "2022년 4월 16,000원"
    html = await shown(sample, "en")
    assert in_words(html, "hand-ins") == "Week 1: 1 on time · 0 late · 4 absent"
    assert in_words(html, "fines") == "April 2022 ₩16,000"


async def test_a_study_without_fines_shows_no_money(playground: Playground) -> None:
    now = (await playground.client.get("/api/channel")).json()["now"][:10]
    await playground.says("Anna", f"/study start 모임 {now} 2 rules=none")
    html = await shown(playground)
    assert 'data-testid="week"' in html
    assert months(html) == {}
    assert 'data-testid="turn"' not in html


async def test_what_is_next_is_said_of_every_kind(sample: Playground) -> None:
    told = set()
    for _ in range(12):
        html = await shown(sample)
        told.add(re.sub(r"\d+", "N", re.search(r"<small>[^·]*· ([^<]*)</small>", html)[1]))  # type: ignore[index]
        await sample.until("next")
    assert "N주차 시작, N주차 질문 열림" in told
    assert "N년 N월 정산" in told
    assert any("팀블로그 알림" in x for x in told)
    assert any("질문 닫힘" in x for x in told)
