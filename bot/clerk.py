"""Records in and out from the command line, on the database of a bot that may be running."""

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select

from bot.clerk_guards import DOCUMENTS, NotDone, naming_the_one_there, refuse_markdown, refuse_unmade
from bot.doors.playground.stage import CHANNEL, DOOR, WORKSPACE
from bot.records import exporting, exports, importing
from bot.records.importing import Reading
from bot.records.log import exporting as log_exporting
from bot.records.preview import told
from bot.rules.refusal import Refused
from bot.services import clock
from bot.services.scope import Caller, Role
from bot.texts import Text, Value, Words
from bot.texts.style import Style
from db import Runner, Session
from db import models as m
from db.migrate import upgrade

UTC = ZoneInfo("UTC")


@contextmanager
def explained() -> Iterator[None]:
    """Say in one line why nothing was done, and exit 1."""
    try:
        yield
    except (NotDone, Refused) as no:
        typer.echo(f"studybot: {said(no) if isinstance(no, Refused) else no}", err=True)
        raise typer.Exit(1) from None


@dataclass(frozen=True, slots=True)
class Wish:
    """An import that was asked for."""

    url: str
    file: Path
    study: int | None
    answers: Mapping[str, str]
    yes: bool
    dry_run: bool
    form: str


@dataclass(frozen=True, slots=True)
class Made:
    """What an import came to."""

    study: int
    name: str
    links: int


def words(language: str) -> Words:
    """Texts as plain words, with instants in UTC."""
    return Words(Style(language, UTC))


def said(no: Refused, language: str = "en") -> str:
    """A refusal in words: what is wrong, and what to do instead."""
    return words(language)(Text(no.key, cast(Mapping[str, Value], no.values)))


def is_whole(document: bytes) -> bool:
    """Whether a file is a whole study, as JSON, rather than a README."""
    return document.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def answers(given: Sequence[str]) -> dict[str, str]:
    """Answers written as `about=value`."""
    found = {}
    for text in given:
        about, equals, value = text.partition("=")
        if not equals:
            raise NotDone(f"write an answer as ABOUT=VALUE instead of {text}")
        found[about.strip()] = value
    return found


def run(wish: Wish, now: datetime) -> int:
    """Do what was asked and say so; the exit code: 2 where a question or the yes is still open."""
    try:
        document = wish.file.read_bytes()
    except OSError as problem:
        raise NotDone(f"{wish.file}: {problem.strerror}") from problem
    if is_whole(document):
        return _restore(wish, document, now)
    if wish.study is not None:
        return _take_into(wish, document, now)
    return _make(wish, document, now)


def _make(wish: Wish, document: bytes, now: datetime) -> int:
    taken = importing.reading(document, wish.answers)
    if wish.dry_run:
        print(told(taken, wish.form))
        return 0
    if sys.stdin.isatty():
        taken = _answered(taken, wish.answers)
    print(told(taken))
    if not _sure(wish, "Make this study?") or taken.resolved.remaining:
        print("nothing was written: answer with --answer ABOUT=VALUE and say --yes", file=sys.stderr)
        return 2
    made = asyncio.run(make(wish.url, taken, now))
    print(f"made study {made.study} in the playground: {made.name}, {made.links} links")
    return 0


def _sure(wish: Wish, question: str) -> bool:
    """Whether the yes was given, or is given now at the terminal."""
    return wish.yes or (sys.stdin.isatty() and typer.confirm(question))


def _answered(taken: Reading, given: Mapping[str, str]) -> Reading:
    """What was read, with the answers of the person at the terminal; an answer may raise another question."""
    answers = dict(given)
    while taken.resolved.remaining:
        answers |= _asked(taken)
        taken = importing.reading(taken.document, answers)
    return taken


def _asked(taken: Reading) -> dict[str, str]:
    """The answers that a person at the terminal gives."""
    ask = words(taken.language)
    return {question.about: typer.prompt(ask(question.ask)) for question in taken.resolved.remaining}


def _restore(wish: Wish, document: bytes, now: datetime) -> int:
    """Make a study of its JSON; there is nothing to be asked but the yes."""
    if wish.dry_run:
        print("a whole study as JSON: it would be made anew, in the playground")
        return 0
    if not _sure(wish, "Make this study anew?"):
        print("nothing was written: say --yes", file=sys.stderr)
        return 2
    made = asyncio.run(restore(wish.url, document, now))
    print(f"made study {made.study} in the playground: {made.name}")
    return 0


def _take_into(wish: Wish, document: bytes, now: datetime) -> int:
    """Take a README's links into a study that is there."""
    asyncio.run(refuse_unmade(wish.url, "take links into"))
    taken = importing.reading(document, wish.answers, asyncio.run(_known(wish)))
    if wish.dry_run:
        would = f"up to {taken.links} links would be recorded where nothing is in yet"
        print(told(taken, "json") if wish.form == "json" else would)
        return 0
    if taken.open_cells:
        print(told(taken))
        print("nothing was written: answer with --answer ABOUT=VALUE", file=sys.stderr)
        return 2
    if not _sure(wish, f"Record up to {taken.links} links?"):
        print("nothing was written: say --yes", file=sys.stderr)
        return 2
    made = asyncio.run(take_into(wish.url, wish.study or 0, document, now, wish.answers))
    print(f"took {made.links} links into study {made.study}: {made.name}")
    return 0


async def _known(wish: Wish) -> list[str]:
    """The names in the study that is meant, which has to be there."""
    async with Runner(wish.url) as runner:
        study = await runner.read(_study, wish.study)
        return await runner.read(_names, study.id)


async def _names(session: Session, study: int) -> list[str]:
    return list(await session.scalars(select(m.Member.name).where(m.Member.study_id == study)))


async def make(url: str, taken: Reading, now: datetime) -> Made:
    """Make a study in the playground of what was read; its first member leads it. Raises `Refused`."""
    await upgrade(url)
    async with Runner(url) as runner:
        at = await runner.read(clock.read) or now
        caller = _first(taken)
        async with naming_the_one_there(runner, "to take this README's links into it"):
            shown = await runner.run(importing.found, caller, taken, at)
        return Made(shown.study.id, shown.study.name, taken.links)


def _first(taken: Reading) -> Caller:
    name = next(iter(taken.resolved.members), "studybot")
    return Caller(DOOR, WORKSPACE, CHANNEL, name, name, named=True)


async def restore(url: str, document: bytes, now: datetime) -> Made:
    """Make a study in the playground of a whole one's JSON. Raises `Refused`."""
    await upgrade(url)
    async with Runner(url) as runner:
        at = await runner.read(clock.read) or now
        caller = Caller(DOOR, WORKSPACE, CHANNEL, "studybot", "studybot", named=True)
        async with naming_the_one_there(runner):
            study = await runner.run(exports.restored, document, caller, at)
        return Made(study.id, study.name, 0)


async def take_into(
    url: str, number: int, document: bytes, now: datetime, given: Mapping[str, str] | None = None
) -> Made:
    """Record a README's links in a study that is there. Raises `Refused` and `NotDone`."""
    async with Runner(url) as runner:
        at = await runner.read(clock.read) or now
        study = await runner.read(_study, number)
        caller = await runner.read(_leader, study)
        links = await runner.run(importing.take_into, caller, document, at, given)
        return Made(study.id, study.name, links)


def export(url: str, number: int | None, form: str, into: Path | None, now: datetime) -> bytes:
    """The records of a study in a format, written to `into` where that is given.

    A README that is there is edited in place. Raises `Refused` and `NotDone`.
    """
    refuse_markdown(into, form)
    asyncio.run(refuse_unmade(url, "export"))
    try:
        there = into.read_bytes() if into is not None and into.exists() else None
        study, content = asyncio.run(_export(url, number, form, there, now))
        if into is not None:
            _replace(into, content)
    except OSError as problem:
        raise NotDone(f"{into}: {problem.strerror}") from problem
    if form in DOCUMENTS and there is not None:
        asyncio.run(_agree(url, study, form, content, now))
    return content


def _replace(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


async def _export(
    url: str, number: int | None, form: str, there: bytes | None, now: datetime
) -> tuple[int, bytes]:
    async with Runner(url) as runner:
        at = await runner.read(clock.read) or now
        study = await runner.read(_study, number)
        if form == "readme":
            return study.id, await runner.read(exporting.readme, study, there)
        if form == "log":
            made = await runner.read(log_exporting.log, study, at, there)
            for conflict in made.conflicts:
                print(f"studybot: {words(study.language)(conflict.why)}", file=sys.stderr)
            return study.id, made.document
        return study.id, await runner.read(exports.of, study, form, None, at)


async def _agree(url: str, study: int, form: str, content: bytes, now: datetime) -> None:
    async with Runner(url) as runner:
        if form == "log" and not await runner.read(log_exporting.is_kept_in_a_log, study):
            return
        if form == "readme":
            content = await runner.read(exporting.agreed, study, content)
        await runner.run(importing.keep_document, study, content, now)


async def _study(session: Session, number: int | None) -> m.Study:
    studies = (await session.scalars(select(m.Study).order_by(m.Study.id))).all()
    chosen = [study for study in studies if number in (None, study.id)]
    if len(chosen) == 1:
        return chosen[0]
    listed = ", ".join(f"{study.id} ({study.name})" for study in studies) or "none"
    problem = "say which with --study" if number is None and studies else "there is no such study"
    raise NotDone(f"{problem}; studies: {listed}")


async def _leader(session: Session, study: m.Study) -> Caller:
    """The study's own leader: whoever has the database may do what they may."""
    leaders = select(m.Member).where(
        m.Member.study_id == study.id, m.Member.role == Role.LEADER, m.Member.left_at.is_(None)
    )
    leader = (await session.scalars(leaders.order_by(m.Member.id))).first()
    if leader is None:
        raise NotDone("the study has no leader left")
    account = leader.account or ""
    return Caller(study.door, study.workspace, study.channel, account, leader.name, study.id)
