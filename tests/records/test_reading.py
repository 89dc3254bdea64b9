"""Reading a README's table: whose links, which weeks, whose blog."""

import pytest

from bot.records.reading import read
from bot.records.understood import as_json
from tests.records.documents import EUNBIN_1, HEADER, MEMBERS, SEED, readme, refusal


class TestTheSeed:
    def test_it_names_the_study_and_its_members_in_their_order(self) -> None:
        understood = read(SEED)
        assert understood.title == "Study-MLOps"
        assert understood.members == MEMBERS

    def test_it_has_twelve_weeks_each_with_its_writer(self) -> None:
        weeks = read(SEED).weeks
        assert [week.number for week in weeks] == list(range(1, 13))
        assert [week.label for week in weeks] == [f"{number}주차" for number in range(1, 13)]
        order = ["이은빈", "문수인", "한현경", "장서진", "구미진"]
        assert [week.writer for week in weeks] == (order * 3)[:12]

    def test_two_links_are_in(self) -> None:
        weeks = read(SEED).weeks
        handed_in = {(w.number, n): url for w in weeks for n, url in w.submissions.items() if url}
        assert list(handed_in) == [(1, "장서진"), (1, "이은빈")]
        assert handed_in[1, "이은빈"] == EUNBIN_1
        assert all(tuple(week.submissions) == MEMBERS for week in weeks)

    def test_its_json_is_what_the_design_says(self) -> None:
        said = as_json(read(SEED), "ko")
        assert said["members"] == list(MEMBERS)
        assert said["rules"] == {
            "due_weekday": "wed",
            "due_time": "00:00",
            "close_time": "12:00",
            "late": 3000,
            "absent": 4000,
            "currency": "KRW",
            "settle": "month",
            "split": "without_last",
            "starts": "04-06",
            "weeks": 12,
            "blog": "rotation",
        }
        assert isinstance(said["weeks"], list)
        assert said["weeks"][1] == {
            "number": 2,
            "label": "2주차",
            "submissions": dict.fromkeys(MEMBERS),
            "writer": "문수인",
        }

    @pytest.mark.parametrize(("language", "word"), [("ko", "몇 년"), ("en", "which year")])
    def test_its_questions_are_asked_in_order_and_in_the_readers_language(
        self, language: str, word: str
    ) -> None:
        asked = as_json(read(SEED), language)["questions"]
        assert isinstance(asked, list)
        assert [question["about"] for question in asked] == ["year", "breaks", "last"]
        assert word in asked[0]["ask"]

    def test_what_is_neither_record_nor_rule_is_listed_by_its_lines(self) -> None:
        ignored = read(SEED).ignored
        assert [(x.first, x.last) for x in ignored] == [(19, 19), (22, 59), (68, 78), (96, 96)]
        assert ignored[0].why.key == "records-ignored-hidden"
        assert {x.why.key for x in ignored[1:]} == {"records-ignored-prose"}


class TestLabels:
    @pytest.mark.parametrize(
        "label",
        [
            "3주차",
            "**3주차**",
            "3 주차",
            "제3주차",
            "3주",
            "3회차",
            "3",
            "03",
            "Week 3",
            "week3",
            "W3",
            "`3`",
        ],
    )
    def test_a_week_is_named_in_many_ways(self, label: str) -> None:
        assert [week.number for week in read(readme(f"|{label}|[a]()||")).weeks] == [3]

    def test_a_label_is_kept_as_it_is_shown(self) -> None:
        assert read(readme("|**1 주차**|[a]()||")).weeks[0].label == "1 주차"

    @pytest.mark.parametrize("label", ["", "첫째 주", "1~2주차", "주차", "1.5주차", "1000", "Weekend"])
    def test_what_names_no_week_is_refused(self, label: str) -> None:
        assert refusal(lambda: read(readme(f"|{label}|[a]()||"))) == "records-not-a-week"

    def test_a_week_may_stand_once(self) -> None:
        rows = ("|1주차|[a]()||", "|Week 1|[a]()||")
        assert refusal(lambda: read(readme(*rows))) == "records-week-twice"


class TestCells:
    @pytest.mark.parametrize(
        "cell",
        [
            "[a](http://x) &nbsp; [b]()",
            "[a](http://x) [b]( )",
            "[a]( http://x )[b](<>)",
            "[a](<http://x>)<br>[b]()",
            "**[a](http://x 'post')** / [**b**]()",
            "[a](http://x)\u00a0[b]()",
        ],
    )
    def test_links_are_read_however_they_are_kept_apart(self, cell: str) -> None:
        understood = read(readme(f"|1주차|{cell}|a|"))
        assert understood.weeks[0].submissions == {"a": "http://x", "b": None}
        assert not understood.ignored

    @pytest.mark.parametrize(
        ("written", "url"),
        [
            ("http://x/a(b)c", "http://x/a(b)c"),
            (r"http://x/\(", "http://x/("),
            ("http://x/&#40;&#124;", "http://x/(|"),
            (r"http://x/a\|b", "http://x/a|b"),
            ("http://x/%7C%28", "http://x/%7C%28"),
            ("http://x/?a=1&b=2&copy=3", "http://x/?a=1&b=2&copy=3"),
            ("http://x/?a=1&amp;b=2", "http://x/?a=1&b=2"),
            ("./week1.md", "./week1.md"),
        ],
    )
    def test_an_address_is_read_without_its_escapes(self, written: str, url: str) -> None:
        assert read(readme(f"|1주차|[a]({written})||")).weeks[0].submissions == {"a": url}

    def test_members_who_come_later_stand_behind_the_others(self) -> None:
        understood = read(readme("|1주차|[b]() [a]()|c|", "|2주차|[c]() [a]()||"))
        assert understood.members == ("b", "a", "c")
        assert understood.weeks[0].writer == "c"

    def test_a_name_may_stand_once_in_a_cell(self) -> None:
        assert refusal(lambda: read(readme(r"|1주차|[a_b]() [a\_b](x)||"))) == "records-name-twice"

    @pytest.mark.parametrize(
        "cell",
        [
            "[a(http://x)",
            "a](http://x)",
            "[a](http://x",
            "[a](http://x y)",
            "[](http://x)",
            "![a](http://x)",
            "`[a](http://x)`",
            "<!-- [a]() -->",
            "a http://x",
        ],
    )
    def test_what_may_be_a_damaged_link_is_refused(self, cell: str) -> None:
        assert refusal(lambda: read(readme(f"|1주차|[b]() {cell}||"))) == "records-cell-unreadable"

    def test_other_words_are_passed_over_and_told(self) -> None:
        ignored = read(readme("|1주차|[a]() 병가, [b]()|미정|")).ignored
        assert [(x.first, x.why.key) for x in ignored] == [
            (5, "records-ignored-words"),
            (5, "records-ignored-writer"),
        ]

    @pytest.mark.parametrize(("cell", "writer"), [("a", "a"), ("[**a**](http://post)", "a"), ("-", None)])
    def test_the_writer_may_link_to_the_post(self, cell: str, writer: str | None) -> None:
        assert read(readme(f"|1주차|[a]()|{cell}|")).weeks[0].writer == writer

    def test_a_row_may_have_too_few_cells_and_not_too_many(self) -> None:
        short = read(readme("|1주차|[a]()|", "2주차"))
        assert [dict(week.submissions) for week in short.weeks] == [{"a": None}, {}]
        assert refusal(lambda: read(readme("|1주차|[a](http://x/|y)||"))) == "records-too-many-cells"


class TestWhichTable:
    @pytest.mark.parametrize("around", ["<!--\n{}-->\n", "```\n{}```\n", "text\n\n    {}", "~~~md\n{}~~~\n"])
    def test_one_in_a_comment_or_in_code_is_no_record(self, around: str) -> None:
        hidden = around.format(HEADER + "|1주차|[a]()||\n")
        assert refusal(lambda: read(hidden.encode())) == "records-no-table"
        assert read(readme("|2주차|[b]()||", before=hidden + "\n# 스터디\n\n")).members == ("b",)

    def test_one_under_another_header_is_no_record(self) -> None:
        other = b"|a|b|c|\n|---|---|---|\n|1|2|3|\n"
        assert refusal(lambda: read(other)) == "records-no-table"
        ignored = read(other + b"\n" + readme()).ignored
        assert [(x.first, x.last, x.why.key) for x in ignored] == [(1, 3, "records-ignored-table")]

    @pytest.mark.parametrize("document", [b"", b"\n", b"# Study", b"\xef\xbb\xbf"])
    def test_nothing_is_no_record(self, document: bytes) -> None:
        assert refusal(lambda: read(document)) == "records-no-table"

    def test_of_two_with_the_same_weeks_it_is_asked_which_counts(self) -> None:
        assert [x.about for x in read(SEED + b"\n" + SEED).questions][-1] == "table::"
        assert read(SEED + b"\n" + readme()).weeks == read(SEED).weeks

    @pytest.mark.parametrize(
        "header",
        ["|Week|Homework|Team blog|", "주차 | **과제** | 팀 블로그", "| week | HOMEWORK | team blog |"],
    )
    def test_its_header_may_be_written_in_either_language(self, header: str) -> None:
        assert read(f"{header}\n---|---|---\n1|[a](http://x)|a".encode()).members == ("a",)


class TestBytes:
    @pytest.mark.parametrize("encoding", ["utf-16", "cp949"])
    def test_other_encodings_are_refused(self, encoding: str) -> None:
        document = readme("|1주차|[a]()||").decode().encode(encoding)
        assert refusal(lambda: read(document)) == "records-not-utf8"

    def test_a_byte_order_mark_and_windows_line_ends_change_nothing(self) -> None:
        windows = b"\xef\xbb\xbf" + SEED.replace(b"\n", b"\r\n")
        assert read(windows) == read(SEED)

    def test_outer_bars_and_the_last_line_end_may_be_missing(self) -> None:
        rows = "주차|과제|팀블로그\n---|---|---\n1주차|[a](http://x)|a\n2주차|[a]()|a"
        understood = read(rows.encode())
        assert [dict(week.submissions) for week in understood.weeks] == [{"a": "http://x"}, {"a": None}]
        assert [week.writer for week in understood.weeks] == ["a", "a"]

    @pytest.mark.parametrize("title", ["# *우리* `스터디`", "우리 스터디\n===", "## 소개\n\n# 우리 스터디"])
    def test_the_title_is_the_first_heading_of_the_first_level(self, title: str) -> None:
        assert read(readme(before=f"{title}\n\n# 다른 것\n\n")).title == "우리 스터디"

    def test_there_may_be_no_title(self) -> None:
        assert read(readme(before="")).title is None
