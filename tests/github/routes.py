"""What can be asked of the server, as GitHub documents it: fields that it does not know are refused."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.github import problems
from tests.github.problems import Problem, Wrong
from tests.github.world import App, Key, Repository, World, sha_of

Json = Any
A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Call:
    """A request, and whose."""

    world: World
    root: str
    args: Mapping[str, str]
    query: Mapping[str, str]
    body: Json
    key: Key | None
    app: App | None

    def repository(self, may: str | None = None) -> Repository:
        """The repository that is asked for, which the caller has to see, and perhaps to write."""
        found = self.world.repositories.get(f"{self.args['owner']}/{self.args['repo']}".lower())
        key = self.key
        if found is None or key is None:
            raise problems.not_found()
        is_in = key.is_apps or key.login in found.collaborators
        sees_private = key.scopes is None or "repo" in key.scopes
        if found.private and not (is_in and sees_private):
            raise problems.not_found()
        if may is not None:
            if found.archived:
                raise problems.archived()
            if not is_in or (key.scopes is not None and not {"repo", "public_repo"} & {*key.scopes}):
                raise problems.not_found()
            if may not in key.may:
                raise problems.not_accessible(key.is_apps)
        return found

    def fields(self, required: Mapping[str, type], optional: Mapping[str, type]) -> dict[str, Any]:
        """The body, of which nothing may be missing, unknown or of another type."""
        known = {**required, **optional}
        if not isinstance(self.body, dict) or not required.keys() <= self.body.keys() <= known.keys():
            raise Wrong(f"fields {self.body!r}")
        for name, value in self.body.items():
            if not isinstance(value, known[name]):
                raise Wrong(f"{name} is {value!r}")
        return self.body


Handler = Callable[[Call], tuple[int, Json]]
ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    """Answer requests of a kind."""
    pattern = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", path)
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)

    def taken(handler: Handler) -> Handler:
        ROUTES.append((method, re.compile(pattern), handler))
        return handler

    return taken


@route("GET", "/user")
def user(call: Call) -> tuple[int, Json]:
    if call.key is None or call.key.is_apps:
        raise problems.not_accessible(is_apps=True)
    return 200, {"login": call.key.login, "type": "User"}


@route("GET", "/rate_limit")
def rate_limit(call: Call) -> tuple[int, Json]:
    return 200, {"resources": {"core": {"limit": 5000, "remaining": call.world.remaining}}}


@route("GET", "/app")
def app(call: Call) -> tuple[int, Json]:
    made = _app(call)
    return 200, {"id": int(made.id), "name": "studybot", "permissions": made.permissions}


@route("GET", "/app/installations")
def installations(call: Call) -> tuple[int, Json]:
    made = _app(call)
    return 200, [{"id": 77, "account": {"login": "ku"}, "permissions": made.permissions}]


@route("GET", "/repos/{owner}/{repo}/installation")
def installation(call: Call) -> tuple[int, Json]:
    _app(call)
    found = call.world.repositories.get(f"{call.args['owner']}/{call.args['repo']}".lower())
    if found is None or not found.installed:
        raise problems.not_found()
    return 200, {"id": _app(call).installation, "permissions": {}}


@route("POST", "/app/installations/{id}/access_tokens")
def access_token(call: Call) -> tuple[int, Json]:
    made = _app(call)
    if call.args["id"] != str(made.installation):
        raise problems.not_found()
    made.issued += 1
    ends = call.world.clock() + made.lifetime
    may = frozenset(name for name, level in made.permissions.items() if level == "write")
    token = f"ghs_{made.issued}"
    call.world.keys[token] = Key("studybot[bot]", None, may, ends, is_apps=True)
    return 201, {"token": token, "expires_at": f"{ends:%Y-%m-%dT%H:%M:%SZ}", "permissions": made.permissions}


def _app(call: Call) -> App:
    if call.app is None:
        raise Problem(401, "A JSON web token could not be decoded")
    return call.app


@route("GET", "/repos/{owner}/{repo}")
def repository(call: Call) -> tuple[int, Json]:
    found = call.repository()
    assert call.key is not None
    return 200, {
        "full_name": found.name,
        "html_url": f"https://github.com/{found.name}",
        "private": found.private,
        "archived": found.archived,
        "has_issues": found.has_issues,
        "default_branch": "main",
        # Of an app it says no, whatever it may.
        "permissions": {"pull": True, "push": call.key.login in found.collaborators},
    }


@route("GET", "/repos/{owner}/{repo}/branches/{branch}")
def branch(call: Call) -> tuple[int, Json]:
    found = call.repository()
    if not found.commits or call.args["branch"] != "main":
        raise Problem(404, "Branch not found")
    return 200, {"name": "main", "protected": bool(found.protected)}


@route("POST", "/repos/{owner}/{repo}/git/blobs")
def blob(call: Call) -> tuple[int, Json]:
    found = call.repository("contents")
    given = call.fields({"content": str}, {"encoding": str})
    if not found.commits:
        raise Problem(409, "Git Repository is empty.")
    return 201, {"sha": sha_of(given["content"].encode())}


@route("GET", "/repos/{owner}/{repo}/contents/")
def root(call: Call) -> tuple[int, Json]:
    found = call.repository()
    if not found.commits:
        raise Problem(404, "This repository is empty.")
    return 200, [{"type": "file", "path": each} for each in found.files if "/" not in each]


@route("GET", "/repos/{owner}/{repo}/contents/{path+}")
def contents(call: Call) -> tuple[int, Json]:
    found, path = call.repository(), call.args["path"]
    if not found.commits:
        raise Problem(404, "This repository is empty.")
    if any(each.startswith(f"{path}/") for each in found.files):
        return 200, [{"type": "file", "path": each} for each in found.files if each.startswith(f"{path}/")]
    if path not in found.files:
        raise problems.not_found()
    content = found.files[path]
    large = len(content) > 2**20
    encoded = "" if large else base64.encodebytes(content).decode()
    return 200, {
        "type": "file",
        "path": path,
        "sha": sha_of(content),
        "size": len(content),
        "encoding": "none" if large else "base64",
        "content": encoded,
    }


@route("PUT", "/repos/{owner}/{repo}/contents/{path+}")
def write(call: Call) -> tuple[int, Json]:
    found, path = call.repository("contents"), call.args["path"]
    given = call.fields(
        {"message": str, "content": str}, {"sha": str, "branch": str, "author": dict, "committer": dict}
    )
    try:
        content = base64.b64decode(given["content"], validate=True)
    except binascii.Error:
        raise Wrong("content is not Base64") from None
    author = given.get("author")
    if author is not None and not author.keys() == {"name", "email"}:
        raise Wrong(f"author {author}")
    if found.protected:
        raise Problem(409, found.protected)
    if meanwhile := call.world.before_write:
        call.world.before_write = None
        meanwhile()
    if path in found.files and "sha" not in given:
        raise problems.without_sha()
    if "sha" in given and sha_of(found.files.get(path, b"")) != given["sha"]:
        raise problems.stale(path, given["sha"])
    assert call.key is not None
    made = found.edit(
        path, content, by=author["name"] if author else call.key.login, message=given["message"]
    )
    is_new = "sha" not in given
    return 201 if is_new else 200, {
        "content": {"path": path, "sha": sha_of(content)},
        "commit": {"sha": made.sha, "message": made.message},
    }


@route("GET", "/repos/{owner}/{repo}/commits")
def commits(call: Call) -> tuple[int, Json]:
    found = call.repository()
    there = [each for each in reversed(found.commits) if each.path == call.query.get("path", each.path)]
    page = there[: int(call.query.get("per_page", "30"))]
    return 200, [{"sha": each.sha, "commit": {"message": each.message}} for each in page]
