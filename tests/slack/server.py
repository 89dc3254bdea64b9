"""A Slack on loopback: Web API, Socket Mode and signed HTTP over one world.

    platform.installs(manifest)                  # as pasted into the app's settings; ValueError: refused
    team = platform.team("ku")
    channel, jang = team.channel("mlops"), team.person("장서진", manages=True)
    token = team.install().bot_token
    …                    # a bot starts, with platform.api_url, the token and platform.app.app_token
    await platform.sockets.is_ready()
    said = await jang.types(channel, "/submit https://example.org/1")
    assert said.is_ephemeral and "1주차" in said.text
    platform.fails("chat.postMessage", TooMany(1))
    await platform.until(lambda: channel.messages)
    assert channel.messages[-1].pinged == [jang]

What a person cannot do in Slack's own client is an AssertionError, as is an answer that is late, given
twice or refused. At the end `hold` fails a test whose bot asked for nonsense, unless within `allowing`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

import aiohttp
from aiohttp import web

from tests.platforms.server import Loopback
from tests.slack.api import Api, Asked
from tests.slack.app import App
from tests.slack.delivery import Told
from tests.slack.hooks import Hooks
from tests.slack.places import Team
from tests.slack.problems import Json
from tests.slack.sockets import Sockets
from tests.slack.trouble import Trouble
from tests.slack.world import World


@dataclass
class Slack(Loopback):
    """The whole server: `world` is what there is, `sockets` and `hooks` how the bot hears, `api` who asks."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.api = Api(self.world)

    @property
    def api_url(self) -> str:
        """What stands for Slack's API root."""
        return self.root + "/api/"

    @property
    def app(self) -> App:
        """The app that the bot is."""
        return self.world.app

    @property
    def sockets(self) -> Sockets:
        """Socket Mode."""
        return self.world.delivery.sockets

    @property
    def hooks(self) -> Hooks:
        """Signed HTTP."""
        return self.world.delivery.hooks

    async def start(self) -> None:
        """Serve, on a free port unless one was given."""
        app = web.Application(client_max_size=32 * 1024**2)
        app.router.add_route("*", "/api/{method}", self.api.answer)
        app.router.add_get("/link/", self.sockets.connect)
        app.router.add_post("/commands/{rest:.*}", self.api.respond)
        app.router.add_post("/actions/{rest:.*}", self.api.respond)
        app.router.add_post("/upload/v1/{id}", self._upload)
        app.router.add_get("/files-pri/{id}/download/{name}", self._download)
        await self._serve(app)
        self.world.url = self.root
        self.sockets.url = f"ws://127.0.0.1:{self.port}/link/"
        self.hooks.session = aiohttp.ClientSession()

    async def stop(self) -> None:
        """Hang up on everybody and serve no longer; the world stays, and can be served again."""
        for task in list(self.world.tasks):
            task.cancel()
        await asyncio.gather(*self.world.tasks, return_exceptions=True)
        self.sockets.drop()
        await super().stop()
        if self.hooks.session:
            await self.hooks.session.close()
        self.hooks.session = None

    # in short

    def installs(self, manifest: Json) -> App:
        """Take the app's manifest, as pasted into its settings."""
        self.app.take(manifest)
        return self.app

    def team(self, name: str) -> Team:
        """Give the team of a name."""
        return self.world.team(name)

    def fails(self, method: str, trouble: Trouble, times: int = 1) -> None:
        """Let the next calls of a method, as `chat.postMessage` (or `response_url`), go wrong."""
        self.api.script.plan(method, trouble, times)

    def asked(self, method: str = "*") -> list[Asked]:
        """Give the calls of a method that there were, oldest first."""
        return [each for each in self.api.log if fnmatchcase(each.method, method)]

    def told(self, kind: str = "*") -> list[Told]:
        """Give the events of a kind that the bot was told, oldest first."""
        return [each for each in self.world.delivery.told if fnmatchcase(each.kind, kind)]

    @property
    def unused_scopes(self) -> set[str]:
        """The scopes of the manifest that nothing has needed yet."""
        return set(self.app.scopes) - self.app.used_scopes

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        file = self.world.files.get(request.match_info["id"])
        content = await request.read()
        if file is None or file.is_uploaded or len(content) != file.length:
            return web.Response(status=400, text="NOT OK")
        file.content, file.is_uploaded = content, True
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        file = self.world.files.get(request.match_info["id"].partition("-")[2])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        found = self.world.installations.get(token)
        if file is None or found is None or found.problem or found.team is not file.team:
            return web.Response(status=302, headers={"Location": "https://slack.com/login"})
        if "files:read" not in found.scopes:
            return web.Response(status=403)
        self.app.used_scopes.add("files:read")
        return web.Response(body=file.content, content_type="application/octet-stream")
