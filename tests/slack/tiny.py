"""A small bot on the real slack_bolt, with which the server is tried: over Socket Mode and over HTTP."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.problems import Json
from tests.slack.server import Slack

SCOPES = (
    "commands chat:write channels:history groups:history im:history "
    "users:read files:write files:read im:write"
)
BASE = "https://study.example"


def manifest(*, socket: bool = True, **more: Any) -> Json:
    """The small bot's manifest."""
    url = f"{BASE}/slack/events"
    where: Json = {} if socket else {"url": url}
    request: Json = {} if socket else {"request_url": url}
    names = ("/submit", "/제출", "/research", "/think", "/loud", "/late", "/fault", "/twice")
    command = {"description": "hand in", "usage_hint": "link", "should_escape": True} | where
    events = ["message.channels", "message.groups", "message.im", "app_home_opened", "app_uninstalled"]
    made: Json = {
        "display_information": {"name": "studybot"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "studybot", "always_online": True},
            "slash_commands": [{"command": name} | command for name in names]
            + [{"command": "/raw", "description": "as typed"} | where],
            "shortcuts": [
                {"name": "이 링크 제출", "type": "message", "callback_id": "hand_in", "description": "x"},
                {"name": "주제 쓰기", "type": "global", "callback_id": "write", "description": "x"},
            ],
        },
        "oauth_config": {
            "scopes": {"bot": SCOPES.split()},
            "redirect_urls": [f"{BASE}/slack/oauth_redirect"],
        },
        "settings": {
            "event_subscriptions": {"bot_events": [*events, "tokens_revoked"]} | request,
            "interactivity": {"is_enabled": True} | request,
            "socket_mode_enabled": socket,
        },
    }
    return made | more


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def form(title: str = "주제", *, hint: str = "") -> Json:
    """A form with a field that is needed and one that is not."""
    fields = [
        {
            "type": "input",
            "block_id": "text",
            "label": plain("내용"),
            "element": {"type": "plain_text_input", "action_id": "value", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "week",
            "label": plain("주차"),
            "optional": True,
            "element": {"type": "number_input", "action_id": "value", "is_decimal_allowed": False},
        },
    ]
    said = [{"type": "section", "text": plain(hint)}] if hint else []
    return {
        "type": "modal",
        "callback_id": "research",
        "title": plain(title),
        "submit": plain("보내기"),
        "private_metadata": "x",
        "notify_on_close": True,
        "blocks": [*said, *fields],
    }


def buttons(*labels: str) -> Json:
    """A row of buttons."""
    made = [
        {"type": "button", "text": plain(label), "action_id": f"b{number}", "value": label}
        for number, label in enumerate(labels)
    ]
    return {"type": "actions", "block_id": "row", "elements": made}


def text(words: str) -> Json:
    """A section of text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def build(platform: Slack, token: str | None = None, *, own_signature: bool = True) -> AsyncApp:
    """The small bot, not running yet; without a token it asks the world for each team's."""
    client = AsyncWebClient(token=token, base_url=platform.api_url, logger=_quiet())

    async def authorize(team_id: str | None) -> AuthorizeResult:
        team = platform.world.teams[str(team_id)]
        made = team.installation
        assert made is not None, "the app is not there"
        return AuthorizeResult(
            enterprise_id=None, team_id=team.id, bot_user_id=made.bot.id, bot_token=made.bot_token
        )

    app = AsyncApp(
        client=client,
        token=token,
        authorize=None if token else authorize,
        signing_secret=platform.app.signing_secret,
        process_before_response=True,
        request_verification_enabled=own_signature,
        logger=_quiet(),
    )
    for register in (_commands, _buttons, _forms, _events):
        register(app)
    return app


def _quiet() -> logging.Logger:
    logger = logging.getLogger("tiny")
    logger.setLevel(logging.CRITICAL)
    return logger


def _commands(app: AsyncApp) -> None:
    async def submit(ack: Any, command: Json) -> None:
        blocks = [text(f"1주차 {command['text']}"), buttons("다시", "공개", "지우기")]
        await ack(text="1주차", blocks=blocks)

    async def research(ack: Any, client: AsyncWebClient, body: Json) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    async def think(ack: Any, respond: Any) -> None:
        await ack()
        await respond("생각했다")
        await respond("더 생각했다")

    async def loud(ack: Any) -> None:
        await ack(text="모두에게", response_type="in_channel")

    async def late(ack: Any) -> None:
        await asyncio.sleep(3.2)
        await ack("늦었다")

    async def fault(ack: Any) -> None:
        raise ValueError("the bot breaks")

    async def raw(ack: Any, command: Json) -> None:
        await ack(command["text"])

    app.command("/submit")(submit)
    app.command("/제출")(submit)
    app.command("/research")(research)
    app.command("/think")(think)
    app.command("/loud")(loud)
    app.command("/late")(late)
    app.command("/fault")(fault)
    app.command("/raw")(raw)


def _buttons(app: AsyncApp) -> None:
    async def again(ack: Any, respond: Any) -> None:
        await ack()
        await respond("다시 낸다", replace_original=True)

    async def publicly(ack: Any, respond: Any) -> None:
        await ack()
        await respond("공개한다", response_type="in_channel", replace_original=False)

    async def gone(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    app.action("b0")(again)
    app.action("b1")(publicly)
    app.action("b2")(gone)


def _forms(app: AsyncApp) -> None:
    async def sent(ack: Any, body: Json, view: Json, client: AsyncWebClient) -> None:
        said = view["state"]["values"]["text"]["value"]["value"]
        if said == "짧다":
            await ack(response_action="errors", errors={"text": "너무 짧아요"})
        elif said == "더":
            await ack(response_action="push", view=form("더"))
        elif said == "바꿔":
            await ack(response_action="update", view=form("바뀜", hint="바뀌었다"))
        else:
            await ack()
            channel = (await client.conversations_open(users=body["user"]["id"]))["channel"]["id"]
            await client.chat_postMessage(channel=channel, text=f"받음: {said}")

    async def hand_in(ack: Any, shortcut: Json, respond: Any) -> None:
        await ack()
        await respond(f"받음: {shortcut['message']['text']}")

    async def write(ack: Any, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form())

    async def closed(ack: Any) -> None:
        await ack()

    app.view("research")(sent)
    app.view_closed("research")(closed)
    app.shortcut("hand_in")(hand_in)
    app.shortcut("write")(write)


def _events(app: AsyncApp) -> None:
    async def home(event: Json, client: AsyncWebClient) -> None:
        locale = (await client.users_info(user=event["user"], include_locale=True))["user"]["locale"]
        view = {"type": "home", "blocks": [text(f"내 주차 ({locale})"), buttons("제출")]}
        await client.views_publish(user_id=event["user"], view=view)

    async def heard(event: Json, say: Any) -> None:
        if "thread_ts" in event and "subtype" not in event:
            await say("여기는 닫혔어요", thread_ts=event["thread_ts"])

    async def gone_from_team() -> None:
        pass

    app.event("app_home_opened")(home)
    app.event("message")(heard)
    app.event("app_uninstalled")(gone_from_team)
    app.event("tokens_revoked")(gone_from_team)


@asynccontextmanager
async def socketed(platform: Slack, *, lines: int = 1) -> AsyncIterator[AsyncApp]:
    """The small bot listening over Socket Mode, in one team."""
    platform.installs(manifest())
    made = platform.team("ku").install()
    app = build(platform, made.bot_token)
    handlers = [
        AsyncSocketModeHandler(app, platform.app.app_token, logger=_quiet(), ping_interval=0.3)
        for _ in range(lines)
    ]
    for handler in handlers:
        handler.client.web_client.base_url = platform.api_url
        await handler.connect_async()  # type: ignore[no-untyped-call]
    await platform.sockets.is_ready(lines)
    try:
        yield app
    finally:
        for handler in handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def hooked(platform: Slack, app: AsyncApp) -> AsyncIterator[web.Application]:
    """A bot listening over HTTP, at the address of the manifest."""

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    async def oauth(request: web.Request) -> web.Response:
        flow = app.oauth_flow
        assert flow is not None
        asked = await to_bolt_request(request)
        is_install = request.path == flow.install_path
        handling = flow.handle_installation if is_install else flow.handle_callback
        return await to_aiohttp_response(await handling(asked))

    server = web.Application()
    server.router.add_post("/slack/events", handle)
    server.router.add_get("/slack/{page}", oauth)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    platform.hooks.reach[BASE] = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
