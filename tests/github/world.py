"""The world behind the server: repositories with their files, commits and issues, and who may do what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.platforms.world import BaseWorld

EVERYTHING = frozenset({"contents", "issues"})


def sha_of(content: bytes) -> str:
    """What Git calls a file of this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Commit:
    """A change of one file."""

    sha: str
    path: str
    content: bytes
    message: str
    author: str

    @property
    def title(self) -> str:
        return self.message.partition("\n")[0]


@dataclass
class Comment:
    """What somebody said under an issue."""

    id: int
    body: str
    author: str


@dataclass
class Issue:
    """An issue, with what was done to it in order."""

    number: int
    title: str
    body: str
    author: str
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    locked: bool = False
    state: str = "open"
    state_reason: str | None = None
    comments: list[Comment] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


@dataclass
class Repository:
    """A repository with one branch."""

    name: str
    private: bool = False
    archived: bool = False
    has_issues: bool = True
    protected: str = ""
    """What is said where the branch takes no commits."""
    collaborators: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    commits: list[Commit] = field(default_factory=list)
    """Oldest first."""
    issues: dict[int, Issue] = field(default_factory=dict)
    installed: bool = True

    def edit(self, path: str, content: bytes, *, by: str = "장서진", message: str = "Update") -> Commit:
        """Commit a file, as somebody does by hand."""
        name = hashlib.sha1(f"{len(self.commits)} {message}".encode(), usedforsecurity=False).hexdigest()
        self.commits.append(Commit(name, path, content, message, by))
        self.files[path] = content
        return self.commits[-1]

    def replace(self, path: str, old: str, new: str) -> None:
        """Edit some words of a file by hand."""
        text = self.files[path].decode()
        assert old in text, f"{old!r} does not stand in {path}"
        self.edit(path, text.replace(old, new, 1).encode())

    def text(self, path: str = "README.md") -> str:
        """What a file says."""
        return self.files[path].decode()

    def by(self, author: str) -> list[Commit]:
        """Somebody's commits, oldest first."""
        return [commit for commit in self.commits if commit.author == author]


@dataclass
class Key:
    """A token: whose it is, and what it may."""

    login: str
    scopes: tuple[str, ...] | None = ("repo",)
    """A classic token's; `None` for a fine-grained one."""
    may: frozenset[str] = EVERYTHING
    expires_at: datetime | None = None
    is_apps: bool = False


@dataclass
class App:
    """An app: the key by which its signatures are checked, and what it may."""

    id: str
    public_key: str
    permissions: dict[str, str] = field(default_factory=lambda: {"contents": "write", "issues": "write"})
    lifetime: timedelta = timedelta(hours=1)
    """How long its tokens are good."""
    issued: int = 0
    installation: int = 77
    """Its id; another one once it has been taken out and put in again."""


@dataclass(repr=False)
class World(BaseWorld):
    """All there is."""

    token: str = "ghp_a-test-token"
    repositories: dict[str, Repository] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    app: App | None = None
    people: set[str] = field(default_factory=lambda: {"jang", "koo"})
    refused_labels: set[str] = field(default_factory=set)
    remaining: int = 5000
    resets_at: datetime | None = None
    moved: dict[str, str] = field(default_factory=dict)
    """The new names of repositories that were renamed."""
    before_write: Callable[[], object] | None = None
    """What somebody does at the very moment at which a file is to be written."""
    numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.keys[self.token] = Key("jang")

    def repository(self, name: str, readme: bytes | None = None, **more: Any) -> Repository:
        """Make a repository, which `jang` may write."""
        made = Repository(name, collaborators={"jang"}, **more)
        self.repositories[name.lower()] = made
        if readme is not None:
            made.edit("README.md", readme, message="Initial commit")
        return made
