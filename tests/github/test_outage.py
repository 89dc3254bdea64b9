"""What lasts: a day without GitHub, rights that were taken away, an app that was taken out."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.doors.github.door import Connecting
from bot.records.publishing import harmless, harmless_with_links
from tests.github.scene import LEADER, Group, grouped
from tests.github.server import GitHub, Secondary
from tests.github.test_access import app, key
from tests.github.world import App, Repository
from tests.platforms.trouble import Lost, Status

__all__ = ["app", "key"]

LINK = "https://example.org/"


def lapse(group: Group) -> None:
    """Let all waits end, however long."""
    with closing(sqlite3.connect(group.file, timeout=10)) as database:
        database.execute("UPDATE outbox SET leased_until = '2000-01-01' WHERE state = 'leased'")
        database.commit()


async def test_a_day_without_github_is_caught_up_in_order(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    await group.connects()
    await group.minutes("2022-04-05 23:00")
    hub.fails("*", Status(503), 1000)
    await group.until("2022-04-06 00:05")
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    for _ in range(15):
        lapse(group)
        await group.agenda.catch_up()
    await group.until("2022-04-13 00:05")
    hub.script.planned.clear()
    lapse(group)
    await group.settles()
    assert [x.events for x in repository.issues.values()] == [["opened", "commented", "closed"]]
    assert f"[구미진]({LINK}1)" in repository.text()
    assert len(repository.by("studybot")) == 1
    assert await group.told() == []


async def test_connecting_while_github_has_a_fault(group: Group, hub: GitHub, repository: Repository) -> None:
    hub.fails("GET /repos/ku/mlops", Status(502))
    assert await group.connects() == "github-unreachable"


async def test_of_two_commits_the_one_that_arrived_is_remembered(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    await group.connects()
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    hub.fails("PUT */contents/*", Lost())
    hub.fails("PUT */contents/*", Status(502))
    await group.until("2022-04-07 21:02")
    repository.replace("README.md", "우리 스터디", "**우리** 스터디")
    for number in (2, 3):
        await group.says("구미진", f"/submit {LINK}{number}")
        hub.fails("PUT */contents/*", Status(502))
        lapse(group)
        await group.agenda.catch_up()
    lapse(group)
    await group.minutes("2022-04-07 21:10")
    assert f"[구미진]({LINK}3)" in repository.text()
    assert await group.told() == []


async def test_a_limit_is_everybody_s(group: Group, hub: GitHub, repository: Repository) -> None:
    hub.fails("GET /repos/ku/mlops", Secondary(5, 429))
    assert await group.connects() == "github-limited"
    assert await group.connects() == "github-limited"
    assert len(hub.log) == 1


async def test_without_the_right_to_issues_the_record_goes_on(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    await group.connects()
    await group.minutes("2022-04-06 00:05")
    hub.world.keys[hub.world.token].may = frozenset({"contents"})
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-12 21:00")
    await group.minutes("2022-04-13 00:05")
    await group.says("이은빈", f"/submit {LINK}2")
    await group.minutes("2022-04-13 00:10")
    assert f"[이은빈]({LINK}2)" in repository.text()
    (told,) = await group.told()
    assert "Issues 쓰기 권한" in told.text


async def test_an_issue_that_github_will_never_take_holds_nothing_up(
    group: Group, hub: GitHub, repository: Repository
) -> None:
    await group.connects("labels=x")
    hub.world.refused_labels.add("x")
    await group.minutes("2022-04-06 00:05")
    await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
    await group.minutes("2022-04-07 21:05")
    assert f"[구미진]({LINK}1)" in repository.text()
    assert group.look("SELECT state FROM outbox WHERE kind = 'issue'") == [("failed",)]


@pytest.fixture
def base(prepared: dict[str | None, Path], tmp_path: Path) -> Path:
    """A database with the sample's study."""
    return Path(shutil.copy(prepared["ko"], tmp_path / "studybot.db"))


async def test_an_app_that_was_taken_out_and_put_in_again(
    hub: GitHub, app: App, key: tuple[str, str], repository: Repository, base: Path
) -> None:
    async with grouped(base, hub, Connecting(hub.api_url, app_id="1234", private_key=key[0])) as group:
        await group.connects()
        await group.minutes("2022-04-06 09:00")
        hub.world.keys["ghs_1"].expires_at = hub.world.clock()
        group.door.client._access._tokens.clear()  # type: ignore[attr-defined]
        app.installation, repository.installed = 78, False
        await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
        await group.minutes("2022-04-07 21:02")
        (told,) = await group.told()
        assert "찾지 못했어요" in told.text
        repository.installed = True
        await group.publishes()
        assert f"[구미진]({LINK}1)" in repository.text()


async def test_an_app_s_key_that_is_none(hub: GitHub, app: App, repository: Repository, base: Path) -> None:
    async with grouped(base, hub, Connecting(hub.api_url, app_id="1234", private_key="-")) as group:
        assert await group.connects() == "github-token"


def test_secrets_are_not_shown() -> None:
    assert "s3cret" not in repr(Connecting("https://x", "s3cret", "1", "s3cret"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://medium.com/@a/b#c 읽기", "https://medium.com/@a/b#c 읽기"),
        ("글(https://a.b/@c#1)", "글(https://a.b/@c#1)"),
        ("<https://a.b/@c>", "<https://a.b/@c>"),
        ("@koo에게, #1", "@\u200bkoo에게, #\u200b1"),
        ("[글](https://a.b/x)@koo", "[글](https://a.b/x)@\u200bkoo"),
        ("https://@koo", "https://@\u200bkoo"),
        ("xhttps://a.b/@koo", "xhttps://a.b/@\u200bkoo"),
        ("https://a_b/@koo", "https://a_b/@\u200bkoo"),
    ],
)
def test_nobody_is_called_and_links_lead_where_they_did(text: str, shown: str) -> None:
    assert harmless_with_links(text) == shown
    assert "@k" not in harmless(text)


async def test_homework_in_an_issue_calls_nobody(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.says(LEADER, "/week plan https://a.b/@x 읽고 @koo에게 묻기 week=1")
    await group.minutes("2022-04-06 00:05")
    assert "https://a.b/@x 읽고 @\u200bkoo에게 묻기" in repository.issues[1].body
