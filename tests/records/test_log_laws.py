"""Laws of the study log: what is written is read again, and damage harms nothing that is not ours."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands.kinds import TextKind
from bot.records.document import LINE_END, parsed
from bot.records.importing import reading
from bot.records.log.merging import merged
from bot.records.log.reading import log_of
from bot.records.log.three_ways import Before
from bot.records.log.writing import fresh, plain
from bot.records.understood import WeekRow, as_json
from bot.rules.refusal import Refused
from tests.records.logs import MEMBERS, SEED, WEEKS, weeks_in

NASTY = (
    *(
        "### 9주차 - 가짜",
        "<script>alert(1)</script>",
        "a | b\n|-|-|",
        "---",
        "===",
        "- [과제] 없음",
        "[과제] 가짜",
    ),
    *(
        "**들은 강의**",
        "민우 - mlflow",
        "가 - 나 – 다 — 라",
        "```\n코드",
        "<!-- 숨은 말",
        "1. 하나\n2. 둘",
        "> 인용",
    ),
    *(
        "&lt;br/&gt; &amp; &#35;",
        "<br/>",
        "\\",
        "a\\\\b\\",
        "[x](y)",
        "[a]: https://example.org",
        "(2023.12.29)",
    ),
    *(
        "(~2024.01.03)",
        "Session 1. 없음",
        "https://example.org/a_b(c)?x=1&y=2&copy;",
        "~~~",
        "# 제목",
        "a\n\n\nb",
    ),
    *(
        "+",
        "=",
        ":-:",
        "~~취소~~",
        "<https://example.org>",
        "http://",
        "끝 #",
        "$a$",
        "👩‍💻",
        "https://a.b/c|d",
    ),
)
KEPT = TextKind(most=1_500, long=True)
ENDS = st.sampled_from(["\n", "\r\n"])


def typed(text: str) -> bool:
    """Whether somebody can send it."""
    try:
        return KEPT.read(text) == text
    except Refused:
        return False


SIGNS = st.sampled_from([*"가나 ab1.-–—#*_`~|<>&;()[]\\!:=+/\n\t'\"@$", "<br/>", "https://a.b/", " - ", "**"])
NOTES = st.one_of(
    st.sampled_from(NASTY),
    st.lists(SIGNS, min_size=1, max_size=14).map("".join),
    st.text(min_size=1, max_size=20),
).filter(typed)
LINES = st.lists(NOTES, max_size=3).map(tuple)
NAMES = st.sampled_from([*MEMBERS, "크리스 송", "a - b", "[x]", "1.", "# 김"])
TITLES = NOTES.map(lambda text: " ".join(text.split())).filter(bool)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@st.composite
def weeks(draw: st.DrawFn, number: int | None = None) -> WeekRow:
    """A week with anything in it that people can write."""
    number = draw(st.integers(0, 99)) if number is None else number
    homework = draw(st.none() | NOTES)
    return plain(
        WeekRow(
            number,
            f"{number}주차",
            title=draw(st.none() | TITLES),
            date=draw(st.none() | DAYS),
            homework=homework,
            due=draw(st.none() | DAYS) if homework else None,
            lectures=draw(LINES),
            insights=draw(LINES),
            references=draw(LINES),
            text=draw(LINES),
            topics=draw(st.dictionaries(NAMES, NOTES, max_size=3)),
        )
    )


def labelled(week: WeekRow) -> WeekRow:
    """A week whose label may be in either language."""
    return replace(week, label="")


@given(weeks(), st.sampled_from(["ko", "en"]), NOTES)
@example(plain(WeekRow(1, "1주차", insights=NASTY)), "ko", "제목")
@example(plain(WeekRow(1, "1주차", text=NASTY)), "en", "제목")
@example(plain(WeekRow(1, "1주차", topics=dict(zip(MEMBERS * 9, NASTY, strict=False)))), "ko", "제목")
def test_what_is_written_is_read_again(week: WeekRow, language: str, title: str) -> None:
    content = fresh([week], title, language)
    assert [labelled(x) for x in weeks_in(content)] == [labelled(week)]
    assert "<script" not in content.decode().lower()


@given(weeks(3), weeks(4), ENDS)
def test_what_one_first_sees_keeps_every_line(third: WeekRow, fourth: WeekRow, end: str) -> None:
    """The sections only grow; a title and a homework that differ are reported."""
    document = SEED.decode().replace("\n", end).encode()
    made = merged(document, [third, fourth], Before(), "ko", MEMBERS)
    assert is_within(document.decode().split(end), made.document.decode().split(end))
    assert weeks_in(made.document, *MEMBERS)[:3] == list(WEEKS[:3])
    both = zip((third, fourth), weeks_in(made.document, *MEMBERS)[3:], strict=True)
    assert all(set(week.insights) <= set(there.insights) for week, there in both)


def is_within(some: Iterable[str], lines: Iterable[str]) -> bool:
    """Whether lines stand among others in their order."""
    left = iter(lines)
    return all(any(line == other for other in left) for line in some)


@given(weeks(7), ENDS)
def test_a_new_week_is_one_piece_behind_the_last(week: WeekRow, end: str) -> None:
    document = SEED.decode().replace("\n", end).encode()
    made = merged(document, [week], Before(), "ko", MEMBERS)
    assert not made.conflicts
    if made.document != document:
        head, _, tail = document.partition("### 5주".encode())
        assert made.document.startswith(head)
        assert made.document.endswith("### 5주".encode() + tail)
        assert [labelled(x) for x in weeks_in(made.document, *MEMBERS)][5:] == [labelled(week)]


DAMAGE = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["\n", "### 3주차", "[과제]", "```", "<!--", "-->", "**", "|", "\n|-|\n", "---\n", "\r", "- ", "    "]
    ),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The seed after a few accidents."""
    text = SEED.decode()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 60))
        text = text[:at] + draw(DAMAGE) + text[at + cut :]
    return text.encode("utf-8", errors="replace")


@given(
    damaged(),
    st.lists(st.integers(0, 6), max_size=3, unique=True).flatmap(lambda x: st.tuples(*map(weeks, x))),
)
def test_damage_never_harms_what_is_not_ours(document: bytes, wanted: tuple[WeekRow, ...]) -> None:
    try:
        before = log_of(parsed(document), MEMBERS)
    except Refused:
        return
    told = {week.number: week for week in WEEKS}
    made = merged(document, wanted, Before(told, told), "ko", MEMBERS)
    after = log_of(parsed(made.document), MEMBERS)
    numbers = {week.number for week in wanted}
    assert [x.week for x in after.sections if x.number not in numbers] == [
        x.week for x in before.sections if x.number not in numbers
    ]
    ours = set(before.lines)
    others = [line for number, line in enumerate(lines_of(document), 1) if number not in ours]
    assert is_within(others, lines_of(made.document))


@given(damaged() | st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_read_is_understood_or_refused(document: bytes) -> None:
    for answers in ({}, {"starts": "2024-01-01", "weeks": "50", "members": "민우", "date:0:": "2023-12-29"}):
        try:
            taken = reading(document, answers)
        except Refused:
            continue
        assert json.dumps(as_json(taken.understood, "ko"))


def lines_of(document: bytes) -> list[str]:
    """The lines as the parser counts them."""
    return LINE_END.split(document.decode())
