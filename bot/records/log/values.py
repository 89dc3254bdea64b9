"""A study log as it stands in a document: its sections, and what each of their lines says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.records.log.words import Part
from bot.records.understood import WeekRow
from bot.rules.refusal import Refused


@dataclass(frozen=True, slots=True)
class Item:
    """What a line of a section says, and of which part it is; `name` is whose topic it is."""

    line: int
    part: Part
    text: str
    name: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A week's section: from the line of its heading to before the line `end`, both counted from 1."""

    number: int
    label: str
    title: str | None
    date: date | None
    line: int
    end: int
    level: int
    items: tuple[Item, ...] = ()
    heads: Mapping[Part, int] = field(default_factory=dict)
    """The lines of the headings within it."""
    apart: frozenset[int] = frozenset()
    """The lines that are no part of it, such as comments."""

    def of(self, part: Part) -> tuple[Item, ...]:
        """The lines of a part."""
        return tuple(item for item in self.items if item.part is part)

    @property
    def week(self) -> WeekRow:
        """What it says."""
        homework = self.of(Part.HOMEWORK)
        return WeekRow(
            self.number,
            self.label,
            title=self.title,
            date=self.date,
            homework="\n".join(item.text for item in homework) or None,
            due=next((item.due for item in homework if item.due), None),
            lectures=self._texts(Part.LECTURE),
            insights=self._texts(Part.INSIGHT),
            references=self._texts(Part.REFERENCE),
            topics={item.name: item.text for item in self.of(Part.TOPIC) if item.name},
            text=self._texts(Part.TEXT),
        )

    def _texts(self, part: Part) -> tuple[str, ...]:
        return tuple(item.text for item in self.of(part))


@dataclass(frozen=True, slots=True)
class Log:
    """The sections of a document in the order in which they stand; `cut` is where its text breaks off."""

    sections: tuple[Section, ...] = ()
    cut: int | None = None
    members: tuple[str, ...] = ()
    """Who is in the study, as far as that was said besides."""

    @property
    def names(self) -> tuple[str, ...]:
        """The members, and everybody who looked into something."""
        topics = (name for section in self.sections for name in section.week.topics)
        return tuple(dict.fromkeys([*self.members, *topics]))

    @property
    def is_certain(self) -> bool:
        """Whether there is in it what only a log has: sections of weeks may also hold lists of links."""
        return any(x.heads or any(item.part is not Part.TEXT for item in x.items) for x in self.sections)

    @property
    def lines(self) -> Iterator[int]:
        """The lines of its sections that were read."""
        for section in self.sections:
            yield from (x for x in range(section.line, section.end) if x not in section.apart)

    def by_number(self) -> dict[int, Section]:
        """The sections by week; refused where one stands twice."""
        found: dict[int, Section] = {}
        for section in self.sections:
            if section.number in found:
                raise Refused("records-week-twice", line=section.line, week=section.number)
            found[section.number] = section
        return found
