"""The way to GitHub: one connection for all studies, and a look now and then at what was held back."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from bot.commands.courier import Courier
from bot.doors.errands import Errands
from bot.doors.github.access import Access, App, NotInstalled, Token
from bot.doors.github.api import Limited, Refusal, Way
from bot.doors.github.client import AUTHOR, Client, NotAFile
from bot.doors.github.courier import SILENCE, GitHubCourier, why_of
from bot.doors.office import Office
from bot.rules.refusal import Refused
from bot.services import publishing
from bot.services.publishing import Seen, Why
from bot.texts import Written

NOW_AND_THEN = 3600.0
"""Seconds after which what was held back is tried again."""

PARTING = 5.0


@dataclass(frozen=True, slots=True)
class Connecting:
    """How GitHub is reached: with a token, or as an app."""

    api_url: str
    token: str = field(default="", repr=False)
    app_id: str = ""
    private_key: str = field(default="", repr=False)

    def access(self, session: aiohttp.ClientSession, wall: Callable[[], datetime]) -> Access:
        """Who gives tokens."""
        way = Way(session, self.api_url, wall)
        return App(way, self.app_id, self.private_key) if self.app_id else Token(way, self.token)


class GitHubDoor:
    """GitHub, asked for every study that is connected."""

    def __init__(self, office: Office, how: Connecting, wall: Callable[[], datetime]) -> None:
        self.office = office
        self._how = how
        self._wall = wall
        self._errands = Errands()
        self._session: aiohttp.ClientSession | None = None
        self._client: Client | None = None
        self._next: asyncio.TimerHandle | None = None

    @property
    def client(self) -> Client:
        """The client, made when it is first needed."""
        if self._client is None:
            self._session = aiohttp.ClientSession()
            author = None if self._how.app_id else AUTHOR
            self._client = Client(self._how.access(self._session, self._wall), author)
        return self._client

    def courier(self, couriers: Mapping[str, Courier]) -> GitHubCourier:
        """What delivers there; the chats' couriers know where threads are."""
        return GitHubCourier(self, couriers)

    def start(self) -> None:
        """Try now and then what was held back."""
        self._errands.begin(self.office.desk.runner.run(publishing.try_again))
        self._next = asyncio.get_running_loop().call_later(NOW_AND_THEN, self.start)

    async def close(self) -> None:
        """Hang up."""
        if self._next:
            self._next.cancel()
        await self._errands.close(PARTING)
        if self._session:
            await self._session.close()
        self._session = self._client = None

    async def look(self, name: str, path: str) -> Seen:
        """See whether a file of a repository can be read and written; refused, with what to do, where not."""
        with _worded(name, path):
            return await look(self.client, name, path)

    async def read(self, name: str, path: str) -> bytes:
        """A file of a repository; refused, with what to do, where it cannot be read."""
        with _worded(name, path):
            found = await self.client.file(name, path)
            if found is None:
                raise NotAFile
            return found.content


@contextmanager
def _worded(name: str, path: str) -> Iterator[None]:
    """What goes wrong on GitHub as a no with what to do."""
    try:
        yield
    except NotInstalled:
        raise Refused("github-not-installed", repository=Written(name)) from None
    except NotAFile:
        raise Refused("github-no-file", path=Written(path)) from None
    except Limited as limit:
        raise Refused("github-limited", wait=limit.wait) from None
    except Refusal as no:
        raise refused(why_of(no), name, no.said) from None
    except SILENCE:
        raise Refused("github-unreachable") from None


async def look(client: Client, name: str, path: str) -> Seen:
    """See whether a file can be read and written."""
    there = await client.repository(name)
    name = there["full_name"]
    if there.get("archived"):
        raise refused(Why.ARCHIVED, name, "")
    # Of an app GitHub says that it may not, whatever it may: trying is what tells.
    if not client.is_app and not there.get("permissions", {}).get("push", True):
        raise refused(Why.RIGHTS, name, "")
    file = await client.file(name, path)
    if file is None and (other := await client.spelled(name, path)) != path:
        path, file = other, await client.file(name, other)
    await client.try_writing(name)
    is_protected = await client.is_protected(name, there["default_branch"])
    has_issues = bool(there.get("has_issues", True))
    return Seen(name, there["html_url"], path, file is not None, has_issues, is_protected)


def refused(why: Why, name: str, said: str) -> Refused:
    """A no of GitHub's, with what to do."""
    return Refused(f"github-{why}", repository=Written(name), problem=Written(said))
