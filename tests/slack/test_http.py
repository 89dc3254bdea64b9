"""Signed HTTP and installing in a browser, tried with the real slack_bolt."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack import oauth
from tests.slack.server import Slack
from tests.slack.tiny import BASE, SCOPES, build, hooked, manifest

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # slack_sdk's
EVENTS = f"{BASE}/slack/events"
Handler = Callable[[web.Request], Awaitable[web.Response]]


@pytest.fixture
async def hosted(platform: Slack) -> AsyncIterator[Slack]:
    """The small bot listening over HTTP, for all teams."""
    platform.installs(manifest(socket=False))
    async with hooked(platform, build(platform)):
        yield platform


async def test_two_teams_are_served_at_one_address(hosted: Slack) -> None:
    for name in ("ku", "snu"):
        channel = hosted.team(name).channel("mlops")
        channel.team.install()
        jang = channel.team.person("장서진")
        said = await jang.types(channel, "/submit https://example.org/1")
        assert said.text == "1주차 <https://example.org/1>"
        assert (await jang.presses(said.reply, "공개")).text == "공개한다"
        view = (await jang.types(channel, "/research")).modal
        assert view is not None
        assert (await jang.fills(view, {"내용": "짧다"})).errors == {"text": "너무 짧아요"}
        assert (await (await jang.fills(view, {"내용": "조사"})).more(1)).text == "받음: 조사"
        assert (await jang.opens_home()).text == "내 주차 (ko-KR)"
        parent = jang.writes(channel, "질문")
        assert (await jang.uses_on_message(parent, "이 링크 제출")).text == "받음: 질문"
    assert len({each.team for each in hosted.asked("chat.postMessage")}) == 2


async def test_an_address_gives_back_its_challenge(hosted: Slack) -> None:
    assert await hosted.hooks.verify()


async def test_only_what_is_signed_is_taken(hosted: Slack) -> None:
    channel = hosted.team("ku").channel("mlops")
    channel.team.install()
    jang = channel.team.person("장서진")
    await jang.types(channel, "/submit x")
    sent = hosted.hooks.sent[-1]
    assert (await hosted.hooks.again(sent)).status == 200, "bolt itself lets the same request in again"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for forged in (
        {},
        hosted.hooks.signed(sent.body, secret="another"),
        hosted.hooks.signed(sent.body + b"x"),
        hosted.hooks.signed(sent.body, at=int(hosted.world.clock().timestamp()) - 301),
    ):
        assert (await hosted.hooks.post(EVENTS, sent.body, form | forged)).status == 401


async def test_the_clock_of_the_world_signs(hosted: Slack) -> None:
    hosted.world.now = hosted.world.clock() + timedelta(days=30)
    channel = hosted.team("ku").channel("mlops")
    channel.team.install()
    life = channel.team.person("장서진").begins(channel, "/submit x")
    with hosted.allowing() as wrong, pytest.raises(AssertionError, match="http_error"):
        await life.answered()
    assert [each.error for each in wrong] == ["http_error"]
    stamp = hosted.hooks.sent[-1].headers["X-Slack-Request-Timestamp"]
    assert stamp == str(int(hosted.world.now.timestamp()))


Serve = Callable[[Handler], Awaitable[None]]


@pytest.fixture
async def serve(platform: Slack) -> AsyncIterator[Serve]:
    """Have a function answer at the address of the manifest."""
    runners: list[web.AppRunner] = []

    async def serving(handler: Handler) -> None:
        server = web.Application()
        server.router.add_post("/slack/events", handler)
        runner = web.AppRunner(server, access_log=None)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        platform.hooks.reach[BASE] = f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield serving
    for runner in runners:
        await runner.cleanup()


async def test_events_are_sent_again_and_say_why(platform: Slack, serve: Serve) -> None:
    platform.installs(manifest(socket=False))
    platform.world.delivery.pauses = (0.0, 0.02, 0.05)
    heard: list[dict[str, str]] = []

    async def flaky(request: web.Request) -> web.Response:
        body = json.loads(await request.text())
        assert body["type"] == "event_callback"
        heard.append({key: value for key, value in request.headers.items() if "Retry" in key})
        return web.Response(status=500 if len(heard) < 3 else 200)

    await serve(flaky)
    channel = platform.team("ku").channel("mlops")
    channel.team.install()
    channel.team.person("장서진").writes(channel, "질문")
    await platform.until(lambda: platform.told("message")[0].is_over)
    assert [each.get("X-Slack-Retry-Num") for each in heard] == [None, "1", "2"]
    assert heard[1]["X-Slack-Retry-Reason"] == "http_error"
    assert platform.told("message")[0].is_taken
    platform.hooks.reach[BASE] = "http://127.0.0.1:1"
    channel.team.person("장서진").writes(channel, "질문")
    await platform.until(lambda: platform.told("message")[1].is_over)
    assert platform.told("message")[1].attempts == 4


async def test_an_answer_may_ask_for_no_more(platform: Slack, serve: Serve) -> None:
    platform.installs(manifest(socket=False))
    platform.world.delivery.pauses = (0.0, 0.0, 0.0)

    async def busy(request: web.Request) -> web.Response:
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    await serve(busy)
    platform.team("ku").install()
    platform.team("ku").uninstall()
    await platform.until(lambda: all(told.is_over for told in platform.told()))
    assert [told.attempts for told in platform.told()] == [1, 1]


async def test_a_button_takes_no_answer_over_http_either(hosted: Slack, serve: Serve) -> None:
    async def loud(request: web.Request) -> web.Response:
        return web.json_response({"text": "예"})

    channel = hosted.team("ku").channel("mlops")
    channel.team.install()
    jang = channel.team.person("장서진")
    said = await jang.types(channel, "/submit x")
    await serve(loud)
    with hosted.allowing() as wrong:
        await jang.pushes(said.reply, "다시").acknowledged()
    assert [each.error for each in wrong] == ["invalid_ack"]


def installable(platform: Slack, folder: Path) -> AsyncApp:
    """A bot that can be installed from a page."""
    client = AsyncWebClient(base_url=platform.api_url)
    settings = AsyncOAuthSettings(
        client_id=platform.app.client_id,
        client_secret=platform.app.client_secret,
        scopes=SCOPES.split(),
        redirect_uri=f"{BASE}/slack/oauth_redirect",
        installation_store=FileInstallationStore(base_dir=str(folder / "made")),
        state_store=FileOAuthStateStore(expiration_seconds=600, base_dir=str(folder / "states")),
    )
    app = AsyncApp(signing_secret=platform.app.signing_secret, client=client, oauth_settings=settings)
    assert app.oauth_flow is not None
    app.oauth_flow._async_client = client
    app.command("/submit")(_submit)
    return app


async def _submit(ack: object, command: dict[str, str]) -> None:
    assert callable(ack)
    await ack(f"1주차 {command['text']}")


async def test_the_app_is_installed_from_its_page(platform: Slack, tmp_path: Path) -> None:
    platform.installs(manifest(socket=False))
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진", manages=True)
    install = f"{BASE}/slack/install"
    async with hooked(platform, installable(platform, tmp_path)):
        denied = await jang.installs(install, denies=True)
        assert "error=access_denied" in denied.address
        assert denied.installation is None
        visit = await jang.installs(install)
        assert visit.status == 200, visit.page
        assert visit.installation is not None
        assert visit.installation.scopes == SCOPES.split()
        assert (await jang.types(channel, "/submit x")).text == "1주차 x"
        again = await oauth.come_back(jang, visit.address, visit.cookies)
        assert again.status == 401, "a state is used once"
    assert [each.error for each in platform.asked("oauth.v2.access")] == [""]


async def test_a_code_is_exchanged_once_and_by_the_app_alone(platform: Slack) -> None:
    platform.installs(manifest(socket=False))
    app = platform.app
    jang = platform.team("ku").person("장서진")
    question = f"https://slack.com/oauth/v2/authorize?client_id={app.client_id}&scope=chat:write&state=s"
    code = oauth.answer(jang, question).partition("code=")[2]
    client = AsyncWebClient(base_url=platform.api_url)
    with platform.allowing() as wrong:
        with pytest.raises(Exception, match="bad_client_secret"):
            await client.oauth_v2_access(client_id=app.client_id, client_secret="x", code=code)
        made = await client.oauth_v2_access(
            client_id=app.client_id, client_secret=app.client_secret, code=code
        )
        assert made["scope"] == "chat:write"
        assert made["team"]["name"] == "ku"
        with pytest.raises(Exception, match="code_already_used"):
            await client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=code)
        late = oauth.answer(jang, question).partition("code=")[2]
        platform.world.now = platform.world.clock() + timedelta(minutes=11)
        with pytest.raises(Exception, match="invalid_code"):
            await client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=late)
    assert [each.error for each in wrong] == ["bad_client_secret"]
    with pytest.raises(AssertionError, match="invalid_scope"):
        oauth.answer(jang, question.replace("chat:write", "admin"))


async def test_removing_the_app_ends_its_token_and_is_told(hosted: Slack) -> None:
    ku, snu = hosted.team("ku"), hosted.team("snu")
    gone, there = ku.install(), snu.install()
    ku.uninstall()
    await hosted.until(lambda: all(told.is_over for told in hosted.told()) and len(hosted.told()) == 2)
    assert [told.kind for told in hosted.told()] == ["tokens_revoked", "app_uninstalled"]
    client = AsyncWebClient(base_url=hosted.api_url)
    with pytest.raises(Exception, match="account_inactive"):
        await client.auth_test(token=gone.bot_token)
    assert (await client.auth_test(token=there.bot_token))["team"] == "snu"
    await client.auth_revoke(token=there.bot_token)
    with pytest.raises(Exception, match="token_revoked"):
        await client.auth_test(token=there.bot_token)
    with pytest.raises(AssertionError, match="not a valid command"):
        ku.person("장서진").begins(ku.channel("mlops"), "/submit x")
    assert ku.install().bot_token != gone.bot_token
