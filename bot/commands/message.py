"""The message value: what is said, to be worded in a language and drawn by a door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.texts import Clock, Exact, Listed, People, Person, Text, Thread, Value


class Tone(StrEnum):
    """Whether a message informs, refuses, or admits a fault."""

    INFO = "info"
    REFUSED = "refused"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class Button:
    """Calls a command again, as if it had been typed with these arguments; missing ones are asked for.

    With `asks` the door asks for all options first, the arguments being what it fills in.
    """

    label: Text
    command: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    study: int | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    title: Text | None
    lines: tuple[Text, ...] = ()
    table: Table | None = None
    copied: bool = False
    """Whether its lines are somebody's own words to be copied: nothing in them is markup."""

    def texts(self) -> Iterator[Text]:
        """Every text of the section, in reading order."""
        if self.title:
            yield self.title
        yield from self.lines
        if self.table:
            yield from self.table.header
            for row in self.table.rows:
                yield from row


@dataclass(frozen=True, slots=True)
class File:
    """Something to be kept: its name says what it is."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody is told: sections, buttons, and perhaps a file."""

    sections: tuple[Section, ...]
    buttons: tuple[Button, ...] = ()
    tone: Tone = Tone.INFO
    file: File | None = None

    @property
    def is_line(self) -> bool:
        """Whether it says one sentence and no more."""
        return len(self.sections) == 1 and not (self.sections[0].lines or self.sections[0].table)

    @property
    def mentions(self) -> list[Person]:
        """Everybody whom the message mentions, once each."""
        found = (person for section in self.sections for text in section.texts() for person in _in(text))
        return list(dict.fromkeys(found))

    @property
    def is_of_a_study(self) -> bool:
        """Whether something is shown in the study's own zone, whoever reads it, or in its channel."""
        return any(_is_of_a_study(text) for section in self.sections for text in section.texts())


def message(
    title: Text,
    *lines: Text | None,
    table: Table | None = None,
    buttons: tuple[Button, ...] = (),
    tone: Tone = Tone.INFO,
) -> Message:
    """A message of one section; lines that are `None` are left out."""
    section = Section(title, tuple(line for line in lines if line is not None), table)
    return Message((section,), buttons, tone)


def _in(value: Value) -> Iterator[Person]:
    match value:
        case Person():
            yield value
        case People(persons):
            yield from persons
        case Text():
            for inner in value.values.values():
                yield from _in(inner)
        case Listed(texts):
            for text in texts:
                yield from _in(text)
        case _:
            return


def _is_of_a_study(value: Value) -> bool:
    match value:
        case Clock() | Exact() | Thread():
            return True
        case Text():
            return any(_is_of_a_study(inner) for inner in value.values.values())
        case Listed(texts):
            return any(_is_of_a_study(text) for text in texts)
    return False
