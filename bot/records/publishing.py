"""What of a study is published: its README and its log as they are to be, and what a commit says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.records.editing import Conflict, merged
from bot.records.exporting import ours, record
from bot.records.fresh import fresh, with_table
from bot.records.log.exporting import has_log, into, log, told
from bot.records.reading import read
from bot.records.record import Record, record_of
from bot.rules.refusal import Refused
from bot.services import publishing
from bot.texts import Style, T, Words
from db import Session
from db import models as m

LOG = "STUDY-LOG.md"
NO_TABLE, NOT_READ = "records-no-table-here", "records-no-table"
MARKED = "Studybot-Update"
"""The trailer by which a commit is known again."""

WEEKS_NAMED, NAMES_NAMED = 5, 5

SIGNS = re.compile(r"([@#])")
ADDRESS = re.compile(
    r"(<https?://[^\s<>]+>|(?:(?<=[\s(*~])|^)https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+(?:[/?#][^\s<>()\[\]\\`]*)?)",
    re.MULTILINE,
)
"""What GitHub makes a link of for sure."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it is to be; `base` is what both agree on once it is written."""

    content: bytes
    base: bytes
    title: str
    asks: tuple[str, ...] = ()
    question: str = "publish_asks"


@dataclass(frozen=True, slots=True)
class Kept:
    """What both agreed on last, and a commit of which nothing was heard."""

    base: bytes | None = None
    told: str | None = None
    writing: bytes | None = None
    mark: str | None = None
    is_published: bool = False
    """Whether the file has been there."""
    may_add: bool = False
    """Whether a table may be added where there is none."""

    @property
    def arrived(self) -> "Kept":
        """The same once that commit is there."""
        return Kept(self.writing, self.told, is_published=True)


async def kept(session: Session, study: int, path: str) -> Kept:
    """How far a file has come; at first it is the document that the study was made from."""
    row = await publishing.page(session, study, path)
    document = None if row else await _document(session, study)
    if document is not None:
        return Kept(document.content, document.log)
    return Kept(row.base, row.told, row.writing, row.mark, row.base is not None) if row else Kept()


async def _document(session: Session, study: int) -> m.Document | None:
    found: m.Document | None = await session.scalar(select(m.Document).where(m.Document.study_id == study))
    return found


async def draft(session: Session, study_id: int, document: bytes | None, there: Kept, at: datetime) -> Draft:
    """The README with the study's record in it; what was edited by hand is asked about and stays."""
    study = await session.get_one(m.Study, study_id)
    words, known = words_of(study), await record(session, study)
    is_new = document is None
    if document is None:
        document = await _before(session, study_id, there)
    if document is None:
        content = fresh(known, study.name, study.language)
        return Draft(content, content, words(T("commit-new")))
    if there.may_add and not has_log(document):
        content = with_table(document, known, study.language)
        if not merged(content, known, content).conflicts:
            return Draft(content, content, words(T("commit-new")))
    base = there.base if there.base is not None else _as_if_agreed(document, known)
    written = merged(document, known, base)
    content, conflicts, asks = written.document, written.conflicts, written.conflicts
    if has_log(content):
        conflicts = tuple(x for x in conflicts if x.why.key != NO_TABLE)
        more = await into(session, study, content, there.base, there.told, at)
        content, asks = more.document, (*conflicts, *more.conflicts)
    agreed = merged(base, _without(known, conflicts), None).document if conflicts else ours(content, known)
    title = words(T("commit-new")) if is_new else _title(words, document, content)
    question = "publish_no_table" if {x.why.key for x in asks} == {NO_TABLE} else "publish_asks"
    return Draft(content, agreed, title, tuple(_asked(words, x) for x in asks), question)


async def _before(session: Session, study: int, there: Kept) -> bytes | None:
    """What a file begins with that is to be made again, or was read elsewhere."""
    if there.is_published:
        return there.base
    first = await _document(session, study)
    return first.content if first else None


async def log_draft(
    session: Session, study_id: int, document: bytes | None, there: Kept, at: datetime
) -> Draft | None:
    """The study log in a file of its own; `None` where there is nothing to be kept in one."""
    study = await session.get_one(m.Study, study_id)
    words = words_of(study)
    if document is None and there.is_published:
        document = there.base
    if document is None:
        if not await _has_notes(session, study_id):
            return None
        content = (await log(session, study, at)).document
        return Draft(content, content, words(T("commit-new-log")))
    more = await into(session, study, document, there.base, there.told, at)
    asks = tuple(_asked(words, conflict) for conflict in more.conflicts)
    return Draft(more.document, more.document, words(T("commit-log")), asks)


async def _has_notes(session: Session, study: int) -> bool:
    """Whether anybody has kept anything for the log."""
    for table in (m.Note, m.Topic):
        of_study = select(table.id).join(m.Week, m.Week.id == table.week_id).where(m.Week.study_id == study)
        if await session.scalar(of_study.limit(1)) is not None:
            return True
    return False


def log_path(path: str) -> str:
    """Where the log goes that has no place in the README: beside it."""
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{LOG}"


async def agree(
    session: Session, to: m.Repository, path: str, drafted: Draft, sha: str, at: datetime
) -> None:
    """Keep what both agree on now, and ask about what they do not; unless it is to be there no more."""
    row = await publishing.page_in(session, to, path)
    if row is None:
        return
    row.base, row.writing, row.mark = drafted.base, None, None
    row.told = await told(session, row.study_id, drafted.content, row.told, at)
    await publishing.ask(session, row, drafted.question, drafted.asks, sha, at)


async def given_way(session: Session, study_id: int, document: bytes) -> Kept:
    """A document in which what the study knows may be written over: the leader has said so."""
    known = await record(session, await session.get_one(m.Study, study_id))
    try:
        there = record_of(read(document, known.answers, known.members))
    except Refused as no:
        return Kept(document, document.decode(errors="replace"), may_add=no.key == NOT_READ)
    links = {slot: url for slot, url in there.links.items() if slot in known.links}
    writers = {week: name for week, name in there.writers.items() if week in known.writers}
    base = merged(document, replace(known, links=links, writers=writers), document).document
    return Kept(base, document.decode(errors="replace"))


def _as_if_agreed(document: bytes, known: Record) -> bytes:
    """A document to begin with: what says something else than the study does counts as edited by hand."""
    try:
        there = record_of(read(document, known.answers, known.members))
    except Refused:
        return document
    links = {slot: url for slot, url in known.links.items() if there.links.get(slot) not in (None, url)}
    writers = {week: x for week, x in known.writers.items() if there.writers.get(week) not in (None, x)}
    return merged(document, replace(known, links=links, writers=writers), document).document


def words_of(study: m.Study) -> Words:
    """The words of a study, as they stand in a file."""
    return Words(Style(study.language, ZoneInfo(study.timezone)))


def _without(known: Record, conflicts: Sequence[Conflict]) -> Record:
    """A record without what is not agreed on."""
    slots = {(x.week, x.name) for x in conflicts if x.name}
    weeks = {x.week for x in conflicts if not x.name}
    gone = {x.week for x in conflicts if x.about.startswith("row:")}
    links = {x: url for x, url in known.links.items() if x not in slots and x[0] not in gone}
    writers = {week: name for week, name in known.writers.items() if week not in weeks}
    return replace(known, links=links, writers=writers)


def _asked(words: Words, conflict: Conflict) -> str:
    """A question to the leader, with what stands there and what the study knows."""
    if "theirs" in conflict.why.values or conflict.theirs == conflict.ours:
        return words(conflict.why)
    theirs, ours = conflict.theirs or "–", conflict.ours or "–"
    return f"{words(conflict.why)}\n{words(T('publish-ask-both', theirs=theirs, ours=ours))}"


def _title(words: Words, before: bytes, after: bytes) -> str:
    """What a commit is about: the week and whose cells, or the weeks, that it changes."""
    slots = list(_changed(before, after))
    weeks = list(dict.fromkeys(week for week, _ in slots))
    names = [name for _, name in slots if name]
    if not weeks or len(weeks) > WEEKS_NAMED:
        return words(T("commit-record"))
    listed = ", ".join(words(T("week", week=week)) for week in weeks)
    if len(weeks) == 1 and 0 < len(names) <= NAMES_NAMED:
        return words(T("commit-week", week=listed, names=", ".join(names)))
    return words(T("commit-weeks", weeks=listed))


def _changed(before: bytes, after: bytes) -> Iterator[tuple[int, str | None]]:
    """The weeks, with whose cells, in which two documents differ; nothing where they cannot be read."""
    try:
        old, new = record_of(read(before)), record_of(read(after))
    except Refused:
        return
    for slot in sorted({*old.links, *new.links}):
        if old.links.get(slot) != new.links.get(slot):
            yield slot
    for week in sorted({*old.writers, *new.writers}):
        if old.writers.get(week) != new.writers.get(week):
            yield week, None


def harmless(text: str) -> str:
    """Words in which GitHub finds neither somebody to call nor an issue to close."""
    return SIGNS.sub("\\1\u200b", text)


def harmless_with_links(text: str) -> str:
    """The same where links are made of addresses: nobody is called in one, and it leads where it did."""
    pieces = ADDRESS.split(text)
    return "".join(piece if number % 2 else harmless(piece) for number, piece in enumerate(pieces))


def message(title: str, mark: str) -> str:
    """What a commit says."""
    return f"{harmless(title)}\n\n{MARKED}: {mark}"
