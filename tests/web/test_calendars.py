"""Somebody's calendar at its secret address."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar

from bot.commands.desk import Desk
from bot.web.calendars import calendars
from tests.conversation import Conversation
from tests.platforms.process import started

SITE = "https://study.example"


@pytest.fixture
async def reached(week_3: Conversation) -> Conversation:
    """A study whose pages are reached."""
    week_3.desk = Desk(week_3.desk.commands, week_3.runner, site=SITE)
    return week_3


@pytest.fixture
async def web(reached: Conversation) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever looks at its pages."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(calendars(reached)), base_url=SITE) as client:
        yield client


async def address(study: Conversation, who: str, how: str = "") -> str:
    """What somebody is given."""
    said = await study.says(who, f"/records calendar {how}")
    (url,) = re.findall(rf"{SITE}/calendar/\S+\.ics", said.texts["ko"])
    assert url in said.texts["en"]
    return str(url)


def kinds(file: str) -> set[str]:
    """What a calendar's file tells of."""
    found = Calendar.from_ical(file)
    return {str(event["uid"]).split("Z-")[1].split("-")[0] for event in found.walk("VEVENT")}


async def test_a_member_subscribes_to_their_own_cutoffs(
    reached: Conversation, web: httpx.AsyncClient
) -> None:
    found = await web.get(await address(reached, "구미진"))
    assert (found.status_code, found.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert {"due", "close", "turn", "break"} <= kinds(found.text)
    theirs = await web.get(await address(reached, "장서진"))
    assert theirs.text != found.text


async def test_the_address_stays_and_follows_what_changes(
    reached: Conversation, web: httpx.AsyncClient
) -> None:
    url = await address(reached, "구미진")
    first = await web.get(url)
    known = {"If-None-Match": first.headers["etag"]}
    assert (await web.get(url, headers=known)).status_code == 304
    await reached.says("장서진", "/week extend 3 2022-05-11 11:00 공휴일")
    second = await web.get(url, headers=known)
    assert second.status_code == 200
    assert "T020000Z" in second.text
    assert await address(reached, "구미진") == url


async def test_a_new_address_ends_the_old_one(reached: Conversation, web: httpx.AsyncClient) -> None:
    old = await address(reached, "구미진")
    new = await address(reached, "구미진", "renew")
    assert [(await web.get(url)).status_code for url in (old, new)] == [404, 200]
    reached.hears("구미진", "혼자만 쓰세요")
    await reached.says("구미진", "/기록 달력 끄기")
    assert (await web.get(new)).status_code == 404


async def test_who_has_left_reads_no_more(reached: Conversation, web: httpx.AsyncClient) -> None:
    url = await address(reached, "구미진")
    await reached.says("장서진", "/study remove 구미진")
    left = await web.get(url)
    assert (left.status_code, left.text) == (404, "Not found\n")


@pytest.mark.parametrize("path", ["x", "", "../healthz", "%00", "가"])
async def test_other_addresses_say_nothing(web: httpx.AsyncClient, path: str) -> None:
    assert (await web.get(f"/calendar/{path}.ics")).status_code == 404


async def test_it_is_kept_out_of_search_engines(reached: Conversation, web: httpx.AsyncClient) -> None:
    found = await web.get(await address(reached, "구미진"))
    assert found.headers["x-robots-tag"] == "noindex"
    assert "private" in found.headers["cache-control"]


async def test_the_process_serves_it_beside_the_playground(tmp_path: Path) -> None:
    async with (
        started(tmp_path, {"WEB__BASE_URL": SITE}) as (_, here),
        httpx.AsyncClient(base_url=here, timeout=30) as client,
    ):
        await client.post("/api/sample")
        said = await client.post("/api/say", json={"as": "구미진", "text": "/기록 달력"})
        (path,) = re.findall(rf"{SITE}(/calendar/\S+\.ics)", said.json()["replies"][0]["text"])
        assert {"due", "close", "turn"} <= kinds((await client.get(path)).text)
