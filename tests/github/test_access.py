"""With what rights GitHub is asked: a token or an app, and what `studybot check` says of them."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.checks import check, refuse_impossible
from bot.config import BadSettings, Database, Settings
from bot.config import GitHub as Wanted
from bot.doors.github.door import Connecting
from tests.github.scene import grouped
from tests.github.server import GitHub
from tests.github.world import App, Repository

LINK = "https://example.org/"
PEM = serialization.Encoding.PEM


@pytest.fixture(scope="module")
def key() -> tuple[str, str]:
    """A private key and its public one."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = made.private_bytes(
        PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = made.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


@pytest.fixture
def app(hub: GitHub, key: tuple[str, str]) -> App:
    """An app that is installed."""
    hub.world.app = App("1234", key[1])
    return hub.world.app


async def publishes(hub: GitHub, key: tuple[str, str], file: Path) -> None:
    """Hand something in and have it published, as the app."""
    async with grouped(file, hub, Connecting(hub.api_url, app_id="1234", private_key=key[0])) as group:
        assert await group.connects() == "github-connected"
        await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
        await group.minutes("2022-04-07 21:02")
        await group.minutes("2022-04-13 00:05")
        assert await group.told() == []


@pytest.fixture
def base(prepared: dict[str | None, Path], tmp_path: Path) -> Path:
    """A database with the sample's study."""
    return Path(shutil.copy(prepared["ko"], tmp_path / "studybot.db"))


async def test_an_app_publishes_as_itself(
    hub: GitHub, app: App, key: tuple[str, str], repository: Repository, base: Path
) -> None:
    await publishes(hub, key, base)
    assert [x.title for x in repository.by("studybot[bot]")] == ["1주차 기록: 구미진"]
    assert [x.author for x in repository.issues.values()] == ["studybot[bot]"]
    assert app.issued == 1


async def test_an_app_s_token_is_renewed_before_it_expires(
    hub: GitHub, app: App, key: tuple[str, str], repository: Repository, base: Path
) -> None:
    app.lifetime = timedelta(minutes=4)
    await publishes(hub, key, base)
    assert app.issued > 3
    assert 401 not in [each.status for each in hub.log]


async def test_an_app_s_token_that_was_revoked_is_exchanged(
    hub: GitHub, app: App, key: tuple[str, str], repository: Repository, base: Path
) -> None:
    async with grouped(base, hub, Connecting(hub.api_url, app_id="1234", private_key=key[0])) as group:
        await group.connects()
        hub.world.keys.pop("ghs_1")
        await group.says("구미진", f"/submit {LINK}1", at="2022-04-07 21:00")
        await group.minutes("2022-04-07 21:02")
        assert len(repository.by("studybot[bot]")) == 1
        assert await group.told() == []


async def test_an_app_that_is_not_installed_says_so(
    hub: GitHub, app: App, key: tuple[str, str], repository: Repository, base: Path
) -> None:
    repository.installed = False
    async with grouped(base, hub, Connecting(hub.api_url, app_id="1234", private_key=key[0])) as group:
        assert await group.connects() == "github-not-installed"


async def checked(tmp_path: Path, **wanted: str) -> tuple[bool, list[str]]:
    """What `studybot check` says of GitHub, and whether all is well."""
    settings = Settings(
        database=Database(url=f"sqlite:///{tmp_path / 'none.db'}"), github=Wanted.model_validate(wanted)
    )
    said: list[str] = []
    good = await check(settings, said.append)
    return good, [line.removeprefix("github").strip() for line in said if line.startswith("github")]


async def test_check_asks_with_the_token(hub: GitHub, tmp_path: Path) -> None:
    token, url = hub.world.token, hub.api_url
    assert await checked(tmp_path, token=token, api_url=url) == (True, ["reachable, as jang"])
    assert await checked(tmp_path, token="old", api_url=url) == (False, ["the token is refused"])
    hub.world.keys[token].scopes = ("read:user",)
    missing = "missing: the token has neither the scope repo nor public_repo"
    assert await checked(tmp_path, token=token, api_url=url) == (False, ["reachable, as jang", missing])
    good, (line,) = await checked(tmp_path, token=token, api_url="http://127.0.0.1:1")
    assert not good
    assert line.startswith("not reachable")


async def test_check_asks_as_the_app(hub: GitHub, app: App, key: tuple[str, str], tmp_path: Path) -> None:
    file = tmp_path / "app.pem"
    file.write_text(key[0])
    given = {"app_id": "1234", "private_key": str(file), "api_url": hub.api_url}
    lines = ["reachable, as the app studybot", "installed at ku"]
    assert await checked(tmp_path, **given) == (True, lines)
    app.permissions = {"contents": "read"}
    missing = "missing: the app needs contents: write, issues: write"
    assert await checked(tmp_path, **given) == (False, [*lines, missing])
    file.write_text("-")
    good, (line,) = await checked(tmp_path, **given)
    assert not good
    assert line.startswith("github.private_key") or "private_key" in line


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"app_id": 12}, "github.private_key: the app needs it"),
        ({"app_id": "12", "private_key": "no-such-file"}, "github.private_key: the file cannot be read"),
        ({"app_id": "12", "private_key": "-----BEGIN", "token": "x"}, "github.token: leave it out"),
    ],
)
def test_settings_that_cannot_be_are_refused(wanted: dict[str, object], said: str) -> None:
    with pytest.raises(BadSettings, match=said):
        refuse_impossible(Settings(github=Wanted.model_validate(wanted)))
