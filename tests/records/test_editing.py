"""Writing a record into a README: what changes, what stays, what is refused."""

from dataclasses import replace

import pytest

from bot.records.editing import edited
from bot.records.reading import read
from bot.records.record import Record
from tests.records.documents import SEED, outside, readme, record, refusal

URL = "https://velog.io/@mijin/1"


def handed_in(base: Record, week: int, name: str, url: str = URL) -> Record:
    """The record after one submission."""
    return replace(base, links={**base.links, (week, name): url})


def without(base: Record, week: int, name: str) -> Record:
    """The record after a withdrawal."""
    return replace(base, links={slot: url for slot, url in base.links.items() if slot != (week, name)})


class TestOneSubmission:
    def test_only_the_bytes_between_its_parentheses_change(self) -> None:
        after = edited(SEED, handed_in(record(SEED), 1, "구미진"))
        assert after == SEED.replace("[구미진]()".encode(), f"[구미진]({URL})".encode(), 1)

    def test_it_finds_its_week_and_member_wherever_they_stand(self) -> None:
        document = readme("|2주차|[b]() [a]()|a|", "|1주차|[a]() [b]()|b|")
        after = edited(document, handed_in(record(document), 1, "b"))
        assert after == readme("|2주차|[b]() [a]()|a|", f"|1주차|[a]() [b]({URL})|b|")

    def test_a_new_link_takes_the_place_of_an_old_one(self) -> None:
        document = readme('|1주차|[a](<http://old> "my post") [b]()|a|')
        assert edited(document, handed_in(record(document), 1, "a")) == readme(f"|1주차|[a]({URL}) [b]()|a|")

    def test_the_rest_of_the_line_stays_as_it_was_typed(self) -> None:
        document = b"\xef\xbb\xbf" + readme(r"1 주차 |  **[a]( )**,[b\_c](x) 병가|  a  ").replace(
            b"\n", b"\r\n"
        )
        after = edited(document, handed_in(record(document), 1, "a"))
        assert after == document.replace(b"[a]( )", f"[a]({URL})".encode())


class TestWhatSaysTheSameAlready:
    @pytest.mark.parametrize(
        "cell",
        ["[a](http://x/&amp;)", r"[a](http://x/\&)", "[a]( <http://x/&> 'post' )", "[**a**](http://x/&)"],
    )
    def test_it_keeps_its_bytes(self, cell: str) -> None:
        document = readme(f"|1주차|{cell}|  **a** |")
        assert edited(document, Record({1: "1주차"}, ("a",), {(1, "a"): "http://x/&"}, {1: "a"})) == document

    def test_its_own_record_changes_nothing(self) -> None:
        assert edited(SEED, record(SEED)) == SEED
        assert edited(SEED, record(SEED), SEED) == SEED

    def test_a_writer_who_is_no_member_stays(self) -> None:
        document = readme("|1주차|[a]()|미정|")
        assert edited(document, record(document), document) == document


class TestNewMembers:
    @pytest.mark.parametrize(
        ("cell", "after"),
        [
            ("[a]() &nbsp; [b]()", "[a]() &nbsp; [b]() &nbsp; [c](URL)"),
            ("[a](), [b](), [c]()", "[a](), [b](), [c](URL)"),
            ("[a]()<br>[b]() 병가", "[a]()<br>[b]()<br>[c](URL) 병가"),
            ("[a]()", "[a]() &nbsp; [c](URL)"),
            ("", "[c](URL)"),
            ("  ", " [c](URL) "),
            (" 병가 ", " 병가 &nbsp; [c](URL) "),
        ],
    )
    def test_a_link_is_added_as_the_cells_others_are(self, cell: str, after: str) -> None:
        document = readme(f"|1주차|{cell}|a|")
        wanted = Record({1: "1주차"}, ("a", "b", "c", "d"), {(1, "c"): URL}, {1: "a"})
        assert edited(document, wanted) == readme(f"|1주차|{after.replace('URL', URL)}|a|")

    def test_a_cell_of_one_follows_the_rest_of_the_table(self) -> None:
        document = readme("|1주차|[a]() / [b]()||", "|2주차|[a]()||")
        after = edited(document, handed_in(record(document), 2, "b"))
        assert after == readme("|1주차|[a]() / [b]()||", f"|2주차|[a]() / [b]({URL})||")

    def test_who_has_no_link_is_not_added(self) -> None:
        assert edited(SEED, replace(record(SEED), members=(*record(SEED).members, "하늘"))) == SEED

    def test_several_come_in_the_studys_order(self) -> None:
        wanted = Record({}, ("c", "b", "a"), {(1, "a"): "http://a", (1, "c"): "http://c"}, {})
        after = edited(readme("|1주차|[b]()||"), wanted)
        assert after == readme("|1주차|[b]() &nbsp; [c](http://c) &nbsp; [a](http://a)||")


class TestWriters:
    @pytest.mark.parametrize(
        ("cell", "after"),
        [
            ("a", "b"),
            (" **a** ", " b "),
            ("[a](http://post)", "b"),
            ("", "b"),
            ("   ", " b  "),
            ("미정", "미정"),
        ],
    )
    def test_a_changed_turn_is_written(self, cell: str, after: str) -> None:
        wanted = Record({}, ("a", "b"), {}, {1: "b"})
        assert edited(readme(f"|1주차|[a]() [b]()|{cell}|"), wanted) == readme(f"|1주차|[a]() [b]()|{after}|")

    def test_a_turn_that_the_study_does_not_know_stays(self) -> None:
        document = readme("|1주차|[a]()|a|")
        assert edited(document, Record({}, ("a",), {}, {})) == document
        assert edited(document, Record({}, ("a",), {}, {}), document) == document

    def test_a_turn_without_a_place_for_it_is_not_missed(self) -> None:
        document = readme("|1주차|[a]()|")
        assert edited(document, Record({}, ("a",), {}, {1: "a", 2: "a"}), document) == document

    def test_a_place_for_a_turn_that_is_gone_is_refused(self) -> None:
        base, document = readme("|1주차|[a]()|a|"), readme("|1주차|[a]() a|")
        wanted = Record({}, ("a",), {}, {1: "a"})
        assert refusal(lambda: edited(document, wanted, base)) == "records-cell-missing"

    def test_a_writer_who_left_stays(self) -> None:
        document = readme("|1주차|[a]()|gone|", "|2주차|[a]()||")
        after = edited(document, Record({}, ("a",), {}, {1: "gone", 2: "gone"}), document)
        assert after == document

    def test_a_cell_that_was_left_empty_stays_so(self) -> None:
        document = readme("|1주차|[a]()|a|", "|2주차|[a]()||")
        wanted = Record({}, ("a",), {}, {1: "a", 2: "a"})
        assert edited(document, wanted, document) == document

    def test_somebody_who_hands_nothing_in_keeps_their_turn(self) -> None:
        document = readme("|1주차|[a]()|민우|", "|2주차|[a]()|a|")
        wanted = Record({}, ("a",), {}, {1: "a", 2: "a"})
        assert edited(document, wanted, document) == document

    def test_one_changed_on_both_sides_is_refused(self) -> None:
        base, document = readme("|1주차|[a]() [b]()|a|"), readme("|1주차|[a]() [b]()|b|")
        wanted = Record({}, ("a", "b", "c"), {}, {1: "c"})
        assert refusal(lambda: edited(document, wanted, base)) == "records-writer-conflict"


class TestByHand:
    """What the study, the document and the document as it was before say of one link."""

    @pytest.mark.parametrize(
        ("before", "now", "study", "after"),
        [
            ("", "", URL, URL),
            ("http://a", "http://a", URL, URL),
            ("http://a", "http://a", "", ""),  # withdrawn in the study
            ("", "http://b", "", "http://b"),  # put in by hand
            ("http://a", "", "", ""),
            ("", URL, URL, URL),
            ("http://a", "http://b", URL, None),
            ("", "http://b", URL, None),
            ("http://a", "http://b", "http://a", None),
            ("http://a", "", "http://a", None),
            ("http://a", "http://b", "", None),
        ],
    )
    def test_nothing_that_somebody_put_in_is_lost(
        self, before: str, now: str, study: str, after: str | None
    ) -> None:
        base, document = readme(f"|1주차|[a]({before})||"), readme(f"|1주차|[a]({now})||")
        wanted = Record({1: "1주차"}, ("a",), {(1, "a"): study} if study else {}, {})
        if after is None:
            assert refusal(lambda: edited(document, wanted, base)) == "records-link-conflict"
        else:
            assert edited(document, wanted, base) == readme(f"|1주차|[a]({after})||")

    def test_without_a_base_the_study_is_right_about_what_it_knows(self) -> None:
        document = readme("|1주차|[a](http://hand) [b](http://hand)||")
        wanted = Record({}, ("a", "b"), {(1, "a"): URL}, {})
        assert edited(document, wanted) == readme(f"|1주차|[a]({URL}) [b](http://hand)||")

    def test_a_link_withdrawn_from_a_text_with_a_base_leaves_its_parentheses(self) -> None:
        after = edited(SEED, without(record(SEED), 1, "장서진"), SEED)
        assert b"[\xec\x9e\xa5\xec\x84\x9c\xec\xa7\x84]() &nbsp;" in after.split(b"\n")[5]
        assert outside(after) == outside(SEED)


class TestRefusals:
    @pytest.mark.parametrize("header", ["|주차|과제|팀 블로그|", "|주차|숙제|팀블로그|"])
    def test_a_changed_header(self, header: str) -> None:
        document = SEED.replace("|주차|과제|팀블로그|".encode(), header.encode())
        assert refusal(lambda: edited(document, record(SEED), SEED)) == "records-header-changed"

    def test_a_header_with_other_spaces_is_the_same(self) -> None:
        document = SEED.replace("|주차|과제|팀블로그|".encode(), "| 주차 | 과제 | 팀블로그 |".encode())
        assert edited(document, record(SEED), SEED) == document

    def test_a_row_that_is_gone(self) -> None:
        rows = SEED.split(b"\n")
        document = b"\n".join(rows[:5] + rows[6:])
        assert refusal(lambda: edited(document, record(SEED))) == "records-row-missing"

    def test_a_row_that_is_gone_and_of_which_nothing_is_known_is_not_missed(self) -> None:
        document = readme("|1주차|[a]()||")
        assert edited(document, Record({1: "1주차", 2: "2주차"}, ("a",), {}, {})) == document

    def test_a_stranger(self) -> None:
        wanted = replace(record(SEED), members=record(SEED).members[:4])
        assert refusal(lambda: edited(SEED, wanted)) == "records-unknown-name"

    def test_a_missing_cell(self) -> None:
        wanted = handed_in(Record({}, ("a",), {}, {}), 1, "a")
        assert refusal(lambda: edited(readme("|1주차|"), wanted)) == "records-cell-missing"

    def test_all_that_reading_refuses(self) -> None:
        assert refusal(lambda: edited(b"", record(SEED))) == "records-no-table-here"
        assert refusal(lambda: edited(SEED + b"\xff", record(SEED))) == "records-not-utf8"

    def test_what_no_file_can_hold(self) -> None:
        lone = handed_in(record(SEED), 1, "구미진", "https://x/\ud800")
        assert refusal(lambda: edited(SEED, lone)) == "records-unwritable"


def test_a_row_the_study_does_not_know_stays_as_it_is() -> None:
    document = readme("|1주차|[a]()||", "|99주차|[a](http://x)|a|")
    wanted = Record({1: "1주차"}, ("a",), {(1, "a"): URL}, {})
    assert read(edited(document, wanted)).weeks[1] == read(document).weeks[1]
