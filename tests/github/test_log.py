"""The study log on GitHub: in the README where it has one, else in a file beside it."""

from tests.github.scene import Group
from tests.github.server import GitHub
from tests.github.world import Repository

LOG = """# MLOps-Study

### 0주차 - Orientation(2022.04.05)

인사를 나누었습니다.

### 1주차

서로 생각을 나누었습니다.
- [과제] Session 1까지 듣기
"""


async def test_a_log_in_the_readme_is_kept_there(group: Group, hub: GitHub) -> None:
    repository = hub.world.repository("ku/mlops", LOG.encode())
    await group.connects()
    await group.says("구미진", "/week note 재현성이 중요하다", at="2022-04-07 21:00")
    await group.minutes("2022-04-07 21:02")
    assert {commit.path for commit in repository.by("studybot")} == {"README.md"}
    assert "재현성이 중요하다" in repository.text()
    assert "인사를 나누었습니다." in repository.text()
    assert [post.text for post in await group.told()] == []


async def test_elsewhere_it_has_a_file_of_its_own(group: Group, repository: Repository) -> None:
    await group.connects()
    await group.says("구미진", "/submit https://example.org/1", at="2022-04-07 21:00")
    await group.minutes("2022-04-07 21:02")
    assert {commit.path for commit in repository.by("studybot")} == {"README.md"}
    await group.says("구미진", "/research mlflow")
    await group.minutes("2022-04-07 21:05")
    *_, made = repository.by("studybot")
    assert (made.path, made.title) == ("STUDY-LOG.md", "스터디 일지를 만들어요")
    repository.edit("STUDY-LOG.md", (repository.text("STUDY-LOG.md") + "\n끝에 남긴 말\n").encode())
    await group.says("이은빈", "/research airflow")
    await group.minutes("2022-04-07 21:10")
    text = repository.text("STUDY-LOG.md")
    assert "mlflow" in text
    assert "airflow" in text
    assert "끝에 남긴 말" in text
    assert [commit.path for commit in repository.by("studybot")] == [
        "README.md",
        "STUDY-LOG.md",
        "STUDY-LOG.md",
    ]
    assert [post.text for post in await group.told()] == []
