"""The kinds of parameters that name a repository and what is in it."""

import re
from dataclasses import dataclass
from typing import Annotated

from bot.commands.kinds import TextKind
from bot.rules.refusal import Refused

NAME = re.compile(
    r"(?:https?://[^/\s]+/|git@[^:\s]+:)?([A-Za-z0-9][A-Za-z0-9-]{0,38})/([A-Za-z0-9._-]{1,100})(?:/.*)?"
)
ACCOUNT = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9-]{0,38})")
LABELS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class RepositoryKind(TextKind):
    """A repository as `owner/name`, or by its address."""

    most: int = 300

    def read(self, raw: str) -> str:
        text = super(RepositoryKind, self).read(raw)
        found = NAME.fullmatch(text.removeprefix("<").removesuffix(">"))
        name = found[2].removesuffix(".git") if found else ""
        if found is None or name in ("", ".", ".."):
            raise Refused("github-not-a-repository", text=text)
        return f"{found[1]}/{name}"


@dataclass(frozen=True, slots=True)
class SourceKind(RepositoryKind):
    """A repository whose README is read."""


@dataclass(frozen=True, slots=True)
class PathKind(TextKind):
    """A file of a repository, with the folders that it is in; the log may stand beside it."""

    most: int = 180

    def read(self, raw: str) -> str:
        path = super(PathKind, self).read(raw).strip("/ ")
        if "\\" in path or any(part in ("", ".", "..", ".git") for part in path.split("/")):
            raise Refused("github-not-a-path", text=path)
        return path


@dataclass(frozen=True, slots=True)
class LabelsKind(TextKind):
    """Labels with commas between, as one text."""

    def read(self, raw: str) -> str:
        labels = [part.strip() for part in super(LabelsKind, self).read(raw).split(",") if part.strip()]
        if not 0 < len(labels) <= LABELS_AT_MOST or max(map(len, labels)) > 50:
            raise Refused("github-not-labels", most=LABELS_AT_MOST)
        return ",".join(labels)


@dataclass(frozen=True, slots=True)
class GitHubNameKind(TextKind):
    """What somebody is called on GitHub."""

    def read(self, raw: str) -> str:
        text = super(GitHubNameKind, self).read(raw)
        found = ACCOUNT.fullmatch(text)
        if found is None:
            raise Refused("github-not-a-name", text=text)
        return found[1]


Repository = Annotated[str, RepositoryKind()]
Source = Annotated[str, SourceKind()]
FilePath = Annotated[str, PathKind()]
Labels = Annotated[str, LabelsKind()]
GitHubName = Annotated[str, GitHubNameKind()]
