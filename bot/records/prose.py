"""The rules that a README's prose states (Study-MLOps, 기간, 규칙, 그외); what it does not state stays out.

A line gives a rule only where its words leave no other reading, and lines that disagree give none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from bot.records.document import Statement
from bot.records.times import TIME, time_of
from bot.records.understood import WEEKDAYS, Question, Rule
from bot.rules.settings import WEEKS_AT_MOST
from bot.texts import T

Found = Iterator[tuple[str, Rule]]

RULES = (
    *("due_weekday", "due_time", "close_time", "late", "absent", "currency"),
    *("settle", "split", "starts", "weeks", "blog"),
)
"""The keys of DESIGN.md, in its order; what is found besides only helps to judge these."""

LONGEST = 500
"""Characters of a line that may be a rule; a longer one is no rule, and slow to search."""

DAYS = dict(zip("월화수목금토일", WEEKDAYS, strict=True))
DAY = r"([월화수목금토일])요일"
# A bar as in 1/n or 1000원/분 ends no clause, nor does a comma within a number.
CLAUSE_END = re.compile(r"[();→]|,(?!\d)|/(?!\s*(?:n|분|시간|일|하루))", re.IGNORECASE)
WEEKLY = re.compile("매주|마다")
NOT_WEEKLY = re.compile("격주|매월|매달|첫째|마지막")
HANDING_IN = re.compile("과제|제출|마감")
ABSENT = re.compile("결석|미제출")
UNTIL = re.compile(rf"{DAY}\s*(?P<time>{TIME})?\s*(?:이?전\s*)?(?:까지|마감)")
CLOSES = re.compile(rf"(?:{DAY}\s*)?(?P<time>{TIME})\s*(?:이?전\s*)?(?:까지|이후|부터|넘)")
AMOUNT = r"(?:(\d+)\s*만\s*)?(?:(\d+)\s*천\s*)?(\d[\d,]*)?\s*원(?!\s*/?\s*(?:분|시간|일|하루))"
# Between the word and its amount stands nothing that could change whose amount it is.
BETWEEN = (
    r"(?:[\s:=>~-]|제출|과제|벌금|금액|비용|비|(?:1|한)\s*[회번]|회?당|마다"
    r"|이면|하면|하는|한|할|경우|시|은|는|에)*+"
)
FINES = {
    key: re.compile(rf"{word}{BETWEEN}{AMOUNT}")
    for key, word in (("late", "지각"), ("absent", "(?:결석|미제출)"))
}
MONTHLY = re.compile(r"한\s*달에?\s*(?:한|1)\s*번|월\s*1\s*회|매월|매달|달마다")
NOT_MONTHLY = re.compile(r"매주|격주|분기|학기|주마다|두\s*달")
WITHOUT_LAST = re.compile(r"꼴찌.*?(?:제외|빼고|뺀).*?(?:1\s*/\s*n|n\s*분의\s*1|n\s*빵|엔빵)", re.IGNORECASE)
RESTS = re.compile("쉬어|쉽니다|쉬는|쉰다|쉬고|쉬며|쉬기로|휴식|휴강|방학|휴가")
REST_DAYS = re.compile(r"시험|기간|주\s*간|방학|명절|연휴|추석|설날|동안")
PERIOD = re.compile("기간|진행|일정|시작|개강|과정")
STARTS = re.compile(
    r"(?:(?P<year>\d{4})\s*년\s*)?(?<!\d)(?P<month>\d{1,2})\s*월\s*(?P<day>\d{1,2})\s*일\s*"
    r"(?:\(\s*[월화수목금토일](?:요일)?\s*\)|[월화수목금토일]요일)?\s*(?:~|부터|에?\s*시작|에?\s*개강)"
)
LASTS = re.compile(r"(?<!\d)(\d{1,3})\s*주\s*(?:간(?!격)|동안|과정|진행|완성)|총\s*(\d{1,3})\s*주(?!차)")
IN_TURN = re.compile(r"블로그.*(?:돌아가면서|돌아가며|번갈아|순번|순서대로|로테이션)")


@dataclass(frozen=True, slots=True)
class Stated:
    """The rules of a text, where they were read, which statements disagree, and whether it speaks of rest."""

    rules: Mapping[str, Rule]
    used: frozenset[Statement]
    contradictions: frozenset[Statement]
    rests: bool


def stated(statements: Iterable[Statement]) -> Stated:
    """Collect what the statements say; a rule that two disagree about, or that cannot hold, is left out."""
    sources: dict[str, dict[Rule, set[Statement]]] = {}
    for statement in statements:
        for line in (line for line in statement.lines if len(line) <= LONGEST):
            for key, value in _of_line(normalize("NFKC", line), statement.section):
                sources.setdefault(key, {}).setdefault(value, set()).add(statement)
    sure = {key: next(iter(values)) for key, values in sources.items() if len(values) == 1}
    for key in _impossible(sure):
        del sure[key]
    all_of = {key: frozenset[Statement]().union(*values.values()) for key, values in sources.items()}
    return Stated(
        {key: sure[key] for key in RULES if key in sure},
        frozenset[Statement]().union(*(all_of[key] for key in sure)),
        frozenset[Statement]().union(*(all_of[key] for key in all_of.keys() - sure.keys())),
        "rests" in sources,
    )


def questions(said: Stated) -> tuple[Question, ...]:
    """What the rules leave open: the year, the days of rest, who is last."""
    asked = []
    starts = said.rules.get("starts")
    if isinstance(starts, str) and len(starts) == len("04-06"):
        asked.append(Question("year", T("records-ask-year", starts=starts)))
    if starts is None:
        asked.append(Question("starts", T("records-ask-starts")))
    if said.rests:
        asked.append(Question("breaks", T("records-ask-breaks")))
    if said.rules.get("split") == "without_last":
        asked.append(Question("last", T("records-ask-last", choice="most_fines")))
    return tuple(asked)


def _of_line(line: str, section: str) -> Found:
    for clause in CLAUSE_END.split(line):
        yield from _cutoffs(clause)
        yield from _fines(clause)
    yield from _sharing(line)
    if IN_TURN.search(line):
        yield "blog", "rotation"
    if RESTS.search(line):
        if REST_DAYS.search(line):
            yield "rests", 1
    elif PERIOD.search(section) or PERIOD.search(line):
        yield from _season(line)


def _cutoffs(clause: str) -> Found:
    """`매주 수요일 자정 전까지` is the due time, `수요일 낮 12시 전까지 … 결석` the close."""
    weekly = bool(WEEKLY.search(clause))
    if NOT_WEEKLY.search(clause) or len(set(re.findall(DAY, clause))) > 1:
        return
    absent = bool(ABSENT.search(clause))
    found = (UNTIL if weekly else CLOSES).search(clause)
    at = time_of(found["time"]) if found and found["time"] else None
    if not found or weekly == absent or (found["time"] and not at):
        return
    if weekly and HANDING_IN.search(clause):
        yield "due_weekday", DAYS[found[1]]
        if at:
            yield "due_time", f"{at:%H:%M}"
    elif at and "결석" in clause:
        yield "close_time", f"{at:%H:%M}"
        if found[1]:
            yield "close_weekday", DAYS[found[1]]


def _fines(clause: str) -> Found:
    for key, pattern in FINES.items():
        for found in pattern.finditer(clause):
            if any(found.groups()):
                yield key, _amount(*found.groups())
                yield "currency", "KRW"


def _amount(ten_thousands: str | None, thousands: str | None, ones: str | None) -> int:
    """`1만 5천원`, `5,000원`, `3000원` in won."""
    whole = int((ones or "0").replace(",", ""))
    return int(ten_thousands or 0) * 10_000 + int(thousands or 0) * 1_000 + whole


def _sharing(line: str) -> Found:
    if "정산" in line and MONTHLY.search(line) and not NOT_MONTHLY.search(line):
        yield "settle", "month"
    if WITHOUT_LAST.search(line):
        yield "split", "without_last"


def _season(line: str) -> Found:
    for found in STARTS.finditer(line):
        day = _day(found["year"], int(found["month"]), int(found["day"]))
        if day:
            yield "starts", day
    for found in LASTS.finditer(line):
        weeks = int(found[1] or found[2])
        if 1 <= weeks <= WEEKS_AT_MOST:
            yield "weeks", weeks


def _day(year: str | None, month: int, day: int) -> str | None:
    """`04-06`, or `2022-04-06` where the year is told; nothing where the calendar has no such day."""
    try:
        whole = date(int(year or 2000), month, day)
    except ValueError:
        return None
    return f"{whole:%Y-%m-%d}" if year else f"{whole:%m-%d}"


def _impossible(sure: Mapping[str, Rule]) -> set[str]:
    """A close that is not the first such time after the due one, a first day on another weekday than it."""
    found = set()
    due, close_day = sure.get("due_weekday"), sure.get("close_weekday")
    if due is not None and close_day is not None and "close_time" in sure:
        after = str(sure["close_time"]) > str(sure.get("due_time", "00:00"))
        closes = WEEKDAYS[(WEEKDAYS.index(str(due)) + (not after)) % 7]
        found |= {"close_time"} if close_day != closes else set()
    starts = str(sure.get("starts", ""))
    if due is not None and len(starts) == len("2022-04-06"):
        found |= {"starts"} if WEEKDAYS[date.fromisoformat(starts).weekday()] != due else set()
    return found
