"""Installing the app in a browser: bolt's way there and back, with pages of our own in its language."""

from collections.abc import Sequence
from dataclasses import dataclass
from logging import getLogger
from pathlib import Path
from urllib.parse import urlencode

import structlog
from jinja2 import Environment, FileSystemLoader
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.phrases import INVITE
from bot.doors.language import preferred
from bot.doors.slack.installs import Installs, States
from bot.doors.slack.manifest import INSTALL_PATH, REDIRECT_PATH, SCOPES
from bot.doors.slack.people import PROBLEMS
from bot.services.studies import USUAL_ZONE
from bot.texts import Command, Style, T, Text, Words

log = structlog.get_logger()

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
OPEN = "https://slack.com/app_redirect"
"""Where a browser goes to Slack's own client."""

DENIED, STORAGE = "access_denied", "storage_error"


class NotOneWorkspace(BoltError):
    """The app is to be installed in a whole organisation."""


@dataclass(frozen=True, slots=True)
class App:
    """What is installed, and where that is asked for."""

    client_id: str
    client_secret: str
    base_url: str
    prefix: str


class Flow(AsyncOAuthFlow):
    """The way to Slack and back."""

    def __init__(self, app: App, client: AsyncWebClient, installs: Installs, states: States) -> None:
        settings = AsyncOAuthSettings(
            client_id=app.client_id,
            client_secret=app.client_secret,
            scopes=list(SCOPES),
            redirect_uri=app.base_url + REDIRECT_PATH,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            installation_store=installs,
            installation_store_bot_only=True,
            state_store=states,
            callback_options=AsyncCallbackOptions(self._installed, self._failed),
        )
        self._app = app
        super().__init__(client=client, logger=getLogger("slack_bolt"), settings=settings)

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """The page that leads to Slack."""
        return self._page(request, T("slack-install-title"), (T("slack-app"),), url, T("slack-install-go"))

    async def run_installation(self, code: str) -> Installation | None:
        """What Slack gives for a code; `None` where it gives nothing."""
        try:
            return await super().run_installation(code)
        except PROBLEMS as problem:
            log.warning("Slack did not say what was installed", problem=str(problem))
            return None

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keep what was installed; raises `BoltError`."""
        if installation.is_enterprise_install or not installation.team_id:
            raise NotOneWorkspace
        try:
            await super().store_installation(request, installation)
        except Exception as problem:
            log.exception("an installation could not be kept")
            raise BoltError from problem

    async def _installed(self, done: AsyncSuccessArgs) -> BoltResponse:
        made = done.installation
        address = f"{OPEN}?{urlencode({'app': made.app_id or '', 'team': made.team_id or ''})}"
        following = T("slack-installed-next", invite=INVITE, command=Command("study start"))
        page = self._page(
            done.request, T("slack-installed"), (following,), address, T("slack-installed-open")
        )
        return self._response(200, page)

    async def _failed(self, no: AsyncFailureArgs) -> BoltResponse:
        why = T("slack-install-stale")
        if no.reason == DENIED:
            why = T("slack-install-denied")
        elif isinstance(no.error, NotOneWorkspace):
            why = T("slack-install-organisation")
        elif no.reason == STORAGE:
            why = T("slack-install-broken")
        address = self._app.base_url + INSTALL_PATH
        page = self._page(no.request, T("slack-install-failed"), (why,), address, T("slack-install-again"))
        status = 400 if isinstance(no.error, NotOneWorkspace) else no.suggested_status_code
        return self._response(status, page)

    def _response(self, status: int, page: str) -> BoltResponse:
        headers: dict[str, str | Sequence[str]] = {"Content-Type": "text/html; charset=utf-8"}
        headers["Set-Cookie"] = self.settings.state_utils.build_set_cookie_for_deletion()
        return BoltResponse(status=status, headers=headers, body=page)

    def _page(
        self, request: AsyncBoltRequest, title: Text, lines: tuple[Text, ...], address: str, label: Text
    ) -> str:
        """A page with a way on, in the language that the browser asks for."""
        language = preferred(",".join(request.headers.get("accept-language", ())))
        words = Words(Style(language, USUAL_ZONE, self._app.prefix))
        return PAGES.get_template("page.html").render(
            language=language,
            title=words(title),
            lines=[words(line) for line in lines],
            address=address,
            label=words(label),
        )
