"""With what rights GitHub is asked: a token, or an app's tokens, each for where the app is installed."""

from datetime import datetime, timedelta
from typing import Protocol

from gidgethub.apps import get_jwt
from jwt import PyJWTError

from bot.doors.github.api import Api, Refusal, Way

BEFORE_ITS_END = timedelta(minutes=5)
"""How long before it expires an app's token is exchanged."""

SIGNED_FOR = 9 * 60
"""Seconds for which an app's signature is good; GitHub takes ten minutes, by its own clock."""


class NotInstalled(Exception):
    """The app is not installed where the repository is."""


class Access(Protocol):
    """Who gives a client for a repository."""

    async def api(self, repository: str) -> Api:
        """A client whose token is good for a repository."""

    def refused(self, repository: str) -> bool:
        """Hear that the token was refused; whether another one can be had."""


class Token:
    """One token for everything."""

    def __init__(self, way: Way, token: str) -> None:
        self._api = Api(way, token)

    async def api(self, repository: str) -> Api:
        return self._api

    def refused(self, repository: str) -> bool:
        return False


class App:
    """A GitHub App: a token for each installation, renewed before it expires."""

    def __init__(self, way: Way, app_id: str, private_key: str) -> None:
        self._way = way
        self._app_id = app_id
        self._private_key = private_key
        self._own = Api(way)
        self._installed: dict[str, int] = {}
        """The installations, by repository."""
        self._tokens: dict[int, tuple[Api, datetime]] = {}

    async def api(self, repository: str) -> Api:
        installation = self._installed.get(repository)
        if installation is None:
            installation = await self._installation(repository)
        there = self._tokens.get(installation)
        if there is None or there[1] - BEFORE_ITS_END <= self._way.wall():
            there = self._tokens[installation] = await self._token(repository, installation)
        return there[0]

    def refused(self, repository: str) -> bool:
        installation = self._installed.pop(repository, None)
        return installation is not None and self._tokens.pop(installation, None) is not None

    def signed(self) -> str:
        """What proves that it is the app that asks."""
        return get_jwt(app_id=self._app_id, private_key=self._private_key, expiration=SIGNED_FOR)

    def _signed(self) -> str:
        try:
            return self.signed()
        except (ValueError, PyJWTError) as problem:
            raise Refusal(401, "the app's private key cannot be used") from problem

    async def _installation(self, repository: str) -> int:
        try:
            found = await self._own.getitem(f"repos/{repository}/installation", jwt=self._signed())
        except Refusal as no:
            if no.status == 404:
                raise NotInstalled from no
            raise
        self._installed[repository] = int(found["id"])
        return int(found["id"])

    async def _token(self, repository: str, installation: int) -> tuple[Api, datetime]:
        url = f"app/installations/{installation}/access_tokens"
        try:
            made = await self._own.post(url, data=b"", jwt=self._signed())
        except Refusal as no:
            if no.status == 404:  # taken out; where it is put in again, that is another installation
                del self._installed[repository]
                raise NotInstalled from no
            raise
        return Api(self._way, made["token"]), datetime.fromisoformat(made["expires_at"])
