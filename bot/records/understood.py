"""What was understood of a document, as a value and as JSON."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.texts import Style, Text, Words

UTC = ZoneInfo("UTC")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""How `due_weekday` names the days, Monday first."""

Rule = str | int
MARKS = ("done", "late", "absent", "excused", "partial", "unknown")
"""What a table can say of a member's week without a link, or besides one."""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week as it stands in the record; a member without a link is there with `None`.

    From `title` on it is what a log's section holds, with the week under whose heading it is written.
    """

    number: int
    label: str
    submissions: Mapping[str, str | None] = field(default_factory=dict)
    writer: str | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    date: datetime.date | None = None
    homework: str | None = None
    due: datetime.date | None = None
    lectures: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    text: tuple[str, ...] = ()
    """What a log's section says besides, a line each."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the document leaves open; answered by `about`."""

    about: str
    ask: Text


@dataclass(frozen=True, slots=True)
class Ignored:
    """Lines that were not read, counted from 1, the first and the last both included."""

    first: int
    last: int
    why: Text


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document says of a study; `rules` holds only what its text states."""

    title: str | None
    members: tuple[str, ...]
    weeks: tuple[WeekRow, ...]
    rules: Mapping[str, Rule]
    questions: tuple[Question, ...]
    ignored: tuple[Ignored, ...]


def as_json(understood: Understood, language: str) -> dict[str, object]:
    """What `import --dry-run --format json` prints (DESIGN.md, section 5), asking in this language."""
    words = Words(Style(language, UTC))
    return {
        "members": list(understood.members),
        "weeks": [_week(week) for week in understood.weeks],
        "rules": dict(understood.rules),
        "questions": [{"about": x.about, "ask": words(x.ask)} for x in understood.questions],
        "ignored": [[x.first, x.last, words(x.why)] for x in understood.ignored],
    }


def _week(week: WeekRow) -> dict[str, object]:
    """A week for the JSON; what it does not hold is left out."""
    said: dict[str, object] = {
        "marks": dict(week.marks),
        "title": week.title,
        "date": week.date.isoformat() if week.date else None,
        "homework": week.homework,
        "due": week.due.isoformat() if week.due else None,
        "lectures": list(week.lectures),
        "insights": list(week.insights),
        "references": list(week.references),
        "topics": dict(week.topics),
        "text": list(week.text),
    }
    return {
        "number": week.number,
        "label": week.label,
        "submissions": dict(week.submissions),
        "writer": week.writer,
        **{key: value for key, value in said.items() if value},
    }


def unique(names: Iterable[str | None]) -> tuple[str, ...]:
    """The names that are there, each once, in the order in which they come first."""
    return tuple(dict.fromkeys(name for name in names if name))
