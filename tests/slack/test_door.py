"""The connection: cut, refused, signed, answered once; several workspaces; what is missing or refused."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.checks import check, refuse_impossible
from bot.commands.command import Commands
from bot.config import BadSettings, Database, Playground, Settings, Web
from bot.config import Slack as Wanted
from bot.house import House
from tests.platforms.scene import EVENING
from tests.platforms.trouble import Status
from tests.slack.scene import BASE, Scene, opened, playing, settings, wanted
from tests.slack.server import Slack
from tests.slack.trouble import Error

EVENTS = f"{BASE}/slack/events"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = SecretStr("x")


@pytest.mark.parametrize("how", ["cut", "refresh_requested", "warning"])
async def test_a_lost_connection_is_taken_up_again(
    study: Scene, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets = study.platform.sockets
    socket = study.house.slack._socket
    assert socket is not None
    socket.ping_interval = 0.2
    before = sockets.opened
    if how == "cut":
        sockets.drop()
    else:
        sockets.disconnect(how)
    await study.platform.until(lambda: sockets.opened > before and sockets.listening, 20)
    assert (await study.leader.types(study.channel, "/board")).text


async def test_a_refused_first_connection_is_survived(platform: Slack, file: Path) -> None:
    channel = platform.team("ku").channel("mlops")
    section = wanted(platform)
    platform.fails("apps.connections.open", Status(503))
    platform.fails("auth.test", Error("fatal_error"))
    async with opened(file, platform, section) as house:
        leader = Scene(platform, house, channel).leader
        assert (await leader.types(channel, "/guide")).text


async def test_an_address_that_is_spent_is_asked_for_again(
    platform: Slack, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.doors.slack.socket.CONNECTING", 0.5)
    monkeypatch.setattr("bot.doors.slack.socket.PING", 0.2)
    section = wanted(platform)
    platform.sockets.refuse(2)
    ticket = platform.sockets.ticket
    spent = iter([True, True])
    monkeypatch.setattr(platform.sockets, "ticket", lambda: ticket() + ("x" if next(spent, False) else ""))
    channel = platform.team("ku").channel("mlops")
    async with opened(file, platform, section) as house:
        assert (await Scene(platform, house, channel).leader.types(channel, "/guide")).text


async def test_only_what_slack_has_signed_lately_is_taken(platform: Slack, file: Path) -> None:
    async with playing(file, platform, "http") as scene:
        hooks = platform.hooks
        await scene.leader.types(scene.channel, "/guide")
        sent = hooks.sent[-1]
        now = int(platform.world.clock().timestamp())
        for forged in (
            {},
            hooks.signed(sent.body, secret="another"),
            hooks.signed(sent.body + b"x"),
            hooks.signed(sent.body, at=now - 301),
            hooks.signed(sent.body, at=now + 301),
            hooks.signed(sent.body) | {"X-Slack-Request-Timestamp": "soon"},
        ):
            assert (await hooks.post(EVENTS, sent.body, FORM | forged)).status == 401
        assert (await hooks.post(EVENTS, b"x" * 1_000_001, FORM | hooks.signed(b"x"))).status == 413
        assert await hooks.verify()
        assert await hooks.verify()


async def test_the_same_request_is_answered_once(platform: Slack, file: Path) -> None:
    async with playing(file, platform, "http") as scene:
        await scene.starts()
        await scene.until("2022-04-06 09:00")
        life = await scene.people[1].types(scene.channel, "/submit https://example.org/1")
        again = await platform.hooks.again(platform.hooks.sent[-1])
        assert (again.status, again.answer) == (200, "")
        await asyncio.sleep(0.2)
        assert len(life.replies) == 1


async def test_events_that_come_again_are_heard_once(study: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(study.house.slack.home, "opened", lambda *who: heard.append(who[1]))
    payload = {
        "type": "event_callback",
        "team_id": study.channel.team.id,
        "event_id": "Ev1",
        "event": {"type": "app_home_opened", "tab": "home", "user": study.leader.id},
    }
    for _ in range(2):
        await study.house.slack._heard(payload, EVENING)
    assert heard == [study.leader.id]


async def test_a_workspace_that_is_gone_stops_no_other(platform: Slack, file: Path) -> None:
    places = [platform.team(name).channel("mlops") for name in ("ku", "snu")]
    async with opened(file, platform, wanted(platform, "many")) as house:
        scenes = [Scene(platform, house, place) for place in places]
        for scene in scenes:
            assert (await scene.leader.installs(f"{BASE}/slack/install")).installation
            scene.channel.invite(scene.channel.team.bot)
            await scene.starts()
        platform.team("ku").uninstall()
        await platform.until(lambda: all(told.is_over for told in platform.told()))
        await house.step_to(EVENING + timedelta(hours=4))
        snu = scenes[1]
        await platform.until(lambda: any("1주차 시작" in x.text for x in snu.channel.messages))
        assert "1주차 · 정시" in (await snu.people[1].types(snu.channel, "/submit https://a.kr/1")).text
        assert await house.slack.client(platform.team("ku").id) is None


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_check_says_as_whom_it_is_there(platform: Slack, file: Path, mode: str) -> None:
    section = wanted(platform, "socket" if mode == "socket" else "http")
    said: list[str] = []
    assert await check(settings(file, section), said.append)
    assert "slack       reachable, as studybot in ku" in said
    assert any("Socket Mode" in line if mode == "socket" else f"{BASE}/slack/events" in line for line in said)
    assert platform.team("ku").installation is not None
    platform.team("ku").install().scopes.remove("im:history")
    said.clear()
    assert await check(settings(file, section), said.append)
    assert any("not allowed yet: im:history" in line for line in said)
    wrong = section.model_copy(update={"bot_token": TOKEN})
    said.clear()
    with platform.allowing():
        assert not await check(settings(file, wrong), said.append)
    assert any("refused (invalid_auth)" in line for line in said)


SOCKET = {"bot_token": TOKEN, "app_token": TOKEN}
HTTP = {"mode": "http", "signing_secret": TOKEN}
MANY = HTTP | {"client_id": "1.2", "client_secret": TOKEN}


@pytest.mark.parametrize(
    ("section", "web", "named"),
    [
        ({"bot_token": TOKEN}, {}, "slack.app_token"),
        ({"app_token": TOKEN}, {}, "slack.bot_token"),
        ({"mode": "http", "bot_token": TOKEN}, {}, "slack.signing_secret"),
        (HTTP, {}, "slack.client_id"),
        (HTTP | {"client_id": "1.2"}, {}, "slack.client_secret"),
        (MANY, {}, "web.base_url"),
        (MANY, {"base_url": BASE}, "web.secret"),
        (MANY, {"base_url": BASE, "secret": SecretStr(" , ")}, "web.secret"),
    ],
)
def test_what_is_missing_is_named(section: dict[str, object], web: dict[str, object], named: str) -> None:
    with pytest.raises(BadSettings, match=named):
        refuse_impossible(Settings(slack=Wanted(**section), web=Web(**web)))


def test_what_is_complete_is_not_refused() -> None:
    refuse_impossible(Settings(slack=Wanted(**SOCKET), playground=Playground(enabled=False)))
    web = Web(base_url=BASE, secret=TOKEN)
    refuse_impossible(Settings(slack=Wanted(**MANY), web=web, playground=Playground(enabled=False)))
    refuse_impossible(Settings(slack=Wanted(mode="http")))


async def test_no_virtual_clock_beside_the_real_slack(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"playground\.clock"):
        refuse_impossible(Settings(slack=Wanted(**SOCKET), playground=Playground(clock="virtual")))
    base = Database(url=f"sqlite:///{tmp_path / 'x.db'}")
    virtual = House(Settings(database=base, playground=Playground(clock="virtual")), Commands([]))
    await virtual.open()
    await virtual.close()
    real = House(Settings(database=base, slack=Wanted(**SOCKET)), Commands([]))
    with pytest.raises(BadSettings, match=r"playground\.clock"):
        await real.open()


def test_no_secret_is_shown() -> None:
    shown = repr(Settings(slack=Wanted(bot_token=SecretStr("hidden")), web=Web(secret=SecretStr("hidden"))))
    assert "hidden" not in shown
