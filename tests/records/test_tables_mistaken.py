"""Tables and lists that look like a record and are none, or that say something else than they seem to."""

import pytest

from bot.records.reading import read
from bot.records.tables.legend import legend_of
from tests.records.documents import refusal
from tests.records.test_tables import asked, table, week


class TestNoRecord:
    @pytest.mark.parametrize(
        "document",
        [
            table("|번호|이름|깃허브|", "|1|김민우|[m](https://github.com/m)|", "|2|이가경|[g](https://github.com/g)|"),
            table("|No|Name|Blog|", "|1|Kim|https://kim.dev|", "|2|Lee|https://lee.dev|"),
            table("|#|Resource|Link|", "|1|Docs|https://a.kr|", "|2|Book|https://b.kr|"),
            table("|주차|이론|실습|", "|1주차|[a](https://a.kr)|[b](https://b.kr)|"),
            table("|주차|강의자료|실습코드|", "|1주차|[a](https://a.kr)|[b](https://b.kr)|"),
            table("|주차|문제|풀이|", "|1주차|[a](https://a.kr)|[b](https://b.kr)|"),
            table("|날짜|내용|회의록|", "|2024-11-06|도커|[글](https://a.kr)|"),
            table("|주차|목표|달성|", "|1주차|도커 설치|✅|", "|2주차|쿠버 설치|❌|"),
            table("|주차|강의 수강|과제 완료|", "|1주차|✅|✅|", "|2주차|✅|❌|"),
            table("|Week|Theory|Practice|", "|Week 1|✅|✅|", "|Week 2|✅|❌|"),
            table("|주차|운영체제|네트워크|", "|1주차|✅|✅|"),
            table("|주차|월|화|수|", "|1주차|✅|✅|❌|"),
            table("|챕터|1주차|2주차|", "|1장|✅||", "|2장||✅|"),
            table("|구분|1주차|2주차|", "|이론|[a](https://a.kr)|[b](https://b.kr)|"),
            table("|항목|민우|가경|", "|Review 1|✅|✅|", "|Review 2|✅|❌|"),
            table("|주차|민우|가경|", "|1주차|O|X|", before="## 벌금 납부\n\n"),
            table("|Week|Code|", *(f"|Week {n}|[slides](https://a.kr) [demo](https://b.kr)|" for n in "12")),
        ],
    )  # fmt: skip
    def test_plans_rosters_materials_and_fines_have_no_members(self, document: bytes) -> None:
        assert refusal(lambda: read(document)) == "records-no-table"

    @pytest.mark.parametrize(
        "points",
        [
            ("[x] 도커 설치하기", "[x] 1장 읽기", "[x] 쿠버 설치하기"),
            ("[x] Read chapter 1", "[ ] Watch the lecture", "[x] Read chapter 2"),
            ("[슬라이드](https://a.kr)", "[코드](https://b.kr)", "[슬라이드](https://c.kr)"),
            ("주제: [도커](https://a.kr)", "자료: https://b.kr", "주제: [쿠버](https://c.kr)"),
            ("과제: 완료", "출석: O", "출석: X"),
            ("발표자: [민우](https://a.kr)", "서기: [가경](https://b.kr)", "서기: [민우](https://a.kr)"),
        ],
    )
    def test_tasks_and_materials_in_a_list_are_nobody(self, points: tuple[str, str, str]) -> None:
        found = read("## 1주차\n- {}\n- {}\n\n## 2주차\n- {}\n".format(*points).encode())
        assert found.members == ()
        assert not any(x.submissions or x.marks for x in found.weeks)

    def test_a_link_to_a_notice_among_members_is_nobodys(self) -> None:
        rows = [f"|{n}주차|[민우](https://a.kr) [가경]() [과제 안내](https://n.kr)|" for n in (1, 2)]
        assert read(table("|주차|제출|", *rows)).members == ("민우", "가경")

    def test_drawbacks_are_nobodys_topics(self) -> None:
        found = read("## 1주차\n- 민우 - TCP\n- 가경 - UDP\n- 예람 - IP\n- 장점 - 빠르다\n".encode())
        assert found.members == ("민우", "가경", "예람")


class TestWhatIsAskedFirst:
    @pytest.mark.parametrize(
        ("document", "about"),
        [
            (table("|#|문제|민우|가경|", "|1|[a](https://a.kr)|✅|❌|"), "members::민우"),
            (table("|주차|강의|정리왕|", "|1주차|[a](https://a.kr)|[b](https://b.kr)|"), "members::정리왕"),
            (table("|주차|빅데이터|", "|1주차|[a](https://a.kr)|"), "members::빅데이터"),
            (table("|과목|1주차|2주차|", "|역사|✅|✅|", "|미술|✅|❌|"), "members::역사"),
            (table("|주차|발표자|참고자료|", "|1주차|민우|[공식 문서](https://a.kr)|"), "column::참고자료"),
            (table("|주차|민우|가경|", "|1주차~2주차|✅|✅|", "|3주차|✅|✅|"), "label::1주차~2주차"),
            (table("|Week|Kim|Lee|", "|Week 1 ~ Week 2|✅|✅|", "|Week 3|✅|✅|"), "label::Week 1 ~ Week 2"),
            (table("|주차|민우|가경|", "|1주차|[글](https://a.kr/a b)|✅|"), "words::"),
            (table("|주차|민우|가경|", "|1주차|[사유서](https://a.kr)|✅|"), "mark:1:민우"),
            (table("|주차|민우|가경|", '|1주차|<img src="https://a.kr/done.svg">|✅|'), "mark:1:민우"),
            (table("|주차|이름|제출|", "|1주차|민우|✅|", "|1주차|가경||"), "blank::"),
            (table("|주차|발표자|", "|1주차|민우 → 가경|"), "rename::민우 → 가경"),
        ],
    )  # fmt: skip
    def test_what_can_be_read_in_two_ways(self, document: bytes, about: str) -> None:
        assert asked(read(document)) == [about]

    def test_weeks_of_a_month_are_no_weeks_of_the_study(self) -> None:
        labels = ("11월 3주차", "11월 4주차", "12월 1주차")
        document = table("|주차|민우|가경|", *(f"|{label}|✅|❌|" for label in labels))
        assert [about.rpartition(":")[2] for about in asked(read(document))] == [*labels]

    def test_a_column_of_links_may_be_none_of_theirs(self) -> None:
        document = table("|주차|발표자|참고자료|", "|1주차|민우|[공식 문서](https://a.kr)|")
        assert week(read(document, {"column::참고자료": "없음"}), 1).submissions == {"민우": None}
        assert week(read(document, {"column::참고자료": "참고자료"}), 1).submissions == {
            "민우": "https://a.kr"
        }

    def test_somebody_in_anothers_place(self) -> None:
        document = table("|주차|발표자|", "|1주차|민우 → 가경|")
        assert read(document, {"rename::민우 → 가경": "가경"}).members == ("가경",)


class TestWhatACellSays:
    def test_addresses_of_images_and_in_comments_are_no_links(self) -> None:
        found = read(
            table(
                "|주차|민우|가경|",
                "|1주차|[![b](https://img.io/b.svg)](https://a.kr)|✅ <!-- [글](https://b.kr) -->|",
            )
        )
        assert week(found, 1).submissions == {"민우": "https://a.kr", "가경": None}
        assert asked(found) == []

    def test_half_a_link_behind_a_bar_is_not_the_next_ones(self) -> None:
        found = read(table("|주차|민우|가경|", "|1주차|[A|B](https://a.kr)|✅|", "|2주차|✅|❌|"))
        assert week(found, 1).submissions == {"민우": None, "가경": None}
        assert week(found, 1).marks == {"민우": "unknown", "가경": "unknown"}

    def test_links_in_a_members_cell_are_nobodys_names(self) -> None:
        rows = [f"|{n}주차|[1번](https://a.kr) [2번](https://b.kr)|[글](https://c.kr)|" for n in (1, 2)]
        found = read(table("|주차|민우|가경|", *rows))
        assert found.members == ("민우", "가경")
        assert asked(found) == ["link::"]

    def test_a_number_sign_is_a_link_to_come(self) -> None:
        found = read(table("|주차|민우|가경|", "|1주차|[글](#)|[글](https://a.kr)|"))
        assert week(found, 1).submissions == {"민우": None, "가경": "https://a.kr"}
        assert asked(found) == []

    def test_a_cell_beyond_the_header_is_told_of(self) -> None:
        found = read(table("|주차|민우|가경|", "|1주차|✅|✅|지각이었음|"))
        assert [(x.first, x.why.values.get("text")) for x in found.ignored if x.first == 3] != []

    def test_the_names_stand_where_the_header_says_so(self) -> None:
        rows = ["|1|민우|✅|❌|", "|2|가경|❌|✅|"]
        assert read(table("|번호|이름|1주차|2주차|", *rows)).members == ("민우", "가경")

    def test_an_office_or_an_account_is_no_part_of_a_name(self) -> None:
        first = table("|주차|김민우(조장)|이가경<br>@gak|", "|1주차|✅|✅|")
        found = read(first + b"\n" + table("|주차|김민우|이가경|", "|2주차|✅|✅|"))
        assert found.members == ("김민우", "이가경")

    @pytest.mark.parametrize(
        ("cell", "names"),
        [
            ("전원", ()), ("추석", ()), ("N/A", ()), ("TBD", ()),
            ("김민우 이가경", ("김민우", "이가경")), ("@minwoo @gak", ("minwoo", "gak")),
        ],
    )  # fmt: skip
    def test_who_presents(self, cell: str, names: tuple[str, ...]) -> None:
        found = read(table("|주차|발표자|주제|", f"|1주차|{cell}|도커|", "|2주차|박예람|헬름|"))
        assert tuple(week(found, 1).submissions) == names

    def test_a_presenters_own_page_is_no_hand_in(self) -> None:
        row = "|1주차|[민우](https://github.com/minwoo) [가경](https://github.com/g)|"
        assert week(read(table("|주차|발표자|", row)), 1).submissions == {"민우": None, "가경": None}

    def test_a_picture_is_no_part_of_a_name(self) -> None:
        found = read(table("|주차|![](https://a.kr/m.png) 민우|가경 🐱|", "|1주차|✅|❌|"))
        assert found.members == ("민우", "가경")

    def test_two_presenters_of_one_day(self) -> None:
        found = read(table("|날짜|발표자|", "|2024-11-06|민우|", "|2024-11-06|가경|", "|2024-11-13|예람|"))
        assert [tuple(x.submissions) for x in found.weeks] == [("민우", "가경"), ("예람",)]


class TestLegends:
    @pytest.mark.parametrize(
        ("line", "signs"),
        [
            ("✅ 제출 / ❌ 제출 안 함", {"✅": "done", "❌": "absent"}),
            ("제출 ✅ 지각 🔺 결석 ❌", {"✅": "done", "🔺": "late", "❌": "absent"}),
            ("- 출석 O, 지각 △, 결석 X", {"O": "done", "△": "late", "X": "absent"}),
            ("O는 출석, X는 결석", {"O": "done", "X": "absent"}),
            ("범례: ✅(제출) 🔺(지각)", {"✅": "done", "🔺": "late"}),
            ("🔺 지각 (30분 이내)", {"🔺": "late"}),
            ("△: 출석 인정", {"△": "excused"}),
            ("✅ 지각 시 벌금 3,000원", {}),
            ("🔥 지각 금지", {}),
            ("❌: 완료", {"❌": ""}),
            ("🟦: 인정, 🟦: 지각", {"🟦": ""}),
        ],
    )
    def test_a_sign_means_what_stands_with_it_alone(self, line: str, signs: dict[str, str]) -> None:
        assert legend_of([line]) == signs

    def test_one_in_a_table_counts(self) -> None:
        legend = table("|표시|뜻|", "|O|지각|", "|△|결석|")
        found = read(legend + b"\n" + table("|주차|민우|가경|", "|1주차|O|△|"))
        assert week(found, 1).marks == {"민우": "late", "가경": "absent"}

    def test_two_meanings_are_a_question(self) -> None:
        document = table("|주차|민우|가경|", "|1주차|❌|✅|", before="❌: 완료\n\n")
        assert asked(read(document)) == ["mark:1:민우"]


@pytest.mark.parametrize(
    "name", ["이유지", "정의용", "문제일", "문서지", "유형일", "예람", "Page", "Book Kim"]
)
def test_what_may_be_a_name_is_one(name: str) -> None:
    assert read(table(f"|주차|{name}|가경|", "|1주차|✅|❌|")).members == (name, "가경")
