"""What hostile and clumsy people do on Slack: each gets one answer, in private, and nothing is done twice."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from db.models import Ledger, Study, Submission
from tests.platforms.scene import EVENING
from tests.slack.model import Message
from tests.slack.scene import BASE, Scene, opened, playing, sends, wanted
from tests.slack.server import Slack
from tests.store import rows

LINK = "https://example.org/a_b*c~d`e_f*g?x=1&y=2"


def button(message: Message, label: str) -> dict[str, Any]:
    """A button as Slack keeps it, to be tampered with."""
    buttons = [part for part in message.parts if part["type"] == "button"]
    return next(part for part in buttons if part["text"]["text"] == label)


@pytest.mark.parametrize(
    "text",
    [
        "/submit",
        "/submit <https://a.kr|",
        '/submit "',
        "/submit \x00\u202e\ufeff",
        "/submit <!channel> @channel",
        "/submit link=link=link= week=week=",
        "/submit " + "가" * 4_000,
        "/study",
        "/study start",
        "/study start 우리 2022-13-45 999999999999999999999",
        "/study role @없는이 왕",
        "/week note " + "👩‍👩‍👧‍👦" * 600,
        "/break add 2022-04-13 2022-04-01 <!here>",
        "/ledger charge @구미진 -1 왜",
        "/records import text=x",
        "/guide ```",
    ],
)
async def test_odd_words_have_one_answer(study: Scene, text: str) -> None:
    await study.until("2022-04-06 09:00")
    said = await study.leader.types(study.channel, text)
    assert said.modal or said.is_ephemeral
    assert "문제가 생겼" not in said.text
    assert not any(reply.pings_all for reply in said.replies)


async def test_a_copied_link_is_the_link(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    handed = await study.people[1].types(study.channel, f'/submit "{LINK}"')
    assert f"<{LINK.replace('&', '&amp;')}>" in json.dumps(handed.reply.blocks, ensure_ascii=False)
    (kept,) = await study.house.runner.read(rows, Submission)
    assert kept.link == LINK


async def test_a_button_says_nothing_of_another_workspace(platform: Slack, file: Path) -> None:
    async with opened(file, platform, wanted(platform, "many")) as house:
        ku, snu = (Scene(platform, house, platform.team(name).channel("mlops")) for name in ("ku", "snu"))
        for scene in (ku, snu):
            assert (await scene.leader.installs(f"{BASE}/slack/install")).installation
            scene.channel.invite(scene.channel.team.bot)
            await scene.starts()
        theirs = next(x for x in await house.runner.read(rows, Study) if x.workspace == snu.channel.team.id)
        await house.step_to(EVENING.replace(hour=20))
        shown = await ku.people[1].types(ku.channel, "/mine")
        told = button(shown.reply, "과제 내기")
        told["value"] = json.dumps(json.loads(told["value"]) | {"study": theirs.id, "does": "run"})
        before = len(snu.channel.messages)
        for value in (told["value"], "{}", "[]", "null", '{"does":"run","command":"x"}', "x" * 2_000):
            told["value"] = value
            said = await ku.people[1].presses(shown.reply, "과제 내기")
            assert said.modal is None or "1주차" not in said.modal.text
            assert "서울" not in said.text
        assert len(snu.channel.messages) == before
        assert await house.runner.read(rows, Submission) == []


async def test_two_clicks_at_once_are_one_deed(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    koo = study.people[1]
    shown = await koo.types(study.channel, "/mine")
    first, second = await asyncio.gather(*(koo.presses(shown.reply, "과제 내기") for _ in range(2)))
    answers = [await sends(koo, asked, 링크="https://example.org/1") for asked in (second, first)]
    assert all("1주차 · 정시" in said.text for said in answers)
    assert len(await study.house.runner.read(rows, Submission)) == 1
    ending = await study.leader.types(study.channel, "/study end")
    pressed = await asyncio.gather(*(study.leader.presses(ending.reply, "정말 끝내기") for _ in range(2)))
    assert sum("끝났어요" in said.text for said in pressed) >= 1
    ended = [x for x in await study.sent() if "스터디가 끝났어요" in x.text]
    assert len(ended) == 1
    assert await study.house.runner.read(rows, Ledger) == []


async def test_no_study_lives_in_a_conversation_of_two(study: Scene) -> None:
    koo = study.people[1]
    direct = study.channel.team.direct(koo)
    assert "Study-MLOps" in (await koo.types(direct, "/study show")).text
    assert "스터디는 채널에서" in (await koo.types(direct, "/study start 나 2022-04-06 3")).text
    leader = study.leader
    assert "스터디는 채널에서" in (await leader.types(study.channel.team.direct(leader), "/study move")).text
    await study.until("2022-04-06 09:00")
    assert "1주차 · 정시" in (await koo.types(direct, "/submit https://example.org/1")).text
    assert len(await study.house.runner.read(rows, Study)) == 1


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_stranger_of_a_shared_channel_is_told_so(platform: Slack, file: Path, mode: str) -> None:
    async with playing(file, platform, "socket" if mode == "socket" else "http") as scene:
        await scene.starts()
        await scene.until("2022-04-06 09:00")
        handed = await scene.people[1].types(scene.channel, "/submit https://example.org/1")
        stranger = platform.team("snu").person("낯선이")
        scene.channel.members.append(stranger)
        life = await scene.people[1].presses(handed.reply, "내 현황")
        before = len(life.replies)
        team = stranger.team.id
        life.payload["team"] = {"id": team, "domain": "snu"}
        life.payload["user"] = {"id": stranger.id, "username": "x", "name": "x", "team_id": team}
        platform.world.delivery.begin(life)
        await platform.until(lambda: len(life.replies) > before)
        assert "설치되어 있지 않아요" in life.replies[-1].text


async def test_an_organisations_payload_without_a_team_is_understood(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    handed = await study.leader.types(study.channel, "/submit https://example.org/1")
    life = await study.leader.presses(handed.reply, "내 현황")
    payload = life.payload | {"team": None, "enterprise": {"id": "E1", "name": "조직"}}
    before = len(life.replies)
    await study.house.slack._heard(payload, EVENING)
    await study.platform.until(lambda: len(life.replies) > before)
