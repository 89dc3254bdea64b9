"""What is asked of GitHub, in values: files, commits, issues."""

from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha1
from typing import Any, TypeVar
from urllib.parse import quote

from bot.doors.github.access import Access
from bot.doors.github.api import Api, Refusal

Author = Mapping[str, str]
AUTHOR: Author = {"name": "studybot", "email": "studybot@studybot.invalid"}
"""Whose commits they are; an address that is nobody's, so that they are not somebody else's."""

LOOKED_AT = 100
"""Of the newest issues and comments, how many one is looked for among; of commits, a tenth."""

T = TypeVar("T")


class Stale(Exception):
    """The file is another one than the one that was read."""


class NotAFile(Exception):
    """What is there is a folder, or too large to be read."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is there now."""

    content: bytes
    sha: str


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as it is there now."""

    number: int
    url: str
    is_open: bool


def blob_sha(content: bytes) -> str:
    """What Git calls a file of this content."""
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


class Client:
    """GitHub, asked with the rights that there are."""

    def __init__(self, access: Access, author: Author | None = None) -> None:
        self._access = access
        self._author = author
        """Whose commits they are; an app's are its own by themselves."""

    @property
    def is_app(self) -> bool:
        """Whether it is an app that asks."""
        return self._author is None

    async def repository(self, name: str) -> Mapping[str, Any]:
        """What GitHub says of a repository."""
        found: Mapping[str, Any] = await self._with(name, lambda api: api.getitem(f"repos/{name}"))
        return found

    async def is_protected(self, name: str, branch: str) -> bool:
        """Whether a branch has rules; a repository without commits has no branch yet."""
        try:
            url = f"repos/{name}/branches/{quote(branch, safe='')}"
            return bool((await self._with(name, lambda api: api.getitem(url)))["protected"])
        except Refusal as no:
            if no.status == 404:
                return False
            raise

    async def try_writing(self, name: str) -> None:
        """Put something there that is in no commit: nobody sees it, and it shows whether we may."""
        blob = {"content": "studybot", "encoding": "utf-8"}
        try:
            await self._with(name, lambda api: api.post(f"repos/{name}/git/blobs", data=blob))
        except Refusal as no:
            if no.status != 409:  # the repository is empty
                raise

    async def file(self, name: str, path: str) -> File | None:
        """A file of the default branch; `None` where there is none."""
        try:
            found = await self._with(name, lambda api: api.getitem(_contents(name, path)))
        except Refusal as no:
            if no.status == 404:
                await self.repository(name)  # it says itself where that is what is missing
                return None
            raise
        if not isinstance(found, dict) or found.get("type") != "file" or found["encoding"] != "base64":
            raise NotAFile
        return File(b64decode(found["content"]), found["sha"])

    async def spelled(self, name: str, path: str) -> str:
        """The path of a file as it is written there, as `readme.md` for `README.md`."""
        folder = path.rpartition("/")[0]
        try:
            found = await self._with(name, lambda api: api.getitem(_contents(name, folder)))
        except Refusal as no:
            if no.status == 404:
                return path
            raise
        there = [str(each["path"]) for each in found] if isinstance(found, list) else []
        return next((each for each in there if each.lower() == path.lower()), path)

    async def write(self, name: str, path: str, content: bytes, there: File | None, message: str) -> str:
        """Commit a file in the place of the one that was read; raises `Stale` where that is no more."""
        data: dict[str, Any] = {"message": message, "content": b64encode(content).decode()}
        data |= {"sha": there.sha} if there else {}
        data |= {"author": self._author} if self._author else {}
        try:
            made = await self._with(name, lambda api: api.put(_contents(name, path), data=data))
        except Refusal as no:
            if _is_stale(no):
                raise Stale from no
            raise
        return str(made["content"]["sha"])

    async def messages(self, name: str, path: str) -> list[str]:
        """What the newest commits of a file say."""
        url = f"repos/{name}/commits?path={quote(path)}&per_page={LOOKED_AT // 10}"
        commits = await self._with(name, lambda api: api.getitem(url))
        return [each["commit"]["message"] for each in commits]

    async def find_issue(self, name: str, marker: str) -> Issue | None:
        """The issue with a marker in its body, among the newest."""
        url = f"repos/{name}/issues?state=all&sort=created&direction=desc&per_page={LOOKED_AT}"
        for each in await self._with(name, lambda api: api.getitem(url)):
            if marker in (each.get("body") or ""):
                return _issue(each)
        return None

    async def open_issue(self, name: str, title: str, body: str, **more: Any) -> Issue:
        """Open an issue."""
        data = {"title": title, "body": body} | {key: value for key, value in more.items() if value}
        return _issue(await self._with(name, lambda api: api.post(f"repos/{name}/issues", data=data)))

    async def issue(self, name: str, number: int) -> Issue | None:
        """An issue as it is; `None` where it has been deleted."""
        try:
            return _issue(await self._with(name, lambda api: api.getitem(f"repos/{name}/issues/{number}")))
        except Refusal as no:
            if no.status not in (404, 410):
                raise
        await self.repository(name)  # it says itself where that is what is missing
        return None

    async def set_issue(self, name: str, number: int, *, is_open: bool) -> None:
        """Open an issue again, or close it as done."""
        data = {
            "state": "open" if is_open else "closed",
            "state_reason": "reopened" if is_open else "completed",
        }
        await self._with(name, lambda api: api.patch(f"repos/{name}/issues/{number}", data=data))

    async def has_comment(self, name: str, number: int, marker: str) -> bool:
        """Whether somebody has said something with a marker under an issue."""
        url = f"repos/{name}/issues/{number}/comments?per_page={LOOKED_AT}"

        async def looked(api: Api) -> bool:
            return any([marker in (each.get("body") or "") async for each in api.getiter(url)])

        return await self._with(name, looked)

    async def comment(self, name: str, number: int, body: str) -> None:
        """Say something under an issue."""
        url = f"repos/{name}/issues/{number}/comments"
        await self._with(name, lambda api: api.post(url, data={"body": body}))

    async def _with(self, name: str, ask: Callable[[Api], Awaitable[T]]) -> T:
        """Ask with the token for a repository, and once more with another where there is one."""
        try:
            return await ask(await self._access.api(name))
        except Refusal as no:
            if no.status != 401 or not self._access.refused(name):
                raise
        return await ask(await self._access.api(name))


def _is_stale(no: Refusal) -> bool:
    """Whether the file is another one by now, or there although it was not."""
    return (no.status == 409 and "does not match" in no.said) or (no.status == 422 and '"sha"' in no.said)


def _contents(name: str, path: str) -> str:
    return f"repos/{name}/contents/{quote(path)}"


def _issue(found: Mapping[str, Any]) -> Issue:
    return Issue(int(found["number"]), found["html_url"], found["state"] == "open")
