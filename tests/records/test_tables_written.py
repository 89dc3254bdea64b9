"""Writing into every shape of table: one cell changes, and what hands have changed stays and is told."""

from dataclasses import replace

import pytest

from bot.records.editing import Merged, edited, merged
from bot.records.record import Record
from tests.records.documents import SEED, record
from tests.records.test_tables import HTML, TestLists, table

URL = "https://new.kr/(1)"
WRITTEN = "https://new.kr/&#40;1&#41;"
NEW = f"[링크]({WRITTEN})"


def with_link(document: bytes, week: int, name: str, url: str | None = URL) -> Record:
    """What a document says, and one link more, or without one."""
    own = record(document)
    links = {slot: link for slot, link in own.links.items() if slot != (week, name)}
    members = tuple(dict.fromkeys([*own.members, name]))
    return replace(own, links={**links, **({(week, name): url} if url else {})}, members=members)


def change(before: bytes, after: bytes) -> list[tuple[str, str]]:
    """The lines that differ."""
    pairs = zip(before.decode().splitlines(), after.decode().splitlines(), strict=True)
    return [(was, now) for was, now in pairs if was != now]


def conflicts(found: Merged) -> list[tuple[str, str]]:
    """What is asked, and why."""
    return [(conflict.about, conflict.why.key) for conflict in found.conflicts]


MEMBERS = table(
    "|주차|민우|가경|예람|",
    "| 1주차 | [링크](https://a.kr/1 'x') |✅ | ❌|",
    "|2주차|지각|여행 중||",
    "|3주차||  ||",
    after="\n끝 | 입니다 \n",
)


class TestAColumnPerMember:
    @pytest.mark.parametrize(
        ("week", "name", "before", "after"),
        [
            (1, "민우", "[링크](https://a.kr/1 'x')", f"[링크]({WRITTEN})"),
            (1, "가경", "✅ |", f"[✅]({WRITTEN}) |"),
            (1, "예람", "| ❌|", f"| {NEW}|"),
            (2, "민우", "|지각|", f"|지각 {NEW}|"),
            (2, "가경", "|여행 중|", f"|여행 중 {NEW}|"),
            (2, "예람", "여행 중||", f"여행 중|{NEW}|"),
            (3, "가경", "|  |", f"| {NEW} |"),
        ],
    )
    def test_one_cell_changes(self, week: int, name: str, before: str, after: str) -> None:
        new = edited(MEMBERS, with_link(MEMBERS, week, name), MEMBERS)
        assert new == MEMBERS.replace(before.encode(), after.encode(), 1)

    def test_a_link_that_was_withdrawn_leaves_its_cell(self) -> None:
        new = edited(MEMBERS, with_link(MEMBERS, 1, "민우", None), MEMBERS)
        assert new == MEMBERS.replace(b"[\xeb\xa7\x81\xed\x81\xac](https://a.kr/1 'x')", b"")

    @pytest.mark.parametrize(
        ("links", "new"),
        [
            (["[민우](https://a.kr/1)", "[가경](https://a.kr/2)"], f"[예람]({WRITTEN})"),
            (["[제출](https://a.kr/1)", "[제출](https://a.kr/2)"], f"[제출]({WRITTEN})"),
            (["[도커](https://a.kr/1)", "[헬름](https://a.kr/2)"], NEW),
            (["O", "O"], f"[O]({WRITTEN})"),
        ],
    )
    def test_a_new_link_is_called_as_the_others_are(self, links: list[str], new: str) -> None:
        document = table("|주차|민우|가경|예람|", f"|1주차|{'|'.join(links)}||")
        assert change(document, edited(document, with_link(document, 1, "예람"))) == [
            (f"|1주차|{'|'.join(links)}||", f"|1주차|{'|'.join(links)}|{new}|")
        ]

    def test_bare_addresses_stay_bare(self) -> None:
        document = table("|주차|민우|가경|", "|1주차|https://a.kr/1||")
        after = edited(document, with_link(document, 1, "가경", "https://b.kr/1"))
        assert after == document.replace(b"/1||", b"/1|https://b.kr/1|")

    def test_it_is_found_by_week_and_name_wherever_it_stands(self) -> None:
        base = table("|주차|민우|가경|", "|1주차|||", "|2주차|✅|✅|")
        now = table("|주차|예람|가경|민우|", "|2주차|✅|✅|✅|", "|1주차|||❌|", before="# 머리말\n\n")
        after = merged(now, with_link(base, 1, "가경"), base)
        assert change(now, after.document) == [("|1주차|||❌|", f"|1주차||[✅]({WRITTEN})|❌|")]
        assert conflicts(after) == [("name::예람", "records-unknown-name")]


class TestOtherShapes:
    def test_a_row_per_member(self) -> None:
        document = table("|이름|1주차|2주차|", "|민우|✅|❌|", "|가경|✅|  |")
        after = edited(document, with_link(document, 2, "가경"))
        assert change(document, after) == [("|가경|✅|  |", f"|가경|✅| [✅]({WRITTEN}) |")]

    def test_a_row_per_presenter(self) -> None:
        document = table("|주차|발표자|자료|", "|1주차|민우|[pdf](https://a.kr/1)|", "|2주차|가경||")
        after = edited(document, with_link(document, 2, "가경"))
        assert change(document, after) == [("|2주차|가경||", f"|2주차|가경|[pdf]({WRITTEN})|")]

    def test_such_a_table_holds_no_links_of_others(self) -> None:
        document = table("|주차|발표자|자료|", "|1주차|민우|[pdf](https://a.kr/1)|", "|2주차|가경||")
        assert merged(document, with_link(document, 2, "민우"), document) == Merged(document)

    @pytest.mark.parametrize(
        ("week", "name", "before", "after"),
        [
            (
                1,
                "민우",
                '<a href="https://a.kr/1" target=_blank>',
                '<a href="https://new.kr/(1)" target="_blank">',
            ),
            (1, "가경", "✅", '<a href="https://new.kr/(1)">✅</a>'),
            (3, "민우", ":x:", '<a href="https://new.kr/(1)">글</a>'),
            (3, "가경", "<b>지각</b>", '<b>지각</b> <a href="https://new.kr/(1)">글</a>'),
        ],
    )
    def test_html(self, week: int, name: str, before: str, after: str) -> None:
        document = HTML.encode()
        assert edited(document, with_link(document, week, name)).decode() == HTML.replace(before, after, 1)

    def test_a_cell_for_all_is_nobodys(self) -> None:
        document = HTML.encode()
        after = merged(document, with_link(document, 2, "가경"), document)
        assert after.document == document
        assert conflicts(after) == [("link:2:가경", "records-cell-shared")]

    @pytest.mark.parametrize(
        ("week", "name", "before", "after"),
        [
            (1, "가경", "[가경]()", f"[가경]({WRITTEN})"),
            (1, "민우", "(https://a.kr/1)", f"({WRITTEN})"),
            (2, "민우", "https://a.kr/2", NEW),
            (2, "가경", "✅", f"[✅]({WRITTEN})"),
            (2, "예람", "[x] 예람", f"[x] 예람 {NEW}"),
        ],
    )
    def test_a_list(self, week: int, name: str, before: str, after: str) -> None:
        document = TestLists.DOCUMENT.encode()
        new = edited(document, with_link(document, week, name))
        assert new.decode() == TestLists.DOCUMENT.replace(before, after, 1)

    def test_a_cell_of_links_under_another_header(self) -> None:
        document = table("|주차|제출|", "|1주차|[a](https://a.kr)[b]()|", "|2주차|[a]()[b]()|")
        after = edited(document, with_link(document, 2, "b"))
        assert change(document, after) == [("|2주차|[a]()[b]()|", f"|2주차|[a]()[b]({WRITTEN})|")]

    def test_answers_are_kept_for_writing(self) -> None:
        document = table("|Week|Kim|Basics|", "|1|[a](https://a.kr)|[b](https://b.kr)|", "|2|||")
        wanted = Record(
            {}, ("Kim",), {(1, "Kim"): "https://a.kr", (2, "Kim"): URL}, {}, {"members::Kim": "Kim"}
        )
        assert change(document, edited(document, wanted)) == [("|2|||", f"|2|[a]({WRITTEN})||")]

    def test_relative_addresses_stay_as_they_are(self) -> None:
        document = table("|주차|민우|가경|", "|1주차|[글](week1/a.md)||")
        answers = {"base::": "https://github.com/o/r/blob/main"}
        whole = "https://github.com/o/r/blob/main/week1/a.md"
        wanted = Record({}, ("민우", "가경"), {(1, "민우"): whole}, {}, answers)
        assert edited(document, wanted, document) == document


class TestConflicts:
    BASE = table("|주차|민우|가경|", "|1주차|[링크](https://a.kr/1)||", "|2주차|||")

    def test_what_a_hand_wrote_stays_and_the_rest_is_written(self) -> None:
        now = self.BASE.replace(b"https://a.kr/1", b"https://hand.kr")
        own = with_link(self.BASE, 1, "민우", "https://study.kr")
        found = merged(now, replace(own, links={**own.links, (2, "가경"): URL}), self.BASE)
        assert change(now, found.document) == [("|2주차|||", f"|2주차||{NEW}|")]
        (conflict,) = found.conflicts
        assert (conflict.about, conflict.why.key) == ("link:1:민우", "records-link-conflict")
        assert (conflict.week, conflict.name) == (1, "민우")
        assert (conflict.theirs, conflict.ours) == ("https://hand.kr", "https://study.kr")

    def test_a_cross_put_in_by_hand_is_not_overwritten(self) -> None:
        now = self.BASE.replace("|2주차|||".encode(), "|2주차||결석|".encode())
        found = merged(now, with_link(self.BASE, 2, "가경"), self.BASE)
        assert found.document == now
        assert [conflict.theirs for conflict in found.conflicts] == ["결석"]

    def test_a_mark_put_in_by_hand_keeps_its_sign(self) -> None:
        now = self.BASE.replace("|2주차|||".encode(), "|2주차||✅|".encode())
        assert f"[✅]({WRITTEN})".encode() in edited(now, with_link(self.BASE, 2, "가경"), self.BASE)

    def test_a_row_that_vanished_is_asked_about(self) -> None:
        now = self.BASE.replace("|1주차|[링크](https://a.kr/1)||\n".encode(), b"")
        found = merged(now, with_link(self.BASE, 2, "가경"), self.BASE)
        assert conflicts(found) == [("row:1:", "records-row-missing")]
        assert NEW.encode() not in self.BASE
        assert f"({WRITTEN})".encode() in found.document

    def test_a_column_that_vanished_is_asked_about(self) -> None:
        now = table("|주차|민우|", "|1주차|[링크](https://a.kr/1)|", "|2주차||")
        found = merged(now, with_link(self.BASE, 2, "가경"), self.BASE)
        assert (found.document, conflicts(found)) == (now, [("link:2:가경", "records-column-missing")])

    @pytest.mark.parametrize("now", ["|주|민|가|\n|--|--|--|\n|하나|x|y|\n", "글\n", ""])
    def test_a_table_that_is_gone_is_asked_about_as_a_whole(self, now: str) -> None:
        found = merged(now.encode(), with_link(self.BASE, 2, "가경"), self.BASE)
        assert found.document == now.encode()
        assert conflicts(found) == [("document::", "records-header-changed")]

    def test_in_the_seed_too(self) -> None:
        now = SEED.replace("[구미진]()".encode(), "[구미진](https://hand.kr)".encode(), 1)
        own = with_link(SEED, 1, "구미진", "https://study.kr")
        found = merged(now, replace(own, links={**own.links, (2, "문수인"): "https://b.kr"}), SEED)
        assert conflicts(found) == [("link:1:구미진", "records-link-conflict")]
        assert len(change(now, found.document)) == 1

    def test_several_hands_in_a_row(self) -> None:
        rows = SEED.split(b"\n")
        now = b"\n".join(rows[:5] + rows[6:])
        found = merged(now, with_link(SEED, 3, "문수인", "https://b.kr"), SEED)
        assert conflicts(found) == [("row:1:", "records-row-missing")]
        assert len(change(now, found.document)) == 1


class TestWhatIsNotWritten:
    def test_presenters_without_a_column_for_links_hold_none(self) -> None:
        document = table("|주차|발표자|주제|", "|1주차|민우|도커|", "|2주차|가경|쿠버|")
        own = record(document)
        new = replace(own, links={(1, "민우"): "https://a.kr/1", (2, "민우"): "https://a.kr/2"})
        assert merged(document, new, document) == Merged(document)

    @pytest.mark.parametrize(
        ("cell", "written"),
        [
            ("❌ <!-- 감기 -->", "❌ <!-- 감기 --> [글](https://new.kr)"),
            ("✅ <!-- 늦음 -->", "✅ <!-- 늦음 --> [글](https://new.kr)"),
            ("[사유서](https://b.kr)", "[사유서](https://b.kr) [글](https://new.kr)"),
            ("[글](#)", "[글](https://new.kr)"),
            ("![](https://b.kr/x.png)", "![](https://b.kr/x.png) [글](https://new.kr)"),
        ],
    )
    def test_a_note_beside_a_mark_stays(self, cell: str, written: str) -> None:
        document = table(
            "|주차|민우|가경|", f"|1주차|{cell}|[글](https://a.kr)|", "|2주차|[글](https://a.kr)|✅|"
        )
        own = record(document)
        new = merged(document, replace(own, links={**own.links, (1, "민우"): "https://new.kr"}), document)
        assert new == Merged(document.replace(cell.encode(), written.encode()))
