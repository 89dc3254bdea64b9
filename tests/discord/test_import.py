"""A README on Discord: pasted into a form or given as a file, asked about, and made a study of."""

import pytest

from bot.texts import LANGUAGES
from tests.discord.forms import fields_of
from tests.discord.interactions import Interaction
from tests.discord.model import Message
from tests.discord.scene import Scene
from tests.discord.tongue import Talk
from tests.records.documents import SEED
from tests.rules.season_2022 import JANG

ANSWERS = {
    "year": "2022",
    "breaks": "2022-04-13..2022-04-26,2022-06-08..2022-06-21",
    "last": ["most_fines"],
}


async def goes_on(talk: Talk, preview: Interaction) -> Message:
    """Answer what is asked, say yes, and give what the channel is told."""
    asked = await talk.presses(JANG, preview.reply, "answer")
    assert asked.modal is not None
    fields = {part["custom_id"] for part in fields_of(asked.modal).values()}
    assert fields == {"year", "breaks", "last", "starts", "answer"}
    understood = await talk.person(JANG).sends_modal(asked, **ANSWERS)
    assert "2022" in understood.text or "6" in understood.text
    made = await talk.presses(JANG, understood.reply, "import")
    assert "Study-MLOps" in made.text
    return (await talk.scene.sent())[-1]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_readme_is_given_as_a_file(scene: Scene, language: str) -> None:
    scene.language = language
    talk = Talk(scene)
    file = scene.platform.world.file("README.md", SEED)
    preview = await talk.types(JANG, "records import", file=file)
    assert "장서진, 구미진, 이은빈, 한현경, 문수인" in preview.text
    told = await goes_on(talk, preview)
    assert "Study-MLOps 스터디를 시작해요" in told.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_readme_is_pasted_into_a_form(scene: Scene, language: str) -> None:
    scene.language = language
    talk = Talk(scene)
    empty = await talk.types(JANG, "records import")
    preview = await talk.presses(JANG, empty.reply, "paste", text=SEED.decode())
    assert "장서진, 구미진, 이은빈, 한현경, 문수인" in preview.text
    told = await goes_on(talk, preview)
    assert "Study-MLOps 스터디를 시작해요" in told.text


async def test_a_file_that_is_too_large_is_refused(scene: Scene) -> None:
    file = scene.platform.world.file("README.md", b"x" * 500_000)
    said = await Talk(scene).types(JANG, "records import", file=file)
    assert "500000자" in said.text.replace(",", "")
