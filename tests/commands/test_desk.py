"""Where doors hand their calls in: every no and every fault becomes a private answer."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog

from bot.commands.command import Call, Commands, command
from bot.commands.desk import Desk, Incomplete, refusal
from bot.commands.kinds import Amount, Day, Words
from bot.commands.message import Message, Tone, message
from bot.commands.parsing import Parsed
from bot.rules.refusal import Refused
from bot.services.scope import Caller
from bot.texts import T, Text, Written
from tests.conversation import Conversation

AT = datetime(2022, 4, 6, tzinfo=UTC)


@command("submit")
async def breaks(call: Call) -> Message:
    raise RuntimeError("a fault of ours")


@command("homework")
async def repeats(call: Call, first: Day, reason: Words, late: Amount | None = None) -> Message:
    return message(Text("listed", {"items": f"{call.caller.name} {first} {reason} {late}"}))


@pytest.fixture
def desk(study: Conversation) -> Desk:
    """A desk with commands of the test's own."""
    return Desk(Commands([breaks, repeats]), study.runner)


def anna(**changes: Any) -> Caller:
    """Somebody who calls."""
    return replace(Caller("playground", "playground", "study", "U1", "Anna"), **changes)


async def test_a_fault_is_logged_with_the_id_that_is_shown(desk: Desk) -> None:
    with structlog.testing.capture_logs() as logged:
        answer = await desk.say("/submit", anna(), AT)
    assert isinstance(answer, Message)
    assert answer.tone is Tone.FAULT
    title = answer.sections[0].title
    assert title is not None
    assert title.key == "fault"
    entry = next(line for line in logged if line["event"] == "fault")
    assert (entry["fault"], entry["command"]) == (title.values["id"], "submit")
    assert entry["log_level"] == "error"
    assert entry["exc_info"]


async def test_a_fault_of_the_database_writes_nothing_and_says_so(study: Conversation) -> None:
    await study.until("2022-04-06 12:00")
    before = study.rows()

    async def failing(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.services.outbox.refresh", failing)
        reply = await study.says("장서진", "/submit https://example.org")
    assert (reply.key, reply.message.tone) == ("fault", Tone.FAULT)
    study.hears("장서진", "아무것도 바뀌지 않았어요", "번호 ")
    assert study.rows() == before


async def test_what_is_missing_comes_before_what_cannot_be_read(desk: Desk) -> None:
    answer = await desk.say("/homework 어제", anna(), AT)
    assert isinstance(answer, Incomplete)
    assert answer.given == {"first": "어제"}
    assert [option.name for option in answer.missing] == ["reason"]
    answer = await desk.say("/homework late=많이", anna(), AT)
    assert isinstance(answer, Incomplete)
    assert answer.given == {"late": "많이"}


async def test_what_was_left_blank_is_refused_by_its_kind(desk: Desk) -> None:
    answer = await desk.say('/homework 2022-04-13 ""', anna(), AT)
    assert answer == refusal(Refused("empty-text"))


async def test_an_optional_one_left_blank_is_left_out(desk: Desk) -> None:
    parsed = Parsed(repeats, {"first": "2022-04-13", "reason": "왜", "late": " "})
    answer = await desk.call(parsed, anna(), AT)
    assert answer == message(Text("listed", {"items": "Anna 2022-04-13 왜 None"}))


async def test_an_argument_that_no_option_has_is_left_out(desk: Desk) -> None:
    parsed = Parsed(repeats, {"first": "2022-04-13", "reason": "왜", "call": "x", "colour": "red"})
    assert isinstance(await desk.call(parsed, anna(), AT), Message)


async def test_what_a_platform_calls_somebody_is_made_fit_for_a_study(desk: Desk) -> None:
    answer = await desk.say("/homework 2022-04-13 왜", anna(name="@every,one\u202e"), AT)
    assert answer == message(Text("listed", {"items": "every one 2022-04-13 왜 None"}))


def test_a_no_repeats_words_shortly_and_on_one_line() -> None:
    no = Refused("no-such-member", who=Written("줄\n바꿈\0" + "!" * 100), members=3)
    shown = refusal(no).sections[0].title
    assert shown == T("no-such-member", who=Written("줄 바꿈 " + "!" * 55 + "…"), members=3)


class TestMakingACommand:
    def test_of_a_function_whose_parameter_has_no_kind_fails_at_once(self) -> None:
        async def plain(call: Call, name: str) -> Message:
            raise NotImplementedError

        with pytest.raises(TypeError, match="a parameter has no kind"):
            command("plain")(plain)

    def test_knows_what_is_required_and_what_only_buttons_carry(self) -> None:
        fines = Commands.in_package("cogs")["fines"]
        assert [option.name for option in fines.options] == ["month", "to_all"]
        assert [option.name for option in fines.typed] == ["month"]
        assert fines.required == []
        assert fines.option("month") == fines.options[0]
        assert fines.option("colour") is None

    @pytest.mark.parametrize("name", Commands.in_package("cogs"))
    def test_puts_the_required_options_first(self, name: str) -> None:
        required = [option.required for option in Commands.in_package("cogs")[name].options]
        assert required == sorted(required, reverse=True)

    @pytest.mark.parametrize("name", Commands.in_package("cogs"))
    def test_gives_discord_no_more_than_25_options(self, name: str) -> None:
        assert len(Commands.in_package("cogs")[name].options) <= 25
