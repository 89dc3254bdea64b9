"""Whether GitHub can be reached with what is configured, and what is missing there."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import aiohttp
from gidgethub import GitHubException
from jwt import PyJWTError

from bot.doors.github.access import App
from bot.doors.github.api import Api, Limited, Refusal, Way
from bot.doors.github.door import Connecting

NEEDED = ("contents", "issues")
"""What an app has to be allowed to write."""

SCOPES = ("repo", "public_repo")
"""What a classic token needs one of; without the first it sees public repositories alone."""


async def reach(how: Connecting, wall: Callable[[], datetime]) -> tuple[bool, list[str]]:
    """Whether GitHub takes the token or the app's key, and what there is to say about it."""
    async with aiohttp.ClientSession() as session:
        way = Way(session, how.api_url, wall)
        try:
            return await (_app(way, how) if how.app_id else _token(way, how.token))
        except Refusal as no:
            what = "the app's id or key" if how.app_id else "the token"
            return False, [f"{what} is refused" if no.status == 401 else f"not usable: {no}"]
        except Limited as limit:
            return True, [f"reachable; it asks to wait for {limit.wait}"]
        except (ValueError, PyJWTError) as problem:
            return False, [f"github.private_key cannot be used: {problem}"]
        except (aiohttp.ClientError, OSError, TimeoutError, GitHubException) as problem:
            return False, [f"not reachable: {str(problem) or type(problem).__name__}"]


async def _token(way: Way, token: str) -> tuple[bool, list[str]]:
    api = Api(way, token)
    user = await api.getitem("user")
    lines = [f"reachable, as {user['login']}"]
    scopes = api.said.get("x-oauth-scopes")
    good = scopes is None or bool({*SCOPES} & {scope.strip() for scope in scopes.split(",")})
    if not good:
        lines.append("missing: the token has neither the scope repo nor public_repo")
    if ends := api.said.get("github-authentication-token-expiration"):
        lines.append(f"the token expires at {ends}")
    return good, lines


async def _app(way: Way, how: Connecting) -> tuple[bool, list[str]]:
    app = App(way, how.app_id, how.private_key)
    api = Api(way)
    itself = await api.getitem("app", jwt=app.signed())
    missing = _missing(itself.get("permissions") or {})
    found = [each async for each in api.getiter("app/installations", jwt=app.signed())]
    where = ", ".join(each["account"]["login"] for each in found)
    lines = [
        f"reachable, as the app {itself['name']}",
        f"installed at {where}" if where else "not installed yet",
    ]
    lines += [f"missing: the app needs {', '.join(missing)}"] if missing else []
    short = {each["account"]["login"]: _missing(each.get("permissions") or {}) for each in found}
    lines += [f"missing at {who}: {', '.join(what)}" for who, what in short.items() if what and not missing]
    return not missing and not any(short.values()), lines


def _missing(permissions: Mapping[str, Any]) -> list[str]:
    return [f"{name}: write" for name in NEEDED if permissions.get(name) != "write"]
