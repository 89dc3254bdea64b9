"""How it looks over the wire: nobody is called by mistake, commands open, buttons outlive a restart."""

import re
from pathlib import Path

import pytest

from bot.doors.discord.look import ACCENT
from bot.texts import LANGUAGES
from tests.discord.model import Message
from tests.discord.scene import Scene, opened
from tests.discord.server import Discord
from tests.discord.test_pausing import until
from tests.discord.tongue import Talk
from tests.platforms.season import LINK
from tests.rules.season_2022 import HAN, JANG, KOO, LEE, seoul

CLICKABLE = {
    "ko": "/스터디 참여 (</study join:{}>)",
    "en": "</study join:{}>",
}


def is_calm(message: Message) -> bool:
    """Whether a message calls nobody at all."""
    return not (message.pinged or message.pinged_roles or message.pings_everyone)


async def test_whatever_somebody_writes_calls_nobody(scene: Scene) -> None:
    talk = Talk(scene)
    guild = scene.platform.guild("ku")
    guest, mentors = scene.platform.person("안민우"), guild.role("mentors", mentionable=True)
    role = f"<@&{mentors.id}>"
    calling = f"{guest.mention} {role} <@!{guest.id}>"
    await talk.types(JANG, "study start", name=f"모임 {role}", starts="2022-04-06", weeks=4)
    await talk.types(KOO, "study join", name=guest.mention)
    guild.give(talk.person(LEE), nick="@everyone <@&1>, /join")
    await talk.types(LEE, "study join")
    await talk.types(JANG, "break add", first="2022-04-27", last="2022-05-03", reason=calling)
    await talk.fills(JANG, "week plan", text=calling, title=role, optional=calling)
    await scene.until("2022-04-06 10:00")
    for name in (JANG, KOO, LEE):
        await talk.types(name, "submit", link=f"{LINK}@everyone/@here?to=@{guest.id}", note=calling)
    await talk.types(KOO, "research", text=calling)
    await talk.fills(KOO, "week note", text=calling)
    shown = await talk.types(JANG, "homework")
    assert "\\<@" in shown.text
    await talk.types(JANG, "week extend", week=1, until="2022-04-14 09:00", reason=calling)
    for text in ("@everyone", "오늘 @here 모여요"):
        refused = await talk.types(KOO, "research", text=text)
        assert "모두를 부르는 말" in refused.text
    await scene.until("2022-05-08 10:00")
    messages = [*await scene.sent(), *(x for thread in scene.channel.threads for x in thread.messages)]
    private = [reply for life in scene.platform.world.interactions.values() for reply in life.replies]
    assert len(messages) > 10
    assert all(is_calm(x) for x in private)
    for message in messages:
        assert is_calm(message) or ("아직" in message.text and guest not in message.pinged), message
        assert not message.pinged_roles
        assert not message.pings_everyone
    for asked in scene.platform.asked("POST /channels/*/messages"):
        assert asked.body["allowed_mentions"]["parse"] == []
    answers = [x.body["data"] for x in scene.platform.asked("POST /interactions/*") if x.body["type"] == 4]
    assert all(answer["allowed_mentions"]["parse"] == [] for answer in answers)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_command_that_is_named_opens_when_it_is_clicked(scene: Scene, language: str) -> None:
    scene.language, platform = language, scene.platform
    await scene.starts(language="en" if language == "ko" else "ko")
    guest = platform.person("안민우", locale=language)
    said = await guest.types(scene.channel, "mine")
    (id_,) = re.findall(r"</study join:(\d+)>", said.text)
    assert CLICKABLE[language].format(id_) in said.text
    assert platform.world.clickable(said.text) == ["study join"]
    listed = await guest.types(scene.channel, "guide")
    assert "submit" in platform.world.clickable(listed.text)
    assert ("/제출 (" in listed.text) == (language == "ko")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_the_channel_commands_are_called_as_in_the_study_s_language(
    scene: Scene, language: str
) -> None:
    scene.language = language
    await scene.starts()
    scene.channel.deny("send_messages")
    await scene.until("2022-04-06 00:01")
    await until(scene, "closed")
    scene.channel.allow("send_messages")
    await until(scene, None)
    told = (await scene.sent())[-1].text
    assert scene.platform.world.clickable(told) == ["week extend"]
    assert ("/주차 연장 (</week extend:" in told) == (language == "ko")


async def test_times_are_each_reader_s_own_and_there_is_one_colour(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    opened_week = (await study.sent())[-1]
    due = int(seoul("2022-04-13 00:00").timestamp())
    assert f"<t:{due}:F> (<t:{due}:R>)부터 지각" in opened_week.text
    colours = {
        part.get("accent_color") for x in study.channel.messages for part in x.parts if part["type"] == 17
    }
    assert colours == {ACCENT}
    said = await study.leader.types(study.channel, "mine")
    assert {part.get("accent_color") for part in said.reply.parts if part["type"] == 17} == {None}
    assert f"<t:{due}:R>)부터 내면 지각 3,000원" in said.text


async def test_a_sentence_that_stands_alone_is_no_heading(study: Scene) -> None:
    said = await study.people[1].types(study.channel, "study end")
    assert not said.text.startswith("#")
    assert (await study.sent())[-1].text == "문수인이 스터디에 들어왔어요"


async def test_every_kind_of_button_outlives_a_restart(redirected: Discord, file: Path) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with opened(file, redirected) as house:
        talk = Talk(scene := Scene(redirected, house, channel))
        await scene.starts()
        await talk.types(JANG, "turn order", members="이은빈, 문수인, 한현경, 장서진, 구미진")
        week = await talk.reads("04-06 10:00")
        await talk.types(JANG, "submit", link=LINK)
        settled = await talk.reads("05-01 09:00:10")
    async with opened(file, redirected, now=seoul("2022-05-01 10:00")) as house:
        await house.step_to(seoul("2022-05-01 10:00"))
        talk = Talk(scene := Scene(redirected, house, channel))
        assert "미제출" in (await talk.presses(HAN, week, "missing")).text
        assert "4주차 · 정시" in (await talk.presses(KOO, week, "submit", link=LINK)).text
        turns = await talk.presses(KOO, week, "blog")
        await talk.presses(KOO, turns.reply, "swap", other=["7"])
        assert "차례를 바꿨어요" in (await scene.sent())[-1].text
        assert "한현경의 납부를 표시했어요" in (await talk.presses(JANG, settled, "paid", who=[HAN])).text
