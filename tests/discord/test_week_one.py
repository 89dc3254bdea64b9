"""Week 1 of Study-MLOps over the wire, as people on Discord see it, in both languages."""

from tests.discord.scene import Scene
from tests.rules.season_2022 import seoul

LINK = "https://example.org/w1"


def at(text: str) -> str:
    """How an instant is written so that each reader sees it in their own zone."""
    return f"<t:{int(seoul(text).timestamp())}:F>"


async def begins(scene: Scene, homework: str, reason: str) -> None:
    """Set up the sample's study by commands: members, order of the blog, break, homework."""
    await scene.starts()
    leader, channel = scene.leader, scene.channel
    await leader.types(channel, "turn order", members="이은빈, 문수인, 한현경, 장서진, 구미진")
    await leader.types(channel, "break add", first="2022-04-13", last="2022-04-26", reason=reason)
    asked = await leader.types(channel, "week plan", title="Fundamentals")
    await leader.sends_modal(asked, text=homework)


async def test_week_one_plays_in_korean(scene: Scene) -> None:
    await begins(scene, "강의를 듣고 기록하기", "중간고사")
    jang, koo, bin_, *_ = scene.people
    channel = scene.channel

    await scene.until("2022-04-06 00:00:10")
    opened = (await scene.sent())[-1]
    assert opened.text.startswith("### 1주차 · Fundamentals 시작\n과제: 강의를 듣고 기록하기")
    assert at("2022-04-13 00:00") in opened.text
    assert "지각(3,000원)" in opened.text
    assert f"팀블로그 차례: {bin_.mention}" in opened.text
    assert f"질문: {channel.threads[0].mention}" in opened.text
    assert opened.pinged == [bin_]
    assert opened.is_silent
    assert opened.text.endswith("제출 0/5")

    await scene.until("2022-04-07 21:00:00")
    handed = await jang.types(channel, "제출", 링크=LINK)
    assert handed.text == f"### 1주차 · 정시\n제출했어요. {at('2022-04-07 21:00')} 기준이에요.\n<{LINK}>"
    await scene.sent()
    assert opened.text.endswith("제출 1/5 · 장서진")

    await scene.until("2022-04-12 00:00:10")
    day_before = next(x for x in await scene.sent() if "과제 알림" in x.text)
    assert day_before.pinged == scene.people[1:]

    await scene.until("2022-04-13 00:00:10")
    due = (await scene.sent())[-1]
    assert due.text.startswith("### 1주차 · Fundamentals 마감\n제출 1/5 · 장서진")
    assert "### 휴식이 시작돼요" in due.text
    assert due.is_silent
    assert day_before.deleted
    assert channel.threads[0].locked

    await scene.until("2022-04-13 09:00:00")
    assert "지금 내면 지각 3,000원" in (await koo.types(channel, "내현황")).text
    asked = await koo.presses(due, "과제 내기")
    assert "1주차 · 지각" in (await koo.sends_modal(asked, 링크=LINK + "-2")).text

    await scene.until("2022-04-13 12:00:10")
    closed = (await scene.sent())[-1]
    assert closed.text == (
        "### 1주차 · Fundamentals 결과\n정시: 장서진\n지각: 구미진 (3,000원)\n"
        "결석: 이은빈, 한현경, 문수인 (각 4,000원)"
    )
    assert closed.pinged == []
    fines = await bin_.types(channel, "벌금")
    assert "모인 벌금 15,000원" in fines.text
    assert "**구미진** · 지각 1 · 결석 0 · 취소 0 · 합계 3,000원" in fines.text


async def test_week_one_plays_in_english(scene: Scene) -> None:
    scene.language = "en"
    await begins(scene, "Watch the lecture", "midterm exams")
    jang, koo, *_ = scene.people
    channel = scene.channel

    await scene.until("2022-04-06 00:00:10")
    opened = (await scene.sent())[-1]
    assert opened.text.startswith("### Week 1 · Fundamentals")
    assert "Watch the lecture" in opened.text
    assert "₩3,000" in opened.text

    await scene.until("2022-04-07 21:00:00")
    handed = await jang.types(channel, "submit", link=LINK)
    assert "on time" in handed.text.lower()
    assert at("2022-04-07 21:00") in handed.text

    await scene.until("2022-04-13 09:00:00")
    assert "late" in (await koo.types(channel, "submit", link=LINK)).text.lower()
    await scene.until("2022-04-13 12:00:10")
    closed = (await scene.sent())[-1]
    assert "₩4,000" in closed.text
    assert not any("가" <= sign <= "힣" for sign in closed.text.replace("장서진", "")[:20])


async def test_each_reads_their_own_language(study: Scene) -> None:
    guest = study.platform.person("Minwoo", locale="de")
    said = await guest.types(study.channel, "homework")
    assert not any("가" <= sign <= "힣" for sign in said.text)
