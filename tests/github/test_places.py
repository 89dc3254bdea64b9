"""Where the record goes: spelled otherwise, moved, deleted, another repository meanwhile."""

import json
import sqlite3
from contextlib import closing

import pytest

from bot.commands.message import Button
from bot.texts import T
from tests.github.conftest import README
from tests.github.scene import LEADER, Group, readme
from tests.github.server import GitHub
from tests.github.world import Repository

LINK = "https://example.org/"
AGAIN = Button(T("button-make-again"), "records publish", {"ours": "lost"})


async def published(group: Group) -> None:
    """Have a hand-in published."""
    await group.connects()
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    await group.minutes("2022-04-07 21:02")


async def test_a_readme_in_small_letters_is_the_readme(group: Group, hub: GitHub) -> None:
    repository = hub.world.repository("ku/mlops")
    repository.edit("readme.md", README.encode())
    await published(group)
    assert repository.files.keys() == {"readme.md"}
    assert f"[구미진]({LINK}1)" in repository.text("readme.md")


async def test_windows_lines_stay(group: Group, hub: GitHub) -> None:
    repository = hub.world.repository("ku/mlops", README.replace("\n", "\r\n").encode())
    await published(group)
    expected = README.replace("[구미진]()", f"[구미진]({LINK}1)", 1).replace("\n", "\r\n")
    assert repository.files["README.md"] == expected.encode()


async def test_a_path_of_any_letters(group: Group, hub: GitHub) -> None:
    repository = hub.world.repository("ku/mlops")
    repository.edit("기록 #1/100%?.md", README.encode())
    await group.says(LEADER, '/records connect ku/mlops path="기록 #1/100%?.md"')
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    await group.minutes("2022-04-07 21:02")
    assert f"[구미진]({LINK}1)" in repository.text("기록 #1/100%?.md")


async def test_a_file_that_is_gone_is_asked_about_and_made_again_as_it_was(
    group: Group, repository: Repository
) -> None:
    await published(group)
    repository.files.pop("README.md")
    await group.says("이은빈", f"/submit {LINK}2")
    await group.minutes("2022-04-07 21:05")
    await group.says("한현경", f"/submit {LINK}3")
    await group.minutes("2022-04-07 21:10")
    assert repository.files == {}
    (told,) = await group.told()
    assert "README.md 파일을 찾지 못해" in told.text
    await group.presses(LEADER, AGAIN)
    await group.settles()
    assert "우리 스터디의 기록이에요." in repository.text()
    for number, name in enumerate(("구미진", "이은빈", "한현경"), 1):
        assert f"[{name}]({LINK}{number})" in readme(repository, "|1주차")
    assert repository.commits[-1].title == "스터디 기록을 만들어요"
    assert len(await group.told()) == 1


async def test_a_file_that_was_moved_is_found_at_its_new_path(group: Group, repository: Repository) -> None:
    await published(group)
    repository.edit("docs/README.md", repository.files.pop("README.md"))
    await group.says("이은빈", f"/submit {LINK}2")
    await group.minutes("2022-04-07 21:05")
    assert len(await group.told()) == 1
    await group.connects("path=docs/README.md")
    await group.minutes("2022-04-07 21:10")
    assert f"[이은빈]({LINK}2)" in repository.text("docs/README.md")
    assert repository.files.keys() == {"docs/README.md"}
    assert len(await group.told()) == 1


async def test_a_repository_that_was_renamed_is_followed(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    await published(group)
    hub.world.repositories["ku/season"] = hub.world.repositories.pop("ku/mlops")
    hub.world.moved["ku/mlops"] = "ku/season"
    await group.says("이은빈", f"/submit {LINK}2")
    await group.minutes("2022-04-13 00:05")
    assert f"[이은빈]({LINK}2)" in repository.text()
    assert repository.issues[1].events == ["opened", "commented", "closed"]
    assert await group.told() == []


@pytest.mark.parametrize("text", ["# mlops\n", "# mlops\r\n\r\n안녕\r\n", ""])
async def test_a_readme_without_a_table_gets_one_once_the_leader_says_so(
    group: Group, hub: GitHub, text: str
) -> None:
    repository = hub.world.repository("ku/mlops", text.encode())
    await published(group)
    assert repository.text() == text
    (told,) = await group.told()
    assert "표를 찾지 못해" in told.text
    (values,) = group.look("SELECT \"values\" FROM outbox WHERE kind = 'publish_no_table'")[0]
    ours = {"ours": json.loads(str(values))["document"]}
    await group.presses(LEADER, Button(T("button-add-table"), "records publish", ours))
    await group.settles()
    assert repository.text().startswith(text.rstrip())
    assert f"[구미진]({LINK}1)" in readme(repository, "|1주차")
    assert "\r" in text or "\r" not in repository.text()
    await group.says("이은빈", f"/submit {LINK}2")
    await group.minutes("2022-04-07 21:10")
    assert f"[이은빈]({LINK}2)" in readme(repository, "|1주차")
    assert len(await group.told()) == 1


async def test_a_readme_that_has_become_too_large(group: Group, repository: Repository) -> None:
    await published(group)
    small = repository.files["README.md"]
    repository.edit("README.md", small + b"x" * 2**20)
    await group.says("이은빈", f"/submit {LINK}2")
    await group.minutes("2022-04-07 21:05")
    (told,) = await group.told()
    assert "README.md 자리에서 파일을 읽지 못했어요" in told.text
    repository.edit("README.md", small)
    await group.publishes()
    assert f"[이은빈]({LINK}2)" in readme(repository, "|1주차")


async def test_disconnecting_while_it_is_published_leaves_nothing_behind(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    other = hub.world.repository("ku/other")
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    hub.world.before_write = lambda: let_go(group)
    await group.minutes("2022-04-07 21:02")
    assert group.look("SELECT * FROM page") == []
    await group.says(LEADER, "/records connect ku/other")
    await group.publishes()
    assert f"[구미진]({LINK}1)" in other.text()
    assert await group.told() == []


def let_go(group: Group) -> None:
    """Disconnect, as another process does."""
    with closing(sqlite3.connect(group.file)) as database:
        database.executescript("DELETE FROM page; DELETE FROM repository; UPDATE study SET published = false")


async def test_another_repository_gets_the_issue_that_is_open(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    other = hub.world.repository("ku/other", README.encode())
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    await group.says(LEADER, "/records connect ku/other")
    await group.minutes("2022-04-06 00:10")
    await group.says(LEADER, "/records connect ku/other labels=질문")
    await group.minutes("2022-04-13 00:05")
    assert [x.events for x in other.issues.values()] == [["opened", "commented", "closed"]]
    assert repository.issues[1].events == ["opened"]


async def test_nothing_is_done_where_it_was_disconnected(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    await group.says(LEADER, "/records disconnect")
    await group.minutes("2022-04-13 00:05")
    assert repository.issues[1].events == ["opened"]
    await group.says(LEADER, "/study settings weekday=wed")
    assert len(repository.commits) == 1


async def test_connecting_the_same_again_finds_the_issue(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    await group.says(LEADER, "/records disconnect")
    await group.connects()
    await group.minutes("2022-04-13 00:05")
    assert repository.issues[1].events == ["opened", "commented", "closed"]
    assert len(repository.issues) == 1


async def test_a_season_s_file_is_not_the_next_one_s_unless_somebody_says_so(
    group: Group, repository: Repository
) -> None:
    await published(group)
    before = repository.text()
    await group.presses(LEADER, Button(T("button-end"), "study end", {"sure": "yes"}))
    await group.settles()
    await group.says(LEADER, "/study start Season2 2022-05-04 3")
    assert await group.connects() == "github-taken-before"
    assert await group.connects("path=season-2.md") == "github-connected"
    await group.says(LEADER, f"/submit {LINK}s2", at="2022-05-05 21:00")
    await group.minutes("2022-05-05 21:05")
    assert repository.text() == before
    assert f"[{LEADER}]({LINK}s2)" in repository.text("season-2.md")
    assert await group.connects("path=README.md") == "github-connected"
    assert len(group.look("SELECT * FROM repository")) == 1


async def test_a_file_of_a_study_that_runs_is_nobody_else_s(group: Group, repository: Repository) -> None:
    await published(group)
    group.managers.add(LEADER)
    await group.says(LEADER, "/study start Season2 2022-05-04 3", place="another channel")
    said = await group.says(LEADER, "/records connect ku/mlops path=README.md", place="another channel")
    assert said.key == "github-taken"
