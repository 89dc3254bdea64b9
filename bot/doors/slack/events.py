"""What Slack tells without being asked, and who hears of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from bot.doors.slack.home import Home
from bot.doors.slack.threads import Threads
from bot.doors.slack.watch import SlackWatch
from bot.services.pausing import Why

EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "tokens_revoked",
)
"""What is subscribed to; for all of it there has to be somebody who listens."""

Body = Mapping[str, Any]


class Events:
    """Hands on what happens; whatever takes time is done after Slack has been told that it was heard."""

    def __init__(self, watch: SlackWatch, threads: Threads, home: Home) -> None:
        self._watch = watch
        self._threads = threads
        self._home = home

    def listen(self, app: AsyncApp) -> None:
        """Have an app hand over its events."""
        heard: dict[str, Callable[[Body], None]] = {
            "app_home_opened": self._opened,
            "app_uninstalled": self._removed,
            "tokens_revoked": self._revoked,
            "message": self._wrote,
            "member_joined_channel": self._joined,
            "member_left_channel": self._left,
        }
        for kind in ("channel", "group"):
            heard |= {f"{kind}_archive": self._gone, f"{kind}_deleted": self._gone}
            heard |= {f"{kind}_unarchive": self._back}
        for name, hear in heard.items():
            app.event(name)(_listener(hear))

    def _opened(self, body: Body) -> None:
        if body["event"].get("tab") == "home":
            self._home.opened(body["team_id"], body["event"]["user"])

    def _removed(self, body: Body) -> None:
        self._watch.removed(body["team_id"], _time(body["event_time"]))

    def _revoked(self, body: Body) -> None:
        if body["event"].get("tokens", {}).get("bot"):
            self._removed(body)

    def _wrote(self, body: Body) -> None:
        event = body["event"]
        if "ts" in event:
            self._threads.wrote(body["team_id"], event, _time(event["ts"]))

    def _joined(self, body: Body) -> None:
        if _is_me(body):
            self._watch.back(body["team_id"])

    def _left(self, body: Body) -> None:
        if _is_me(body):
            self._watch.lost(body["team_id"], body["event"]["channel"], Why.CLOSED)

    def _gone(self, body: Body) -> None:
        self._watch.lost(body["team_id"], body["event"]["channel"], Why.GONE)

    def _back(self, body: Body) -> None:
        self._watch.back(body["team_id"])


def _listener(hear: Callable[[Body], None]) -> Callable[..., Any]:
    async def listener(body: dict[str, Any]) -> None:
        hear(body)

    return listener


def _is_me(body: Body) -> bool:
    """Whether it is the bot that came or went."""
    mine = {each.get("user_id") for each in body.get("authorizations") or ()}
    return body["event"].get("user") in mine


def _time(seconds: Any) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)
