"""Whether Slack can be reached with the tokens, and as whom."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.doors.slack.manifest import SCOPES
from bot.doors.slack.people import PROBLEMS


async def reach(api_url: str, bot_token: str, app_token: str) -> tuple[bool, list[str]]:
    """Whether the tokens that are given are good, and what there is to say about it."""
    client = AsyncWebClient(base_url=api_url.rstrip("/") + "/", retry_handlers=[])
    good, lines = True, []
    for key, token in (("bot_token", bot_token), ("app_token", app_token)):
        if not token:
            continue
        try:
            lines += await _asked(client, key, token)
        except SlackApiError as no:
            good = False
            lines.append(f"{key}: refused ({no.response.get('error')})")
        except PROBLEMS as problem:
            good = False
            lines.append(f"not reachable: {problem}")
    return good, lines


async def _asked(client: AsyncWebClient, key: str, token: str) -> list[str]:
    if key == "app_token":
        await client.apps_connections_open(app_token=token)
        return ["Socket Mode can be used"]
    told = await client.auth_test(token=token)
    held = str(told.headers.get("X-OAuth-Scopes", "")).split(",")
    lacking = [scope for scope in SCOPES if scope not in held]
    lines = [f"reachable, as {told['user']} in {told['team']}"]
    return lines + ([f"not allowed yet: {', '.join(lacking)}; install the app again"] if lacking else [])
