"""The pages of installing: in the language that the browser asks for, whatever comes of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.house import House
from db.models import SlackInstall
from tests.platforms.trouble import Cut
from tests.slack import oauth
from tests.slack.people import Person
from tests.slack.scene import BASE, opened, wanted
from tests.slack.server import Slack
from tests.slack.trouble import Error
from tests.store import rows

INSTALL, BACK = f"{BASE}/slack/install", f"{BASE}/slack/oauth_redirect"


@pytest.fixture
async def house(platform: Slack, file: Path) -> AsyncIterator[House]:
    """The application, for all that install the app."""
    async with opened(file, platform, wanted(platform, "many")) as made:
        yield made


@pytest.fixture
def jang(platform: Slack) -> Person:
    """Somebody who may install apps."""
    return platform.team("ku").person("장서진", manages=True)


async def fetched(platform: Slack, address: str, accepts: str) -> httpx.Response:
    """A page as a browser asks for it."""
    headers = {"Accept-Language": accepts} if accepts else {}
    async with httpx.AsyncClient() as browser:
        return await browser.get(platform.hooks.resolve(address), headers=headers)


@pytest.mark.parametrize(
    ("accepts", "language", "said"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko", "슬랙에 추가하기"),
        ("en-US,en;q=0.9", "en", "Add to Slack"),
        ("fr,en;q=0.5", "en", "Add to Slack"),
        ("", "ko", "슬랙에 추가하기"),
    ],
)
async def test_the_page_is_in_the_browsers_language(
    platform: Slack, house: House, accepts: str, language: str, said: str
) -> None:
    page = await fetched(platform, INSTALL, accepts)
    assert f'lang="{language}"' in page.text
    assert said in page.text
    assert "/oauth/v2/authorize?" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    failed = await fetched(platform, f"{BACK}?error=%3Cscript%3E", accepts)
    assert f'lang="{language}"' in failed.text
    assert "<script>" not in failed.text


async def test_after_it_the_page_says_how_to_go_on(platform: Slack, house: House, jang: Person) -> None:
    visit = await jang.installs(INSTALL)
    assert (visit.status, "설치했어요" in visit.page) == (200, True)
    assert "/invite @studybot" in visit.page
    assert "/스터디 시작" in visit.page
    assert f"team={jang.team.id}" in visit.page
    again = await oauth.come_back(jang, visit.address, visit.cookies)
    assert (again.status, "처음부터 다시" in again.page) == (401, True)
    stranger = await oauth.come_back(jang, visit.address, {})
    assert (stranger.status, "한 브라우저에서" in stranger.page) == (400, True)


async def test_whoever_says_no_is_told_that_nothing_changed(
    platform: Slack, house: House, jang: Person
) -> None:
    visit = await jang.installs(INSTALL, denies=True)
    assert (visit.status, visit.installation) == (200, None)
    assert "아무것도 바뀌지 않았어요" in visit.page


@pytest.mark.parametrize("trouble", [Cut(), Error("fatal_error")])
async def test_trouble_on_the_way_has_a_page_too(
    platform: Slack, house: House, jang: Person, trouble: Cut | Error
) -> None:
    platform.fails("oauth.v2.access", trouble)
    visit = await jang.installs(INSTALL)
    assert (visit.status, "처음부터 다시" in visit.page) == (401, True)
    assert await house.runner.read(rows, SlackInstall) == []


async def test_a_whole_organisation_is_sent_to_one_workspace(
    platform: Slack, house: House, jang: Person
) -> None:
    platform.app.is_org_wide = True
    visit = await jang.installs(INSTALL)
    assert (visit.status, "조직 전체에는" in visit.page) == (400, True)
    assert await house.runner.read(rows, SlackInstall) == []


async def test_what_cannot_be_kept_is_no_blank_page(
    platform: Slack, house: House, jang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.doors.slack.safe.Safe.lock", broken)
    visit = await jang.installs(INSTALL)
    assert (visit.status, "이쪽에 문제가" in visit.page) == (500, True)
