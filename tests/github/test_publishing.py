"""The record on GitHub: what is committed, and when."""

import json
import shutil
from pathlib import Path

from bot.commands.message import Button
from bot.texts import T
from tests.github.scene import LEADER, Group, grouped, readme
from tests.github.server import GitHub
from tests.github.world import Repository

LINK = "https://example.org/"


async def test_a_hand_in_is_committed(group: Group, repository: Repository) -> None:
    assert await group.connects() == "github-connected"
    before = repository.text()
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    await group.minutes("2022-04-07 21:02")
    (commit,) = repository.by("studybot")
    assert commit.title == "1주차 기록: 구미진"
    assert repository.text() == before.replace("[구미진]()", f"[구미진]({LINK}1)", 1)


async def test_what_changes_nothing_makes_no_commit(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-04-06 09:00")
    await group.says("구미진", "/notify dm")
    await group.says(LEADER, "/study role 구미진 treasurer")
    await group.minutes("2022-04-06 09:05")
    assert repository.by("studybot") == []


async def test_several_changes_within_a_minute_are_one_commit(group: Group, repository: Repository) -> None:
    await group.connects()
    for second, name in enumerate(("구미진", "이은빈", "한현경")):
        await group.says(name, f"/submit {LINK}{second}", at=f"2022-04-07 21:00:{second}0")
    assert repository.by("studybot") == []
    await group.minutes("2022-04-07 21:01")
    assert [commit.title for commit in repository.by("studybot")] == ["1주차 기록: 구미진, 이은빈, 한현경"]
    await group.says("문수인", f"/submit {LINK}3")
    await group.minutes("2022-04-07 21:03")
    assert len(repository.by("studybot")) == 2


async def test_a_repository_without_a_readme_gets_one(group: Group, hub: GitHub) -> None:
    repository = hub.world.repository("ku/mlops")
    await group.connects("path=docs/기록.md")
    await group.publishes()
    (commit,) = repository.by("studybot")
    assert commit.path == "docs/기록.md"
    assert "# Study-MLOps" in repository.text("docs/기록.md")


async def test_publishing_by_hand_is_told_to_the_channel(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    await group.publishes()
    assert len(repository.by("studybot")) == 1
    assert "https://github.com/ku/mlops/blob/HEAD/README.md" in (await group.channel())[-1].text


async def test_what_others_write_stays(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.publishes()
    repository.replace("README.md", "우리 스터디의 기록", "**우리** 스터디의 기록")
    repository.replace("README.md", "[문수인]()|이은빈|", f"[문수인]({LINK}by-hand)|이은빈|")
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    await group.minutes("2022-04-07 21:02")
    assert "**우리** 스터디의 기록" in repository.text()
    assert f"[문수인]({LINK}by-hand)" in readme(repository, "|1주차")
    assert f"[구미진]({LINK}1)" in readme(repository, "|1주차")
    assert await group.told() == []


async def test_a_file_that_is_changed_meanwhile_is_read_again(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    await group.connects()
    await group.publishes()
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    hub.world.before_write = lambda: repository.replace("README.md", "기록이에요", "기록이에요!")
    await group.minutes("2022-04-07 21:02")
    assert [each.status for each in hub.asked("PUT */contents/*")] == [409, 200]
    assert "기록이에요!" in repository.text()
    assert f"[구미진]({LINK}1)" in repository.text()


async def test_a_cell_edited_by_hand_is_asked_about_once_and_left(
    group: Group, repository: Repository
) -> None:
    await group.connects()
    await group.says("구미진", f"/submit {LINK}ours", at="2022-04-07 21:00")
    await group.minutes("2022-04-07 21:02")
    repository.replace("README.md", f"{LINK}ours", f"{LINK}theirs")
    await group.says("구미진", f"/submit {LINK}newer")
    await group.says("이은빈", f"/submit {LINK}2")
    await group.minutes("2022-04-07 21:05")
    assert f"[구미진]({LINK}theirs)" in repository.text()
    assert f"[이은빈]({LINK}2)" in repository.text()
    await group.says("한현경", f"/submit {LINK}3")
    await group.minutes("2022-04-07 21:10")
    assert f"[한현경]({LINK}3)" in repository.text()
    (asked,) = await group.told()
    assert f"{LINK}theirs" in asked.text
    assert f"{LINK}newer" in asked.text


async def test_the_leader_decides_that_the_study_is_right(group: Group, repository: Repository) -> None:
    await test_a_cell_edited_by_hand_is_asked_about_once_and_left(group, repository)
    await group.publishes()
    assert f"{LINK}theirs" in repository.text(), "nobody said so"
    (values,) = group.look("SELECT \"values\" FROM outbox WHERE kind = 'publish_asks' ORDER BY id DESC")[0]
    ours = {"ours": json.loads(str(values))["document"]}
    await group.presses(LEADER, Button(T("button-ours"), "records publish", ours))
    await group.settles()
    assert f"{LINK}theirs" not in repository.text()
    assert f"[구미진]({LINK}newer)" in repository.text()


async def test_the_study_takes_what_github_says(group: Group, repository: Repository) -> None:
    await test_a_cell_edited_by_hand_is_asked_about_once_and_left(group, repository)
    await group.says("구미진", f"/submit {LINK}theirs")
    await group.minutes("2022-04-07 21:15")
    await group.says("구미진", f"/submit {LINK}newest")
    await group.minutes("2022-04-07 21:20")
    assert f"[구미진]({LINK}newest)" in repository.text()
    assert len(await group.told()) == 1


async def test_a_readme_that_says_something_else_from_the_start_is_asked_about(
    group: Group, repository: Repository
) -> None:
    repository.replace("README.md", "[구미진]()", f"[구미진]({LINK}older)")
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    await group.says("이은빈", f"/submit {LINK}2")
    await group.connects()
    await group.publishes()
    await group.publishes()
    assert f"[구미진]({LINK}older)" in repository.text()
    assert f"[이은빈]({LINK}2)" in repository.text()
    assert 1 <= len(await group.told()) <= 2


async def test_disconnecting_ends_it(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    assert (await group.says(LEADER, "/records disconnect")).key == "github-disconnected"
    await group.minutes("2022-04-07 21:05")
    assert repository.by("studybot") == []
    assert (await group.says(LEADER, "/records publish")).key == "github-not-connected"


async def test_an_english_group_is_spoken_to_in_english(
    hub: GitHub, prepared: dict[str | None, Path], tmp_path: Path
) -> None:
    repository = hub.world.repository("ku/mlops")
    async with grouped(Path(shutil.copy(prepared["en"], tmp_path / "studybot.db")), hub) as group:
        await group.connects()
        await group.publishes()
        await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
        await group.minutes("2022-04-07 21:02")
        assert [x.title for x in repository.commits] == ["Make the study's record", "Week 1: 구미진"]
        assert [x.title for x in repository.issues.values()] == ["Week 1 questions"]
