"""One week of a log in three versions: as it stands there, as the study has it, as both last agreed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.records.editing import Conflict
from bot.records.log.values import Section
from bot.records.log.words import Part
from bot.records.log.writing import ORDER, Line, Page, lines_in, plain
from bot.records.understood import WeekRow
from bot.texts import T, Written

LISTS = (Part.TEXT, *(part for part in ORDER if part is not Part.TOPIC))


@dataclass(frozen=True, slots=True)
class Before:
    """What both last agreed on: the document then, and what of it the study itself had said."""

    document: Mapping[int, WeekRow] = field(default_factory=dict)
    said: Mapping[int, WeekRow] | None = None


@dataclass
class Merge:
    """One week: what is to be written into its section, and what somebody else has changed there."""

    section: Section
    wanted: WeekRow
    before: Before
    page: Page
    conflicts: list[Conflict] = field(default_factory=list)

    def __post_init__(self) -> None:
        number = self.wanted.number
        self.now = self.section.week
        said = (self.before.said or {}).get(number)
        self.said = plain(said) if said else None
        self.base = self.before.document.get(number)

    def done(self) -> WeekRow:
        """Write into the page; the week as its section then reads."""
        goal = self._heading(self.now)
        for part in LISTS:
            goal = self._list(goal, part)
        goal = self._topics(goal)
        return self._homework(goal)

    def _heading(self, goal: WeekRow) -> WeekRow:
        values = [(x.title, x.date) if x else None for x in (self.now, self.wanted, self.said, self.base)]
        title, day = self.wanted.title, self.wanted.date
        if not self._writes("title", (None, None), *values):
            return goal
        if self.page.retitle(self.section, title, day):
            return replace(goal, title=title, date=day)
        self._differs("title", self.now.title, title)
        return goal

    def _homework(self, goal: WeekRow) -> WeekRow:
        now, wanted = self.now, self.wanted
        # That a due date is told is no must.
        due = wanted.due if now.due or now.homework != wanted.homework else None
        if not wanted.homework:
            due = None
        values = [
            (x.homework, x.due if now.due else None) if x else None
            for x in (now, wanted, self.said, self.base)
        ]
        if not self._writes("homework", (None, None), *values):
            return goal
        self.page.set_homework(self.section, wanted.homework, due)
        return replace(goal, homework=wanted.homework, due=due)

    def _writes(
        self, what: str, nothing: object, now: object, wanted: object, said: object, base: object
    ) -> bool:
        """Whether a value is to be written; where somebody else changed it, it is reported instead."""
        if now == wanted:
            return False
        by_hand = base is not None and now != base
        if said is None:
            if now == nothing:
                return True
            if wanted != nothing:
                self._differs(what, now, wanted)
            return False
        if wanted == said:
            if by_hand:
                self._differs(what, now, wanted)
            return False
        if now in (said, nothing):
            return True
        self._differs(what, now, wanted)
        return False

    def _list(self, goal: WeekRow, part: Part) -> WeekRow:
        now, wanted = (_texts(week, part) for week in (self.now, self.wanted))
        gone: list[str] = []
        new = _less(wanted, now)
        if self.said:
            said = _texts(self.said, part)
            gone = [text for text in _less(said, wanted) if text in now]
            new = _less(_less(wanted, said), _less(now, said))
            self._missing([text for text in wanted if text in said], now, part)
        left = list(self.section.of(part))
        for text in gone:
            item = next(x for x in left if x.text == text)
            left.remove(item)
            self.page.gone.add(item.line)
        if new:
            self.page.put(self.section, part, [(None, text) for text in new])
        if not gone and not new:
            return goal
        return replace(goal, **{FIELDS[part]: (*(x.text for x in left), *new)})  # type: ignore[arg-type]

    def _missing(self, told: Sequence[str], now: Sequence[str], part: Part) -> None:
        """Report lines that stood there when both last agreed, and that somebody else took out or changed."""
        base = _texts(self.base, part) if self.base else []
        for text in _less(told, now):
            if text in base:
                self._differs("note", None, text)

    def _topics(self, goal: WeekRow) -> WeekRow:
        topics = dict(goal.topics)
        new: list[Line] = []
        for name in dict.fromkeys([*(self.said.topics if self.said else ()), *self.wanted.topics]):
            now, wanted = self.now.topics.get(name), self.wanted.topics.get(name)
            said = self.said.topics.get(name, "") if self.said else None
            base = self.base.topics.get(name, "") if self.base else None
            if not self._writes("topic", "", now or "", wanted or "", said, base):
                continue
            for item in self.section.of(Part.TOPIC):
                if item.name == name:
                    self.page.gone.add(item.line)
            topics.pop(name, None)
            if wanted:
                new.append((name, wanted))
                topics[name] = wanted
        if new:
            self.page.put(self.section, Part.TOPIC, new)
        return replace(goal, topics=topics)

    def _differs(self, what: str, theirs: object, ours: object) -> None:
        """Report a piece that somebody else changed, and that stays as it is."""
        here, there = _shown(theirs), _shown(ours)
        why = T(
            "log-differs", week=self.wanted.number, theirs=Written(here or "–"), ours=Written(there or "–")
        )
        about = f"{what}:{self.wanted.number}:"
        self.conflicts.append(Conflict(about, why, week=self.wanted.number, theirs=here, ours=there))


FIELDS = {
    Part.LECTURE: "lectures",
    Part.INSIGHT: "insights",
    Part.REFERENCE: "references",
    Part.TEXT: "text",
}


def _texts(week: WeekRow, part: Part) -> list[str]:
    return [text for _, text in lines_in(week, part)]


def _less(some: Sequence[str], others: Sequence[str]) -> list[str]:
    """Those of some that are not among the others, each as often as it is there more often."""
    left = Counter(others)
    found = []
    for text in some:
        if left[text]:
            left[text] -= 1
        else:
            found.append(text)
    return found


def _shown(value: object) -> str | None:
    """A value in words: a title or homework comes with its day."""
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value if part) or None
    return str(value) if value else None
