"""Every shape of table and list, with every trouble that people's own READMEs have."""

import pytest

from bot.records.reading import read
from bot.records.understood import Understood, WeekRow
from tests.records.documents import HEADER, refusal


def table(header: str, *rows: str, before: str = "", after: str = "") -> bytes:
    """A Markdown table under this header."""
    rule = "|" + "---|" * (header.count("|") - 1)
    return (before + "\n".join([header, rule, *rows]) + "\n" + after).encode()


def asked(understood: Understood) -> list[str]:
    """What is asked about the record itself."""
    return [question.about for question in understood.questions if question.about != "starts"]


def week(understood: Understood, number: int) -> WeekRow:
    """A week by its number."""
    (found,) = (x for x in understood.weeks if x.number == number)
    return found


class TestAColumnPerMember:
    def test_links_and_marks_stand_with_their_member_and_week(self) -> None:
        found = read(
            table(
                "|주차|민우|가경|예람|",
                "|1주차|[링크](https://a.kr/1)|✅|❌|",
                "|2주차|⭕️|지각 [글](https://a.kr/2)|결석(인정)|",
            )
        )
        assert found.members == ("민우", "가경", "예람")
        assert week(found, 1).submissions == {"민우": "https://a.kr/1", "가경": None, "예람": None}
        assert week(found, 1).marks == {"가경": "done", "예람": "absent"}
        assert week(found, 2).submissions["가경"] == "https://a.kr/2"
        assert week(found, 2).marks == {"민우": "done", "가경": "late", "예람": "excused"}
        assert asked(found) == []

    @pytest.mark.parametrize(
        ("sign", "mark"),
        [
            ("✅", "done"), ("✅\ufe0f", "done"), ("✔️", "done"), ("⭕", "done"), ("⭕️", "done"),
            ("🟩", "done"),
            ("O", "done"), ("o", "done"), ("100", "done"), ("100%", "done"), ("3/3", "done"), ("🌕", "done"),
            (":white_check_mark:", "done"), ("**출석**", "done"), ("Done", "done"),
            ("❌", "absent"), ("X", "absent"), ("x", "absent"), ("🌑", "absent"), (":x:", "absent"),
            ("결석", "absent"), ("미제출", "absent"), ("지각", "late"), ("Late", "late"),
            ("결석(인정)", "excused"), ("공결", "excused"), ("병가", "excused"),
            ("🌓", "partial"), ("🌗", "partial"), ("1/3", "partial"), ("50%", "partial"),
        ],
    )  # fmt: skip
    def test_signs_that_mean_one_thing_are_read(self, sign: str, mark: str) -> None:
        found = read(table("|주차|민우|가경|", f"|1주차|{sign}|✅|"))
        assert week(found, 1).marks == {"민우": mark, "가경": "done"}
        assert asked(found) == []

    @pytest.mark.parametrize("sign", ["🔺", "🟦", "🟩🟦", "-", "80", "0/3", "△", "🙂", ":fire:", "?"])
    def test_others_are_asked_about(self, sign: str) -> None:
        document = table("|주차|민우|가경|예람|", f"|1주차|✅|✅|{sign}|", f"|2주차|✅|{sign}|✅|")
        assert asked(read(document)) == ["mark:1:예람"]
        assert week(read(document), 2).marks["가경"] == "unknown"
        answered = read(document, {"mark:1:예람": "late"})
        assert [x.marks[name] for x, name in zip(answered.weeks, ("예람", "가경"), strict=True)] == [
            "late"
        ] * 2

    def test_what_the_document_says_of_its_signs_counts(self) -> None:
        document = table("|주차|민우|가경|", "|1주차|🔺|🟦|", before="✅ 제출, 🔺: 지각 / 🟦 = 인정\n\n")
        assert week(read(document), 1).marks == {"민우": "late", "가경": "excused"}
        assert asked(read(document)) == []

    def test_a_link_called_x_is_no_cross(self) -> None:
        assert not week(read(table("|주차|민우|", "|1주차|[x](https://a.kr)|")), 1).marks

    @pytest.mark.parametrize(
        ("cell", "url"),
        [
            ("[글](https://a.kr/a(b)c)", "https://a.kr/a(b)c"),
            ("[글](<https://a.kr/a b>)", "https://a.kr/a b"),
            ("[글](https://a.kr/[c])", "https://a.kr/[c]"),
            ("[글](https://a.kr/1 'title')", "https://a.kr/1"),
            (r"[a\]b](https://a.kr/1)", "https://a.kr/1"),
            ("https://a.kr/1", "https://a.kr/1"),
            ("<https://a.kr/1>", "https://a.kr/1"),
            ('<a href="https://a.kr/?a=1&amp;b=2" target="_blank">글</a>', "https://a.kr/?a=1&b=2"),
            ("[글]()", None),
            ("[]()", None),
            ('<a href="">글</a>', None),
        ],
    )
    def test_links_are_read_in_every_form(self, cell: str, url: str | None) -> None:
        found = read(table("|주차|민우|가경|", f"|1주차|{cell}|✅|"))
        assert week(found, 1).submissions["민우"] == url
        assert asked(found) == []

    def test_of_several_links_in_a_cell_one_is_asked_for(self) -> None:
        document = table("|주차|민우|", "|1주차|[1](https://a.kr/1) [2](https://a.kr/2)|")
        assert asked(read(document)) == ["link::"]
        assert week(read(document, {"link::": "last"}), 1).submissions == {"민우": "https://a.kr/2"}

    def test_addresses_within_the_repository_are_asked_for(self) -> None:
        document = table("|주차|민우|", "|1주차|[글](./week1/민우.md)|")
        assert asked(read(document)) == ["base::"]
        found = read(document, {"base::": "https://github.com/o/r/blob/main"})
        assert week(found, 1).submissions == {"민우": "https://github.com/o/r/blob/main/week1/민우.md"}

    def test_other_columns_are_no_members(self) -> None:
        found = read(table("|주차|날짜|주제|민우|가경|비고|", "|1주차|2024-11-06|도커|✅|✅|-|"))
        assert found.members == ("민우", "가경")
        assert week(found, 1).title == "도커"
        assert str(week(found, 1).date) == "2024-11-06"

    @pytest.mark.parametrize("heads", ["Reading|Video", "강의|실습", "주제|자료", "내용|링크"])
    def test_a_plan_of_what_is_read_is_no_record(self, heads: str) -> None:
        rows = [f"|{number}주차|[a](https://a.kr/{number})|[b](https://b.kr)|" for number in (1, 2)]
        assert refusal(lambda: read(table(f"|주차|{heads}|", *rows))) == "records-no-table"

    def test_columns_that_may_be_something_else_are_asked_about(self) -> None:
        document = table("|Week|Kim|Basics|", "|1|[a](https://a.kr)|[b](https://b.kr)|")
        assert asked(read(document)) == ["members::Kim"]
        assert read(document, {"members::Kim": "Kim"}).members == ("Kim",)
        assert refusal(lambda: read(document, {"members::Kim": "no"})) == "records-no-table"
        assert refusal(lambda: read(document, {"members::Kim": "perhaps"})) == "records-not-an-answer"

    def test_members_may_link_to_their_pages(self) -> None:
        found = read(
            table("|Week|[Kim](https://github.com/kim)|@lee|", "|1|[a](https://a.kr)|[b](https://b.kr)|")
        )
        assert found.members == ("Kim", "lee")
        assert asked(found) == []

    @pytest.mark.parametrize(
        "header",
        [
            "|📅 주차|🐶 민우|가경 🐱|",
            '|주차|<img src="a"><br>민우|[<img src="b">가경](https://github.com/g)|',
        ],
    )
    def test_pictures_are_no_part_of_a_name(self, header: str) -> None:
        assert read(table(header, "|1주차|✅|❌|")).members == ("민우", "가경")


class TestBlanks:
    DOCUMENT = table("|주차|민우|가경|", "|1주차|✅||", "|2주차|✅|✅|", "|3주차|✅||", "|4주차|||")

    def test_a_blank_is_asked_about_once(self) -> None:
        assert asked(read(self.DOCUMENT)) == ["blank::"]
        assert "가경" not in week(read(self.DOCUMENT), 1).marks

    @pytest.mark.parametrize(
        ("answer", "marks"),
        [
            ("missing", {"가경": "absent"}),
            ("coming", {}),
            ("present", {"가경": "done"}),
            ("결석", {"가경": "absent"}),
            ("안 냄", {"가경": "absent"}),
            ("아직", {}),
            ("냄", {"가경": "done"}),
        ],
    )
    def test_it_may_mean_three_things(self, answer: str, marks: dict[str, str]) -> None:
        found = read(self.DOCUMENT, {"blank::": answer})
        assert week(found, 1).marks == {"민우": "done", **marks}
        assert week(found, 4).marks == {}

    def test_one_of_them_may_be_answered_otherwise(self) -> None:
        found = read(self.DOCUMENT, {"blank::": "missing", "blank:3:가경": "excused"})
        assert [week(found, number).marks["가경"] for number in (1, 3)] == ["absent", "excused"]
        assert week(read(self.DOCUMENT, {"blank::가경": "present"}), 3).marks["가경"] == "done"

    def test_a_row_that_is_too_short_has_blanks(self) -> None:
        assert asked(read(table("|주차|민우|가경|", "|1주차|✅|", "|2주차|✅|✅|"))) == ["blank::"]

    def test_weeks_nobody_has_anything_in_yet_are_still_to_come(self) -> None:
        found = read(table("|주차|민우|가경|", "|1주차|✅|✅|", "|2주차|||", "|3주차|||"))
        assert asked(found) == []
        assert [x.marks for x in found.weeks[1:]] == [{}, {}]


class TestHolidays:
    DOCUMENT = table("|주차|민우|가경|", "|1주차|✅|✅|", "|2주차|❌|❌|", "|3주차|✅|❌|")

    def test_a_week_of_crosses_is_asked_about(self) -> None:
        assert asked(read(self.DOCUMENT)) == ["holiday:2:"]
        assert week(read(self.DOCUMENT), 2).marks == {"민우": "unknown", "가경": "unknown"}

    def test_it_may_be_a_holiday_or_nobody_was_there(self) -> None:
        assert week(read(self.DOCUMENT, {"holiday:2:": "holiday"}), 2).marks == {}
        assert week(read(self.DOCUMENT, {"holiday:2:": "absent"}), 2).marks == {
            "민우": "absent",
            "가경": "absent",
        }

    def test_words_are_plain(self) -> None:
        found = read(table("|주차|민우|가경|", "|1주차|✅|✅|", "|2주차|결석|결석|", "|3주차|휴강|휴강|"))
        assert asked(found) == []
        assert week(found, 3).marks == {"민우": "excused", "가경": "excused"}


class TestARowPerMember:
    def test_weeks_stand_in_the_header(self) -> None:
        found = read(
            table(
                "|이름|1주차|2주차|합계|",
                "|민우|✅|[글](https://a.kr/2)|2|",
                "|[가경](https://github.com/g)|❌|✅|1|",
            )
        )
        assert found.members == ("민우", "가경")
        assert week(found, 2).submissions == {"민우": "https://a.kr/2", "가경": None}
        assert [x.marks for x in found.weeks] == [{"민우": "done", "가경": "absent"}, {"가경": "done"}]

    def test_bare_numbers_are_weeks_beside_names(self) -> None:
        assert [x.number for x in read(table("|이름|1|2|", "|민우|✅|✅|")).weeks] == [1, 2]

    def test_a_row_of_sums_is_nobody(self) -> None:
        found = read(table("||1주차|2주차|", "|민우|✅|✅|", "|가경|✅|✅|", "|합계|2|2|"))
        assert found.members == ("민우", "가경")

    def test_columns_of_one_week_are_asked_about(self) -> None:
        found = read(
            "<table><tr><th rowspan=2>이름</th><th colspan=2>1주차</th></tr>"
            "<tr><th>출석</th><th>과제</th></tr>"
            '<tr><td>민우</td><td>O</td><td><a href="https://a.kr/1">글</a></td></tr></table>'.encode()
        )
        assert asked(found) == ["again:1:"]
        assert week(found, 1).submissions == {"민우": "https://a.kr/1"}


class TestARowPerPerson:
    def test_a_presenter_has_a_topic_and_a_link(self) -> None:
        found = read(
            table(
                "|주차|발표자|주제|자료|",
                "|1주차|민우|도커|[pdf](https://a.kr/1)|",
                "||가경|쿠버네티스||",
                "|2주차|예람, 민우|헬름|<https://a.kr/2>|",
            )
        )
        assert found.members == ("민우", "가경", "예람")
        assert week(found, 1).submissions == {"민우": "https://a.kr/1", "가경": None}
        assert week(found, 1).topics == {"민우": "도커", "가경": "쿠버네티스"}
        assert week(found, 2).submissions == {"예람": "https://a.kr/2", "민우": "https://a.kr/2"}
        assert asked(found) == []

    def test_a_writer_is_the_weeks_writer(self) -> None:
        found = read(table("|Week|Writer|Post|", "|2|b|[p](https://b.kr)|", "|1|a|[p](https://a.kr)|"))
        assert [(x.number, x.writer, dict(x.submissions)) for x in found.weeks] == [
            (1, "a", {"a": "https://a.kr"}), (2, "b", {"b": "https://b.kr"}),
        ]  # fmt: skip

    def test_the_name_itself_may_be_the_link(self) -> None:
        found = read(table("|주차|발표자|주제|", "|1주차|[민우](https://a.kr/1)|도커|"))
        assert week(found, 1).submissions == {"민우": "https://a.kr/1"}

    def test_where_two_columns_hold_links_it_is_asked_which(self) -> None:
        document = table("|주차|발표자|자료|영상|", "|1주차|민우|[a](https://a.kr)|[b](https://b.kr)|")
        assert asked(read(document)) == ["column::자료"]
        assert week(read(document, {"column::자료": "영상"}), 1).submissions == {"민우": "https://b.kr"}


class TestACellOfLinks:
    def test_it_needs_neither_our_header_nor_anything_between_the_links(self) -> None:
        found = read(table("|주차|제출|", "|1주차|[민우](https://a.kr)[가경]()|", "|2주차|[민우]()[가경]()|"))
        assert found.members == ("민우", "가경")
        assert week(found, 1).submissions == {"민우": "https://a.kr", "가경": None}

    def test_a_first_week_tells_by_its_names(self) -> None:
        found = read(table("|주차|과제|", "|1주차|[민우](https://a.kr) [가경]()|"))
        assert found.members == ("민우", "가경")
        slides = table("|주차|과제|", "|1주차|[slides](https://a.kr) [code](https://b.kr)|")
        assert refusal(lambda: read(slides)) == "records-no-table"

    def test_members_may_come_and_go(self) -> None:
        rows = ["|1주차|[a](https://a.kr) [b]()|", "|2주차|[b]() [c]()|", "|3주차|[c]() [b]()|"]
        found = read(table("|주차|제출|", *rows))
        assert found.members == ("a", "b", "c")
        assert [tuple(x.submissions) for x in found.weeks] == [("a", "b"), ("b", "c"), ("c", "b")]


HTML = """<table>
<thead><tr><th rowspan="2">주차</th><th colspan=2>과제</th></tr><tr><th>민우</th><th>가경</th></tr></thead>
<tr><td>1주차</td><td><a href="https://a.kr/1" target=_blank>글</a></td><td>✅</td></tr>
<tr><td>2주차</td><td colspan=2>휴강</td></tr>
<tr><td>3주차<td>:x:<td><b>지각</b>
</tr>
</table>
"""


class TestHtml:
    def test_cells_that_span_stand_in_all_their_places(self) -> None:
        found = read(HTML.encode())
        assert found.members == ("민우", "가경")
        assert week(found, 1).submissions == {"민우": "https://a.kr/1", "가경": None}
        assert [x.marks for x in found.weeks] == [
            {"가경": "done"}, {"민우": "excused", "가경": "excused"}, {"민우": "absent", "가경": "late"},
        ]  # fmt: skip
        assert asked(found) == []

    def test_links_of_members_in_a_cell(self) -> None:
        rows = "".join(
            f"<tr><td>{n}주차</td><td><a href='https://a.kr/{n}'>민우</a><br><a>가경</a></td></tr>"
            for n in (1, 2)
        )
        found = read(f"<table><tr><th>주차</th><th>제출</th></tr>{rows}</table>".encode())
        assert week(found, 2).submissions == {"민우": "https://a.kr/2", "가경": None}

    def test_a_week_of_several_rows(self) -> None:
        found = read(
            "<table><tr><th>주차</th><th>발표자</th><th>자료</th></tr>"
            "<tr><td rowspan=2>1주차</td><td>민우</td><td>"
            '<a href="https://a.kr/1">a</a></td></tr><tr><td>가경</td><td></td></tr></table>'.encode()
        )
        assert week(found, 1).submissions == {"민우": "https://a.kr/1", "가경": None}

    @pytest.mark.parametrize("around", ["<!--\n{}-->", "```html\n{}```", "`{}`"])
    def test_one_in_a_comment_or_in_code_is_no_record(self, around: str) -> None:
        assert refusal(lambda: read(around.format(HTML).encode())) == "records-no-table"

    def test_one_in_details_is_read(self) -> None:
        assert read(f"<details>\n<summary>과제</summary>\n{HTML}</details>\n".encode()).members == (
            "민우",
            "가경",
        )


class TestLists:
    DOCUMENT = """# 스터디
### 1주차
- [민우](https://a.kr/1)
- [가경]()

### 2주차 (11/13)
- 민우: https://a.kr/2
- 가경 - ✅
- [x] 예람
- 오늘은 즐거웠어요
"""

    def test_points_under_a_weeks_heading_are_members(self) -> None:
        found = read(self.DOCUMENT.encode())
        assert found.members == ("민우", "가경", "예람")
        assert week(found, 1).submissions == {"민우": "https://a.kr/1", "가경": None}
        assert week(found, 2).submissions == {"민우": "https://a.kr/2", "가경": None, "예람": None}
        assert week(found, 2).marks == {"가경": "done", "예람": "done"}
        assert asked(found) == ["year"]
        assert [x.text for x in found.weeks] == [(), ("오늘은 즐거웠어요",)]

    @pytest.mark.parametrize("point", ["- 민우 ✅", "- ✅ 민우", "* [x] 민우", "1. 민우: O", "- [x] 민우 ✅"])
    def test_a_sign_beside_a_name(self, point: str) -> None:
        found = read(f"### 1주차\n{point}\n".encode())
        assert found.members == ("민우",)
        assert week(found, 1).marks == {"민우": "done"}

    def test_an_open_box_is_a_blank(self) -> None:
        document = "### 1주차\n- [x] 민우\n- [ ] 가경\n### 2주차\n- [x] 민우\n- [x] 가경\n"
        assert asked(read(document.encode())) == ["blank::"]

    def test_points_that_are_no_members_are_no_record(self) -> None:
        document = "### 1주차\n- [강의](https://a.kr/1)\n### 2주차\n- [논문](https://b.kr)\n"
        found = read(document.encode())
        assert found.members == ()
        assert not any(x.submissions for x in found.weeks)


class TestLabels:
    @pytest.mark.parametrize(
        ("labels", "numbers"),
        [
            (["1주차", "2주차"], [1, 2]),
            (["Week 01</br>(24.07.23.)", "Week 02</br>(24.07.30.)"], [1, 2]),
            (["OT", "1주차"], [0, 1]),
            (["0주차", "1주차"], [0, 1]),
            (["3주차", "2주차", "1주차"], [1, 2, 3]),
            (["7주차", "8주자", "9주차"], [7, 8, 9]),
            (["1회차", "2회차 (11/6)"], [1, 2]),
            (["24.11.06", "24.11.13"], [1, 2]),
            (["2025-01-08", "2025-01-01", "2024-12-25"], [1, 2, 3]),
            (["1주차", "시험기간", "2주차"], [1, 2]),
        ],
    )
    def test_weeks_are_called_in_many_ways(self, labels: list[str], numbers: list[int]) -> None:
        found = read(table("|주차|민우|가경|", *(f"|{label}|✅|✅|" for label in labels)))
        assert [x.number for x in found.weeks] == numbers
        assert [about for about in asked(found) if about not in ("year", "date:0:")] == []

    def test_a_day_without_a_year_asks_for_it(self) -> None:
        document = table("|날짜|민우|가경|", "|1/8|✅|✅|", "|12/31|✅|✅|", "|12/24|✅|❌|")
        assert asked(read(document)) == ["year"]
        found = read(document, {"year": "2024"})
        assert [(x.label, str(x.date)) for x in found.weeks] == [
            ("12/24", "2024-12-24"), ("12/31", "2024-12-31"), ("1/8", "2025-01-08"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("labels", "about", "answer", "numbers"),
        [
            (["1주차", "", "3주차"], "label:2:", "2", [1, 2, 3]),
            (["1주차", "번외", "2주차"], "label::번외", "none", [1, 2]),
            (["1주차", "1~2주차", "3주차"], "label:2:1~2주차", "2", [1, 2, 3]),
            (["1주차", "8주자", "3주차"], "label:2:8주자", "2", [1, 2, 3]),
            (["1주차", "2주차", "2주차"], "again:2:", "3", [1, 2, 3]),
            (["1주차", "2주차", "2주차"], "again:2:", "same", [1, 2]),
            (["1주차", "2주차", "2주차"], "again:2:", "none", [1, 2]),
        ],
    )
    def test_what_may_be_another_week_is_asked_about(
        self, labels: list[str], about: str, answer: str, numbers: list[int]
    ) -> None:
        document = table("|주차|민우|가경|", *(f"|{label}|✅|✅|" for label in labels))
        assert asked(read(document)) == [about]
        assert [x.number for x in read(document, {about: answer}).weeks] == numbers

    def test_of_two_links_for_one_week_one_is_asked_for(self) -> None:
        document = table("|주차|민우|", "|1주차|[a](https://a.kr)|", "|1주차|[b](https://b.kr)|")
        assert asked(read(document)) == ["again:1:", "link::"]
        found = read(document, {"again:1:": "same", "link::": "last"})
        assert week(found, 1).submissions == {"민우": "https://b.kr"}


class TestNames:
    def test_a_roster_with_longer_names_is_asked_about(self) -> None:
        document = table("|주차|민우|가경|", "|1주차|✅|✅|", before="## 스터디원\n- 김민우\n- 가경\n\n")
        assert asked(read(document)) == ["rename::민우"]
        assert read(document, {"rename::민우": "김민우"}).members == ("김민우", "가경")
        assert read(document, {"rename::민우": "none"}).members == ("민우", "가경")
        assert refusal(lambda: read(document, {"rename::민우": "예람"})) == "records-not-an-answer"

    def test_so_is_a_study_that_knows_others(self) -> None:
        document = table("|주차|민우|가경|", "|1주차|✅|✅|")
        assert asked(read(document, {}, ("김민우", "이가경"))) == ["rename::민우", "rename::가경"]

    def test_a_writer_by_the_first_name_alone(self) -> None:
        document = (HEADER + "|1주차|[이은빈](https://a.kr)|은빈|\n").encode()
        assert asked(read(document)) == ["rename::은빈"]
        assert read(document, {"rename::은빈": "이은빈"}).weeks[0].writer == "이은빈"

    def test_two_columns_of_one_name_are_refused(self) -> None:
        document = table("|주차|민우|민우|", "|1주차|✅|✅|")
        assert refusal(lambda: read(document)) == "records-name-twice"


class TestTwoTables:
    def test_two_periods_are_one_record(self) -> None:
        first = table("|주차|민우|가경|", "|1주차|✅|✅|")
        found = read(first + b"\n" + table("|주차|민우|예람|", "|2주차|✅|❌|"))
        assert found.members == ("민우", "가경", "예람")
        assert [tuple(x.submissions) for x in found.weeks] == [("민우", "가경"), ("민우", "예람")]
        assert asked(found) == []

    def test_where_weeks_stand_in_both_it_is_asked_which_counts(self) -> None:
        document = table("|주차|민우|", "|1주차|✅|") + b"\n" + table("|주차|가경|", "|1주차|✅|")
        assert asked(read(document)) == ["table::"]
        assert read(document, {"table::": "1"}).members == ("민우",)
        assert read(document, {"table::": "2"}).members == ("가경",)
        assert refusal(lambda: read(document, {"table::": "3"})) == "records-not-an-answer"


class TestHowItIsTyped:
    ROWS = "주차|민우|가경\n---|---|---\n1주차|✅|[글](https://a.kr)\n2주차|❌|✅"

    @pytest.mark.parametrize(
        "document",
        [
            ROWS,
            ROWS.replace("\n", "\r\n"),
            "\ufeff" + ROWS,
            f"<details>\n<summary>과제</summary>\n\n{ROWS}\n\n</details>",
            f"```\n{ROWS.replace('1주차', '3주차')}\n```\n\n{ROWS}",
            f"<!--\n{ROWS}\n-->\n\n{ROWS}",
        ],
    )
    def test_bars_line_ends_and_what_is_around_change_nothing(self, document: str) -> None:
        assert read(document.encode()).weeks == read(self.ROWS.encode()).weeks

    @pytest.mark.parametrize("around", ["```\n{}\n```", "<!--\n{}\n-->", "x\n\n    {}"])
    def test_what_is_code_or_a_comment_is_no_record(self, around: str) -> None:
        hidden = around.format(self.ROWS.replace("\n", "\n    " if "x" in around else "\n"))
        assert refusal(lambda: read(hidden.encode())) == "records-no-table"
