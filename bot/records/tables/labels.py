"""Which week a label names, as people write it: `1주차`, `Week 01</br>(24.07.23.)`, `11/6`, `OT`."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from unicodedata import normalize

LABEL = re.compile(r"(?:제\s*)?(\d{1,3})\s*(?:주차|주|회차)?|(?:week|w)\s*\.?\s*(\d{1,3})", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?:제\s*)?(?P<ko>\d{1,3})\s*(?:주\s*차|주(?!\w)|회\s*차|차\s*시|회(?!\w))"
    r"|(?<![a-z])(?:week|wk|w)\s*[.#_-]?\s*(?P<en>\d{1,3})(?!\d)"
    r"|(?P<typo>\d{1,3})\s*주[가-힣]?(?!\w)",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    r"\d\s*(?:주차?|회차?)?\s*[~∼\-–,&+.]\s*\d+\s*(?:주|회)"
    r"|(?<![a-z])(?:week|wk|w)\s*\.?\s*\d+\s*[~∼\-–,&+.]\s*(?:(?:week|wk|w)\s*\.?\s*)?\d",
    re.IGNORECASE,
)
OF_MONTH = re.compile(r"(?<!\d)\d{1,2}\s*월\s*(?:의\s*)?(?:제\s*)?\d\s*주(?:\s*차)?(?!\w)")
"""The third week of a month, which is seldom the third of a study."""

ZERO = re.compile(r"o\.?\s?t\.?|오티|오리엔테이션|orientation|킥\s?오프|kick\s?-?off", re.IGNORECASE)
LONGEST = 100
"""Characters of a label; more of them are no label, and slow to search."""

DAY = re.compile(
    r"(?<![\d.])(?:(?P<year>\d{4}|\d{2})\s*(?P<sep>[./-]|년)\s*)?(?P<month>\d{1,2})\s*(?:[./-]|월)\s*"
    r"(?P<day>\d{1,2})(?!\d)\s*일?\.?"
)
AROUND = re.compile(
    r"[\s()\[\]~\-–—:.,/]|월|화|수|목|금|토|일|요일|mon|tue|wed|thu|fri|sat|sun", re.IGNORECASE
)
RESTS = re.compile(
    r"휴식|휴강|휴무|쉬는|쉼|방학|시험|추석|설날|연휴|명절|휴가|break|holiday|vacation|exams?", re.IGNORECASE
)
SUMS = re.compile(
    r"합계|총계|총합|총점|총|합|계|평균|출석률|참석률|제출률|횟수|벌금|total|sum|fines?|average|rate",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says: a number (`sure` unless it was mistyped), a day whose year may be missing."""

    text: str
    number: int | None = None
    sure: bool = True
    day: tuple[int | None, int, int] | None = None
    rests: bool = False
    sums: bool = False
    of_month: bool = False
    """Whether its number counts from a month's first day."""

    @property
    def names_week(self) -> bool:
        """Whether it is a week's label by its form alone."""
        return self.number is not None or self.day is not None


def number_of(label: str) -> int | None:
    """The week that a label names and nothing else: `1주차`, `1 주차`, `Week 1`, `1`."""
    found = LABEL.fullmatch(label.strip())
    return int(found[1] or found[2]) if found else None


def label_of(words: str, *, bare: bool = False) -> Label:
    """Take a label apart; a bare number names a week only under a header that says so."""
    text = " ".join(words.split())
    if len(text) > LONGEST:
        return Label(text[:LONGEST])
    plain = normalize("NFKC", text)
    of_month = OF_MONTH.search(plain)
    day = None if of_month else _day(plain)
    found = NUMBERED.search(plain)
    if found and not SEVERAL.search(plain):
        number = int(found["ko"] or found["en"] or found["typo"])
        sure = found["typo"] is None or found[0].rstrip().endswith("주")
        return Label(text, number, sure and not of_month, day, of_month=bool(of_month))
    if bare and (number_alone := re.fullmatch(r"#?(\d{1,3})\.?", plain)):
        return Label(text, int(number_alone[1]))
    rest = DAY.sub("", plain, count=1) if day else plain
    if ZERO.fullmatch(AROUND.sub("", rest)) or ZERO.fullmatch(plain.strip()):
        return Label(text, 0, day=day)
    if day and not AROUND.sub("", DAY.sub("", plain)):
        return Label(text, day=day)
    return Label(text, rests=bool(RESTS.search(plain)), sums=bool(SUMS.fullmatch(plain.strip())))


def _day(text: str) -> tuple[int | None, int, int] | None:
    """Year, month, day where the calendar has them; of a period its first."""
    for found in DAY.finditer(text):
        year = int(found["year"]) if found["year"] else None
        if year is not None and year < 100:
            year += 2000
        month, day = int(found["month"]), int(found["day"])
        try:
            date(year or 2000, month, day)
        except ValueError:
            continue
        return year, month, day
    return None


def in_order(labels: Sequence[Label]) -> dict[int, int]:
    """Numbers of weeks that are labelled by days alone, by their place: the earliest is 1.

    Nothing where the days go neither forwards nor backwards, a turn of the year apart.
    """
    days = [(place, label.day) for place, label in enumerate(labels) if label.number is None and label.day]
    if any(label.number for label in labels) or not days:
        return {}
    once = [*dict.fromkeys(day for _, day in days)]
    ordinals = _ordinals(once)
    if ordinals is None:
        turned = _ordinals([*reversed(once)])
        ordinals = [*reversed(turned)] if turned is not None else None
    if ordinals is None or max(Counter(ordinals).values()) > 1:
        return {}
    ranks = {ordinal: number for number, ordinal in enumerate(sorted(ordinals), 1)}
    numbers = {day: ranks[ordinal] for day, ordinal in zip(once, ordinals, strict=True)}
    return {place: numbers[day] for place, day in days}


def _ordinals(days: Sequence[tuple[int | None, int, int]]) -> list[int] | None:
    """The days as ordinals, going forwards with at most one turn of the year; else nothing."""
    found: list[int] = []
    turned = 0
    for year, month, day in days:
        if year is not None:
            found.append(date(year, month, day).toordinal())
            continue
        ordinal = (2000 + turned) * 372 + month * 31 + day
        if found and ordinal < found[-1] and not turned and month <= 3 and days[0][1] >= 9:
            turned, ordinal = 1, ordinal + 372
        found.append(ordinal)
    return found if all(a < b for a, b in pairwise(found)) else None


def with_year(days: Sequence[tuple[int | None, int, int]], year: int) -> list[date]:
    """The days in their order, the first in this year; where the months begin anew so does the year."""
    found: list[date] = []
    for said, month, day in days:
        year = said or year
        if found and said is None and month < found[-1].month - 6:
            year = found[-1].year + 1
        try:
            found.append(date(year, month, day))
        except ValueError:
            found.append(date(year, month, day - 1))
    return found
