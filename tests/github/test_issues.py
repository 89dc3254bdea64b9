"""The issue of each week's questions: it follows the thread, and each names the other."""

import pytest

from tests.github.scene import LEADER, Group
from tests.github.server import GitHub
from tests.github.world import Issue, Repository
from tests.platforms.trouble import Cut, Lost, Status


def only(repository: Repository) -> Issue:
    """The one issue that there is."""
    (issue,) = repository.issues.values()
    return issue


async def test_a_week_opens_an_issue_and_its_end_closes_it(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    issue = only(repository)
    assert issue.title == "1주차 질문"
    assert "2022" not in issue.title
    thread = next(post for post in await group.channel() if post.thread)
    assert f"https://chat.example/{thread.channel}/{thread.id}" in issue.body
    assert "https://github.com/ku/mlops/issues/1" in thread.text
    await group.minutes("2022-04-13 00:05")
    assert issue.events == ["opened", "commented", "closed"]
    assert (issue.state, issue.state_reason) == ("closed", "completed")
    assert "1주차 질문을 닫아요" in issue.comments[0].body
    assert len(repository.issues) == 1


async def test_each_week_has_its_own(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-05-04 00:05")
    assert [(x.title, x.state) for x in repository.issues.values()] == [
        ("1주차 질문", "closed"),
        ("2주차 질문", "closed"),
        ("3주차 질문", "open"),
    ]


async def test_it_follows_the_leader(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-04-06 09:00")
    await group.says(LEADER, "/question close")
    await group.settles()
    assert only(repository).state == "closed"
    await group.says(LEADER, "/question open")
    await group.settles()
    assert only(repository).state == "open"
    await group.minutes("2022-04-13 00:05")
    closed = ["commented", "closed"]
    assert only(repository).events == ["opened", *closed, "reopened", *closed]


async def test_connecting_in_the_middle_of_a_week_opens_its_issue(
    group: Group, repository: Repository
) -> None:
    await group.until("2022-04-07 12:00")
    await group.connects("labels=질문,study assignee=@koo")
    await group.settles()
    issue = only(repository)
    assert (issue.labels, issue.assignees) == (["질문", "study"], ["koo"])


async def test_an_assignee_that_github_does_not_know_is_left_out(
    group: Group, repository: Repository
) -> None:
    await group.connects("labels=질문 assignee=nobody")
    await group.minutes("2022-04-06 00:05")
    assert (only(repository).labels, only(repository).assignees) == (["질문"], [])


@pytest.mark.parametrize("trouble", [Lost(), Cut(), Status(502)])
@pytest.mark.parametrize("request_", ["POST */issues", "POST */comments", "PATCH */issues/1"])
async def test_a_lost_answer_makes_nothing_twice(
    group: Group, hub: GitHub, repository: Repository, trouble: Lost | Cut | Status, request_: str
) -> None:
    hub.fails(request_, trouble)
    await group.connects()
    await group.until("2022-04-06 00:05")
    group.lapse()
    await group.settles()
    await group.until("2022-04-13 00:05")
    group.lapse()
    await group.settles()
    assert only(repository).events == ["opened", "commented", "closed"]


async def test_one_that_was_closed_by_hand_is_left_so(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    only(repository).state = "closed"
    await group.minutes("2022-04-13 00:05")
    assert only(repository).comments == []


async def test_one_that_was_locked_by_hand_is_closed_without_a_word(
    group: Group, repository: Repository
) -> None:
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    only(repository).locked = True
    await group.minutes("2022-04-13 00:05")
    assert only(repository).events == ["opened", "closed"]
    assert await group.told() == []


async def test_one_that_was_deleted_is_not_missed(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    repository.issues.clear()
    await group.minutes("2022-04-13 00:05")
    assert await group.told() == []


async def test_without_issues_the_record_is_published_all_the_same(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    await group.connects()
    repository.has_issues = False
    await group.minutes("2022-04-06 00:05")
    (told,) = await group.told()
    assert "ku/mlops 저장소에서 이슈를 켜고" in told.text
    await group.says("구미진", "/submit https://example.org/1")
    await group.minutes("2022-04-06 00:10")
    assert len(repository.by("studybot")) == 1
    repository.has_issues = True
    await group.connects()
    await group.minutes("2022-04-27 00:05")
    assert [(x.title, x.events) for x in repository.issues.values()] == [
        ("1주차 질문", ["opened", "commented", "closed"]),
        ("2주차 질문", ["opened"]),
    ]
