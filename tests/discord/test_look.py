"""How messages look on Discord: within its limits, with nothing that somebody wrote read as markup."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from discord.ui import LayoutView

from bot.commands.command import Commands
from bot.commands.message import Button, Message, Section, Table
from bot.doors.discord.look import Look, allowed, draw
from bot.doors.discord.style import DiscordStyle
from bot.texts import Command, People, Person, T, Thread, Url, Words, Written
from tests.discord.model import walk
from tests.discord.problems import Json
from tests.rules.season_2022 import seoul

COMMANDS = Commands.in_package("cogs")
NOW = seoul("2022-04-06 09:00")
STYLE = DiscordStyle("ko", ZoneInfo("Asia/Seoul"), {"submit": 12, "study": 13}, NOW)
WORDS = Words(STYLE)


def parts_of(view: LayoutView) -> list[Json]:
    """All the parts that Discord is sent."""
    return list(walk(view.to_components()))  # type: ignore[no-untyped-call]


def long_message(lines: int) -> Message:
    """A message of so many lines of homework, with a button."""
    written = [T("week-homework", text=Written(f"{number} " + "가" * 80)) for number in range(lines)]
    return Message((Section(T("guide-title"), tuple(written)),), (Button(T("button-mine"), "mine"),))


async def test_a_long_answer_goes_on_in_more_messages() -> None:
    views = draw(long_message(200), WORDS, COMMANDS, Look())
    pages = [parts_of(view) for view in views]
    assert len(views) > 3
    for page in pages:
        assert sum(len(part.get("content", "")) for part in page) <= 4000
        assert len(page) <= 40
    shown = "\n".join(part["content"] for page in pages for part in page if part["type"] == 10)
    assert all(f"과제: {number} 가" in shown for number in range(200))
    assert [any(part["type"] == 2 for part in page) for page in pages] == [False] * (len(pages) - 1) + [True]


async def test_what_is_long_is_cut_for_everybody() -> None:
    (view,) = draw(long_message(200), WORDS, COMMANDS, Look(public=True))
    parts = parts_of(view)
    assert sum(len(part.get("content", "")) for part in parts) <= 4000
    assert any(part["type"] == 2 for part in parts)
    assert [part["content"] for part in parts if part["type"] == 10][-1] == "…"


async def test_a_table_is_a_line_a_row() -> None:
    cells = (T("table-name"), T("table-late"))
    table = Table(cells, ((T("as-name", name=Written("구*미진")), T("as-count", count=2)),))
    (view,) = draw(Message((Section(None, (), table),)), WORDS, COMMANDS, Look())
    texts = [x["content"] for x in parts_of(view) if x["type"] == 10]
    assert texts == ["**구\\*미진** · 지각 2"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**굵게** _기울여_", "\\*\\*굵게\\*\\* \\_기울여\\_"),
        ("@everyone @here", "@\u200beveryone @\u200bhere"),
        ("<@123456789012345678>", "\\<@\u200b123456789012345678>"),
        ("<t:1:F> </submit:1>", "\\<t:1:F> \\</submit:1>"),
        ("https://example.org/a_b_c", "https://example.org/a_b_c"),
        ("# 제목", "\\# 제목"),
        ("[여기](https://evil.example)", "\\[여기](https://evil.example)"),
    ],
)
def test_what_people_write_is_no_markup(written: str, shown: str) -> None:
    assert STYLE.escape(written) == shown


def test_values_look_as_discord_shows_them() -> None:
    unix = int(seoul("2022-04-13 00:00").timestamp())
    assert STYLE.instant(seoul("2022-04-13 00:00")) == f"<t:{unix}:F> (<t:{unix}:R>)"
    before = NOW - timedelta(days=1)
    assert STYLE.instant(before) == f"<t:{int(before.timestamp())}:F>"
    assert STYLE.person(Person("42", "구미진")) == "<@42>"
    assert STYLE.person(Person(None, "구_미진")) == "@구\\_미진"
    assert STYLE.command(Command("submit")) == "/제출 (</submit:12>)"
    assert STYLE.command(Command("study join")) == "/스터디 참여 (</study join:13>)"
    assert STYLE.command(Command("mine")) == "/내현황"
    assert STYLE.url(Url("https://example.org/*a*")) == "<https://example.org/*a*>"
    assert WORDS.show(Thread("77", T("questions-link"))) == "<#77>"


def test_only_those_meant_are_rung() -> None:
    nobody = allowed(long_message(1)).to_dict()
    assert nobody["parse"] == []
    told = T("remind-due-free", people=People((Person("42", "구미진"), Person(None, "이은빈"))), at=NOW)
    called = allowed(Message((Section(None, (told,)),))).to_dict()
    assert (called["parse"], called.get("users")) == ([], [42])
