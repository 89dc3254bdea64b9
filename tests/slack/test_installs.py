"""Where the app is installed: tokens kept encrypted, states good once, workspaces apart from each other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from slack_sdk.oauth.installation_store.models.installation import Installation

from bot.commands.command import Commands
from bot.commands.desk import Desk
from bot.doors.slack.clients import Clients
from bot.doors.slack.installs import Installs, States
from bot.doors.slack.safe import Safe
from db import Runner
from db.models import SlackInstall, SlackState
from tests.rules.season_2022 import seoul
from tests.slack.server import Slack
from tests.slack.tiny import manifest
from tests.store import migrated_database, migrated_file, rows, runner, store_url

__all__ = ["migrated_database", "migrated_file", "runner", "store_url"]

OLD, NEW = "a first secret that is long enough", "a second secret that is long enough"


@dataclass
class Desks:
    """An application without a house around it."""

    desk: Desk
    at: datetime = field(default_factory=lambda: seoul("2022-04-05 21:00"))

    def now(self) -> datetime:
        return self.at

    def wake(self) -> None: ...


@pytest.fixture
def office(runner: Runner) -> Desks:
    return Desks(Desk(Commands.in_package("cogs"), runner))


def made(team: str, token: str) -> Installation:
    """What comes of an installation."""
    return Installation(
        app_id="A1",
        team_id=team,
        team_name=f"{team} 스터디",
        bot_token=token,
        bot_id="B1",
        bot_user_id="U1",
        bot_scopes="chat:write,commands",
        user_id="U2",
    )


def installs(office: Desks, secret: str = OLD, told: list[str] | None = None) -> Installs:
    return Installs(office, Safe(secret), (told if told is not None else []).append)


async def locked(runner: Runner) -> list[str]:
    """The tokens as they are kept."""
    return [row.token for row in await runner.read(rows, SlackInstall)]


async def test_a_token_is_kept_encrypted_and_given_back(office: Desks, runner: Runner) -> None:
    told: list[str] = []
    store = installs(office, told=told)
    await store.async_save(made("T1", "xoxb-1-secret"))
    assert told == ["T1"]
    (kept,) = await locked(runner)
    assert "xoxb" not in kept
    fresh = installs(office)
    assert await fresh.token("T1") == "xoxb-1-secret"
    assert "xoxb" not in repr(await fresh.find("T1"))
    bot = await fresh.async_find_bot(enterprise_id=None, team_id="T1")
    whole = await fresh.async_find_installation(enterprise_id=None, team_id="T1", user_id="U9")
    assert bot is not None
    assert whole is not None
    assert (bot.bot_token, bot.bot_user_id, list(bot.bot_scopes)) == (
        "xoxb-1-secret",
        "U1",
        ["chat:write", "commands"],
    )
    assert (whole.team_id, whole.team_name, whole.user_id) == ("T1", "T1 스터디", "U2")
    assert await fresh.async_find_bot(enterprise_id=None, team_id="T2") is None
    assert await fresh.async_find_installation(enterprise_id="E1", team_id=None) is None


async def test_a_long_token_has_room(office: Desks) -> None:
    await installs(office).async_save(made("T1", "xoxb-" + "x" * 2_000))
    assert len(await installs(office).token("T1") or "") == 2_005


async def test_installing_again_replaces_the_token(office: Desks, runner: Runner) -> None:
    store = installs(office)
    await store.async_save(made("T1", "first"))
    await store.async_save(made("T1", "second"))
    assert await store.token("T1") == await installs(office).token("T1") == "second"
    assert len(await locked(runner)) == 1


async def test_a_secret_is_exchanged_for_another(office: Desks, runner: Runner) -> None:
    await installs(office, OLD).async_save(made("T1", "token"))
    await installs(office, OLD).async_save(made("T2", "other"))
    between = installs(office, f"{NEW}, {OLD}")
    assert await between.token("T1") == "token"
    assert await between.rotate() == 2
    assert await between.rotate() == 0
    after = installs(office, NEW)
    assert (await after.token("T1"), await after.token("T2")) == ("token", "other")
    assert await installs(office, OLD).token("T1") is None


async def test_a_token_without_its_secret_is_as_if_it_were_not_there(office: Desks) -> None:
    await installs(office, OLD).async_save(made("T1", "token"))
    store = installs(office, NEW)
    assert await store.token("T1") is None
    assert await store.rotate() == 0
    await store.async_save(made("T1", "again"))
    assert await store.token("T1") == "again"


@pytest.mark.parametrize("secret", ["", " , "])
def test_without_a_secret_nothing_is_kept(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        Safe(secret)


async def test_what_is_over_is_deleted_but_nothing_newer(office: Desks, runner: Runner) -> None:
    store = installs(office)
    await store.async_save(made("T1", "first"))
    await store.async_save(made("T2", "other"))
    ended = office.at
    office.at += timedelta(minutes=1)
    await store.async_save(made("T1", "second"))
    assert not await store.gone("T1", ended)
    assert await store.token("T1") == "second"
    assert await store.gone("T1", office.at)
    assert await store.token("T1") is None
    assert await store.gone("T1", office.at)
    assert [row.workspace for row in await runner.read(rows, SlackInstall)] == ["T2"]
    await store.async_delete_all(enterprise_id=None, team_id="T2")
    assert await locked(runner) == []


async def test_an_installation_of_a_whole_organisation_is_none_of_ours(office: Desks) -> None:
    with pytest.raises(ValueError, match="one workspace"):
        await installs(office).async_save(made("", "token"))


async def test_a_state_is_good_once_and_not_for_long(office: Desks, runner: Runner) -> None:
    states = States(office)
    first, second, third = [await states.async_issue() for _ in range(3)]
    assert len({first, second, third}) == 3
    assert await states.async_consume(first)
    assert not await states.async_consume(first)
    assert not await states.async_consume("made up")
    office.at += timedelta(minutes=9, seconds=59)
    assert await states.async_consume(second)
    office.at += timedelta(seconds=1)
    assert not await states.async_consume(third)
    await states.async_issue()
    office.at += timedelta(hours=1)
    await states.async_issue()
    assert len(await runner.read(rows, SlackState)) == 1


@pytest.fixture
async def clients(platform: Slack, office: Desks) -> AsyncIterator[tuple[Clients, Installs]]:
    """Clients for whatever is installed."""
    store = installs(office)
    found = Clients(platform.api_url, store.token)
    yield found, store
    await found.close()


async def test_a_workspace_has_a_client_of_its_own(
    platform: Slack, clients: tuple[Clients, Installs]
) -> None:
    found, store = clients
    platform.installs(manifest(socket=False))
    for name in ("ku", "snu"):
        team = platform.team(name)
        await store.async_save(made(team.id, team.install().bot_token))
    ku, snu = [await found.of(platform.team(name).id) for name in ("ku", "snu")]
    assert ku is not None
    assert snu is not None
    assert (await ku.auth_test())["team"] == "ku"
    assert (await snu.auth_test())["team"] == "snu"
    assert ku.session is snu.session
    assert await found.of(platform.team("ku").id) is ku
    await store.async_save(made(platform.team("ku").id, "another"))
    changed = await found.of(platform.team("ku").id)
    assert changed is not None
    assert changed.token == "another"
    await store.gone(platform.team("ku").id, seoul("2030-01-01 00:00"))
    assert await found.of(platform.team("ku").id) is None
    assert await found.of(platform.team("snu").id) is snu
