"""What every kind of parameter reads, and what it refuses."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.commands import kinds, repositories
from bot.commands.command import Commands
from bot.commands.kinds import Kind, one_line, study_name
from bot.rules.refusal import Refused

TEXT, LONG, NAME = kinds.TextKind(), kinds.TextKind(most=1_500, long=True), kinds.NameKind()
LINK, WHOLE, AMOUNT, WEEK = kinds.LinkKind(), kinds.WholeKind(1, 104), kinds.AmountKind(), kinds.WeekKind()
DAY, MONTH, FLAG = kinds.DateKind(), kinds.MonthKind(), kinds.FlagKind()
CHOICE, WHO, ACCOUNT = kinds.ChoiceKind(("channel", "dm", "off")), kinds.MemberKind(), kinds.PersonKind()
MOMENT, MEMBERS = kinds.MomentKind(), kinds.MembersKind()
DOCUMENT, MARK = kinds.DocumentKind(), kinds.MarkKind()
REPOSITORY, SOURCE = repositories.RepositoryKind(), repositories.SourceKind()
PATH, LABELS, LOGIN = repositories.PathKind(), repositories.LabelsKind(), repositories.GitHubNameKind()
ALL = (
    *(REPOSITORY, SOURCE, PATH, LABELS, LOGIN),
    *(TEXT, LONG, NAME, LINK, WHOLE, AMOUNT, WEEK, DAY, MOMENT, MONTH),
    *(FLAG, CHOICE, WHO, MEMBERS, ACCOUNT, DOCUMENT, MARK),
)

GOOD: list[tuple[Kind, str, object]] = [
    (TEXT, " 늦어서 ", "늦어서"),
    (TEXT, "가" * 200, "가" * 200),
    (TEXT, "e-mail: me@example.org", "e-mail: me@example.org"),
    (TEXT, "👩‍💻 실습 👨‍👩‍👧 🏳️‍🌈 🇰🇷 👍🏽", "👩‍💻 실습 👨‍👩‍👧 🏳️‍🌈 🇰🇷 👍🏽"),
    (TEXT, "<b>&amp; {x} %s \\n", "<b>&amp; {x} %s \\n"),
    (LONG, "하나\r\n둘\n\n\t셋", "하나\n둘\n\n\t셋"),
    (LONG, "א" * 1_500, "א" * 1_500),
    (NAME, "Kim Min-ji", "Kim Min-ji"),
    (NAME, "나" * 32, "나" * 32),
    (LINK, "https://example.org", "https://example.org"),
    (LINK, " <https://example.org/a?b=c&d=%20#e> ", "https://example.org/a?b=c&d=%20#e"),
    (LINK, "HTTP://EXAMPLE.ORG:8080/", "HTTP://EXAMPLE.ORG:8080/"),
    (LINK, "https://한글.kr/경로", "https://한글.kr/경로"),
    (LINK, "http://[::1]:80/", "http://[::1]:80/"),
    (LINK, "https://e.org/" + "a" * 986, "https://e.org/" + "a" * 986),
    (WHOLE, "1", 1),
    (WHOLE, " +104 ", 104),
    (AMOUNT, "0", 0),
    (AMOUNT, "3000", 3_000),
    (AMOUNT, "3,000원", 3_000),
    (AMOUNT, "₩ 3,000", 3_000),
    (AMOUNT, "1000000", 1_000_000),
    (WEEK, "3", 3),
    (WEEK, "03", 3),
    (WEEK, "3주차", 3),
    (WEEK, "3 주차", 3),
    (DAY, "2022-04-13", date(2022, 4, 13)),
    (DAY, "2022.4.13.", date(2022, 4, 13)),
    (DAY, " 2022/04/3 ", date(2022, 4, 3)),
    (DAY, "2024-02-29", date(2024, 2, 29)),
    (MONTH, "2022-04", date(2022, 4, 1)),
    (MONTH, "2022.4", date(2022, 4, 1)),
    (CHOICE, "dm", "dm"),
    (CHOICE, " DM ", "dm"),
    (CHOICE, "개인메시지", "dm"),
    (CHOICE, "끄기", "off"),
    (WHO, "구미진", "구미진"),
    (WHO, " @구미진 ", "@구미진"),
    (MOMENT, "2022-05-05 09:00", datetime(2022, 5, 5, 9)),
    (MOMENT, " 2022.5.5 0:30 ", datetime(2022, 5, 5, 0, 30)),
    (MOMENT, "2022-05-05", datetime(2022, 5, 6)),
    (MOMENT, "2022-12-31 24:00", datetime(2023, 1, 1)),
    (MOMENT, "2022-05-05T09:00", datetime(2022, 5, 5, 9)),
    (MEMBERS, "구미진", ("구미진",)),
    (MEMBERS, " 구미진 , @이은빈,, ", ("구미진", "@이은빈")),
    (ACCOUNT, "@U123", "U123"),
    (REPOSITORY, "ku/mlops", "ku/mlops"),
    (SOURCE, "https://github.com/ku/mlops", "ku/mlops"),
    (REPOSITORY, " <https://github.com/ku/MLOps-Study.git> ", "ku/MLOps-Study"),
    (REPOSITORY, "https://github.com/ku/mlops/blob/main/README.md", "ku/mlops"),
    (REPOSITORY, "git@github.com:ku/mlops.git", "ku/mlops"),
    (PATH, "/docs/기록.md", "docs/기록.md"),
    (LABELS, " 질문 , study,", "질문,study"),
    (LOGIN, "@koo-mj", "koo-mj"),
    (FLAG, "yes", True),
    (FLAG, "no", False),
    (DOCUMENT, "# 하나\r\n\n|둘|\n", "# 하나\n\n|둘|\n"),
    (MARK, " 1f ", "1f"),
]

BAD: list[tuple[Kind, str, str]] = [
    (TEXT, "", "empty-text"),
    (TEXT, " \n ", "empty-text"),
    (TEXT, "가" * 201, "text-too-long"),
    (TEXT, "두\n줄", "unseen-characters"),
    (TEXT, "탭\t탭", "unseen-characters"),
    (TEXT, "@everyone", "calls-everybody"),
    (TEXT, "여기요 @HERE!", "calls-everybody"),
    (TEXT, "@channel여러분", "calls-everybody"),
    (TEXT, "<!everyone>", "calls-everybody"),
    (LONG, "첫 줄\n@everyone", "calls-everybody"),
    (LONG, "가" * 1_501, "text-too-long"),
    *(
        (LONG, f"가{sign}나", "unseen-characters")
        for sign in "\0\x07\x1b\x7f\u200b\u200d\u200f\u202e\u2066\ud800"
    ),
    (NAME, "가" * 33, "text-too-long"),
    (NAME, "a, b", "not-a-name"),
    (NAME, "@구미진", "not-a-name"),
    (NAME, "/submit", "not-a-name"),
    (NAME, "구미진\u200d", "unseen-characters"),
    *(
        (LINK, link, "not-a-link")
        for link in ("", "example.org", "//example.org", "http:example.org", "http://")
    ),
    *(
        (LINK, f"{x}://example.org", "not-a-link")
        for x in ("javascript", "ftp", "file", "data", "httpss", "")
    ),
    *(
        (LINK, f"https://e.org/{sign}a", "not-a-link")
        for sign in (" ", "<", ">", '"', "\n", "\0", "\u202e", "\ud800")
    ),
    *(
        (LINK, f"https://{host}", "not-a-link")
        for host in ("e.org:0", "e.org:65536", "e.org:x", "[::1", ":80", "@")
    ),
    (LINK, "https://e.org/" + "a" * 987, "link-too-long"),
    *(
        (WHOLE, text, "not-in-range")
        for text in ("", "0", "105", "-1", "1.0", "1e2", "열", "٣", "²", "9" * 5_000)
    ),
    *(
        (AMOUNT, text, "not-an-amount")
        for text in ("", "원", "-1", "1000001", "3.5", "삼천", "0x10", "1_000")
    ),
    *((WEEK, text, "not-a-week") for text in ("", "주차", "-1", "1000", "셋", "3주", "next")),
    *(
        (DAY, text, "not-a-date")
        for text in ("", "어제", "04-13", "2022-04", "20220413", "2022-004-13", "٢٠٢٢-04-13")
    ),
    *(
        (DAY, text, "no-such-date")
        for text in ("2022-02-29", "2022-13-01", "2022-00-10", "2022-04-31", "0000-01-01")
    ),
    *(
        (MONTH, text, "not-a-month")
        for text in ("", "4월", "2022", "2022-13", "2022-00", "0000-01", "2022-04-01")
    ),
    *((CHOICE, text, "not-a-choice") for text in ("", "loud", "channel dm", "choice-dm")),
    *(
        (MOMENT, text, "not-a-moment")
        for text in ("2022-05-05 24:01", "2022-05-05 25:00", "2022-05-05 09:60", "2022-05-05 9 a", "")
    ),
    *((MOMENT, text, "not-a-date") for text in ("내일", "09:00", "05-05 09:00")),
    (MOMENT, "2022-02-30 09:00", "no-such-date"),
    (MOMENT, "9999-12-31", "no-such-date"),
    (MEMBERS, "", "empty-text"),
    (MEMBERS, " , ", "empty-text"),
    (MARK, " ", "empty-text"),
    (DOCUMENT, " \n", "empty-text"),
    (DOCUMENT, "가" * 100_001, "text-too-long"),
    (REPOSITORY, "mlops", "github-not-a-repository"),
    (SOURCE, "README.md", "github-not-a-repository"),
    (REPOSITORY, "ku/..", "github-not-a-repository"),
    (REPOSITORY, "-/mlops", "github-not-a-repository"),
    (PATH, "../README.md", "github-not-a-path"),
    (PATH, "/", "github-not-a-path"),
    (PATH, ".git/config", "github-not-a-path"),
    (LABELS, ",", "github-not-labels"),
    (LABELS, ",".join("abcdefghijk"), "github-not-labels"),
    (LABELS, "a" * 51, "github-not-labels"),
    (LOGIN, "구미진", "github-not-a-name"),
    (WHO, "", "empty-text"),
    (WHO, "@", "empty-text"),
    (ACCOUNT, "", "empty-text"),
    (ACCOUNT, "@everyone", "calls-everybody"),
    (ACCOUNT, "U1,U2", "not-a-name"),
]


def ids(rows: Sequence[tuple[Kind, str, object]]) -> list[str]:
    """Ids that a terminal can show."""
    return [f"{type(kind).__name__}-{place}" for place, (kind, *_) in enumerate(rows)]


@pytest.mark.parametrize(("kind", "raw", "value"), GOOD, ids=ids(GOOD))
def test_good_words_are_read(kind: Kind, raw: str, value: object) -> None:
    assert kind.read(raw) == value


@pytest.mark.parametrize(("kind", "raw", "key"), BAD, ids=ids(BAD))
def test_bad_words_are_refused(kind: Kind, raw: str, key: str) -> None:
    with pytest.raises(Refused) as no:
        kind.read(raw)
    assert no.value.key == key


@pytest.mark.parametrize("kind", ALL, ids=repr)
@given(raw=st.text(st.characters(), max_size=40) | st.from_regex(r"\A[-+\d.,/:원 ]{0,12}\Z"))
@example(raw="\ud800")
def test_whatever_is_written_is_read_or_refused(kind: Kind, raw: str) -> None:
    try:
        value: Any = kind.read(raw)
    except Refused:
        return
    if isinstance(value, str) and kind is not WHO:
        assert value
        assert len(value) <= max(1_500, len(raw))
        assert not kinds.EVERYBODY.search(value) or kind in (DOCUMENT, MARK)


def test_every_kind_that_commands_use_is_tested() -> None:
    used = {
        type(option.kind) for command in Commands.in_package("cogs").values() for option in command.options
    }
    assert used <= {type(kind) for kind in ALL}
    assert {type(kind) for kind in ALL} == {type(kind) for kind, *_ in GOOD}
    assert {type(kind) for kind in ALL} - {kinds.FlagKind} == {type(kind) for kind, *_ in BAD}


class TestNamesOfAPlatform:
    @pytest.mark.parametrize(
        ("called", "name"),
        [
            ("구미진", "구미진"),
            ("@everyone", "everyone"),
            (" /admin\n, bot ", "admin bot"),
            ("a" * 50, "a" * 32),
            ("\u202e\0", "?"),
            ("", "?"),
            ("@,/", "?"),
        ],
    )
    def test_are_made_fit_for_a_study(self, called: str, name: str) -> None:
        assert study_name(called) == name

    @given(st.text(st.characters(), max_size=60))
    def test_are_always_ones_that_could_be_written(self, called: str) -> None:
        assert NAME.read(study_name(called)) == study_name(called)


@given(st.text(st.characters(), max_size=60))
def test_words_that_are_repeated_stand_on_one_line(text: str) -> None:
    line = one_line(text, 10)
    assert line.isprintable()
    assert len(line) <= 11
