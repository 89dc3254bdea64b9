"""What a restart and a start over keep."""

import shutil
from pathlib import Path

from bot.commands.command import Commands
from bot.config import Database, Settings
from bot.house import House
from tests.playground.conftest import Playground, opened

LINK = "https://example.org/w1"


async def test_a_restart_keeps_the_clock_the_study_and_its_messages(file: Path) -> None:
    async with opened(file) as before:
        await before.done("sample")
        now = await before.until("2022-04-12T21:00:00+09:00")
        await before.says("장서진", f"/submit {LINK}")
        channel = (await before.client.get("/api/channel")).json()
        button = (await before.says("구미진", "/mine"))["buttons"][0]
    async with opened(file) as after:
        assert channel["now"] == now
        assert (await after.client.get("/api/channel")).json() == channel
        assert after.house.is_virtual
        assert "(링크)" in (await after.presses("구미진", button))["text"]
        mine = channel["messages"][-1]["buttons"][1]
        assert "1주차 · Fundamentals: 정시" in (await after.presses("장서진", mine))["text"]
        await after.until("2022-04-13T00:00:10+09:00")
        told = [message["text"] for message in await after.channel()]
        assert not [text for text in told if "과제 알림" in text]
        assert told[-1].startswith("1주차 · Fundamentals 마감\n제출 1/5 · 장서진")


async def test_a_message_that_was_being_sent_at_the_end_comes_once(file: Path) -> None:
    async with opened(file) as before:
        await before.done("sample")
    async with opened(file) as after:
        titles = [message["text"].splitlines()[0] for message in await after.channel()]
        assert len(titles) == len(set(titles)) == 2


async def test_starting_over_gives_a_new_file_and_keeps_the_old_one(sample: Playground) -> None:
    file = Path(sample.house.settings.database.url.removeprefix("sqlite:///"))
    await sample.says("장서진", "/study add 손님")
    await sample.house.start_over()
    assert await sample.channel() == []
    assert not sample.house.is_virtual
    await sample.says("Anna", "/study start 모임 2022-04-06 12")
    kept = list(file.parent.glob("studybot-*.db"))
    assert len(kept) == 1
    copy = Path(shutil.copy(kept[0], file.with_name("copy.db")))
    async with opened(copy) as old:
        assert "손님" in (await old.says("장서진", "/study show"))["text"]


async def test_starting_over_again_and_again_loses_nothing(sample: Playground) -> None:
    file = Path(sample.house.settings.database.url.removeprefix("sqlite:///"))
    for _ in range(3):
        await sample.house.start_over()
    assert len(list(file.parent.glob("studybot-*.db"))) == 3
    assert not list(file.parent.glob("studybot-*-wal"))


async def test_a_database_server_is_served_but_not_started_over(postgres_url: str) -> None:
    house = House(Settings(database=Database(url=postgres_url)), Commands.in_package("cogs"))
    await house.open()
    playground = Playground(house)
    try:
        await playground.done("sample")
        await playground.until("2022-04-13T12:00:10+09:00")
        assert (await playground.says("구미진", f"/submit {LINK}\0"))["text"].startswith(
            "http:// 나 https://"
        )
        assert "4,000원" in (await playground.says("구미진", "/fines"))["text"]
        assert (await playground.says("\0\ud800", "/study join"))["text"].startswith("?(으)로")
        response = await playground.post("sample")
        assert response.status_code == 409
        assert "database server" in response.json()["error"]
        assert len(await playground.channel()) > 2
    finally:
        await house.close()
