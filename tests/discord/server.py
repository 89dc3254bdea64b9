"""A Discord on loopback: gateway v10 and REST v10 over one world.

    channel = platform.guild("ku").channel("mlops")
    jang = platform.person("장서진", manages=True, locale="ko")
    …                                     # a bot starts, with platform.api_url and platform.world.token
    await platform.gateway.is_ready()
    said = await jang.types(channel, "submit", link="https://example.org/1")
    assert said.is_ephemeral and "1주차" in said.text
    platform.fails("POST /channels/*/messages", TooMany(0.05))
    await platform.until(lambda: channel.messages)
    assert channel.messages[-1].pinged == [jang]

What a person cannot do in Discord's own client is an AssertionError, as is an answer that is late, given
twice or refused. At the end `hold` fails a test whose bot asked for nonsense, unless within `allowing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from aiohttp import web

from tests.discord.api import PREFIX, Api, Asked
from tests.discord.gateway import Gateway
from tests.discord.people import Person
from tests.discord.places import Guild
from tests.discord.trouble import Trouble
from tests.discord.world import World
from tests.platforms.server import Loopback


@dataclass
class Discord(Loopback):
    """The whole server: `world` is what there is, `gateway` who listens, `api` who asks."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.gateway = Gateway(self.world)
        self.api = Api(self.world)

    @property
    def api_url(self) -> str:
        """What stands for Discord's API root, with its version."""
        return self.root + PREFIX

    async def start(self) -> None:
        """Serve, on a free port unless one was given."""
        app = web.Application(client_max_size=32 * 1024**2)
        app.router.add_get("/", self.gateway.connect)
        app.router.add_get("/resume/", self.gateway.connect)
        app.router.add_get("/attachments/{id}/{name}", self._file)
        app.router.add_route("*", PREFIX + "/{rest:.*}", self.api.answer)
        await self._serve(app)
        self.world.files_url = self.root
        self.world.gateway_url = f"ws://127.0.0.1:{self.port}/"

    async def stop(self) -> None:
        """Hang up on everybody and serve no longer; the world stays, and can be served again."""
        self.gateway.drop()
        await super().stop()

    async def is_ready(self, patience: float = 10.0) -> None:
        """Wait until a bot has registered its commands and listens."""
        await self.until(lambda: any(self.world.commands.values()), patience)
        await self.gateway.is_ready(patience=20)

    # in short

    def guild(self, name: str, *, locale: str = "ko") -> Guild:
        """Give the guild of a name."""
        return self.world.guild(name, locale=locale)

    def person(
        self, name: str, *, manages: bool = False, locale: str = "ko", takes_dms: bool = True
    ) -> Person:
        """Give the person of a name, in all guilds."""
        return self.world.person(name, manages=manages, locale=locale, takes_dms=takes_dms)

    def fails(self, route: str, trouble: Trouble, times: int = 1) -> None:
        """Let the next requests of a route, as `POST /channels/*/messages`, go wrong."""
        self.api.script.plan(route, trouble, times)

    def asked(self, route: str = "*") -> list[Asked]:
        """Give the requests of a route that there were, oldest first."""
        return [each for each in self.api.log if fnmatchcase(str(each), route)]

    async def _file(self, request: web.Request) -> web.StreamResponse:
        found = self.world.attachments.get(int(request.match_info["id"]))
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found.content, content_type="application/octet-stream")
