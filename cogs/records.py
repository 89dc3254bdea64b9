"""The record in and out: `/records import`, `/records export`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Annotated

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import ChoiceKind, Document, Flag, LongWords, Mark, Words
from bot.commands.matching import BUTTONS_AT_MOST, connect_buttons, unconnected, unconnected_lines
from bot.commands.message import Button, File, Message, Section, Tone, message
from bot.commands.phrases import rules_of
from bot.commands.repositories import Source
from bot.records import exports, importing
from bot.records.importing import Reading
from bot.records.understood import Question
from bot.rules.refusal import Refused
from bot.services import publishing, studies
from bot.services.scope import Caller
from bot.services.studies import Shown
from bot.texts import Name, Names, T, Text, Written

OPTIONS = ("year", "breaks", "last", "starts")
"""The questions that have an option of their own."""

Last = Annotated[str, ChoiceKind(("most_fines",))]
Format = Annotated[str, ChoiceKind((*exports.FORMATS, exports.PAGE))]


@command("records import", Audience.LEADER)
async def import_(
    call: Call,
    text: Document | None = None,
    year: Words | None = None,
    breaks: Words | None = None,
    last: Last | None = None,
    starts: Words | None = None,
    answer: LongWords | None = None,
    repository: Source | None = None,
    sure: Flag = False,
    of: Mark | None = None,
    me: Mark | None = None,
) -> Message:
    await call.read(studies.refuse_running)
    new = text.encode() if text is not None else None
    if repository is not None:
        new = await call.on_github().read(repository, publishing.README)
    if new is not None:
        importing.reading(new, {})
        await call.run(importing.keep_draft, new, {}, call.at)
    kept = await call.read(importing.draft)
    if kept is None:
        paste = Button(T("button-paste"), "records import", {"text": ""}, asks=True)
        return message(T("records-nothing-to-import"), buttons=(paste,), tone=Tone.REFUSED)
    document, before = kept
    given = {"year": year, "breaks": breaks, "last": last, "starts": starts}
    answers = before | {about: said for about, said in given.items() if said is not None}
    answers |= _answers(answer or "")
    taken = importing.reading(document, answers)
    mark = _mark(document, answers)
    if sure and of != mark:
        raise Refused("records-other-text")
    if not sure:
        if answers != before:
            await call.run(importing.keep_draft, document, answers, call.at)
        return _preview(taken, answers, mark, call.caller)
    return _imported(await call.run(importing.found, taken, call.at, me), taken)


def _answers(text: str) -> dict[str, str]:
    """Answers written as `about=value`, a line each or between semicolons; those left empty are none yet."""
    found = {}
    for line in (part.strip() for part in re.split(r"[;\n]", text)):
        about, equals, value = (part.strip() for part in line.partition("="))
        if line and not equals:
            raise Refused("records-not-answered", text=Written(line))
        if value:
            found[about] = value
    return found


def _mark(document: bytes, answers: dict[str, str]) -> str:
    """What tells one document and its answers from others: the yes is for what was shown."""
    return sha256(document + repr(sorted(answers.items())).encode()).hexdigest()[:16]


def _preview(taken: Reading, answers: dict[str, str], mark: str, caller: Caller) -> Message:
    """What was understood, what is asked, and buttons to go on: nothing is written before."""
    resolved, asked = taken.resolved, taken.resolved.remaining
    understood = Section(
        T("import-preview", study=Written(taken.understood.title or "–")),
        tuple(_understood(taken)),
    )
    if asked:
        questions = Section(T("import-asks"), tuple(map(_asked, asked)))
        ask = Button(T("button-answer"), "records import", _form(asked, answers), asks=True)
        return Message((understood, questions), (ask,))
    days = [
        T("break-days", first=first, last=last, reason=T("records-break")) for first, last in resolved.breaks
    ]
    yes = {"sure": "yes", "of": mark}
    others = [] if caller.named else [name for name in resolved.members if name != caller.name]
    you = (T("import-you", name=Name(caller.name)),) if others else ()
    buttons = (
        Button(T("button-import"), "records import", yes),
        *(
            Button(T("button-import-as", name=Name(name)), "records import", {**yes, "me": name})
            for name in others[:BUTTONS_AT_MOST]
        ),
    )
    return Message((understood, Section(None, tuple(days)), Section(T("import-sure"), you)), buttons)


def _asked(question: Question) -> Text:
    """A question, with how an answer to it is written where it has no option of its own."""
    if question.about in OPTIONS:
        return question.ask
    return T("import-question", ask=question.ask, about=Written(question.about))


def _form(asked: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """What the form begins with: the answers so far, and a line for each question without a field."""
    lines = [f"{question.about}=" for question in asked if question.about not in OPTIONS]
    filled = {about: said for about, said in answers.items() if about in OPTIONS}
    return {**filled, **({"answer": "\n".join(lines)} if lines else {})}


def _imported(shown: Shown, taken: Reading) -> Message:
    waiting = unconnected(shown.members)
    return message(
        T("imported", study=Written(shown.study.name), links=taken.links),
        T("imported-then"),
        *unconnected_lines(waiting),
        buttons=(
            *connect_buttons(shown.study, waiting),
            Button(T("button-show"), "study show", study=shown.study.id),
        ),
    )


def _understood(taken: Reading) -> list[Text]:
    resolved = taken.resolved
    first = resolved.starts
    lines = [
        T("import-members", names=Names(resolved.members)),
        T("import-weeks", weeks=resolved.weeks, links=taken.links),
    ]
    weeks = taken.understood.weeks
    notes = sum(len(x.lectures) + len(x.insights) + len(x.references) + len(x.text) for x in weeks)
    topics, homeworks = sum(len(x.topics) for x in weeks), sum(bool(x.homework) for x in weeks)
    if notes or topics or homeworks:
        lines.append(T("import-log", notes=notes, topics=topics, homeworks=homeworks))
    if resolved.blog_order:
        lines.append(T("import-turns", names=Names(resolved.blog_order)))
    if isinstance(first, date):
        lines.append(T("import-starts", starts=first, year=str(first.year)))
    return [*lines, rules_of(taken.fines), T("import-ignored", count=len(taken.understood.ignored))]


@command("records export")
async def export(call: Call, format: Format) -> Message:
    name, content = await call.read(exports.file_of, format, call.at)
    return replace(message(T("exported", file=Written(name))), file=File(name, content))
