"""Reading a study log (MLOps-Study): a section a week, under headings as `### 3주차 - Session 2 후기`.

Every line of a section is placed or stays as text: nothing is dropped. What is a comment, code, HTML
or a table is no part of it, and neither is what stands behind a rule across the page.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.records.document import PARSER, Document, lines_of
from bot.records.log.values import Item, Log, Section
from bot.records.log.words import (
    BREAK,
    DATED,
    DUE,
    HOMEWORK,
    LABEL,
    LECTURE,
    WATCHED,
    Part,
    day_of,
    part_of,
    read,
    squeezed,
    topic_of,
)
from bot.records.tables.nobody import is_nobody

HEADING = re.compile(r"[ ]{0,3}(?P<level>#{1,6})(?=[ \t]|\Z)")
LABEL_END = re.compile(r"[ \t]*(?:[-–—:.][ \t]+|[-–—:][ \t]*)?")
BULLET = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
BOLD = re.compile(r"(\*\*|__)(?P<words>(?:(?!\1).)+)\1\s*:?")
A_NAME = re.compile(r"[^\W\d_][\w.]{0,19}")
RUN = 3
"""So many lines like `민우 - mlflow` in a row are people and their topics; fewer may say anything."""


def log_of(document: Document, known: Collection[str] = ()) -> Log:
    """The study log in a document, without sections where there is none; `known` are names of members."""
    lines = [line.text for line in lines_of(document.text)]
    frame = _frame(document.text)
    apart = _apart(document, lines)
    found = []
    for place, (line, heading, level) in enumerate(frame):
        words = bold["words"] if (bold := BOLD.fullmatch(heading)) else heading
        if level and (label := LABEL.match(words)):
            ends = (x for x, _, other in frame[place + 1 :] if other <= level)
            end = next(ends, len(lines) + 1)
            section = _headed(words, label, line, end, level)
            inner = {at: x for at, x, other in frame if line < at < end and other > level}
            found.append(_filled(section, lines, inner, apart))
    cut = _cut_off(found, lines)
    named = _with_topics(found[:-1] if cut else found, known)
    return Log(tuple(named), cut)


def _frame(text: str) -> list[tuple[int, str, int]]:
    """Where the document's headings and rules stand: line, words, level; a rule has none."""
    source = [line.text for line in lines_of(text)]
    found = []
    for token in PARSER.parse("\n".join(source)):
        if token.level or token.map is None:
            continue
        first, last = token.map
        if token.type == "hr":
            found.append((first + 1, "", 0))
        if token.type == "heading_open":
            words = heading_words(source[first]) if last - first == 1 else None
            words = " ".join(source[first : last - 1]).strip() if words is None else words
            found.append((first + 1, words, int(token.tag[1])))
    return found


def heading_words(source: str) -> str | None:
    """What a heading of one line says, with its escapes; nothing of any other line."""
    found = HEADING.match(source)
    if not found:
        return None
    words = source[found.end() :].strip(" \t")
    bare = words.rstrip("#")
    return bare.rstrip(" \t") if bare != words and bare[-1:] in ("", " ", "\t") else words


def without_end(source: str) -> str:
    """A line without spaces and line ends behind it."""
    while True:
        source = source.rstrip(" \t")
        start = source.rfind("<") if source.endswith(">") else -1
        if start < 0 or not BREAK.fullmatch(source[start:]):
            return source
        source = source[:start]


def _apart(document: Document, lines: Sequence[str]) -> set[int]:
    """The lines that are no prose: comments, code, HTML other than a line end, tables."""
    apart = {row.number for rows in document.tables for row in rows}
    for first, last in document.hidden:
        if not lines[first - 1].lstrip().lower().startswith("<br"):
            apart |= set(range(first, last + 1))
    return apart


def _headed(words: str, label: re.Match[str], line: int, end: int, level: int) -> Section:
    number = int(label["korean"] or label["english"] or 0)
    rest = words[label.end() :]
    rest = rest[LABEL_END.match(rest).end() :]  # type: ignore[union-attr]
    dated = DATED.search(rest)
    day = day_of(dated) if dated else None
    title = read(rest[: dated.start()] if dated and day else rest)
    return Section(number, label[0], title or None, day, line, end, level)


def _filled(section: Section, lines: Sequence[str], inner: Mapping[int, str], apart: set[int]) -> Section:
    """The section with its lines, each under the heading before it."""
    items: list[Item] = []
    heads: dict[Part, int] = {}
    part: Part | None = None
    for number in range(section.line + 1, section.end):
        source = without_end(lines[number - 1])
        heading = inner.get(number)
        if number in apart or not source.strip() or _underline(source, number - 1, inner):
            continue
        words = heading if heading is not None else source[BULLET.match(source).end() :]  # type: ignore[union-attr]
        bold = BOLD.fullmatch(words)
        words = bold["words"].strip() if bold else words
        if homework := HOMEWORK.match(words):
            items.append(_homework(number, homework["text"]))
        elif bold or heading is not None:
            called = part_of(words)
            part = called or (Part.REFERENCE if WATCHED.search(squeezed(words)) else Part.TEXT)
            if called:
                heads.setdefault(part, number)
            else:
                items.append(Item(number, part, read(words)))
        elif part is Part.HOMEWORK:
            items.append(_homework(number, words))
        else:
            items.append(_item(number, words, part))
    kept = tuple(item for item in items if item.text)
    return replace(
        section, items=kept, heads=heads, apart=frozenset(apart & {*range(section.line, section.end)})
    )


def _underline(source: str, before: int, inner: Mapping[int, str]) -> bool:
    """Whether a line underlines the heading before it."""
    return before in inner and re.fullmatch(r" {0,3}(=+|-+)[ \t]*", source) is not None


def _homework(line: int, source: str) -> Item:
    """A homework with the day until which it is asked for; an impossible one stays in its words."""
    source = source.strip().removesuffix("**").strip()
    found = DUE.search(source)
    day = day_of(found) if found else None
    text = source[: found.start()] if found and day else source
    return Item(line, Part.HOMEWORK, read(text), due=day)


def _item(line: int, source: str, part: Part | None) -> Item:
    if part is None and LECTURE.match(source):
        return Item(line, Part.LECTURE, read(source))
    topic = topic_of(source)
    if part is Part.TOPIC and topic:
        return Item(line, Part.TOPIC, read(topic[1]), read(topic[0]))
    if part is Part.TOPIC:
        return Item(line, Part.TEXT, read(source))
    # A topic it is only in company, which is not known yet.
    name = topic[0] if topic and A_NAME.fullmatch(topic[0]) and not is_nobody(topic[0]) else None
    return Item(line, part or Part.TEXT, read(source), name)


def _with_topics(sections: Sequence[Section], known: Collection[str]) -> list[Section]:
    """The sections, their lines like `민우 - mlflow` being topics where they name people for certain."""
    runs = [run for section in sections for run in _runs(section) if _is_of_people(run)]
    people = {*known, *(item.name for run in runs for item in run)}
    people |= {x.name for section in sections for x in section.of(Part.TOPIC)}
    return [
        replace(section, items=tuple(_placed(item, people, section) for item in section.items))
        for section in sections
    ]


def _runs(section: Section) -> Iterator[list[Item]]:
    """Lines that may be topics, as long as they follow each other."""
    run: list[Item] = []
    for item in section.items:
        if run and (not item.name or item.line != run[-1].line + 1):
            yield run
            run = []
        if item.name and item.part is not Part.TOPIC:
            run.append(item)
    yield run


def _is_of_people(run: Sequence[Item]) -> bool:
    return len(run) >= RUN and len({item.name for item in run}) == len(run)


def _placed(item: Item, people: Collection[str | None], section: Section) -> Item:
    """The line as somebody's topic, or without a name where it is none; a second one of theirs is text."""
    if item.part is Part.TOPIC or item.name is None:
        return item
    theirs = [x for x in section.items if x.name == item.name]
    if item.name not in people or theirs[0] is not item:
        return replace(item, name=None)
    _, _, text = item.text.partition(" ")
    return replace(item, part=Part.TOPIC, text=text.lstrip(" -–—"))


def _cut_off(sections: Sequence[Section], lines: Sequence[str]) -> int | None:
    """The last heading's line, where the text breaks off in it: nothing is there, its label is no other's."""
    if len(sections) < 2:
        return None
    *others, last = sections
    says = last.items or last.title or last.date
    below = any(line.strip() for line in lines[last.line :])
    spelled = {re.sub(r"\d+", "", x.label) for x in others}
    return None if says or below or re.sub(r"\d+", "", last.label) in spelled else last.line
