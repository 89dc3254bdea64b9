"""A study from the README of a repository."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.github.scene import LEADER, Group, grouped
from tests.github.server import GitHub
from tests.github.world import Repository


@pytest.fixture
async def nobody(hub: GitHub, prepared: dict[str | None, Path], tmp_path: Path) -> AsyncIterator[Group]:
    """A channel in which no study runs."""
    async with grouped(Path(shutil.copy(prepared[None], tmp_path / "none.db")), hub) as made:
        yield made


async def test_a_readme_is_read_where_it_is(nobody: Group, repository: Repository) -> None:
    reply = await nobody.says(LEADER, "/기록 가져오기 저장소=https://github.com/ku/mlops")
    nobody.hears(LEADER, "스터디원: 장서진, 구미진, 이은빈, 한현경, 문수인", "먼저 알려 주세요")
    reply = await nobody.says(LEADER, "/records import starts=2022-04-06")
    await nobody.presses(LEADER, reply.buttons[0])
    nobody.hears(LEADER, "Study-MLOps 스터디를 만들었어요")
    assert repository.commits[1:] == []


@pytest.mark.parametrize(
    ("name", "key"), [("ku/other", "github-missing"), ("mlops", "github-not-a-repository")]
)
async def test_what_cannot_be_read_is_told(
    nobody: Group, repository: Repository, name: str, key: str
) -> None:
    await nobody.says(LEADER, f"/records import repository={name}")
    nobody.refused(LEADER, key)


async def test_a_repository_without_a_readme_is_told(nobody: Group, hub: GitHub) -> None:
    hub.world.repository("ku/empty")
    await nobody.says(LEADER, "/records import repository=ku/empty")
    nobody.refused(LEADER, "github-no-file")
