"""The record on GitHub: `/records connect`, `/records publish`, `/records disconnect`."""

from dataclasses import replace

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import Mark
from bot.commands.message import Message, message
from bot.commands.repositories import FilePath, GitHubName, Labels, Repository
from bot.services import connecting, publishing
from bot.services.publishing import Seen
from bot.texts import Command, T, Url, Written


@command("records connect", Audience.LEADER)
async def connect(
    call: Call,
    repository: Repository,
    path: FilePath | None = None,
    labels: Labels | None = None,
    assignee: GitHubName | None = None,
) -> Message:
    await call.read(publishing.refuse_strangers)
    seen = await call.on_github().look(repository, path or publishing.README)
    seen = replace(seen, is_named=path is not None)
    await call.run(connecting.connect, seen, (labels or "").split(",") if labels else (), assignee, call.at)
    return _connected(seen)


def _connected(seen: Seen) -> Message:
    """What happens there from now on."""
    return message(
        T("github-connected", repository=Url(seen.url)),
        T("github-connected-file" if seen.has_file else "github-connected-new", path=Written(seen.path)),
        T("github-connected-issues" if seen.has_issues else "github-connected-no-issues"),
        T("github-connected-protected") if seen.is_protected else None,
        T("github-connected-soon", command=Command("records publish")),
    )


@command("records publish", Audience.LEADER)
async def publish(call: Call, ours: Mark | None = None) -> Message:
    await call.read(publishing.refuse_others)
    call.on_github()
    found = await call.run(publishing.publish, ours, call.at)
    return message(T("github-publishing", url=Url(found.repository.url)))


@command("records disconnect", Audience.LEADER)
async def disconnect(call: Call) -> Message:
    found = await call.run(connecting.disconnect, call.at)
    return message(T("github-disconnected", repository=Written(found.repository.name)))
