"""The manifest: what Slack takes, with all commands in both languages and all that the bot needs."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.command import Commands
from bot.commands.courier import Parcel
from bot.commands.message import message
from bot.doors.slack.manifest import SCOPES, BadManifest, manifest
from bot.texts import T, command_name
from tests.platforms.scene import COMMANDS
from tests.slack.manifest import problems
from tests.slack.scene import BASE, Scene, sends

RUN = CliRunner()


@pytest.mark.parametrize("base_url", [None, BASE, f"{BASE}/"])
@pytest.mark.parametrize("prefix", ["", "studybot-"])
def test_slack_takes_it(base_url: str | None, prefix: str) -> None:
    made = manifest(COMMANDS, prefix, base_url)
    assert problems(made) == []
    heads = {name.partition(" ")[0] for name in COMMANDS}
    listed = made["features"]["slash_commands"]
    names = {f"/{prefix}{command_name(head, language)}" for head in heads for language in ("ko", "en")}
    assert {each["command"] for each in listed} == names
    assert all(each["should_escape"] for each in listed)
    urls = {each.get("url") for each in listed}
    assert urls == {None if base_url is None else f"{BASE}/slack/events"}


def test_what_may_follow_is_hinted_at_in_its_language() -> None:
    listed = manifest(COMMANDS)["features"]["slash_commands"]
    hints = {each["command"]: each.get("usage_hint") for each in listed}
    assert hints["/submit"] == "link [week] [note] [who]"
    assert hints["/제출"].startswith("링크 [주차]")
    assert "plan" in hints["/week"].split(" | ")
    assert "보기" in hints["/스터디"]
    assert hints["/mine"] is None


def test_what_slack_refuses_is_refused_before() -> None:
    with pytest.raises(BadManifest, match="at most 32"):
        manifest(COMMANDS, "x" * 30)
    with pytest.raises(BadManifest, match="no capitals"):
        manifest(COMMANDS, "Study-")


def test_a_name_that_slack_keeps_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doors.slack.manifest.RESERVED", "who submit")
    with pytest.raises(BadManifest, match="/submit is a name"):
        manifest(COMMANDS)
    assert manifest(COMMANDS, "s-")


def test_more_than_fifty_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doors.slack.manifest.COMMANDS", 20)
    with pytest.raises(BadManifest, match="Slack takes 20"):
        manifest(Commands(list(COMMANDS.values())))


def test_it_is_printed_without_tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = RUN.invoke(app, ["manifest", "slack"])
    assert said.exit_code == 0
    assert problems(json.loads(said.stdout)) == []
    assert json.loads(said.stdout)["settings"]["socket_mode_enabled"]
    monkeypatch.setenv("STUDYBOT_SLACK__MODE", "http")
    refused = RUN.invoke(app, ["manifest", "slack"])
    assert refused.exit_code == 1
    assert "web.base_url" in refused.stderr
    monkeypatch.setenv("STUDYBOT_WEB__BASE_URL", BASE)
    hosted = json.loads(RUN.invoke(app, ["manifest", "slack"]).stdout)
    assert problems(hosted) == []
    assert hosted["oauth_config"]["redirect_urls"] == [f"{BASE}/slack/oauth_redirect"]


async def test_every_scope_is_used(study: Scene) -> None:
    platform, channel, leader = study.platform, study.channel, study.leader
    secret = channel.team.channel("secret", private=True)
    await study.people[1].types(secret, "/study start 저희 2022-04-06 3")
    await leader.types(channel, "/records export csv")
    seed = platform.world.file(leader, "README.md", b"| 1 |")
    nothing = await leader.types(channel.team.channel("other"), "/records import")
    await sends(leader, await leader.presses(nothing.reply, "붙여 넣기"), 파일=seed)
    await leader.types(channel, "/notify dm")
    await study.until("2022-04-12 00:00:10")
    await study.sent()
    for place in (channel, secret):
        parent = leader.writes(place, "질문")
        leader.writes(place, "답", thread=parent)
        place.archive()
    looked_for = message(T("fund"))
    zone, now = ZoneInfo("Asia/Seoul"), study.house.now()
    parcel = Parcel("key", channel.team.id, channel.id, looked_for, "ko", zone, now, recipient=leader.id)
    assert await study.house.slack.courier.find(parcel) is None
    assert platform.unused_scopes == set()


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_each_scope_has_its_reason(readme: str) -> None:
    written = (Path(__file__).parents[2] / readme).read_text(encoding="utf-8")
    reasons = [line for line in written.splitlines() if line.startswith("| `")]
    assert [scope for scope in SCOPES if not any(f"`{scope}`" in line for line in reasons)] == []
