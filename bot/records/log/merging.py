"""Writing the weeks of a study into its log: only lines of ours change, and no work of others is undone.

Three are compared: what stands there now, what the study says, and what it said when both last agreed.
What the study said since is written; what somebody else wrote stays, and is reported where both differ.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.records.document import parsed
from bot.records.editing import Conflict, Merged
from bot.records.log.reading import log_of
from bot.records.log.three_ways import Before, Merge
from bot.records.log.values import Section
from bot.records.log.writing import LEVEL, Page, plain, says_anything, section_lines
from bot.records.understood import WeekRow
from bot.rules.refusal import Refused
from bot.texts import T, Text


def merged(
    document: bytes,
    weeks: Sequence[WeekRow],
    before: Before,
    language: str,
    known: Collection[str] = (),
) -> Merged:
    """The document with the weeks in it, week by week; what cannot be written into it is reported."""
    text = parsed(document).text
    try:
        page = _There.read(text, known)
    except Refused as no:
        return Merged(document, (Conflict("log::", _said(no)),))
    conflicts: list[Conflict] = []
    for week in map(plain, weeks):
        told = week.number in (before.said or {})
        if week.number in page.sections:
            page, more = _into(page, week, before, language)
            conflicts += more
        elif week.number in before.document and told:
            why = T("log-section-gone", week=week.number)
            conflicts.append(Conflict(f"row:{week.number}:", why, week=week.number))
        elif says_anything(week):
            page, more = _added(page, week, language)
            conflicts += more
    return Merged(page.text.encode("utf-8"), tuple(conflicts))


@dataclass(frozen=True, slots=True)
class _There:
    """A document's text with its sections as they are read."""

    text: str
    sections: Mapping[int, Section]
    known: Collection[str]

    @classmethod
    def read(cls, text: str, known: Collection[str]) -> "_There":
        """Read a text; refused where a week stands there twice."""
        return cls(text, log_of(parsed(text.encode()), known).by_number(), known)

    def without(self, number: int) -> dict[int, WeekRow]:
        """What every other week says."""
        return {x: section.week for x, section in self.sections.items() if x != number}


def _said(no: Refused) -> Text:
    return Text(no.key, no.values)  # type: ignore[arg-type]


def _added(there: _There, week: WeekRow, language: str) -> tuple[_There, list[Conflict]]:
    """A new section behind the last week's, or before the first where the newest is first."""
    page = Page(there.text, language)
    sections = sorted(there.sections.values(), key=lambda section: section.line)
    numbers = [section.number for section in sections]
    lines = section_lines(week, language, sections[0].level if sections else LEVEL)
    lower = [section for section in sections if section.number < week.number]
    if len(numbers) > 1 and numbers == sorted(numbers, reverse=True):
        page.add(sections[0].line - 1, [*lines, ""])
    elif lower:
        page.new_section(page.last_line(max(lower, key=lambda section: section.number)), lines)
    elif sections:
        page.new_section(sections[0].line - 1, lines)
    else:
        page.new_section(page.end, lines)
    return _checked(there, page.result(), week)


def _into(there: _There, week: WeekRow, before: Before, language: str) -> tuple[_There, list[Conflict]]:
    """What the study said since in the week's section."""
    section = there.sections[week.number]
    merge = Merge(section, week, before, Page(there.text, language))
    goal = merge.done()
    if goal == section.week:
        return there, merge.conflicts
    result, more = _checked(there, merge.page.result(), goal)
    return result, [*merge.conflicts, *more]


def _checked(there: _There, text: str, goal: WeekRow) -> tuple[_There, list[Conflict]]:
    """What was written, if it reads as what was meant and no other week changed by it."""
    number = goal.number
    try:
        now = _There.read(text, there.known)
    except (Refused, UnicodeEncodeError):
        now = there
    said = now.sections.get(number)
    if now.without(number) == there.without(number) and said and _sorted(said.week) == _sorted(goal):
        return now, []
    why = T("log-unwritable", week=number)
    return there, [Conflict(f"log:{number}:", why, week=number)]


def _sorted(week: WeekRow) -> WeekRow:
    """A week whose lines may stand in any order, and whose label may be written in either language."""
    return replace(
        week,
        label="",
        lectures=tuple(sorted(week.lectures)),
        insights=tuple(sorted(week.insights)),
        references=tuple(sorted(week.references)),
        text=tuple(sorted(week.text)),
    )
