"""A study made from a README, or a README's links taken into a study that is there."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import select

from bot.records.answers import Resolved, resolve
from bot.records.log import exporting as log_exporting
from bot.records.log import importing as log_importing
from bot.records.log.asking import ZERO
from bot.records.marks_importing import handed_in, take_excuses
from bot.records.reading import read
from bot.records.tables.relative import BASE, is_relative
from bot.records.understood import Question, Understood
from bot.rules import settings
from bot.rules.bounds import AMOUNT_AT_MOST, NAME_AT_MOST, is_link
from bot.rules.fines import Fines
from bot.rules.refusal import Refused
from bot.services import history, outbox, studies
from bot.services.advancing import reschedule
from bot.services.membership import MEMBERS_AT_MOST
from bot.services.scope import Caller, Role, acting
from bot.services.snapshot import nobody, snapshot
from bot.services.studies import Founder, Plan
from bot.texts import Name, plain
from db import Session
from db import models as m


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was understood, with the answers given so far."""

    document: bytes
    understood: Understood
    resolved: Resolved
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language it is written in: Korean where there is any Hangul in it."""
        return "ko" if re.search("[가-힣]", self.document.decode(errors="replace")) else "en"

    @property
    def links(self) -> int:
        """How many hand-ins it holds."""
        return sum(url is not None for week in self.understood.weeks for url in week.submissions.values())

    @property
    def open_cells(self) -> tuple[Question, ...]:
        """The questions about the record itself that are still open, not those about the study."""
        return tuple(x for x in self.resolved.remaining if ":" in x.about and x.about != ZERO)

    @property
    def fines(self) -> Fines:
        """What it says that lateness and absence cost; nothing where it says nothing."""
        rules = self.understood.rules
        return Fines(int(rules.get("late", 0)), int(rules.get("absent", 0)))


def reading(document: bytes, answers: Mapping[str, str], roster: Sequence[str] = ()) -> Reading:
    """Read a README and take answers in; refused where it cannot be read for certain.

    `roster` are the names in a study that is there already.
    """
    understood = read(document, answers, roster)
    asked_whole = any(question.about == BASE for question in understood.questions)
    for week in understood.weeks:
        for name, url in week.submissions.items():
            if not _is_name(name):
                raise Refused("records-bad-name", week=week.number, name=Name(name), most=NAME_AT_MOST)
            if url is not None and not is_link(url) and not (asked_whole and is_relative(url)):
                raise Refused("records-bad-link", week=week.number, name=Name(name))
        for name in week.topics:
            if not _is_name(name):
                raise Refused("records-bad-name", week=week.number, name=Name(name), most=NAME_AT_MOST)
    found = Reading(document, understood, resolve(understood, answers), answers)
    if max(found.fines.late, found.fines.absent) > AMOUNT_AT_MOST:
        raise Refused("records-too-dear", most=AMOUNT_AT_MOST)
    if len(found.resolved.members) > MEMBERS_AT_MOST:
        raise Refused("study-full", most=MEMBERS_AT_MOST)
    log_importing.check(understood, found.resolved)
    outside = [
        week.number
        for week in understood.weeks
        if not 0 <= week.number <= found.resolved.weeks
        or log_importing.has_no_place(week, understood.questions)
    ]
    if outside:
        raise Refused("records-no-such-week", week=outside[0])
    return found


def _is_name(name: str) -> bool:
    """Whether a name can be used as one that somebody types."""
    usual = 0 < len(name) <= NAME_AT_MOST and name.isprintable() and name == name.strip()
    return usual and "," not in name and "@" not in name and not name.startswith("/")


async def found(
    session: Session, caller: Caller, taken: Reading, at: datetime, me: str | None = None
) -> studies.Shown:
    """Start the study that a README describes, in the caller's channel.

    Its links are recorded without a time; whoever imports it leads it, as the member that they say they
    are, else as the one of their name, else as one more. Refused while a question is open.
    """
    resolved = taken.resolved
    if resolved.remaining or resolved.starts is None:
        raise Refused("records-open-questions")
    shown = await studies.start(session, caller, _plan(caller, taken, me), at)
    study = shown.study
    await _take_links(session, study, taken, at, marks=True)
    await take_excuses(session, study, taken.understood)
    await _take_writers(session, study, taken)
    await log_importing.take(session, study, taken.understood)
    await keep_document(session, study.id, taken.document, at, taken.answers)
    await reschedule(session, study)
    return shown


def _plan(caller: Caller, taken: Reading, me: str | None) -> Plan:
    resolved, rules, language = taken.resolved, taken.understood.rules, taken.language
    if resolved.starts is None:
        raise Refused("records-open-questions")
    reason = plain(language, "records-break")
    title = " ".join((taken.understood.title or plain(language, "records-study")).replace(",", " ").split())
    return Plan(
        title[:NAME_AT_MOST].lstrip("@/ ") or plain(language, "records-study"),
        resolved.starts,
        resolved.weeks,
        taken.fines,
        language=language,
        breaks=[(first, last, reason) for first, last in resolved.breaks],
        members=_founders(caller, resolved.members, me),
        turns=resolved.blog_order,
        due_time=_wall(rules, "due_time", "00:00"),
        close_time=_wall(rules, "close_time", "12:00"),
        zero=log_importing.zero_of(taken.understood, resolved.starts),
    )


def _wall(rules: Mapping[str, str | int], key: str, usual: str) -> time:
    return settings.wall_time(str(rules.get(key, usual)))


def _founders(caller: Caller, names: tuple[str, ...], me: str | None) -> list[Founder]:
    """The members in order, one of whom the caller is, or else one more, and leads."""
    own = me if me in names and not caller.named else caller.name
    founders = [
        Founder(name, caller.account, Role.LEADER)
        if name == own
        else Founder(name, name if caller.named else None)
        for name in names
    ]
    if own not in names:
        founders.append(Founder(caller.name, caller.account, Role.LEADER))
    return founders


async def _take_links(session: Session, study: m.Study, taken: Reading, at: datetime, *, marks: bool) -> int:
    """Record the hand-ins of slots that are still empty, with `marks` those without a link too; how many."""
    shot = await snapshot(session, study)
    members = {row.name: row.id for row in shot.members}
    slots = [
        (shot.week_ids[week.number], members[name], url, note)
        for week in taken.understood.weeks
        for name, url, note in handed_in(week, study.language, marks=marks)
        if week.number in shot.week_ids and name in members
        if (week.number, members[name]) not in shot.season.hand_ins
    ]
    lines = [
        history.Line(study, "imported", at, member=member, week=week, words=url or note)
        for week, member, url, note in slots
    ]
    if lines:
        await history.note_many(session, lines)
    session.add_all(
        m.Submission(week_id=week, member_id=member, first_at=None, link=url, note=note)
        for week, member, url, note in slots
    )
    await session.flush()
    return len(slots)


async def _take_writers(session: Session, study: m.Study, taken: Reading) -> None:
    """Have each week be the writer's whom the table names, where the order alone would say otherwise."""
    shot = await snapshot(session, study, nobody)
    members = {row.name: row.id for row in shot.members}
    turns = shot.season.turns()
    for week in taken.understood.weeks:
        planned = turns.get(week.number)
        wanted = members.get(week.writer or "")
        if planned is None or wanted is None:
            continue
        if shot.season.week(week.number).opens_at <= study.created_at:
            # Past turns never change, whatever becomes of the order.
            id_ = shot.week_ids[week.number]
            session.add(m.Turn(week_id=id_, member_id=wanted, base_id=planned.base))
            continue
        if planned.member == wanted:
            continue
        session.add(
            m.Swap(
                study_id=study.id,
                first_week=week.number,
                first_id=planned.member,
                second_week=None,
                second_id=wanted,
                at=study.created_at,
            )
        )
    await session.flush()


async def keep_document(
    session: Session, study: int, content: bytes, at: datetime, answers: Mapping[str, str] | None = None
) -> None:
    """Keep the README as it was when study and document last agreed, with how it is read."""
    row = await session.scalar(select(m.Document).where(m.Document.study_id == study))
    log = await log_exporting.told(session, study, content, row.log if row else None, at)
    if row is None:
        row = m.Document(study_id=study)
        session.add(row)
    row.content, row.log, row.at = content, log, at
    if answers is not None:
        row.answers = json.dumps(dict(answers), ensure_ascii=False)


async def take_into(
    session: Session,
    caller: Caller,
    document: bytes,
    at: datetime,
    answers: Mapping[str, str] | None = None,
) -> int:
    """Record a README's links in the study that is there, where nothing is in yet, as a leader; how many.

    Refused where the README names somebody who is no member, or a week that the study has not.
    """
    found = await acting(session, caller, at)
    leader = found.require(Role.LEADER)
    shot = await snapshot(session, found.study, nobody)
    names = [row.name for row in shot.members]
    taken = reading(document, answers or {}, names)
    if taken.open_cells:
        raise Refused("records-open-questions")
    for week in taken.understood.weeks:
        for name, url in week.submissions.items():
            if url is not None and week.number not in shot.week_ids:
                raise Refused("no-such-week", week=week.number, last=max(shot.week_ids))
            if url is not None and name not in names:
                raise Refused("records-no-member", week=week.number, name=Name(name))
    count = await _take_links(session, found.study, taken, at, marks=False)
    await log_importing.take_into(session, found.study, taken.understood, at)
    await keep_document(session, found.study.id, document, at, taken.answers)
    line = await history.note(session, history.Line(found.study, "imported", at, by=leader.id))
    weeks = [(found.study, number) for number in shot.week_ids]
    await outbox.refresh(session, weeks, at)
    await outbox.announce(session, found.study, "imported", at, line, count=count)
    return count


async def draft(session: Session, caller: Caller) -> tuple[bytes, dict[str, str]] | None:
    """The document that the caller was about to import, with the answers given so far."""
    row = await _draft(session, caller)
    if row is None:
        return None
    answers, _, document = row.content.partition(b"\n")
    return document, json.loads(answers)


async def keep_draft(
    session: Session, caller: Caller, document: bytes, answers: Mapping[str, str], at: datetime
) -> None:
    """Keep a document and its answers, as one line before it, until the caller says yes to it.

    A button has no room for them.
    """
    content = json.dumps(answers).encode() + b"\n" + document
    row = await _draft(session, caller)
    if row is None:
        door, workspace, account = caller.door, caller.workspace, caller.account
        session.add(m.Draft(door=door, workspace=workspace, account=account, content=content, at=at))
    else:
        row.content, row.at = content, at


async def _draft(session: Session, caller: Caller) -> m.Draft | None:
    row: m.Draft | None = await session.scalar(
        select(m.Draft).where(
            m.Draft.door == caller.door,
            m.Draft.workspace == caller.workspace,
            m.Draft.account == caller.account,
        )
    )
    return row
