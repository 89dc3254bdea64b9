"""What holds of every document: nothing but our cells changes, and what was written is read again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from bot.commands.kinds import LinkKind
from bot.records.editing import edited
from bot.records.fresh import fresh
from bot.records.reading import read
from bot.records.record import Record
from bot.records.understood import UTC, Understood, as_json
from bot.rules.refusal import Refused
from bot.texts import LANGUAGES, Style, Text, Value, Words
from tests.records.documents import HEADER, MEMBERS, SEED, outside, record

SIGNS = "|()[]<>{}\\`*_~!#&;:%'\"^$@+-=./, \t\n\r\u00a0\u3000\ufeffaé가힣😇"
MARKUP = [
    "](",
    "\\|",
    "%7C",
    "&amp;",
    "&#124;",
    "<!--",
    "-->",
    "```",
    "&nbsp;",
    "\\\\",
    "**",
    "](http://x)",
    "| |",
]
pieces = st.sampled_from([*SIGNS, *MARKUP]) | st.characters(codec="utf-8")
scribbles = st.lists(pieces, max_size=12).map("".join)


def is_link(text: str) -> bool:
    """Whether a person could hand it in."""
    try:
        return LinkKind().read(text) == text
    except Refused:
        return False


# Filtered piece by piece: of whole links most would be thrown away.
link_pieces = pieces.filter(lambda piece: is_link(f"https://x.kr/{piece}"))
links = st.lists(link_pieces, max_size=12).map(lambda tail: "https://x.kr/" + "".join(tail)).filter(is_link)
names = scribbles.map(lambda text: text.strip(" \t")).filter(bool)
shown_pieces = pieces.filter(str.isprintable)
shown_names = st.lists(shown_pieces, max_size=12).map(lambda signs: "".join(signs).strip()).filter(bool)
RECORD = record(SEED)
WEEK_1 = SEED.split(b"\n")[5]


def refused_or(ask: Callable[[], bytes]) -> bytes | None:
    """What comes of it, or nothing where it is refused, in words that there are."""
    try:
        return ask()
    except Refused as no:
        refused = no
    for language in LANGUAGES:
        assert Words(Style(language, UTC))(Text(refused.key, cast("Mapping[str, Value]", refused.values)))
    return None


class TestLinks:
    @given(links, st.sampled_from(MEMBERS), st.integers(1, 12))
    @example("https://x.kr/a)|b\\|c%7C(`&#41;&amp;&copy;[x]\\)", "구미진", 1)
    @example("http://[::1]/\\", "문수인", 12)
    def test_every_link_is_read_as_it_was_handed_in(self, url: str, name: str, week: int) -> None:
        wanted = replace(RECORD, links={**RECORD.links, (week, name): url})
        after = edited(SEED, wanted)
        assert record(after) == wanted
        assert edited(after, wanted) == after
        assert outside(after) == outside(SEED)

    @given(links)
    def test_other_readers_of_markdown_see_the_same(self, url: str) -> None:
        after = edited(SEED, replace(RECORD, links={**RECORD.links, (1, "구미진"): url}))
        seen = shown(after)
        assert len(seen) == 12 * 3
        assert ("구미진", normalizeLink(url)) in seen[1]
        assert [name for name, _ in seen[1]] == list(MEMBERS)

    @given(links)
    def test_one_submission_changes_what_is_between_one_pair_of_parentheses(self, url: str) -> None:
        after = edited(SEED, replace(RECORD, links={**RECORD.links, (1, "구미진"): url}))
        before, mark, behind = SEED.partition("[구미진](".encode())
        assert after.startswith(before + mark)
        assert after.endswith(behind)
        inside = after[len(before + mark) : len(after) - len(behind)]
        assert not set(b"()|\n\r") & set(inside)


class TestNames:
    @given(names, links, names)
    def test_every_name_is_read_as_it_is_called(self, name: str, url: str, writer: str) -> None:
        wanted = Record({1: "1주차"}, tuple(dict.fromkeys((name, writer))), {(1, name): url}, {1: writer})
        new = edited((HEADER + "|1주차|||\n").encode(), wanted)
        row = read(new).weeks[0]
        assert row.submissions == {name: url}
        assert row.writer == (writer if writer == name else None)
        assert record(fresh(wanted, "x", "ko")) == wanted
        assert edited(new, wanted) == new

    @given(shown_names)
    def test_other_readers_of_markdown_see_the_same(self, name: str) -> None:
        wanted = Record({1: "1주차"}, (name, "b"), {}, {1: name})
        seen = shown(fresh(wanted, "x", "en"))
        assert [text for text, _ in seen[1]] == [name, "b"]
        assert seen[2] == [(name, None)]


def shown(document: bytes) -> list[list[tuple[str, str | None]]]:
    """Each cell of the table's body as GitHub's kind of Markdown shows it: its links, or its words."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify").parse(document.decode())
    cells = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "td_open"]
    return [_shown(cell) for cell in cells]


def _shown(cell: Token) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    words, href = "", None
    for token in cell.children or ():
        if token.type == "link_open":
            words, href = "", str(token.attrs["href"])
        elif token.type == "link_close":
            found.append((words, href))
        else:
            words += token.content
    return found or [(words, None)]


whole_cells = st.sampled_from(
    ["[a]() [b](http://x)", "[b](<http://y>)<br>**[a]( )** 병가", "[a](http://y)", "", "  "]
)
scribbled = st.builds("[{}]({})".format, scribbles, scribbles)
writers = st.sampled_from(["a", "[b](x)", "", " ", "미정"])
labels = st.sampled_from(["{}주차", " **{} 주차**", "Week {}", "{}"])


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A table of ours between scribbles, with any ends of lines; now and then scribbles within it."""
    lines = [draw(scribbles), "", HEADER.strip()]
    for number in draw(st.lists(st.integers(1, 5), min_size=1, max_size=4, unique=True)):
        homework = draw(whole_cells | st.lists(whole_cells | scribbled, max_size=3).map(" &nbsp; ".join))
        writer = draw(writers | writers | scribbles)
        lines.append(f"|{draw(labels).format(number)}|{homework}|{writer}|"[draw(st.integers(0, 1)) :])
    lines += ["", draw(scribbles)]
    mark, end = draw(st.sampled_from(["", "\ufeff"])), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return (mark + end.join("\n".join(lines).split("\n"))).encode()


new_links = st.dictionaries(st.tuples(st.integers(1, 5), st.sampled_from("abc")), links, max_size=4)


def understood(document: bytes) -> Understood | None:
    """What a document says, where it can be read; the words for it are there."""
    try:
        found = read(document)
    except Refused:
        return None
    assert as_json(found, "ko").keys() == as_json(found, "en").keys()
    return found


class TestDocuments:
    @given(documents())
    def test_a_documents_own_record_changes_no_byte(self, document: bytes) -> None:
        if understood(document) is not None:
            assert edited(document, record(document)) == document
            assert edited(document, record(document), document) == document

    @given(documents(), new_links)
    def test_what_is_written_is_read_again(self, document: bytes, new: dict[tuple[int, str], str]) -> None:
        if (found := understood(document)) is None:
            return
        members = tuple(dict.fromkeys([*found.members, *"abc"]))
        wanted = replace(record(document), members=members, links={**record(document).links, **new})
        after = refused_or(lambda: edited(document, wanted))
        if after is not None:
            assert record(after).links == wanted.links
            assert edited(after, wanted) == after


ACCIDENTS = ["", "|", "\n", "(", ")", "[", "]", "\\", "`", "<!--", "가", "\udcff"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The seed after a few accidents, most of them in its table; at times some leave it no UTF-8."""
    document = SEED.decode()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, draw(st.sampled_from([900, 900, len(SEED.decode())]))))
        stop = start + draw(st.integers(0, 20))
        middle = draw(st.sampled_from(["", document[start:stop], document[start:stop] * 2]))
        document = document[:start] + middle + draw(st.sampled_from(ACCIDENTS)) + document[stop:]
    whole = document.encode("utf-8", "surrogateescape")
    lost = draw(st.none() | st.none() | st.integers(0, len(whole)))
    return whole if lost is None else whole[:lost] + whole[lost + 1 :]


class TestDamage:
    @given(damaged(), links)
    def test_a_damaged_document_is_refused_or_changed_in_our_cells_alone(
        self, document: bytes, url: str
    ) -> None:
        found = understood(document)
        members = tuple(dict.fromkeys([*MEMBERS, *(found.members if found else ())]))
        wanted = replace(RECORD, members=members, links={**RECORD.links, (1, "구미진"): url})
        for base in (None, SEED):
            after = refused_or(partial(edited, document, wanted, base))
            if after is not None:
                unchanged_but_for_rows(document, after)

    @pytest.mark.torture
    @pytest.mark.parametrize("place", range(len(WEEK_1)))
    def test_no_single_lost_byte_of_a_row_loses_more(self, place: int) -> None:
        document = SEED.replace(WEEK_1, WEEK_1[:place] + WEEK_1[place + 1 :])
        after = refused_or(partial(edited, document, RECORD, SEED))
        if after is not None:
            unchanged_but_for_rows(document, after)
            assert record(after) == RECORD


def unchanged_but_for_rows(before: bytes, after: bytes) -> None:
    """Line by line: the same, or a row whose label and links' names are the same."""
    old, new = before.split(b"\n"), after.split(b"\n")
    assert len(old) == len(new)
    for was, now in zip(old, new, strict=True):
        if was != now:
            assert "주차".encode() in was
            assert was.count(b"|") - was.count(b"\\|") <= now.count(b"|")
            assert was.split(b"](")[0] == now.split(b"](")[0]
            for name in read(before).members:
                assert (f"[{name}](".encode() in was) <= (f"[{name}](".encode() in now)
