"""The server itself: as strict as GitHub, and a bot that asks for nonsense fails its test."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.github.server import VERSION, GitHub
from tests.github.world import Repository

HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": VERSION, "User-Agent": "test"}
CONTENT = base64.b64encode(b"new").decode()


class Asking:
    """Somebody who asks by hand."""

    def __init__(self, hub: GitHub, session: aiohttp.ClientSession) -> None:
        self.hub = hub
        self.session = session
        self.headers = HEADERS | {"Authorization": f"token {hub.world.token}"}

    async def __call__(self, method: str, path: str, **body: Any) -> tuple[int, Any]:
        """Give status and body of an answer."""
        url = f"{self.hub.api_url}/{path}"
        async with self.session.request(method, url, json=body or None, headers=self.headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def ask(hub: GitHub) -> AsyncIterator[Asking]:
    """Somebody who may write."""
    async with aiohttp.ClientSession() as session:
        yield Asking(hub, session)


async def test_a_file_is_written_over_the_one_that_was_read(ask: Asking, repository: Repository) -> None:
    url = "repos/ku/mlops/contents/README.md"
    status, there = await ask("GET", url)
    assert (status, there["encoding"]) == (200, "base64")
    given = {"message": "x", "content": CONTENT}
    assert (await ask("PUT", url, **given))[0] == 422
    status, said = await ask("PUT", url, **given, sha="0" * 40)
    assert (status, said["message"]) == (409, f"README.md does not match {'0' * 40}")
    assert (await ask("PUT", url, **given, sha=there["sha"]))[0] == 200
    assert repository.text() == "new"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "repos/ku/mlops/contents/a.md", {"message": "x", "content": "no base64!"}),
        ("PUT", "repos/ku/mlops/contents/a.md", {"message": "x", "content": CONTENT, "sh": "0"}),
        ("PUT", "repos/ku/mlops/contents/a.md", {"content": CONTENT}),
        ("PUT", "repos/ku/mlops/contents/a.md", {"message": 1, "content": CONTENT}),
        ("POST", "repos/ku/mlops/issues", {"title": "x", "asignee": "koo"}),
        ("GET", "repos/ku/mlops/issues?sate=all", {}),
        ("GET", "repos/ku/mlops/readme", {}),
    ],
)
async def test_nonsense_is_noticed(
    ask: Asking, repository: Repository, method: str, path: str, body: dict[str, Any]
) -> None:
    with ask.hub.allowing() as wrong:
        assert (await ask(method, path, **body))[0] == 400
        assert len(wrong) == 1


@pytest.mark.parametrize("missing", ["X-GitHub-Api-Version", "Accept", "User-Agent"])
async def test_a_request_says_who_asks_and_for_what(
    ask: Asking, repository: Repository, missing: str
) -> None:
    ask.headers = ask.headers | {missing: ""}
    with ask.hub.allowing() as wrong:
        assert (await ask("GET", "repos/ku/mlops"))[0] == 400
        assert len(wrong) == 1


async def test_without_a_token_there_is_nothing(ask: Asking, repository: Repository) -> None:
    ask.headers = ask.headers | {"Authorization": "token old"}
    assert (await ask("GET", "repos/ku/mlops"))[0] == 401
