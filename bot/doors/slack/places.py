"""What Slack says no with, and what keeps a study from its channel."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.pausing import Why

AWAY = {
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
}
"""The app is not in the workspace any more, or its token is not the one."""

OVER = {"account_inactive", "token_revoked"}
"""Of these, what no token comes back from; what else refuses one may be an address that is not allowed."""

LOST = AWAY | {
    "access_denied",
    "channel_not_found",
    "is_archived",
    "is_inactive",
    "missing_scope",
    "no_permission",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
}
"""What may come of a channel being taken away, or of one message alone: the channel is looked at."""

FOR_NOW = {
    "",
    "accesslimited",
    "fatal_error",
    "internal_error",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
"""Slack's own trouble: tried again."""

TOO_MANY = 429


def error_of(no: SlackApiError) -> str:
    """Slack's name for what is wrong; empty where it has none."""
    said = no.response.data if hasattr(no.response, "data") else {}
    return str(said.get("error", "")) if isinstance(said, dict) else ""


def wait_of(no: SlackApiError) -> int | None:
    """The seconds that Slack asks to wait; `None` where it does not."""
    if getattr(no.response, "status_code", None) != TOO_MANY and error_of(no) != "ratelimited":
        return None
    after = str(no.response.headers.get("Retry-After", ""))
    return int(after) if after.isdecimal() else 60


async def trouble(client: AsyncWebClient | None, channel: str) -> Why | None:
    """What keeps the bot from a channel, as Slack says now; `None` where nothing does."""
    if client is None:
        return Why.AWAY
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as no:
        error = error_of(no)
        if error in AWAY:
            return Why.AWAY
        if error == "channel_not_found":  # deleted, or private and without the bot
            return Why.GONE
        if error == "missing_scope":
            return Why.CLOSED
        raise
    there = answer["channel"]
    if there.get("is_archived"):
        return Why.GONE
    is_in = there.get("is_member", True) and not there.get("is_read_only")
    return None if is_in and _may(answer.headers.get("X-OAuth-Scopes"), there) else Why.CLOSED


def _may(scopes: str | None, there: dict[str, object]) -> bool:
    """Whether the token is for writing, and for finding what was written."""
    if scopes is None:
        return True
    kind = "groups" if there.get("is_private") else "channels"
    return {"chat:write", f"{kind}:history"} <= {scope.strip() for scope in scopes.split(",")}
