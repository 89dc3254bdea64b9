"""Writing weeks as sections of a study log: whole ones, and single lines into one that is there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.records.document import BYTE_ORDER_MARK, LINE_END
from bot.records.log.reading import BULLET, HEADING
from bot.records.log.values import Item, Section
from bot.records.log.words import (
    HEADINGS,
    HOMEWORK_MARKS,
    LABELS,
    Part,
    canonical,
    written,
    written_homework,
    written_title,
)
from bot.records.markup import written_words
from bot.records.understood import WeekRow

LEVEL = 3
NOTHING = WeekRow(0, "")
ORDER = (Part.LECTURE, Part.TOPIC, Part.INSIGHT, Part.REFERENCE)
"""The parts that have a heading of their own, as they follow each other."""

BROKEN = re.compile(r"(?:  |<br\s*/?>[ \t]*|\\)\Z", re.IGNORECASE)
Line = tuple[str | None, str]
"""Whose topic it is, if it is one, and what it says."""


def fresh(weeks: Iterable[WeekRow], title: str, language: str) -> bytes:
    """A whole log, which reads back as the weeks; in the study's language."""
    heading = f"# {written_words(' '.join(title.split()))}"
    lines = [heading, *(line for week in weeks for line in ("", *section_lines(week, language))), ""]
    return "\n".join(lines).encode("utf-8", errors="replace")


def plain(week: WeekRow) -> WeekRow:
    """A week with its texts as a log can hold them, so that they compare with what is read."""
    return replace(
        week,
        title=" ".join(canonical(week.title or "").split()) or None,
        homework=canonical(week.homework or "") or None,
        lectures=_plain(week.lectures),
        insights=_plain(week.insights),
        references=_plain(week.references),
        text=_plain(week.text),
        topics={canonical(name): canonical(text) for name, text in week.topics.items() if canonical(text)},
    )


def _plain(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in map(canonical, texts) if text)


def says_anything(week: WeekRow) -> bool:
    """Whether a week holds anything worth a section."""
    return replace(week, number=0, label="", date=None, due=None) != NOTHING


def section_lines(week: WeekRow, language: str, level: int = LEVEL) -> list[str]:
    """A week's section, without a line end behind it."""
    blocks = [[written(text) for text in week.text]]
    for part in ORDER:
        lines = [line_of(part, line) for line in lines_in(week, part)]
        blocks.append([f"**{HEADINGS[language][part]}**", *lines] if lines else [])
    if week.homework:
        blocks.append([homework_line(week.homework, week.due, language)])
    found = [heading_line("#" * level, LABELS[language].format(week.number), week.title, week.date)]
    for block in filter(None, blocks):
        found += ["", *(f"{line}  " for line in block[:-1]), block[-1]]
    return found


def lines_in(week: WeekRow, part: Part) -> list[Line]:
    """What a week says in a part, line by line."""
    if part is Part.TOPIC:
        return [*week.topics.items()]
    texts = {
        Part.LECTURE: week.lectures,
        Part.INSIGHT: week.insights,
        Part.REFERENCE: week.references,
        Part.TEXT: week.text,
    }
    return [(None, text) for text in texts[part]]


def line_of(part: Part, line: Line) -> str:
    """A line as it is written: a note, or `민우 - mlflow`."""
    name, text = line
    return f"{written(name)} - {written(text, part)}" if name is not None else written(text, part)


def heading_line(hashes: str, label: str, title: str | None, day: date | None) -> str:
    """`### 0주차 - Orientation(2023.12.29)`."""
    said = f" - {written_title(title)}" if title else ""
    dated = f"({day:%Y.%m.%d})" if day else ""
    return f"{hashes} {label}{said}{dated}" if title else " ".join(filter(None, (hashes, label, dated)))


def homework_line(text: str, due: date | None, language: str) -> str:
    """`[과제] 내가 생각하는 MLOps 생각해오기(~2024.01.03)`."""
    space = "" if language == "ko" else " "
    until = f"{space}(~{due:%Y.%m.%d})" if due else ""
    return f"[{HOMEWORK_MARKS[language]}] {written_homework(text)}{until}"


@dataclass
class Page:
    """A document's lines, of which some go, some change, and some come behind others."""

    text: str
    language: str
    gone: set[int] = field(default_factory=set)
    changed: dict[int, str] = field(default_factory=dict)
    behind: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = LINE_END.split(self.text)
        self.ends = [*LINE_END.findall(self.text), ""]
        self.usual_end = self.ends[0] or "\n"

    @property
    def end(self) -> int:
        """The last line that says anything; none of a document that does not."""
        lines = range(len(self.lines), 0, -1)
        return next((line for line in lines if self.source(line).strip(f"{BYTE_ORDER_MARK} \t")), 0)

    def source(self, line: int) -> str:
        """A line as it was, counted from 1."""
        return self.lines[line - 1]

    def add(self, line: int, new: Sequence[str]) -> None:
        """Have lines come behind one."""
        self.behind.setdefault(line, []).extend(new)

    def result(self) -> str:
        """The document with what was done to it."""
        found = [self._behind(0)] if 0 in self.behind else []
        for number, (line, end) in enumerate(zip(self.lines, self.ends, strict=True), 1):
            more = self._behind(number)
            if number not in self.gone:
                found.append(self.changed.get(number, line) + (end or (self.usual_end if more else "")))
            found.append(more if end else more.removesuffix(self.usual_end))
        return "".join(found)

    def _behind(self, number: int) -> str:
        return "".join(line + self.usual_end for line in self.behind.get(number, ()))

    def retitle(self, section: Section, title: str | None, day: date | None) -> bool:
        """Write a section's heading anew; whether that is a heading of one line."""
        found = HEADING.match(self.source(section.line))
        if found:
            self.changed[section.line] = heading_line(found["level"], section.label, title, day)
        return found is not None

    def set_homework(self, section: Section, text: str | None, due: date | None) -> None:
        """Write a section's homework where it stands, else as its last line."""
        there = section.of(Part.HOMEWORK)
        self.gone |= {item.line for item in (there[1:] if text else there)}
        if not text:
            return
        line = homework_line(text, due, self.language)
        if there:
            self.changed[there[0].line] = self._bullet(there[0]) + line
        else:
            self.add(self.last_line(section), ["", line, *self._gap(section)])

    def put(self, section: Section, part: Part, new: Sequence[Line]) -> None:
        """Write lines into a part: behind those that are there, else under a heading of its own."""
        lines = [line_of(part, line) for line in new]
        there = [item.line for item in section.of(part)]
        if part is Part.TEXT:
            last = there[-1] if there and there[-1] < min(section.heads.values(), default=section.end) else 0
            self.add(last or section.line, ["", *(f"{line}  " for line in lines), *([] if last else [""])])
        elif part in section.heads:
            last = max(
                [section.heads[part], *(line for line in there if self._is_under(section, part, line))]
            )
            bullet = self._bullet(next((x for x in section.items if x.line == last), None))
            said = [f"{bullet}{line}  " for line in lines]
            if last in self.gone:  # they take its place
                self.add(last, [*said[:-1], said[-1].rstrip()])
            else:
                blank = [] if bullet or BROKEN.search(self.source(last)) else [""]
                self.add(last, [*blank, *said])
        else:
            block = [f"**{HEADINGS[self.language][part]}**", *lines]
            self._put_block(section, [*(f"{line}  " for line in block[:-1]), block[-1]])

    def _is_under(self, section: Section, part: Part, line: int) -> bool:
        """Whether a line stands under the part's own heading, and no other between them."""
        others = [at for at in section.heads.values() if section.heads[part] < at < line]
        return section.heads[part] < line and not others

    def _put_block(self, section: Section, block: Sequence[str]) -> None:
        homework = section.of(Part.HOMEWORK)
        others = [item.line for item in section.items if item not in homework]
        if homework and homework[0].line > max(others, default=0):
            before = homework[0].line - 1
            self.add(before, [*self._gap_after(before), *block, ""])
        else:
            self.add(self.last_line(section), ["", *block, *self._gap(section)])

    def _gap_after(self, line: int) -> list[str]:
        return [""] if self.source(line).strip() else []

    def last_line(self, section: Section) -> int:
        """The last line of a section that is not blank."""
        lines = range(section.end - 1, section.line, -1)
        return next(
            (line for line in lines if line <= len(self.lines) and self.source(line).strip()), section.line
        )

    def _gap(self, section: Section) -> list[str]:
        """A blank line, where the next section would follow at once."""
        after = self.last_line(section) + 1
        return [""] if after <= len(self.lines) and self.source(after).strip() else []

    def _bullet(self, item: Item | None) -> str:
        found = BULLET.match(self.source(item.line)) if item else None
        return found[0] if found and found[0].strip() else ""

    def new_section(self, after: int, lines: Sequence[str]) -> None:
        """Have a section come behind a line, with a blank one on either side."""
        follows = after < len(self.lines) and self.source(after + 1).strip()
        before = [""] if after and (self.source(after).strip() or after in self.behind) else []
        self.add(after, [*before, *lines, *([""] if follows else [])])
