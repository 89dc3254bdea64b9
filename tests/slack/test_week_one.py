"""Week 1 of Study-MLOps over the wire, as people on Slack see it, in both languages and all modes."""

from pathlib import Path

import pytest

from tests.rules.season_2022 import seoul
from tests.slack.scene import Mode, Scene, playing
from tests.slack.server import Slack

LINK = "https://example.org/w1"
MODES: list[Mode] = ["socket", "http", "many"]


def at(text: str) -> str:
    """How an instant begins that each reader sees in their own zone."""
    return f"<!date^{int(seoul(text).timestamp())}^"


async def begins(scene: Scene, homework: str, reason: str) -> None:
    """Set up the sample's study by commands: members, order of the blog, break, homework."""
    await scene.starts()
    leader, channel = scene.leader, scene.channel
    await leader.types(channel, "/turn order 이은빈, 문수인, 한현경, 장서진, 구미진")
    await leader.types(channel, f'/break add 2022-04-13 2022-04-26 "{reason}"')
    asked = await leader.types(channel, "/week plan title=Fundamentals")
    assert asked.modal is not None
    await leader.fills(asked.modal, {"text": homework})


@pytest.mark.parametrize("mode", MODES)
async def test_week_one_plays_in_korean(platform: Slack, file: Path, mode: Mode) -> None:
    async with playing(file, platform, mode) as scene:
        await begins(scene, "강의를 듣고 기록하기", "중간고사")
        await opens(scene)
        await closes(scene)


async def opens(scene: Scene) -> None:
    """Week 1 in Korean, until the day before it is due."""
    jang, _, bin_, *_ = scene.people
    channel = scene.channel

    await scene.until("2022-04-06 00:00:10")
    opened = next(x for x in await scene.sent() if "1주차 · Fundamentals 시작" in x.text)
    assert opened.text.startswith("*1주차 · Fundamentals 시작*\n과제: 강의를 듣고 기록하기")
    assert at("2022-04-13 00:00") in opened.text
    assert "지각(3,000원)" in opened.text
    assert f"팀블로그 차례: {bin_.mention}" in opened.text
    assert opened.pinged == [bin_]
    assert opened.text.endswith("제출 0/5")

    await scene.until("2022-04-07 21:00:00")
    handed = await jang.types(channel, f"/제출 {LINK}")
    assert handed.is_ephemeral
    assert handed.text.startswith("*1주차 · 정시*\n제출했어요.")
    assert at("2022-04-07 21:00") in handed.text
    assert f"<{LINK}>" in handed.text
    await scene.sent()
    assert opened.text.endswith("제출 1/5 · 장서진")

    await scene.until("2022-04-12 00:00:10")
    day_before = next(x for x in await scene.sent() if "과제 알림" in x.text)
    assert day_before.pinged == scene.people[1:]


async def closes(scene: Scene) -> None:
    """Its midnight and its noon."""
    _, koo, bin_, *_ = scene.people
    channel = scene.channel
    day_before = next(x for x in await scene.sent() if "과제 알림" in x.text)
    await scene.until("2022-04-13 00:00:10")
    due = next(x for x in await scene.sent() if "1주차 · Fundamentals 마감" in x.text)
    assert "휴식이 시작돼요" in due.text
    assert day_before.deleted

    await scene.until("2022-04-13 09:00:00")
    assert "지금 내면 지각 3,000원" in (await koo.types(channel, "/내현황")).text
    asked = await koo.presses(due, "과제 내기")
    assert asked.modal is not None
    late = await koo.fills(asked.modal, {"링크": LINK + "-2"})
    await scene.platform.until(lambda: "1주차 · 지각" in "".join(x.text for x in koo.sees(channel)))
    assert late.view is not None
    assert not late.view.is_open

    await scene.until("2022-04-13 12:00:10")
    closed = next(x for x in await scene.sent() if "1주차 · Fundamentals 결과" in x.text)
    assert closed.text == (
        "*1주차 · Fundamentals 결과*\n정시: 장서진\n지각: 구미진 (3,000원)\n"
        "결석: 이은빈, 한현경, 문수인 (각 4,000원)"
    )
    assert closed.pinged == []
    fines = await bin_.types(channel, "/벌금")
    assert "모인 벌금 15,000원" in fines.text
    assert ["구미진", "1", "0", "0", "3,000원"] in fines.reply.table


@pytest.mark.parametrize("mode", MODES)
async def test_week_one_plays_in_english(platform: Slack, file: Path, mode: Mode) -> None:
    async with playing(file, platform, mode, "en") as scene:
        await begins(scene, "Watch the lecture", "midterm exams")
        jang, koo, *_ = scene.people
        channel = scene.channel

        await scene.until("2022-04-06 00:00:10")
        opened = next(x for x in await scene.sent() if "Week 1 · Fundamentals is open" in x.text)
        assert "Watch the lecture" in opened.text
        assert "₩3,000" in opened.text

        await scene.until("2022-04-07 21:00:00")
        handed = await jang.types(channel, f"/submit {LINK}")
        assert "on time" in handed.text.lower()
        assert at("2022-04-07 21:00") in handed.text

        await scene.until("2022-04-13 09:00:00")
        assert "late" in (await koo.types(channel, f"/submit {LINK}")).text.lower()
        await scene.until("2022-04-13 12:00:10")
        closed = next(x for x in await scene.sent() if "Week 1 · Fundamentals: results" in x.text)
        assert "₩4,000" in closed.text


async def test_each_reads_their_own_language_and_zone(platform: Slack, file: Path) -> None:
    async with playing(file, platform) as scene:
        await scene.starts()
        guest = scene.channel.team.person("Minwoo", locale="de-DE", tz="America/New_York")
        said = await guest.types(scene.channel, "/homework")
        assert not any("가" <= sign <= "힣" for sign in guest.reads(said.reply))
        assert "2022-04-12 11:00" in guest.reads(said.reply)
