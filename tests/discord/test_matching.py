"""The names of an imported README become people of the server: by pressing and picking, nothing guessed."""

from pathlib import Path

import pytest

from bot.doors import playground
from tests.discord.interactions import Interaction
from tests.discord.people import Person
from tests.discord.scene import Scene
from tests.rules.season_2022 import NAMES

SEED = (Path(playground.__file__).parent / "seeds" / "study-mlops.README.md").read_bytes()
ANSWERS = {
    "연도": "2022",
    "쉬는날": "2022-04-13..2022-04-26,2022-06-08..2022-06-21",
    "꼴찌": ["most_fines"],
}
LEFT = "아직 연결되지 않은 이름: "


async def imports(scene: Scene, who: Person, go: str = "이대로 만들기") -> Interaction:
    """Have somebody import the seed's README: upload, answers, yes."""
    file = scene.platform.world.file("README.md", SEED)
    asked = await who.types(scene.channel, "records import", file=file)
    form = await who.presses(asked.reply, "답하기")
    assert form.modal is not None
    sure = await who.sends_modal(form, **ANSWERS)
    done = await who.presses(sure.reply, go)
    await scene.sent()
    return done


@pytest.fixture
def tutor(scene: Scene) -> Person:
    """Somebody who manages the server and is not in the README."""
    return scene.platform.person("조교", manages=True)


async def test_all_five_are_matched_by_pressing_and_picking(scene: Scene, tutor: Person) -> None:
    accounts = {name: scene.platform.person(f"nick{place}") for place, name in enumerate(NAMES)}
    said = await imports(scene, tutor)
    for place, name in enumerate(NAMES):
        assert LEFT + ", ".join(NAMES[place:]) in said.text
        assert [x for x in said.reply.buttons if x.endswith("연결")] == [f"{x} 연결" for x in NAMES[place:]]
        form = await tutor.presses(said.reply, f"{name} 연결")
        said = await tutor.sends_modal(form, 누구=[accounts[name]])
        assert f"{name} 이름에 그 사람을 연결했어요" in said.text
    assert LEFT not in said.text
    assert not said.reply.buttons
    assert (await scene.sent())[-1].text.endswith("문수인이 스터디에 들어왔어요")
    await scene.until("2022-04-06 10:00")
    handed = await accounts["한현경"].types(scene.channel, "submit", link="https://example.org/1")
    assert "1주차 · 정시" in handed.text
    assert "한현경의 현황" in (await accounts["한현경"].types(scene.channel, "mine")).text


async def test_a_leader_sees_who_is_left_in_the_study(scene: Scene, tutor: Person) -> None:
    await imports(scene, tutor)
    shown = await tutor.types(scene.channel, "study show")
    assert LEFT + ", ".join(NAMES) in shown.text
    assert list(shown.reply.buttons) == [f"{name} 연결" for name in NAMES]
    koo = scene.people[1]
    form = await tutor.presses(shown.reply, "구미진 연결")
    await tutor.sends_modal(form, 누구=[koo])
    shown = await koo.types(scene.channel, "study show")
    assert LEFT not in shown.text
    assert not shown.reply.buttons


async def test_who_joins_under_a_name_of_the_record_waits_for_a_leader(scene: Scene, tutor: Person) -> None:
    await imports(scene, tutor)
    koo, lee = scene.people[1:3]
    said = await koo.types(scene.channel, "study join")
    assert said.is_ephemeral
    assert "구미진은 기록에 이미 있는 이름이에요" in said.text
    await koo.types(scene.channel, "study join")
    told = [x for x in await scene.sent() if "맞으면 스터디장이" in x.text]
    assert len(told) == 1
    assert told[0].text.removeprefix("### ").startswith(f"{koo.mention} 님이 기록에 있는 구미진이라고 해요")
    assert list(told[0].buttons) == ["구미진이 맞아요"]
    assert "스터디원만" in (await koo.presses(told[0], "구미진이 맞아요")).text
    done = await tutor.presses(told[0], "구미진이 맞아요")
    assert "구미진 이름에 그 사람을 연결했어요" in done.text
    assert LEFT + "장서진, 이은빈, 한현경, 문수인" in done.text
    assert "구미진의 현황" in (await koo.types(scene.channel, "mine")).text
    waits = await lee.types(scene.channel, "study join")
    form = await lee.presses(waits.reply, "다른 이름으로 참여하기")
    assert "이은빈B" in (await lee.sends_modal(form, 이름="이은빈B")).text


async def test_a_picked_person_of_the_same_name_is_asked_about(scene: Scene, tutor: Person) -> None:
    await imports(scene, tutor)
    asked = await tutor.types(scene.channel, "study add", who=scene.people[1])
    assert "같은 사람인가요?" in asked.text
    done = await tutor.presses(asked.reply, "구미진이 맞아요")
    assert "구미진 이름에 그 사람을 연결했어요" in done.text
    added = await tutor.types(scene.channel, "study add", who=scene.platform.person("안민우"))
    assert "안민우" in added.text


async def test_who_imports_says_who_they_are(scene: Scene) -> None:
    leader = scene.platform.person("seojin", manages=True)
    said = await imports(scene, leader, "나는 장서진")
    assert LEFT + "구미진, 이은빈, 한현경, 문수인" in said.text
    assert "스터디장: 장서진" in (await leader.types(scene.channel, "study show")).text
