"""What signs mean by the document's own words: `🔺: 지각 / 🟦 = 인정`, `제출 ✅ 결석 ❌`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from unicodedata import category

from bot.records.tables.marks import SIGNS, WORDS, sign_of

LONGEST = 500
"""Characters of a line that may be a legend."""

BETWEEN = re.compile(r"[,/|·;]|<br\s*/?>")
TITLE = re.compile(r"^[^:]*[가-힣a-z][^:]*:(?=.*\S)", re.IGNORECASE)
ASIDE = re.compile(r"\([^()]*\)")
TOKEN = re.compile(
    r"(?P<code>:[a-z0-9_+-]+:)|(?P<letter>(?<![a-z])[ox](?![a-z]))|(?P<word>[가-힣a-z0-9%]+)|(?P<sign>[^\s\w])",
    re.IGNORECASE,
)
JOINS = frozenset(":=→-–()[]\"'`*_~.")


def legend_of(lines: Iterable[str]) -> dict[str, str]:
    """The mark of each sign; none at all (`""`) where the document says two things of it.

    A sign and a word count only where nothing else stands with them: `✅ 지각 시 벌금` is no legend.
    """
    found: dict[str, set[str]] = {}
    for line in lines:
        if len(line) <= LONGEST:
            for sign, mark in _of_line(line):
                found.setdefault(sign, set()).add(mark)
    for sign, marks in found.items():
        usual = SIGNS.get(sign)
        if usual is not None and {usual, *marks} >= {"done", "absent"}:
            marks.add("")
    return {sign: marks.pop() if len(marks) == 1 else "" for sign, marks in found.items()}


def _of_line(line: str) -> Iterator[tuple[str, str]]:
    for part in BETWEEN.split(line):
        for said in dict.fromkeys((ASIDE.sub(" ", part), part)):
            if pairs := _pairs(_tokens(said)) or _pairs(_tokens(TITLE.sub("", said))):
                yield from pairs
                break


def _tokens(text: str) -> list[tuple[bool, str]]:
    """Signs (`True`) and words between them, these without what only joins them."""
    found: list[tuple[bool, str]] = []
    for token in TOKEN.finditer(text):
        if token["word"]:
            found.append((False, token["word"].casefold()))
        elif token["code"] or token["letter"]:
            found.append((True, token[0]))
        elif token["sign"] not in JOINS:
            found.append((category(token["sign"])[0] in "SMC", token["sign"]))
    return [(is_sign, "".join(x for _, x in run)) for is_sign, run in groupby(found, key=lambda x: x[0])]


def _pairs(tokens: Sequence[tuple[bool, str]]) -> list[tuple[str, str]]:
    """Signs with their marks, where signs and words take turns, the one or the other first."""
    if len(tokens) % 2 or not tokens:
        return []
    found = []
    for first, second in zip(tokens[::2], tokens[1::2], strict=True):
        sign, word = (first[1], second[1]) if first[0] else (second[1], first[1])
        mark = WORDS.get(word) or WORDS.get(re.sub("^[은는이가]", "", word))
        if mark is None:
            return []
        found.append((sign_of(sign), mark))
    return found
