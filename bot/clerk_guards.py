"""What keeps the clerk from reading or writing, in words for whoever is at the terminal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.doors.playground.stage import CHANNEL, DOOR, WORKSPACE
from bot.rules.refusal import Refused
from bot.services.scope import in_channel
from db import Runner
from db.engine import file_of
from db.migrate import revision

DOCUMENTS = ("readme", "log")
"""The formats of which a document that is there is edited in place."""
MARKDOWN = (".md", ".markdown")


class NotDone(Exception):
    """Why nothing was read or written, in words."""


def refuse_markdown(into: Path | None, form: str) -> None:
    """Raise `NotDone` where a README that is there would be replaced by something else."""
    if into and form not in DOCUMENTS and into.suffix.lower() in MARKDOWN and into.exists():
        raise NotDone(f"{into} is Markdown: name another file for {form}")


async def refuse_unmade(url: str, to_do: str) -> None:
    """Raise `NotDone` where no database has been made yet; none is made by looking."""
    file = file_of(url)
    if file is not None and not file.exists():
        raise NotDone(f"there is nothing to {to_do}: there is no {file}")
    async with Runner(url) as runner:
        if await runner.read(revision) is None:
            raise NotDone(f"there is nothing to {to_do}: the database has not been set up")


@asynccontextmanager
async def naming_the_one_there(runner: Runner, instead: str = "") -> AsyncIterator[None]:
    """Say which study is in the playground already, and what to do instead; raises `NotDone`."""
    try:
        yield
    except Refused as no:
        if no.key != "study-running-here":
            raise
        there = await runner.read(lambda session: session.scalar(in_channel(DOOR, WORKSPACE, CHANNEL)))
        named = f": {there.id} ({there.name})" if there else ""
        rest = f"; {instead}: --study {there.id if there else 'ID'}" if instead else ""
        raise NotDone(f"there is a study in the playground already{named}{rest}") from no
