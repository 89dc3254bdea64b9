"""What GitHub refuses: waited for, mended, or told to the leader once with what to do."""

import asyncio

import pytest

from tests.github import problems
from tests.github.scene import LEADER, Group
from tests.github.server import GitHub, Primary, Secondary, Trouble
from tests.github.world import Repository
from tests.platforms.trouble import Cut, Lost, Slow, Status

LINK = "https://example.org/"


async def hands_in(group: Group, at: str = "2022-04-07 21:00") -> None:
    """Have something to publish."""
    await group.says("구미진", f"/submit {LINK}1", at=at)


@pytest.mark.parametrize(
    "trouble", [Lost(), Cut(), Status(500), Status(502), Slow(after=0.1), Secondary(), Secondary(1, 429)]
)
async def test_a_commit_is_made_once(
    group: Group, hub: GitHub, repository: Repository, trouble: Trouble
) -> None:
    await group.connects()
    await hands_in(group)
    hub.fails("PUT */contents/*", trouble)
    await group.until("2022-04-07 21:02")
    group.lapse()
    await group.settles()
    assert len(repository.by("studybot")) == 1
    assert f"[구미진]({LINK}1)" in repository.text()
    assert await group.told() == []


async def test_a_commit_of_which_nothing_was_heard_is_known_by_its_mark(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    """It got there, somebody edited beside it, and the member has handed in anew: our cell is ours."""
    await group.connects()
    await hands_in(group)
    hub.fails("PUT */contents/*", Lost())
    await group.until("2022-04-07 21:02")
    repository.replace("README.md", "우리 스터디", "**우리** 스터디")
    await group.says("구미진", f"/submit {LINK}2")
    group.lapse()
    await group.minutes("2022-04-07 21:05")
    assert f"[구미진]({LINK}2)" in repository.text()
    assert "**우리** 스터디" in repository.text()
    assert await group.told() == []


async def test_a_primary_limit_is_waited_for(group: Group, hub: GitHub, repository: Repository) -> None:
    await group.connects()
    await hands_in(group)
    hub.fails("GET */contents/*", Primary(1.2))
    await group.until("2022-04-07 21:02")
    asked = len(hub.log)
    await group.agenda.catch_up()
    await group.agenda.catch_up()
    assert len(hub.log) == asked, "it asks although it was told to wait"
    await group.settles()
    assert len(repository.by("studybot")) == 1
    assert hub.asked("PUT *")[-1].status == 200


async def test_the_last_request_of_the_hour_is_not_followed_by_another(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    await group.connects()
    await group.settles()
    hub.world.remaining = 1
    hub.world.resets_at = hub.world.clock().replace(microsecond=0) + problems.A_SECOND
    await hands_in(group)
    await group.minutes("2022-04-07 21:02")
    assert 403 not in [each.status for each in hub.log]
    assert len(repository.by("studybot")) == 1


BLOCKED = {
    "token": "새 토큰을 넣고",
    "rights": "쓰기 권한을 주고",
    "missing": "찾지 못했어요",
    "archived": "보관을 풀거나",
    "protected": "Branches나 Rules에서",
    "rules": "Branches나 Rules에서",
}


def damage(hub: GitHub, repository: Repository, what: str) -> None:
    """Take away what publishing needs, or give it back."""
    key = hub.world.keys[hub.world.token]
    match what:
        case "token":
            key.expires_at = hub.world.clock()
        case "rights":
            key.may = frozenset()
        case "missing":
            repository.private, key.scopes = True, ("public_repo",)
        case "archived":
            repository.archived = True
        case "protected":
            repository.protected = problems.REVIEW
        case "rules":
            repository.protected = problems.RULES
        case _:
            key.expires_at, key.may, key.scopes = None, frozenset({"contents", "issues"}), ("repo",)
            repository.private, repository.archived, repository.protected = False, False, ""


@pytest.mark.parametrize("what", BLOCKED)
async def test_what_keeps_it_is_told_once_and_nothing_is_lost(
    group: Group, hub: GitHub, repository: Repository, what: str
) -> None:
    await group.connects()
    await group.minutes("2022-04-06 09:00")
    damage(hub, repository, what)
    await hands_in(group)
    await group.minutes("2022-04-07 21:02")
    asked = len(hub.log)
    await group.says("이은빈", f"/submit {LINK}2")
    await group.minutes("2022-04-07 21:05")
    assert len(hub.log) == asked, "it asks although it is held back"
    (told,) = await group.told()
    assert BLOCKED[what] in told.text
    await group.publishes()
    assert len(await group.told()) == 1, "it was told twice"
    damage(hub, repository, "nothing")
    await group.publishes()
    assert f"[구미진]({LINK}1)" in repository.text()
    assert f"[이은빈]({LINK}2)" in repository.text()
    assert "다시 GitHub에 올리고 있어요" in (await group.told())[-1].text
    assert len(await group.told()) == 2


async def test_it_is_tried_again_by_itself(group: Group, hub: GitHub, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-04-06 09:00")
    damage(hub, repository, "protected")
    await hands_in(group)
    await group.minutes("2022-04-07 21:02")
    damage(hub, repository, "nothing")
    group.door.start()
    await asyncio.sleep(0.1)
    await group.minutes("2022-04-07 22:02")
    assert f"[구미진]({LINK}1)" in repository.text()


CONNECTING = {
    "token": "github-token",
    "rights": "github-rights",
    "missing": "github-missing",
    "archived": "github-archived",
}


@pytest.mark.parametrize("what", CONNECTING)
async def test_connecting_says_what_is_missing(
    group: Group, hub: GitHub, repository: Repository, what: str
) -> None:
    damage(hub, repository, what)
    assert await group.connects() == CONNECTING[what]
    assert group.look("SELECT * FROM repository") == []


async def test_connecting_with_what_is_no_file(group: Group, repository: Repository) -> None:
    repository.edit("docs/a.md", b"-")
    assert await group.connects("path=docs") == "github-no-file"
    assert await group.connects("path=../x") == "github-not-a-path"
    assert await group.connects("assignee=a_b") == "github-not-a-name"
    said = await group.says(LEADER, "/records connect mlops")
    assert said.key == "github-not-a-repository"
    said = await group.says(LEADER, "/records connect https://github.com/KU/MLOps.git")
    assert said.key == "github-connected"


async def test_connecting_while_github_is_away(group: Group, hub: GitHub, repository: Repository) -> None:
    hub.fails("GET /repos/ku/mlops", Cut(), 3)
    assert await group.connects() == "github-unreachable"
    hub.script.planned.clear()
    hub.fails("GET /repos/ku/mlops", Secondary(5))
    assert await group.connects() == "github-limited"


async def test_a_branch_with_rules_is_named_at_once(group: Group, repository: Repository) -> None:
    repository.protected = problems.REVIEW
    said = await group.says(LEADER, "/records connect ku/mlops")
    assert "보호 규칙" in said.texts["ko"]


async def test_others_may_not(group: Group, hub: GitHub, repository: Repository) -> None:
    for line in ("connect ku/mlops", "publish", "disconnect"):
        assert (await group.says("구미진", f"/records {line}")).key == "not-allowed"
    assert hub.log == []
