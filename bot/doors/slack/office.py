"""What the parts of the door ask of it."""

from typing import Protocol

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.doors.office import Office
from bot.doors.slack.people import People

DOOR = "slack"


class Wire(Protocol):
    """What is needed to send something to Slack."""

    @property
    def office(self) -> Office: ...

    @property
    def prefix(self) -> str:
        """What the names of the commands begin with."""

    async def client(self, workspace: str) -> AsyncWebClient | None:
        """A client with the workspace's token, where the bot is installed there."""

    async def address(self, workspace: str) -> str:
        """Where a workspace is in the browser, as `https://team.slack.com/`; empty where it is not known."""


class Tab(Protocol):
    """Somebody's Home tab."""

    async def fill(self, workspace: str, account: str) -> None:
        """Show what stands there now."""


class Line(Wire, Protocol):
    """The connection to Slack."""

    @property
    def people(self) -> People:
        """Who people are, as their workspaces know them."""

    @property
    def session(self) -> aiohttp.ClientSession:
        """What goes to Slack beside its interface: answers, and files."""

    @property
    def home(self) -> Tab:
        """The Home tab."""
