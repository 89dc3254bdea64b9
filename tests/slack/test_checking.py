"""`studybot check` where workspaces install the app by themselves."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.checks import check
from bot.config import Settings, Web
from bot.house import House
from tests.platforms.scene import COMMANDS
from tests.platforms.trouble import Status
from tests.slack.scene import BASE, opened, settings, wanted
from tests.slack.server import Slack

OLD, NEW = "a secret", "a newer secret"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in English."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


async def said(given: Settings, *, good: bool = True) -> str:
    """What there is to say of Slack."""
    lines: list[str] = []
    assert await check(given, lines.append) is good, lines
    return "\n".join(line.removeprefix("slack").strip() for line in lines if line.startswith("slack"))


def with_secret(given: Settings, secret: str) -> Settings:
    """The same with another key."""
    return given.model_copy(update={"web": Web(base_url=BASE, secret=SecretStr(secret))})


async def installed(platform: Slack, file: Path) -> Settings:
    """The settings, with the app in two workspaces."""
    section = wanted(platform, "many")
    async with opened(file, platform, section):
        for name in ("ku", "snu"):
            visit = await platform.team(name).person("장서진").installs(f"{BASE}/slack/install")
            assert visit.installation is not None
    return settings(file, section)


async def test_every_workspace_is_asked(platform: Slack, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = await installed(platform, file)
    platform.team("snu").install().scopes.remove("im:history")
    told = await said(given)
    assert "reachable, as studybot in ku" in told
    assert "reachable, as studybot in snu\nnot allowed yet: im:history" in told
    assert f"install with {BASE}/slack/install" in told
    platform.team("ku").install().problem = "account_inactive"
    assert "ku: refused (account_inactive)" in await said(given)
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert "연결됐어요: snu의 studybot" in await said(given)
    platform.fails("auth.test", Status(503))
    assert "연결할 수 없어요" in await said(given, good=False)


async def test_it_says_whether_an_older_secret_is_needed(platform: Slack, file: Path) -> None:
    given = await installed(platform, file)
    assert "older web.secret" not in await said(given)
    both = with_secret(given, f"{NEW},{OLD}")
    assert "2 tokens are still encrypted with an older web.secret" in await said(both)
    assert "ku: its token was encrypted with another web.secret" in await said(
        with_secret(given, NEW), good=False
    )
    house = House(both, COMMANDS)
    await house.open()
    await house.close()
    assert "no token needs an older web.secret" in await said(both)
    assert "reachable, as studybot in ku" in await said(with_secret(given, NEW))


async def test_before_the_first_run_nobody_is_asked(platform: Slack, tmp_path: Path) -> None:
    given = settings(tmp_path / "new.db", wanted(platform, "many"))
    assert "installed in no workspace yet" in await said(given)


async def test_an_address_without_tls_is_told(platform: Slack, tmp_path: Path) -> None:
    given = settings(tmp_path / "new.db", wanted(platform, "many"))
    web = Web(base_url="http://study.example", secret=SecretStr(OLD))
    assert "web.base_url is not https" in await said(given.model_copy(update={"web": web}), good=False)
