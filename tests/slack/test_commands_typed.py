"""What people type after a slash: mentions, links, Korean names, a prefix, quotes of a phone."""

import pytest

from bot.doors.slack.commands import typed
from bot.rules.refusal import Refused
from tests.platforms.scene import COMMANDS

READ: list[tuple[str, str, str, dict[str, str]]] = [
    ("/submit", "<https://example.org/1>", "submit", {"link": "https://example.org/1"}),
    (
        "/제출",
        "<https://a.kr/?a=1&amp;b=2|여기> 주차=3",
        "submit",
        {"link": "https://a.kr/?a=1&b=2", "week": "3"},
    ),
    ("/submit", "<http://a.kr/1|a.kr/1>", "submit", {"link": "http://a.kr/1"}),
    (
        "/submit",
        "<https://a.kr/1> note=“다 했어요”",
        "submit",
        {"link": "https://a.kr/1", "note": "다 했어요"},
    ),
    ("/제출", "링크=<https://a.kr/1> 메모=“R&amp;D”", "submit", {"link": "https://a.kr/1", "note": "R&D"}),
    ("/ledger", "waive <@U1|구 미진> 병원 가기", "ledger waive", {"who": "@U1", "reason": "병원 가기"}),
    ("/turn", "order <@U1|구미진>, 이은빈", "turn order", {"members": "@U1, 이은빈"}),
    ("/스터디", "추가 <@U1|안민우> 민우", "study add", {"who": "@U1", "name": "민우"}),
    ("/week", "plan <http://README.md|README.md> 고치기", "week plan", {"text": "README.md 고치기"}),
    ("/week", "plan &lt;b&gt; &amp; <@U1|구미진> 돕기", "week plan", {"text": "<b> & @구미진 돕기"}),
    ("/research", "“쿠버네티스” 조사", "research", {"text": '"쿠버네티스" 조사'}),
    ("/research", "<#C1|mlops>와 <mailto:a@b.kr|a@b.kr>", "research", {"text": "#mlops와 a@b.kr"}),
    ("/주차", "메모 3", "week note", {"text": "3"}),
    (
        "/study",
        "start 우리 2022-04-06 12",
        "study start",
        {"name": "우리", "starts": "2022-04-06", "weeks": "12"},
    ),
    ("/submit", "", "submit", {}),
]


@pytest.mark.parametrize(("name", "text", "command", "arguments"), READ)
def test_what_is_typed_is_understood(name: str, text: str, command: str, arguments: dict[str, str]) -> None:
    for prefix in ("", "s-"):
        parsed = typed(f"/{prefix}{name[1:]}", text, prefix, COMMANDS)
        assert (parsed.command.name, parsed.arguments) == (command, arguments)


def test_everybody_at_once_is_not_called() -> None:
    parsed = typed("/research", "<!channel> 모여요", "", COMMANDS)
    with pytest.raises(Refused, match="calls-everybody"):
        parsed.command.options[0].kind.read(parsed.arguments["text"])


def test_a_wrong_word_is_answered_with_the_two_nearest() -> None:
    for text, nearest in (("strat", "study start"), ("시자", "study start"), ("jion", "study join")):
        with pytest.raises(Refused, match="unknown-command") as no:
            typed("/study", text, "", COMMANDS)
        choices = no.value.values["choices"].texts  # type: ignore[attr-defined]
        assert len(choices) == 2
        assert choices[0].values["command"].name == nearest
    with pytest.raises(Refused, match="which-subcommand"):
        typed("/스터디", "", "", COMMANDS)
