"""What holds of every shape of table: never a crash, and no byte changes but in our cells."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.records.answers import Asking
from bot.records.document import parsed
from bot.records.editing import edited, merged
from bot.records.reading import read
from bot.records.record import Record
from bot.records.tables.layout import LINKS, Sheet
from bot.records.tables.layout_of import sheets_of
from bot.records.understood import MARKS, as_json
from bot.rules.refusal import Refused
from tests.records.documents import SEED, record
from tests.records.test_laws import links, pieces, refused_or, scribbles

SIGNS = [
    *("✅", "✅\ufe0f", "❌", "⭕️", "🔺", "🟩🟦", "🌕", "🌓", "🌑", "O", "X", "결석(인정)", "지각", "100"),
    *("1/3", ":white_check_mark:", "-", "", "", " ", "여행 중", "&nbsp;", "<br>", "휴강"),
]
LINKED = [
    *("[링크](https://a.kr/1)", "[✅](https://a.kr/(2))", "https://a.kr/3", "<https://a.kr/4>", "[글]()"),
    *("[]()", '<a href="https://a.kr/5">글</a>', "[글](https://a.kr/6) [글](https://a.kr/7)"),
    *(
        "지각 [글](https://a.kr/8)",
        "[글](./week1.md)",
        "[x](<https://a.kr/a b>)",
        "[a\\]b](https://a.kr/[c])",
    ),
]
LABELS = [
    *("{}주차", "Week 0{}</br>(24.07.2{}.)", "11/{}", "{}", "OT", "{}주자", "", "제 {} 주"),
    *("{}회차 (3/{} ~ 3/9)", "휴강", "합계"),
]
WEEK_HEADS = ["주차", "Week", "회차", "", "날짜", "이름"]
HEADS = [
    "민우",
    "가경",
    "김예람",
    "예람",
    "minsu",
    "@dani",
    "날짜",
    "발표자",
    "자료",
    "주제",
    "비고",
    "팀블로그",
    "과제",
]

cells = st.sampled_from([*SIGNS, *LINKED]) | st.sampled_from(SIGNS) | scribbles
html_cells = (
    st.sampled_from([*SIGNS, '<a href="https://a.kr/5" target=_blank>글</a>', "<a>글</a>"]) | scribbles
)


@st.composite
def grids(draw: st.DrawFn, inside: st.SearchStrategy[str]) -> list[list[str]]:
    """Rows of cells under a header, a week's label in front of each; ragged at times, turned at times."""
    heads = draw(
        st.lists(st.sampled_from(HEADS) | st.sampled_from(HEADS) | scribbles, min_size=1, max_size=4)
    )
    rows = [[draw(st.sampled_from(WEEK_HEADS)), *heads]]
    label = draw(st.sampled_from(LABELS))
    for number in draw(st.lists(st.integers(0, 9), min_size=1, max_size=5)):
        own = draw(st.just(label) | st.just(label) | st.sampled_from(LABELS))
        width = len(heads) + draw(st.sampled_from([0, 0, 0, 0, -1, 1]))
        rows.append([own.format(number, number), *(draw(inside) for _ in range(width))])
    if draw(st.integers(0, 3)) == 0:
        width = min(map(len, rows))
        rows = [[row[place] for row in rows] for place in range(width)]
    return rows


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """A table in Markdown, with or without its outer bars."""
    bar = draw(st.sampled_from(["|", "|", ""]))
    lines = [bar + "|".join(row) + bar for row in draw(grids(cells))]
    lines.insert(1, bar + "|".join(["---"] * max(1, lines[0].strip("|").count("|") + 1)) + bar)
    return "\n".join(lines)


@st.composite
def html(draw: st.DrawFn) -> str:
    """A table in HTML, with cells that span."""
    lines = ["<table>"]
    for place, row in enumerate(draw(grids(html_cells))):
        tag = "th" if not place else "td"
        span = st.sampled_from(["", "", "", ' rowspan="2"', " colspan=2", " colspan=x"])
        lines.append("<tr>" + "".join(f"<{tag}{draw(span)}>{cell}</{tag}>" for cell in row) + "</tr>")
    lines.append(draw(st.sampled_from(["</table>", "</table>", "</tr></table>", "", "</table"])))
    return "\n".join(lines)


@st.composite
def lists(draw: st.DrawFn) -> str:
    """Lists under the headings of weeks."""
    lines = []
    form = draw(st.sampled_from(["- {}: {}", "- [{}]({})", "* [x] {} {}", "- {} - {}"]))
    for number in draw(st.lists(st.integers(0, 5), min_size=1, max_size=4)):
        lines += ["", "### " + draw(st.sampled_from(LABELS)).format(number, number), ""]
        names = draw(st.lists(st.sampled_from(HEADS), max_size=4))
        lines += [form.format(name, draw(cells)) for name in names]
    return "\n".join(lines)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Tables and lists between scribbles, with any ends of lines; now and then damaged."""
    blocks = draw(st.lists(markdown() | html() | lists() | scribbles, min_size=1, max_size=3))
    around = draw(st.sampled_from(["{}", "{}", "<details>\n\n{}\n\n</details>", "<!--\n{}\n-->", "> {}"]))
    text = "\n\n".join(["# 스터디", *(around.format(block) for block in blocks), draw(scribbles)])
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(pieces) + text[at + draw(st.integers(0, 3)) :]
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    return end.join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).encode()


answers = st.sampled_from(
    ["done", "absent", "none", "yes", "no", "1", "same", "first", "2022", "가경", "https://a.kr"]
)


def unrefused(ask: Callable[[], bytes]) -> bytes | None:
    """What comes of it, or nothing where it is refused in words."""
    return refused_or(ask)


def sheets(document: bytes) -> tuple[Sheet, ...]:
    """The record's tables in a document."""
    return sheets_of(parsed(document), Asking())


def ours(document: bytes) -> list[tuple[int, int]]:
    """The places in the text that are ours to change, of cells and of lists."""
    found = set()
    for sheet in sheets(document):
        found |= {(piece.cell.start, piece.cell.end) for piece in sheet.pieces if piece.cell is not None}
        found |= {
            (x.start, x.end) for place in sheet.weeks for x in (place.cell, place.blog) if x is not None
        }
    return sorted(found)


def masked(document: bytes, places: list[tuple[int, int]]) -> list[str]:
    """What stands before, among and behind these places."""
    text = document.decode()
    edges = [0, *(edge for place in places for edge in place), len(text)]
    # A space before what is added to a cell is ours too.
    return [text[start:end].strip(" ") for start, end in zip(edges[::2], edges[1::2], strict=True)]


def check(document: bytes, url: str, pick: int) -> None:
    """Read a document, write into it, and see that nothing else has changed."""
    try:
        found = read(document)
    except Refused as no:
        assert no.key  # noqa: PT017
        return
    assert as_json(found, "ko").keys() == as_json(found, "en").keys()
    assert all(mark in MARKS for week in found.weeks for mark in week.marks.values())
    own = record(document)
    for base in (None, document):
        after = merged(document, own, base)
        assert after.document == document, after.conflicts
    slots = [(week.number, name) for week in found.weeks for name in found.members]
    if not slots:
        return
    slot = slots[pick % len(slots)]
    wanted = replace(own, links={**own.links, slot: url})
    for base in (None, document):
        changed = merged(document, wanted, base)
        if changed.document != document:
            assert read(changed.document).weeks
            assert merged(changed.document, wanted).document == changed.document
            places, now = ours(document), ours(changed.document)
            assert masked(changed.document, now) == masked(document, places)


class TestEveryShape:
    @given(documents(), links, st.integers(0, 30))
    def test_what_is_read_is_written_back_and_nothing_but_our_cells_changes(
        self, document: bytes, url: str, pick: int
    ) -> None:
        check(document, url, pick)

    @given(documents(), st.lists(answers, min_size=1, max_size=4))
    def test_any_answers_are_taken_or_refused(self, document: bytes, given: list[str]) -> None:
        said: dict[str, str] = {}
        for answer in given:
            try:
                found = read(document, said)
            except Refused:
                return
            new = [question.about for question in found.questions if question.about not in said]
            if not new:
                return
            said[new[0]] = answer

    @given(documents(), documents(), links, st.integers(0, 30))
    def test_against_any_base_nothing_is_lost(
        self, document: bytes, base: bytes, url: str, pick: int
    ) -> None:
        try:
            found = read(document)
        except Refused:
            return
        own = record(document)
        slots = [(week.number, name) for week in found.weeks for name in found.members]
        if not slots:
            return
        slot = slots[pick % len(slots)]
        after = merged(document, replace(own, links={**own.links, slot: url}), base).document
        if after != document:
            there = record(after).links
            assert {x: there[x] for x in there if x != slot} == {
                x: own.links[x] for x in own.links if x != slot
            }

    @pytest.mark.torture
    @settings(max_examples=50_000)
    @given(documents(), links, st.integers(0, 30))
    def test_many_more_of_them(self, document: bytes, url: str, pick: int) -> None:
        check(document, url, pick)


def test_the_seed_is_one_of_them() -> None:
    (sheet,) = sheets(SEED)
    assert sheet.shape == LINKS
    assert unrefused(partial(edited, SEED, record(SEED), SEED)) == SEED
    assert isinstance(record(SEED), Record)
