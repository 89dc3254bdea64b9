"""A member's own page of links."""

from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.records.own_page import own_page
from bot.services.weeks import Planning, plan
from db import Runner
from db import models as m
from tests.records.lived import LINK, NOW, TITLE
from tests.store import Group, founded, seoul

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = "[a](javascript:x) | <b>`*_#"
TWICE = "바다#\\|*"


async def written(group: Group, member: m.Member, language: str = "ko", at: str = NOW) -> str:
    """A member's page."""
    study = await group.study()
    return (await group.runner.read(own_page, study, member.id, seoul(at), language)).decode()


def shown(page: str) -> list[list[tuple[str, str]]]:
    """The rows of the table as they are read: the words of each cell, and where it leads."""
    found: list[list[tuple[str, str]]] = []
    for token in PARSER.parse(page):
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and token.level >= 4:
            found[-1].append((words(token), leads(token)))
    return found[1:]


def words(token: Token) -> str:
    """What is read of a piece of text."""
    return "".join(child.content for child in token.children or ())


def leads(token: Token) -> str:
    """Where a piece of text leads when it is clicked."""
    addresses: list[Any] = [
        child.attrs["href"] for child in token.children or () if child.type == "link_open"
    ]
    assert len(addresses) <= 1
    return "".join(addresses)


async def test_it_is_a_table_of_weeks_with_posts_and_sums(group: Group) -> None:
    page = await written(group, await group.member("장서진"))
    assert page.startswith("# Study-MLOps\n\n## 장서진\n\n- 정시 2번\n- 결석 1번\n")
    assert "- 빠짐없이 이어 간 기록: 최대 2주\n- 팀블로그 글 1편\n\n|주차|제목|결과|링크|\n" in page
    address = ("https://example.org/장서진", "https://example.org/%EC%9E%A5%EC%84%9C%EC%A7%84")
    assert shown(page)[:3] == [
        [("1주차", ""), (TITLE, ""), ("정시", ""), address],
        [("2주차", ""), ("", ""), ("정시", ""), address],
        [("3주차", ""), ("", ""), ("결석", ""), ("", "")],
    ]
    assert page.endswith("## 팀블로그\n\n- 1주차: [https://blog.example.org/1](https://blog.example.org/1)\n")


async def test_who_has_left_keeps_what_they_did(group: Group) -> None:
    left = (await group.rows(m.Member, m.Member.name == "한현경"))[0]
    page = await written(group, left)
    assert "- 지각 1번\n" in page
    ((week, _, verdict, link),) = shown(page)[:1]
    assert (week[0], verdict[0], link[0]) == ("1주차", "지각", LINK)
    assert "2주차" not in page


async def test_it_speaks_the_readers_language(group: Group) -> None:
    page = await written(group, await group.member("문수인"), "en")
    assert "|Week|Title|Verdict|Link|" in page
    assert "- absent: 1\n" in page
    assert "Longest run without a miss: 1 week\n" in page


async def test_names_titles_and_links_are_shown_as_they_are(alone: Runner) -> None:
    group = await founded(alone, ("장서진", TWICE), name=HOSTILE)
    await group.asks(plan, Planning("글", HOSTILE), at="2022-04-06 10:00")
    await group.submits(TWICE, "2022-04-07 10:00", "https://x.y/?a=`)|](b&amp;c")
    page = await written(group, await group.member(TWICE))
    heading, name = [x for x in PARSER.parse(page) if x.type == "inline"][:2]
    assert (words(heading), words(name)) == (HOSTILE, TWICE)
    row = shown(page)[0]
    assert [cell[0] for cell in row] == ["1주차", HOSTILE, "정시", "https://x.y/?a=`)|](b&amp;c"]
    assert [bool(cell[1]) for cell in row] == [False, False, False, True]


async def test_what_is_no_address_of_the_web_is_not_to_be_clicked(alone: Runner) -> None:
    group = await founded(alone)
    await group.submits("구미진", "2022-04-07 10:00", "javascript:alert(1)")
    page = await written(group, await group.member("구미진"))
    assert shown(page)[0][3] == ("javascript:alert(1)", "")


async def test_there_is_none_of_somebody_who_never_was_a_member(group: Group) -> None:
    with pytest.raises(KeyError):
        await group.runner.read(own_page, await group.study(), 10_000, seoul(NOW), "ko")
