"""Reading a typed line: in either language, by place, by name, in quotes (DESIGN.md section 5)."""

from typing import Any

import pytest

from bot.commands.command import Commands, spellings
from bot.commands.parsing import parse
from bot.rules.refusal import Refused
from bot.texts import LANGUAGES, Style, Text, Words, command_name
from tests.conversation import SEOUL

COMMANDS = Commands.in_package("cogs")
LINK = "https://example.org/a?x=1&y=2&z=%20#top"


def read(line: str) -> tuple[str, dict[str, str]]:
    """The command of a line and its arguments."""
    parsed = parse(line, COMMANDS)
    return parsed.command.name, parsed.arguments


def refused(line: str) -> str:
    """Why a line cannot be read, in English."""
    with pytest.raises(Refused) as no:
        parse(line, COMMANDS)
    values: Any = no.value.values
    return Words(Style("en", SEOUL))(Text(no.value.key, values))


class TestTheCommand:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_is_found_by_every_spelling(self, name: str) -> None:
        for spelling in spellings(COMMANDS[name]):
            for line in (
                f"/{spelling}",
                spelling,
                f"  /{spelling.upper()}  ",
                f"/{spelling}".replace(" ", "  "),
            ):
                parsed = parse(line, COMMANDS)
                assert (parsed.command.name, parsed.arguments) == (name, {})

    @pytest.mark.parametrize("name", COMMANDS)
    def test_is_spelled_in_either_language_also_mixed(self, name: str) -> None:
        known = spellings(COMMANDS[name])
        assert {command_name(name, language) for language in LANGUAGES} <= known
        assert len(known) == (4 if " " in name else 2)

    def test_of_two_words_is_found_where_one_is_in_korean(self) -> None:
        assert read("/week 계획 읽기") == ("week plan", {"text": "읽기"})
        assert read("/주차 plan 읽기") == ("week plan", {"text": "읽기"})

    @pytest.mark.parametrize(
        ("line", "nearest"),
        [
            ("/sumbit https://example.org", "/submit"),
            ("/제츨 https://example.org", "/withdraw or /submit"),
            ("/study strat 모임", "start"),
            ("/homewrk", "/homework"),
            ("/mein", "/mine"),
            ("/깃발", "/guide"),
            ("", "/guide"),
            ("/", "/guide"),
            ("안녕하세요", "/guide"),
        ],
    )
    def test_that_is_not_there_is_answered_with_the_nearest(self, line: str, nearest: str) -> None:
        assert any(word in refused(line) for word in nearest.split(" or "))

    @pytest.mark.parametrize("line", ["/study", "/스터디", "/study dance", "/STUDY\n춤"])
    def test_that_lacks_its_second_word_is_answered_with_those_there_are(self, line: str) -> None:
        assert refused(line).startswith("Please choose one: /study start, /study show, /study join")

    def test_that_is_very_long_is_answered_at_once(self) -> None:
        assert "no such command" in refused("/" + "제출" * 50_000)


class TestByPlace:
    @pytest.mark.parametrize(
        ("line", "arguments"),
        [
            (f"/submit {LINK}", {"link": LINK}),
            ("/study start 모임 2022-04-06 12", {"name": "모임", "starts": "2022-04-06", "weeks": "12"}),
            ("/study role 구미진 treasurer", {"who": "구미진", "role": "treasurer"}),
            ("/week excuse 구미진 3 아파서", {"who": "구미진", "week": "3", "reason": "아파서"}),
            ("/notify dm", {"how": "dm"}),
        ],
    )
    def test_words_fill_the_required_options_in_order(self, line: str, arguments: dict[str, str]) -> None:
        assert read(line)[1] == arguments

    @pytest.mark.parametrize(
        ("line", "arguments"),
        [
            (
                "/study start 우리 스터디 2022-04-06 12",
                {"name": "우리 스터디", "starts": "2022-04-06", "weeks": "12"},
            ),
            ("/study start 모임 12", {"name": "모임", "starts": "12"}),
            (
                "/week excuse 구미진 3 몸이 많이 아파서",
                {"who": "구미진", "week": "3", "reason": "몸이 많이 아파서"},
            ),
            (
                "/break add 2022-05-18 2022-05-24 대동제 기간",
                {"first": "2022-05-18", "last": "2022-05-24", "reason": "대동제 기간"},
            ),
            ("/week plan 3장 읽고 a=b 풀기", {"text": "3장 읽고 a=b 풀기"}),
            ('/week plan "3장" 읽고 "4장" 보기', {"text": '"3장" 읽고 "4장" 보기'}),
            ("/week plan x  y\tz", {"text": "x  y\tz"}),
        ],
    )
    def test_the_one_text_takes_what_the_others_leave(self, line: str, arguments: dict[str, str]) -> None:
        assert read(line)[1] == arguments

    def test_a_long_text_keeps_its_lines(self) -> None:
        text = "1. 강의 듣기\n2. 정리하기\n\n- https://fsdl.me/?a=b"
        assert read(f"/week plan {text}")[1] == {"text": text}
        assert read(f"/week plan\n{text}\ntitle=기초")[1] == {"text": text, "title": "기초"}
        assert read(f'/주차 계획 제목="기초 다지기" {text}')[1] == {"text": text, "title": "기초 다지기"}

    @pytest.mark.parametrize(
        ("line", "arguments"),
        [
            ("/fines 2022-04", {"month": "2022-04"}),
            ("/homework 2", {"week": "2"}),
            ("/과제 2주차", {"week": "2주차"}),
            ("/study join 진짜 이름", {"name": "진짜 이름"}),
            ("/guide week plan", {"about": "week plan"}),
            ("/study join", {}),
        ],
    )
    def test_a_sole_optional_one_may_stand_bare(self, line: str, arguments: dict[str, str]) -> None:
        assert read(line)[1] == arguments

    def test_an_account_and_a_bare_name_may_follow_each_other(self) -> None:
        assert read("/study add U1 새 사람")[1] == {"who": "U1", "name": "새 사람"}


class TestByName:
    @pytest.mark.parametrize(
        "line",
        [
            f"/submit link={LINK} week=3 note=늦음",
            f"/submit week=3 note=늦음 {LINK}",
            f"/제출 {LINK} 주차=3 메모=늦음",
            f"/제출 링크={LINK} week=3 메모=늦음",
            f'/submit "{LINK}" WEEK=3 Note="늦음"',
            f'/submit link="{LINK}" week="3" note=늦음',
        ],
    )
    def test_options_stand_anywhere_in_either_language(self, line: str) -> None:
        assert read(line) == ("submit", {"link": LINK, "week": "3", "note": "늦음"})

    def test_a_value_in_quotes_may_hold_spaces_and_signs(self) -> None:
        assert read('/submit https://a.b note="x=1, y = 2  z"')[1]["note"] == "x=1, y = 2  z"
        assert read('/study start "우리 = 스터디" 2022-04-06 12')[1]["name"] == "우리 = 스터디"

    def test_a_quote_that_never_ends_is_read_as_it_is(self) -> None:
        assert read('/submit "https://a.b')[1] == {"link": '"https://a.b'}
        assert read('/week plan 그는 "안녕')[1] == {"text": '그는 "안녕'}

    def test_an_empty_value_is_kept_for_the_answer(self) -> None:
        assert read('/submit ""')[1] == {"link": ""}
        assert read('/submit link=""')[1] == {"link": ""}

    def test_an_option_taken_out_of_a_text_leaves_a_space(self) -> None:
        assert read("/week plan 첫째 week=3 둘째")[1] == {"text": "첫째 둘째", "week": "3"}

    def test_an_address_with_a_query_is_no_option(self) -> None:
        assert read("/submit example.org/?week=3")[1] == {"link": "example.org/?week=3"}


class TestWhatCannotBePlaced:
    def test_an_unknown_option_is_answered_with_those_there_are(self) -> None:
        assert (
            refused("/submit https://a.b wek=3")
            == '/submit has no option "wek". It takes: link, week, note, who'
        )
        assert refused("/fines 색=빨강") == '/fines has no option "색". It takes: month'
        assert 'no option "zone"' in refused("/study start 모임 2022-04-06 12 zone=UTC")

    def test_a_word_too_many_is_answered_with_how_to_write_it(self) -> None:
        assert refused("/submit https://a.b 3").startswith(
            'I could not read from "3" on. /submit takes link, week'
        )
        assert 'from "5000" on' in refused("/ledger paid 구미진 4000 5000")

    def test_a_bare_word_is_for_the_only_option_that_can_mean_it(self) -> None:
        assert read("/withdraw 3 구미진")[1] == {"week": "3", "who": "구미진"}
        assert read("/ledger paid 구미진 4000 2022-04")[1] == {
            "who": "구미진",
            "amount": "4000",
            "month": "2022-04",
        }
        assert read("/ledger history 2022-04 구미진")[1] == {"month": "2022-04", "who": "구미진"}
        assert read("/blog https://a.b 3")[1] == {"link": "https://a.b", "week": "3"}

    def test_a_day_and_a_time_after_it_are_one_moment(self) -> None:
        wanted = {"week": "2", "until": "2022-05-05 09:00", "reason": "병원 진료"}
        assert read("/week extend 2 2022-05-05 09:00 병원 진료")[1] == wanted
        assert read("/주차 연장 까지=2022-05-05 09:00 2 병원 진료")[1] == wanted
        assert read("/week extend 2 2022-05-05 병원")[1] == {
            "week": "2",
            "until": "2022-05-05",
            "reason": "병원",
        }

    def test_an_option_given_twice_is_refused(self) -> None:
        assert 'from "주차=4" on' in refused("/submit https://a.b week=3 주차=4")
        assert 'from "week=4" on' in refused("/week plan 읽기 week=3 week=4")

    def test_a_command_without_options_takes_nothing(self) -> None:
        assert (
            refused("/mine 3")
            == refused("/mine a=b")
            == "/mine takes nothing after it. Please send it alone."
        )

    def test_what_only_buttons_carry_is_read_from_their_line_but_not_offered(self) -> None:
        assert read('/fines month="2022-04" to_all="yes"')[1] == {"month": "2022-04", "to_all": "yes"}
        assert "to_all" not in refused("/fines 2022-04 colour=red")
