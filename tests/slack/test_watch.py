"""Channels that Slack takes away from a study, workspaces that remove the app, and what comes back."""

import asyncio
from pathlib import Path

import pytest

from bot.services.outbox import FAILED
from db.models import Outbox, SlackInstall, Study
from tests.rules.season_2022 import NAMES
from tests.slack.scene import BASE, Scene, opened, wanted
from tests.slack.server import Slack
from tests.store import rows

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # slack_sdk's

OPENED = "2022-04-06 00:01"


async def why(scene: Scene) -> str | None:
    """What keeps the study of a channel from it."""
    studies = await scene.house.runner.read(rows, Study)
    return next(study.paused_why for study in studies if study.workspace == scene.channel.team.id)


async def until(scene: Scene, wanted: str | None) -> None:
    """Wait until the bot has noticed."""
    async with asyncio.timeout(5):
        while await why(scene) != wanted:
            await asyncio.sleep(0.02)
            await scene.house.settle()
    await scene.house.settle()


def titles(scene: Scene) -> list[str]:
    """What stands over every message of the channel."""
    return [message.text.partition("\n")[0].strip("*") for message in scene.channel.messages]


async def failed(scene: Scene) -> list[str]:
    """What was given up."""
    return [row.kind for row in await scene.house.runner.read(rows, Outbox) if row.state == FAILED]


async def test_a_channel_without_the_bot_waits_for_it(study: Scene) -> None:
    before, bot = len(study.channel.messages), study.channel.team.bot
    study.channel.kick(bot)
    await until(study, "closed")
    await study.until(OPENED)
    assert len(study.channel.messages) == before
    (told,) = study.leader.inbox
    assert study.channel.mention in told.text
    assert "앱을 추가해 주세요" in told.text
    other = study.channel.team.channel("general")
    assert "채널에 소식을 올리지 못하고 있어요" in (await study.leader.types(other, "/study show")).text
    await study.people[1].types(other, "/submit https://example.org/1")
    study.channel.invite(bot)
    await until(study, None)
    await study.sent()
    assert titles(study)[before:-1] == ["1주차 질문", "1주차 시작"]
    assert "제출 1/5 · 구미진" in study.channel.messages[-2].text
    assert "다시 소식을 올려요" in study.channel.messages[-1].text
    assert await failed(study) == []
    assert len(study.leader.inbox) == 1


async def test_what_was_not_told_is_found_out_by_the_next_message(study: Scene) -> None:
    study.channel.members.remove(study.channel.team.bot)
    await study.until(OPENED)
    await until(study, "closed")
    study.channel.members.append(study.channel.team.bot)
    study.house.slack.watch.back()
    await until(study, None)
    assert "1주차 시작" in titles(study)


async def test_an_archived_channel_waits_until_it_is_brought_back(study: Scene) -> None:
    study.channel.archive()
    await until(study, "gone")
    await study.until(OPENED)
    (told,) = study.leader.inbox
    assert "보관" in told.text
    study.channel.unarchive()
    await until(study, None)
    await study.sent()
    assert "1주차 시작" in titles(study)


async def test_a_deleted_channel_is_left_for_another(study: Scene) -> None:
    await study.until(OPENED)
    study.channel.delete()
    await until(study, "gone")
    (told,) = study.leader.inbox
    assert "/스터디 이동" in told.text
    new = study.channel.team.channel("새집")
    assert "이 채널로 옮겼어요" in (await study.leader.types(new, "/study move")).text
    study.channel = new
    await study.until("2022-04-13 12:01")
    await study.sent()
    assert [x for x in titles(study) if x.endswith(("마감", "결과"))] == ["1주차 마감", "1주차 결과"]


async def test_a_private_channel_without_the_bot_cannot_be_found(study: Scene) -> None:
    study.channel.kind = "group"
    study.channel.members.remove(study.channel.team.bot)
    await study.until(OPENED)
    await until(study, "gone")
    (told,) = study.leader.inbox
    assert "비공개 채널이면" in told.text
    study.channel.invite(study.channel.team.bot)
    await until(study, None)


async def test_a_scope_that_is_missing_keeps_a_study_paused(study: Scene) -> None:
    installation = study.channel.team.installation
    assert installation is not None
    installation.scopes.remove("chat:write")
    await study.until(OPENED)
    await until(study, "closed")
    study.house.slack.watch.back()
    await asyncio.sleep(0.1)
    assert await why(study) == "closed"
    study.channel.team.install("chat:write")
    study.house.slack.watch.back()
    await until(study, None)
    await study.sent()
    assert "1주차 시작" in titles(study)
    assert len(study.leader.inbox) == 1


async def test_what_happened_while_the_bot_was_down_is_noticed(platform: Slack, file: Path) -> None:
    channel, section = platform.team("ku").channel("mlops"), wanted(platform)
    async with opened(file, platform, section) as house:
        scene = Scene(platform, house, channel)
        await scene.starts()
        channel.archived = True
        await scene.until(OPENED)
        await until(scene, "gone")
    channel.archived = False
    async with opened(file, platform, section, now=None) as house:
        scene = Scene(platform, house, channel)
        await until(scene, None)
        await scene.sent()
        assert "1주차 시작" in titles(scene)


async def test_a_message_deleted_by_hand_is_no_lost_channel(study: Scene) -> None:
    await study.until(OPENED)
    announced = next(x for x in study.channel.messages if "1주차 시작" in x.text)
    study.leader.deletes(announced)
    await study.people[1].types(study.channel, "/submit https://example.org/1")
    await study.sent()
    assert await why(study) is None
    assert await failed(study) == []


async def installed(platform: Slack, name: str) -> None:
    """Have somebody install the app in a workspace."""
    leader = platform.team(name).person(NAMES[0], manages=True)
    visit = await leader.installs(f"{BASE}/slack/install")
    assert visit.status == 200, visit.page


async def test_workspaces_install_the_app_and_remove_it_without_the_others(
    platform: Slack, file: Path
) -> None:
    async with opened(file, platform, wanted(platform, "many")) as house:
        scenes = [Scene(platform, house, platform.team(name).channel("mlops")) for name in ("ku", "snu")]
        ku, snu = scenes
        for scene in scenes:
            await installed(platform, scene.channel.team.name)
            await scene.starts()
        kept = await house.runner.read(rows, SlackInstall)
        assert {row.workspace for row in kept} == {scene.channel.team.id for scene in scenes}
        assert not any("xoxb" in row.token for row in kept)
        ku.channel.team.uninstall()
        await until(ku, "away")
        (left,) = await house.runner.read(rows, SlackInstall)
        assert left.workspace == snu.channel.team.id
        await ku.until(OPENED)
        await platform.until(lambda: "1주차 시작" in titles(snu))
        assert "1주차 시작" not in titles(ku)
        assert await why(snu) is None
        await installed(platform, "ku")
        await until(ku, "closed")  # whoever removes the app takes it out of the channels too
        ku.channel.invite(ku.channel.team.bot)
        await until(ku, None)
        await ku.sent()
        assert "1주차 시작" in titles(ku)


async def test_a_revoked_token_does_not_stop_other_workspaces(platform: Slack, file: Path) -> None:
    async with opened(file, platform, wanted(platform, "many")) as house:
        scenes = [Scene(platform, house, platform.team(name).channel("mlops")) for name in ("ku", "snu")]
        ku, snu = scenes
        for scene in scenes:
            await installed(platform, scene.channel.team.name)
            await scene.starts()
        token = ku.channel.team.installation
        assert token is not None
        token.problem = "token_revoked"
        await ku.until(OPENED)
        await until(ku, "away")
        await platform.until(lambda: "1주차 시작" in titles(snu))
        said = await snu.people[1].types(snu.channel, "/submit https://example.org/1")
        assert "1주차" in said.text


@pytest.mark.parametrize("problem", ["account_inactive", "token_revoked"])
async def test_a_token_that_ended_while_the_bot_was_down_is_deleted(
    platform: Slack, file: Path, problem: str
) -> None:
    section = wanted(platform, "many")
    async with opened(file, platform, section) as house:
        scenes = [Scene(platform, house, platform.team(name).channel("mlops")) for name in ("ku", "snu")]
        for scene in scenes:
            await installed(platform, scene.channel.team.name)
            scene.channel.invite(scene.channel.team.bot)
            await scene.starts()
    token = platform.team("ku").installation
    assert token is not None
    token.problem = problem
    async with opened(file, platform, section, now=None) as house:
        ku, snu = (Scene(platform, house, scene.channel) for scene in scenes)
        await until(ku, "away")
        (left,) = await house.runner.read(rows, SlackInstall)
        assert left.workspace == snu.channel.team.id
        await snu.until(OPENED)
        await platform.until(lambda: "1주차 시작" in titles(snu))
        assert await why(snu) is None


async def test_a_token_that_is_refused_for_now_is_kept(platform: Slack, file: Path) -> None:
    async with opened(file, platform, wanted(platform, "many")) as house:
        scene = Scene(platform, house, platform.team("ku").channel("mlops"))
        await installed(platform, "ku")
        scene.channel.invite(scene.channel.team.bot)
        await scene.starts()
        token = scene.channel.team.installation
        assert token is not None
        token.problem = "invalid_auth"
        with platform.allowing():
            house.slack.home.opened(scene.channel.team.id, scene.leader.id)
            await until(scene, "away")
        assert len(await house.runner.read(rows, SlackInstall)) == 1
        token.problem = ""
        house.slack.watch.back()
        await until(scene, None)


async def test_whoever_installs_the_app_again_is_told_to_invite_it(platform: Slack, file: Path) -> None:
    async with opened(file, platform, wanted(platform, "many")) as house:
        scene = Scene(platform, house, platform.team("ku").channel("mlops"))
        await installed(platform, "ku")
        scene.channel.invite(scene.channel.team.bot)
        await scene.starts()
        scene.channel.team.uninstall()
        await until(scene, "away")
        before = len(scene.leader.inbox)
        await installed(platform, "ku")
        await until(scene, "closed")
        await platform.until(lambda: len(scene.leader.inbox) > before)
        for _ in range(2):
            house.slack.watch.back()
            await asyncio.sleep(0.1)
        (told,) = scene.leader.inbox[before:]
        assert "/invite @studybot" in told.text
        assert scene.channel.mention in told.text
        scene.channel.invite(scene.channel.team.bot)
        await until(scene, None)
