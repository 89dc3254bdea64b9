"""Somebody in two running studies who asks from a third channel is asked which one they mean."""

import pytest

from bot.doors.discord import state
from bot.doors.discord.state import MOST, State
from bot.texts import LANGUAGES
from tests.discord.model import label
from tests.discord.places import Channel
from tests.discord.scene import Scene
from tests.discord.tongue import Talk
from tests.rules.season_2022 import JANG, KOO

LINK = "https://www.notion.so/workspace/Full-Stack-Deep-Learning-week-one-1f2e3d4c5b6a79880123456789abcdef"
OTHER = "Papers_and_Code"


async def two(scene: Scene, language: str) -> tuple[Talk, Channel]:
    """Two studies, both open, and a channel in which there is none."""
    scene.language = language
    talk, guild = Talk(scene), scene.platform.guild("ku")
    given = {"name": OTHER, "starts": "2022-04-06", "weeks": 4, "language": language}
    papers = guild.channel("papers")
    await scene.starts()
    await talk.types(JANG, "study start", place=papers, **given)
    await talk.types(KOO, "study join", place=papers)
    await scene.until("2022-04-06 10:00")
    return talk, guild.channel("general")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_button_for_each_of_them_does_what_was_typed(scene: Scene, language: str) -> None:
    talk, elsewhere = await two(scene, language)
    asked = await talk.types(KOO, "submit", place=elsewhere, link=LINK)
    labels = [label(part) for part in asked.reply.parts if part["type"] == 2]
    assert labels == ["Study-MLOps", OTHER]
    handed = await talk.person(KOO).presses(asked.reply, OTHER)
    assert LINK in handed.text
    papers = scene.platform.guild("ku").channel("papers")
    await scene.sent()
    assert KOO in papers.messages[-1].text
    assert KOO not in scene.channel.messages[-1].text


async def test_a_form_is_shown_after_the_study_is_known(scene: Scene) -> None:
    talk, elsewhere = await two(scene, "ko")
    asked = await talk.types(JANG, "week plan", place=elsewhere, title="Fundamentals")
    assert asked.modal is None
    form = await talk.person(JANG).presses(asked.reply, OTHER)
    done = await talk.person(JANG).sends_modal(form, text="강의 듣기")
    assert "1주차 · Fundamentals 과제를 적었어요" in done.text
    await scene.sent()
    assert "강의 듣기" in scene.platform.guild("ku").channel("papers").messages[-1].text


async def test_what_means_something_everywhere_needs_no_study(scene: Scene) -> None:
    talk, elsewhere = await two(scene, "ko")
    empty = await talk.types(JANG, "records import", place=elsewhere)
    assert (await talk.presses(JANG, empty.reply, "paste")).modal is not None
    assert "스터디 도움말" in (await talk.types(JANG, "guide", place=elsewhere)).text


def test_a_long_link_fits_into_a_button() -> None:
    known = State("s", "submit", 12, {"link": LINK, "note": "안녕", "week": "3"})
    assert len(known.write()) <= MOST < len(LINK) + len("s:submit:12:link=;note=;week=3")
    assert state.read(known.write()) == known


@pytest.mark.parametrize("written", ["~", "~~", "~abc", "~가나다", "~\U0001f600"])
def test_what_is_no_id_of_ours_is_none(written: str) -> None:
    assert state.read(written) is None
