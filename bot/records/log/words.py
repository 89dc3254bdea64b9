r"""The words of a study log: how its headings are called, and notes as a line each and back.

A note is one line of the document, its own line ends being `<br/>`. What people write is escaped so
that it is read again sign by sign, and so that no note is a heading, a homework or somebody's topic.
"""

import re
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from markdown_it.common.utils import unescapeAll

from bot.rules.calendar import YEARS


class Part(StrEnum):
    """What a line of a week's section is."""

    LECTURE = "lecture"
    INSIGHT = "insight"
    REFERENCE = "reference"
    TOPIC = "topic"
    HOMEWORK = "homework"
    TEXT = "text"


HEADINGS = {
    "ko": {
        Part.LECTURE: "들은 강의",
        Part.INSIGHT: "오늘의 Insight",
        Part.TOPIC: "조사한 주제",
        Part.REFERENCE: "참고한 자료",
    },
    "en": {
        Part.LECTURE: "Lectures",
        Part.INSIGHT: "Insights",
        Part.TOPIC: "Topics",
        Part.REFERENCE: "References",
    },
}
"""Part of the file's form, not a wording: a changed one would no longer be found."""

LABELS = {"ko": "{}주차", "en": "Week {}"}
HOMEWORK_MARKS = {"ko": "과제", "en": "Homework"}

CALLED = {
    Part.LECTURE: re.compile(r"(들은|수강한|본)?강의(목록)?|lectures?(heard)?"),
    Part.INSIGHT: re.compile(r"(오늘의|today'?s)?(insights?|인사이트)|느낀점|배운(점|것)|takeaways?"),
    Part.TOPIC: re.compile(r"(조사한|각자)?(주제|조사)|topics?"),
    Part.REFERENCE: re.compile(r"(참고|본|시청한|참고한)?(자료|레퍼런스|영상|문헌)|references?(watched)?"),
    Part.HOMEWORK: re.compile(r"(다음)?(과제|숙제)|homework"),
}
"""How a heading is called, without spaces and in small letters."""

WATCHED = re.compile(r"conference|컨퍼런스|콘퍼런스|세미나|seminar|웨비나|webinar|시청|영상|video|레퍼런스")
"""What a heading speaks of that is itself the name of what was watched."""

LABEL = re.compile(
    r"(?:(?:제\s*)?(?P<korean>\d{1,3})\s*(?:주차|주자|주|회차|차시)"
    r"|week\s*\.?\s*#?(?P<english>\d{1,3})|(?P<zero>OT|오리엔테이션))(?=$|[\s\-–—:.,(\[\]])",
    re.IGNORECASE,
)
LECTURE = re.compile(
    r"(?P<before>(?:session|section|chapter|lecture|섹션|챕터|강의)\s*\d{1,3})(?P<after>\s*[.:)]\s*\S)",
    re.IGNORECASE,
)
HOMEWORK = re.compile(r"\[\s*(?:과제|숙제|homework)\s*\]\s*(?P<text>.*)", re.IGNORECASE)
DAY = r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*\.?\s*\)\s*"
DATED = re.compile(rf"\(\s*{DAY}\Z")
DUE = re.compile(rf"\(\s*~\s*{DAY}\Z")
BETWEEN = re.compile(r"(?<=\s)[-–—](?=\s)")

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>\"`\\|\[\]{}^]+", re.IGNORECASE)
ADDRESS_END = ".,;:!?)'*_~&#"
ANGLED = re.compile(r"<(https?://[^\s<>]+)>", re.IGNORECASE)
SIGNS = {**{sign: f"\\{sign}" for sign in "\\`*_[]#~!"}, "<": "&lt;", ">": "&gt;", "|": "&#124;"}
READ_AS_ENTITY = re.compile(r"&(?=#?[a-z0-9]{1,32};)", re.IGNORECASE)
FIRST = re.compile(r"[-+=:](?!\\)|\d+(?=[.)])")
DASHES = {"-": "\\-", "–": "&#8211;", "—": "&#8212;"}
DASH = re.compile(r"(?<!\S)[-–—](?!\S)")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


def squeezed(words: str) -> str:
    """Words in small letters without spaces, for comparing what a heading is called."""
    return "".join(normalize("NFKC", words).casefold().split()).strip(":：*_#[]<>🚀📚")


def part_of(heading: str) -> Part | None:
    """The part of a section that a heading is called by."""
    called = squeezed(heading)
    return next((part for part, names in CALLED.items() if names.fullmatch(called)), None)


def topic_of(source: str) -> tuple[str, str] | None:
    """Whose topic a line tells, and what it is: `민우 - mlflow`."""
    found = BETWEEN.search(source)
    name, text = (source[: found.start()].strip(), source[found.end() :].strip()) if found else ("", "")
    return (name, text) if name and text else None


def day_of(found: re.Match[str]) -> date | None:
    """The day that was found, if the calendar has it and a season may."""
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return day if day.year in YEARS else None


def canonical(text: str) -> str:
    """A text as it can stand in a log: without edges, and nothing that cannot be seen."""
    plain = UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\t", " "))
    return "\n".join(line.strip() for line in plain.split("\n")).strip()


def written(text: str, part: Part = Part.TEXT) -> str:
    """A text as one line of Markdown that shows it, and is read as it again."""
    line = "<br/>".join(_written_line(line) for line in canonical(text).split("\n"))
    if part is Part.TEXT and (found := LECTURE.match(line)):
        line = f"{found['before']}{_entities(found['after'][:-1])}{line[found.end() - 1 :]}"
    return _first_escaped(line)


def _entities(signs: str) -> str:
    return "".join(sign if sign.isspace() else f"&#{ord(sign)};" for sign in signs)


def _first_escaped(line: str) -> str:
    """The line with what begins a list, a rule or an underline in front escaped."""
    found = FIRST.match(line)
    if not found:
        return line
    return f"{found[0]}\\{line[found.end() :]}" if found[0].isdigit() else f"\\{line}"


def _written_line(line: str) -> str:
    found, at = "", 0
    for address in ADDRESS.finditer(line):
        bare = address[0].rstrip(ADDRESS_END)
        if READ_AS_ENTITY.search(bare) or len(bare) <= len("https://"):
            continue
        found += _escaped(line[at : address.start()]) + f"<{bare}>"
        at = address.start() + len(bare)
    return found + _escaped(line[at:])


def _escaped(words: str) -> str:
    words = READ_AS_ENTITY.sub("&amp;", words)
    words = "".join(SIGNS.get(sign, sign) for sign in words)
    return DASH.sub(lambda dash: DASHES[dash[0]], words)


def written_title(text: str) -> str:
    """A week's title on one line, whose last words are not taken for its date."""
    return _without(DATED, written(" ".join(text.split())))


def written_homework(text: str) -> str:
    """A homework on one line, whose last words are not taken for its due date."""
    return _without(DUE, written(text, Part.HOMEWORK))


def _without(pattern: re.Pattern[str], line: str) -> str:
    return pattern.sub(lambda found: _entities("(") + found[0][1:], line)


def read(source: str) -> str:
    """What a line of a section says, without escapes; `<br/>` is a line end."""
    found = [_read_line(line) for line in BREAK.split(source)]
    return canonical("\n".join(found))


def _read_line(line: str) -> str:
    parts = ANGLED.split(line)
    return "".join(part if place % 2 else unescapeAll(part) for place, part in enumerate(parts))
