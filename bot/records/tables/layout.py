"""What a record's table says, cell by cell, however it is laid out: one value to read and to write by."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from bot.records.answers import Asking
from bot.records.markup import Link, plain_words
from bot.records.tables.grid import Cell, Grid, Row, at
from bot.records.tables.labels import Label, in_order
from bot.records.tables.nobody import is_nobody
from bot.records.understood import Ignored
from bot.texts import T, Written

LINKS, MEMBERS, PEOPLE, LIST = "links", "members", "people", "list"
"""The shapes: a cell of links per week, a column or a row per member, a row per person, a list."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What the document says of a member's week, and where; without a cell there is no place for it."""

    week: int
    name: str
    line: int
    cell: Cell | None
    links: tuple[Link, ...] = ()
    words: str = ""
    mark: str | None = None
    named: bool = False
    """Whether the link's text is the member's name."""

    @property
    def url(self) -> str | None:
        """The link that is in."""
        return next((link.url for link in self.links if link.url is not None), None)


@dataclass(frozen=True, slots=True)
class Place:
    """A week's row: `cell` is where further names can stand, `blog` who writes."""

    number: int
    label: str
    line: int
    day: tuple[int | None, int, int] | None = None
    cell: Cell | None = None
    blog: Cell | None = None
    writer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table or a list that is a record; `header` tells it from others, `first` and `last` are lines."""

    shape: str
    header: tuple[str, ...]
    first: int
    last: int
    weeks: tuple[Place, ...]
    pieces: tuple[Piece, ...]
    members: tuple[str, ...]
    topics: Mapping[tuple[int, str], str] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()
    lines: tuple[int, ...] = ()
    """The lines that were read, where they are not all from the first to the last."""


PICTURES = re.compile(
    "^[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff ]+|[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff ]+$"
)
"""Pictures before and behind a name."""

IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
BESIDES = re.compile(
    r"\s*\(\s*(?:조장|팀장|부팀장|리더|스터디장|방장|총무|leader|lead|host|@[^()]*)\s*\)$|\s+@[\w.-]+$",
    re.IGNORECASE,
)
"""An office or an account behind a name."""

ROLES: Mapping[str, re.Pattern[str]] = {
    role: re.compile(rf"(?:{words})", re.IGNORECASE)
    for role, words in {
        "week": r"주차|주|회차|차시|차수|회|weeks?|wk|#|no\.?|번호|순번|연번|순서|round|sprint",
        "date": r"날짜|일자|일시|일정|모임일|진행일|발표일|기간|dates?|when|day",
        "person": r"발표자|담당자?|발표|이름|성명|스터디원|멤버|참여자|참가자|팀원|닉네임|진행자?|"
        r"presenter|speaker|name|member|who|person",
        "writer": r"작성자|글쓴이|팀블로그|블로그|블로그담당|서기|기록자|writer|author|teamblog|blog",
        "link": r"과제|과제제출|제출|링크|자료|발표자료|자료링크|정리|정리글|글|포스팅|블로그글|노트|회고|"
        r"결과물|문서|"
        r"homework|assignments?|submissions?|links?|url|slides?|materials?|posts?|notes?|docs?|article",
        "topic": r"주제|발표주제|제목|내용|학습내용|범위|진도|챕터|목차|강의|단원|topics?|title|subject|"
        r"chapters?|contents?|lectures?|agenda|theme",
        "other": r"비고|기타|메모|상태|장소|시간|리뷰|코드|실습|복습|예습|영상|발제|토론|퀴즈|시험|논문|"
        r"참고|참고자료|깃허브|"
        r"합계|총계|총합|총|합|계|평균|출석률|참석률|제출률|벌금|횟수|점수|진행률|완료|여부|출석|참석|"
        r"github|video|reading|lab|quiz|code|status|remarks?|etc|total|sum|fines?|rate|score|paper|place|time",
    }.items()
}


def role_of(words: str) -> str | None:
    """What a column is for, by its header; nothing where that may be somebody's name."""
    plain = re.sub(r"[^\w#.가-힣]|_", "", normalize("NFKC", words)).casefold()
    role = next((role for role, pattern in ROLES.items() if pattern.fullmatch(plain)), None)
    return role or ("other" if is_nobody(words) else None)


NUMBERING = re.compile(r"#|no\.?|번호|순번|순서|연번", re.IGNORECASE)


def only_counts(words: Sequence[str], column: int) -> bool:
    """Whether a column may number anything, not weeks alone: people, posts, problems."""
    return bool(NUMBERING.fullmatch(words[column].strip())) and not any(role_of(x) == "date" for x in words)


def heads(grid: Grid) -> list[str]:
    """The words of the header, by column: of several rows the lowest that says something of its own."""
    found = []
    for place in range(grid.width):
        said = [plain_words(at(row, place)) for row in grid.header]
        found.append(next((words for words in reversed(said) if words), ""))
    return found


def name_of(words: str) -> str:
    """Somebody's name as a header gives it."""
    words = IMAGE.sub(" ", words)
    plain = PICTURES.sub("", " ".join(words.replace(",", " ").split()))
    own = (plain or words).lstrip("@/ ").strip()
    return BESIDES.sub("", own) or own


@dataclass(frozen=True, slots=True)
class Axis:
    """The weeks of a table: its rows with what their labels say."""

    rows: tuple[tuple[int, Label, Row], ...]
    """Number, label, row; several rows may be of one week."""
    ignored: tuple[Ignored, ...]


def axis_of(rows: Sequence[tuple[Label, int, Row]], asking: Asking, *, several: bool = False) -> Axis:
    """Which week each row is; asks where a label is missing, mistyped, of no number, or there twice.

    With `several` a week has many rows, and one without a label goes on with that of the row above.
    """
    labels = [label for label, _, _ in rows]
    ranked = in_order(labels)
    times = Counter(label.number for label in labels)
    known: Counter[int] = Counter()
    found: list[tuple[int, Label, Row]] = []
    ignored: list[Ignored] = []
    for place, (label, line, row) in enumerate(rows):
        if not label.text and not any(cell is not None and cell.text for cell in row):
            continue
        if label.number is None and (label.rests or label.sums):
            why = T("records-ignored-row", text=Written(label.text))
            ignored.append(Ignored(line, line, why))
            continue
        before = found[-1] if found else None
        if several and not label.text and before is not None:
            number: int | None = before[0]
        else:
            number = ranked.get(place)
            if number is None:
                number = _number(place, labels, times, line, asking)
        if number is not None and not several and known[number]:
            number = _again(number, known[number], line, asking)
        if number is not None:
            known[number] += 1
            found.append((number, label, row))
    return Axis(tuple(found), tuple(ignored))


def _number(
    place: int, labels: Sequence[Label], times: Mapping[int | None, int], line: int, asking: Asking
) -> int | None:
    label = labels[place]
    near = [labels[x].number for x in (place - 1, place + 1) if 0 <= x < len(labels)]
    if label.number is not None:
        fits = times[label.number] == 1 and {label.number - 1, label.number + 1} & {*near}
        if label.sure or (fits and not label.of_month):
            return label.number
    about = f"label:{_expected(near)}:{label.text}"
    ask = T("records-ask-label", line=line, text=Written(label.text or "–"))
    answer = asking.ask(about, ask, _week_or_none)
    return answer if answer is not None and answer >= 0 else None


def _expected(near: Sequence[int | None]) -> str:
    """The week that a row between its neighbours would be, where these tell."""
    known = [number for number in near if number is not None]
    if len(known) == 2 and abs(known[0] - known[1]) == 2:
        return str(sum(known) // 2)
    return ""


def _week_or_none(text: str) -> int | None:
    """A week's number; below nothing for a row that is none."""
    plain = text.strip().removesuffix("주차").strip()
    if plain.casefold() in ("none", "없음"):
        return -1
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 3 else None


def _again(number: int, times: int, line: int, asking: Asking) -> int | None:
    """Which week a row is whose number has been there; the same one, unless answered otherwise."""

    def read(text: str) -> int | None:
        return number if text.strip().casefold() in ("same", "같음", "같은 주") else _week_or_none(text)

    ask = T("records-ask-again", line=line, week=number)
    answer = asking.ask(f"again:{number}:{times if 1 < times < 4 else ''}", ask, read)
    return None if answer is not None and answer < 0 else number if answer is None else answer
