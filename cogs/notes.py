"""What is kept for the study log: `/research`, `/week note`, `/week log`."""

from typing import Annotated

from bot.commands.command import Audience, Call, command
from bot.commands.kinds import ChoiceKind, LongWords, WeekNumber, WholeKind, Words
from bot.commands.message import Button, Message, message
from bot.commands.phrases import log_lines, week_title
from bot.services import notes
from bot.services.notes import Log, NoteKind
from bot.texts import T

TOLD = (NoteKind.INSIGHT, NoteKind.LECTURE, NoteKind.REFERENCE)
"""The kinds that somebody can say; what a log tells without one is text."""

Kind = Annotated[str, ChoiceKind(tuple(kind.value for kind in TOLD))]
Entry = Annotated[int, WholeKind(least=1, most=2**31)]

OFFERED = 3
"""So many of the newest notes that one may change come with buttons; others have their numbers."""


@command("research", Audience.MEMBER)
async def research(call: Call, text: Words, week: WeekNumber | None = None) -> Message:
    return _told("researched", await call.run(notes.topic, text, week, call.at))


@command("week note", Audience.MEMBER)
async def note(
    call: Call,
    text: LongWords,
    week: WeekNumber | None = None,
    kind: Kind | None = None,
    entry: Entry | None = None,
) -> Message:
    given = NoteKind(kind) if kind is not None else None
    if entry is not None:
        return _told("note-edited", await call.run(notes.edit, entry, text, call.at, given))
    kept = await call.run(notes.note, text, week, call.at, given or NoteKind.INSIGHT)
    return _told("noted", kept)


@command("week log")
async def log(call: Call, week: WeekNumber | None = None, remove: Entry | None = None) -> Message:
    if remove is not None:
        return _told("note-removed", await call.run(notes.remove, remove, call.at))
    found = await call.read(notes.log, week, call.at)
    lines = log_lines(found, numbered=True)
    return message(
        T("log-title", week=week_title(found.row.number, found.row.title)),
        *(lines or [T("log-none")]),
        buttons=(_add(found), *_changing(found)),
    )


def _told(key: str, log: Log) -> Message:
    """What was done, and all that has been collected of the week by now."""
    return message(
        T(key, week=week_title(log.row.number, log.row.title)),
        *log_lines(log),
        buttons=(Button(T("button-log"), "week log", {"week": str(log.row.number)}, log.study.id),),
    )


def _add(log: Log) -> Button:
    return Button(T("button-note"), "week note", {"week": str(log.row.number)}, log.study.id, asks=True)


def _changing(log: Log) -> tuple[Button, ...]:
    """Buttons to change or remove one's own notes, or as a leader any: the newest ones."""
    found: list[Button] = []
    for note in [note for note in log.notes if note.mine][-OFFERED:]:
        number = str(note.id)
        known = {"entry": number, "text": note.text}
        if note.kind in TOLD:
            known["kind"] = note.kind.value
        edit = T("button-note-edit", number=number)
        found.append(Button(edit, "week note", known, log.study.id, asks=True))
        remove = T("button-note-remove", number=number)
        found.append(Button(remove, "week log", {"remove": number}, log.study.id))
    return tuple(found)
