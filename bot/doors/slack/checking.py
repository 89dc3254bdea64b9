"""Whether Slack can be reached with the tokens, and as whom: of one workspace, or of all."""

from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.doors.slack.installs import Kept, kept
from bot.doors.slack.manifest import SCOPES
from bot.doors.slack.people import PROBLEMS
from bot.doors.slack.places import FOR_NOW, error_of
from bot.doors.slack.safe import Safe
from bot.texts import Listed, T, Text
from db import Runner

SECRET = "web.secret"
Told = tuple[bool, list[Text]]


async def reach(api_url: str, bot_token: str, app_token: str) -> Told:
    """Whether the tokens that are given are good, and what there is to say about it."""
    client = _client(api_url)
    good, lines = True, []
    for key, token in (("bot_token", bot_token), ("app_token", app_token)):
        if not token:
            continue
        try:
            lines += await _asked(client, key, token)
        except SlackApiError as no:
            good = False
            lines.append(T("check-slack-refused", what=key, error=error_of(no)))
        except PROBLEMS as problem:
            good = False
            lines.append(T("check-unreachable", problem=str(problem)))
    return good, lines


async def installed(url: str, secret: str) -> list[Kept]:
    """The tokens of all workspaces, as a database holds them."""
    async with Runner(url) as runner:
        return await runner.read(kept, Safe(secret))


async def reach_all(api_url: str, secret: str, installed: Sequence[Kept]) -> Told:
    """Whether the app can work where it is installed; that it was removed somewhere is no fault."""
    if not installed:
        return True, [T("check-slack-nowhere")]
    client, good = _client(api_url), True
    lines: list[Text] = []
    for each in installed:
        name = each.name or each.workspace
        if each.token is None:
            good = False
            lines.append(T("check-slack-locked", workspace=name, setting=SECRET))
            continue
        try:
            told = await _asked(client, "bot_token", each.token)
        except PROBLEMS as problem:
            error = error_of(problem) if isinstance(problem, SlackApiError) else ""
            if error in FOR_NOW:
                return False, [*lines, T("check-unreachable", problem=str(problem))]
            told = [T("check-slack-refused", what=name, error=error)]
        lines += told
    return good, lines + _about_keys(secret, installed)


def _about_keys(secret: str, installed: Sequence[Kept]) -> list[Text]:
    """Whether an older secret is still needed."""
    old = [each for each in installed if each.is_old and each.token is not None]
    if old:
        return [T("check-slack-old", count=len(old), setting=SECRET)]
    return [T("check-slack-rotated", setting=SECRET)] if "," in secret else []


def _client(api_url: str) -> AsyncWebClient:
    return AsyncWebClient(base_url=api_url.rstrip("/") + "/", retry_handlers=[])


async def _asked(client: AsyncWebClient, key: str, token: str) -> list[Text]:
    if key == "app_token":
        await client.apps_connections_open(app_token=token)
        return [T("check-slack-socket")]
    told = await client.auth_test(token=token)
    held = [scope.strip() for scope in str(told.headers.get("X-OAuth-Scopes", "")).split(",")]
    lacking = [T("as-name", name=scope) for scope in SCOPES if scope not in held]
    lines = [T("check-slack-is", bot=told["user"], workspace=told["team"])]
    return lines + ([T("check-slack-scopes", scopes=Listed(lacking))] if lacking else [])
