"""The door on Slack: listens over Socket Mode or HTTP, for one workspace or for many."""

import asyncio
import re
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from logging import getLogger
from typing import Any

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp

from bot.doors.errands import Errands
from bot.doors.office import Office
from bot.doors.slack.answers import AT, Answers
from bot.doors.slack.clients import Clients
from bot.doors.slack.courier import SlackCourier
from bot.doors.slack.events import Events
from bot.doors.slack.forms import FORM
from bot.doors.slack.home import Home
from bot.doors.slack.http import Hooks, Once
from bot.doors.slack.installing import App, Flow
from bot.doors.slack.installs import Installs, States
from bot.doors.slack.people import PROBLEMS, People
from bot.doors.slack.safe import Safe
from bot.doors.slack.socket import FIRST_WAIT, LONGEST_WAIT, Socket
from bot.doors.slack.threads import Threads
from bot.doors.slack.watch import SlackWatch

log = structlog.get_logger()

API = "https://slack.com/api/"
PARTING = 3.0
NOW_AND_THEN = 3600.0
"""Seconds between two looks whether the tokens of all workspaces hold."""

ANY = re.compile("")


@dataclass(frozen=True, slots=True)
class Connecting:
    """How to listen: over a socket or at an address; for one workspace, or for all that install the app."""

    is_http: bool = False
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_url: str = API
    prefix: str = ""
    base_url: str = ""
    secret: str = field(default="", repr=False)
    """What tokens are encrypted with."""

    @property
    def is_for_many(self) -> bool:
        """Whether workspaces install the app by themselves."""
        return self.is_http and bool(self.client_id)


@dataclass(frozen=True, slots=True)
class Whoami:
    """The bot in a workspace, as Slack says."""

    workspace: str
    address: str
    account: str
    bot: str


class SlackDoor:
    """The door on Slack; `start` returns at once, and what goes wrong is tried again until `close`."""

    def __init__(self, office: Office, how: Connecting) -> None:
        self.office = office
        self.people = People()
        self._how = how
        self._clients = Clients(how.api_url.rstrip("/") + "/", self._token, self._refused)
        self._installs = Installs(office, Safe(how.secret), self._installed) if how.is_for_many else None
        self._once = Once()
        self._hooks = Hooks(how.signing_secret, office.now, self._once) if how.is_http else None
        self._known: dict[str, Whoami] = {}
        self._bolt: AsyncApp | None = None
        self._socket: Socket | None = None
        self._life: list[asyncio.Task[None]] = []
        self._errands = Errands()
        self.answers = Answers(self)
        self.courier = SlackCourier(self)
        self.home = Home(self, self._errands)
        self.watch = SlackWatch(self, self._errands, self._forget)
        self._events = Events(self.watch, Threads(self, self._errands), self.home)

    @property
    def app(self) -> ASGIApp:
        """What answers under `/slack/`, where Slack asks over HTTP."""
        assert self._hooks is not None
        return self._hooks.app

    @property
    def is_http(self) -> bool:
        """Whether Slack asks over HTTP."""
        return self._hooks is not None

    @property
    def prefix(self) -> str:
        """What the names of the commands begin with."""
        return self._how.prefix

    @property
    def session(self) -> aiohttp.ClientSession:
        """What goes to Slack beside its interface: answers, and files."""
        return self._clients.session

    async def client(self, workspace: str) -> AsyncWebClient | None:
        """A client with the workspace's token, where the bot is installed there."""
        return await self._clients.of(workspace)

    async def address(self, workspace: str) -> str:
        """Where a workspace is in the browser, as `https://team.slack.com/`; empty where it is not known."""
        found = self._known.get(workspace) or await self._whoami(workspace)
        return found.address if found else ""

    # its life

    def start(self) -> None:
        """Begin to listen."""
        self._bolt = self._listening()
        if self._hooks:
            self._hooks.bolt, self._hooks.flow = self._bolt, self._flow()
        self._live(self._find_out())
        if self._installs:
            self._errands.begin(self._installs.rotate())
            self._live(self._look_around(self._installs))
        self.watch.start()
        if not self._how.is_http:
            self._live(self._connect())

    async def close(self) -> None:
        """Let those be answered who have asked, and hang up."""
        if self._hooks:
            self._hooks.bolt = None
        self.watch.close()
        await self.answers.finish(PARTING)
        await self._errands.close(PARTING)
        for task in self._life:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self._life.clear()
        if self._socket:
            await self._socket.close()
            self._socket = None
        await self._clients.close()

    def _live(self, work: Coroutine[Any, Any, None]) -> None:
        self._life.append(asyncio.create_task(work))

    async def _connect(self) -> None:
        """Connect for the first time; from then on the client sees to it by itself."""
        how = self._how
        self._socket = Socket(how.app_token, self._clients.make(), self._heard, self.office.now)
        while not await self._socket.is_connected():
            with suppress(Exception):  # it has logged it, and waited
                await self._socket.connect_to_new_endpoint()
        log.info("connected to Slack")

    async def _find_out(self) -> None:
        """Who the bot is, where there is one workspace; and have sent what waited."""
        wait = FIRST_WAIT
        while not self._how.is_for_many and not self._known:
            if await self._whoami("") is None:
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
        self.office.wake()

    async def _look_around(self, installs: Installs) -> None:
        """Ask of each workspace, now and then, whether its token holds: it may have ended unheard."""
        while True:
            try:
                for workspace in await installs.workspaces():
                    await self._whoami(workspace)
            except Exception:
                log.exception("fault in looking whether tokens hold")
            await asyncio.sleep(NOW_AND_THEN)

    async def _whoami(self, workspace: str) -> Whoami | None:
        client = await self.client(workspace)
        if client is None:
            return None
        try:
            told = await client.auth_test()
        except PROBLEMS as problem:
            log.warning("Slack does not say who the bot is", problem=str(problem))
            return None
        found = Whoami(told["team_id"], told["url"], told["user_id"], told.get("bot_id") or "")
        self._known[found.workspace] = found
        return found

    async def _token(self, workspace: str) -> str | None:
        """The token for a workspace; the only one's for any, until it is known which one that is."""
        if self._installs:
            return await self._installs.token(workspace)
        is_ours = not workspace or not self._known or workspace in self._known
        return self._how.bot_token if is_ours else None

    def _installed(self, workspace: str) -> None:
        """The app is in a workspace, perhaps again."""
        self._known.pop(workspace, None)
        self.watch.back(workspace)

    def _refused(self, workspace: str, token: str, error: str) -> None:
        """Slack refuses a workspace's token; until it is known whose it is, the next message finds out."""
        if workspace:
            self.watch.refused(workspace, token, error)

    async def _forget(self, workspace: str, what: datetime | str) -> bool:
        """Delete the token of an instant, or this one; false where a newer one is there."""
        self._known.pop(workspace, None)
        return await self._installs.gone(workspace, what) if self._installs else True

    # what comes

    def _listening(self) -> AsyncApp:
        """The library's app, with a listener for each kind of thing that comes."""

        async def authorize(team_id: str | None) -> AuthorizeResult:  # it takes no methods
            return await self._whose(team_id)

        bolt = AsyncApp(
            name="studybot",
            logger=getLogger("slack_bolt"),
            process_before_response=True,
            client=AsyncWebClient(base_url=self._how.api_url),
            authorize=authorize,
            request_verification_enabled=False,  # it knows the machine's clock alone
            ssl_check_enabled=False,
            attaching_function_token_enabled=False,
        )
        bolt.command(ANY)(self.answers.take)
        bolt.action(ANY)(self.answers.take)
        bolt.view(FORM)(self.answers.sent)
        bolt.shortcut(ANY)(self.answers.take)
        self._events.listen(bolt)
        return bolt

    def _flow(self) -> Flow | None:
        """The pages on which a workspace installs the app."""
        if self._installs is None:
            return None
        how = self._how
        app = App(how.client_id, how.client_secret, how.base_url, how.prefix)
        return Flow(app, self._clients.make(), self._installs, States(self.office))

    async def _whose(self, team: str | None) -> AuthorizeResult:
        """Whose request it is, by what is known: asking Slack each time would take longer than all else.

        Whoever is in a workspace without the app, as strangers in a shared channel are, is answered too.
        """
        known = self._known.get(team or "")
        account, bot = (known.account, known.bot) if known else (None, None)
        token = await self._token(team) if team else None
        return AuthorizeResult(
            enterprise_id=None, team_id=team, bot_user_id=account, bot_id=bot, bot_token=token
        )

    async def _heard(self, payload: Mapping[str, Any], at: datetime) -> BoltResponse:
        """What came over the socket."""
        told = payload.get("event_id")
        if told and self._once.has_seen(str(told)):
            return BoltResponse(status=200)
        assert self._bolt is not None
        headers: dict[str, str | Sequence[str]] = {"content-type": ["application/json"]}
        request = AsyncBoltRequest(mode="socket_mode", body=dict(payload), headers=headers, context={AT: at})
        return await self._bolt.async_dispatch(request)
