"""What was typed into a form that came to nothing: the form is offered again, and no word is lost."""

import pytest

from tests.slack.interactions import Interaction
from tests.slack.model import Message
from tests.slack.scene import Scene, sends
from tests.slack.trouble import Error

LONG = '"*"\n' * 370


def values(asked: Interaction) -> dict[str, str]:
    """What stands in the fields of a form already."""
    assert asked.modal is not None, asked.text
    return {id_: block["element"].get("initial_value", "") for id_, block in asked.modal.inputs.items()}


def copied(said: Message) -> list[str]:
    """What can be copied as it was written."""
    texts = [block["text"] for block in said.blocks if block["type"] == "section"]
    return [text["text"] for text in texts if text["type"] == "plain_text"]


async def test_a_form_that_was_refused_opens_again_as_it_was_sent(study: Scene) -> None:
    koo = study.people[1]
    asked = await koo.types(study.channel, "/week plan")
    refused = await sends(koo, asked, 내용="내가 정한 *과제*\n& <둘째>", 제목="제목")
    assert "스터디장" in refused.text
    assert copied(refused) == []
    again = await koo.presses(refused, "다시 적기")
    assert (values(again)["text"], values(again)["title"]) == ("내가 정한 *과제*\n& <둘째>", "제목")
    await study.leader.types(study.channel, f"/study role {koo.mention} leader")
    assert "내가 정한" in (await sends(koo, again)).text


async def test_what_no_button_has_room_for_is_given_back(study: Scene) -> None:
    koo, text = study.people[1], LONG.strip()
    asked = await koo.types(study.channel, "/week plan")
    refused = await sends(koo, asked, 내용=text, 제목="제목")
    assert copied(refused) == [text]
    assert "복사해" in refused.text
    again = await koo.presses(refused, "다시 적기")
    assert (values(again)["text"], values(again)["title"]) == ("", "제목")


async def test_a_form_too_late_for_what_was_typed_gives_it_back(study: Scene) -> None:
    study.platform.fails("views.open", Error("expired_trigger_id"))
    text = "왜 쉬는지 " * 400 + "끝"
    said = await study.leader.types(study.channel, f'/break add reason="{text}"')
    assert said.modal is None
    assert copied(said.reply) == [text]


async def test_what_is_too_long_for_a_field_stands_there_whole(study: Scene) -> None:
    text = "왜 쉬는지 " * 100 + "끝"
    asked = await study.leader.types(study.channel, f'/break add reason="{text}"')
    assert values(asked)["reason"] == text
    assert asked.modal is not None
    days = {"첫날": "2022-04-13", "마지막날": "2022-04-26"}
    assert list((await study.leader.fills(asked.modal, days)).errors) == ["reason"]


async def test_a_fault_of_ours_loses_nothing_either(study: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("broken")

    asked = await study.leader.types(study.channel, "/week plan")
    with monkeypatch.context() as patch:
        patch.setattr("bot.services.weeks.planned_week", broken)
        failed = await sends(study.leader, asked, 내용="과제")
    again = await study.leader.presses(failed, "다시 적기")
    assert values(again)["text"] == "과제"
    assert "과제" in (await sends(study.leader, again)).text


async def test_whoever_was_picked_stays_picked(study: Scene) -> None:
    koo, minwoo = study.people[1], study.channel.team.person("안민우")
    refused = await sends(koo, await koo.types(study.channel, "/study add"), 누구=minwoo)
    again = await koo.presses(refused, "다시 적기")
    assert again.modal is not None
    assert again.modal.inputs["who"]["element"]["initial_user"] == minwoo.id


async def test_a_file_that_is_too_large_is_asked_for_again(scene: Scene) -> None:
    leader, channel = scene.leader, scene.channel
    nothing = await leader.types(channel, "/records import")
    asked = await leader.presses(nothing.reply, next(iter(nothing.reply.buttons)))
    readme = scene.platform.world.file(leader, "README.md", b"x" * 500_000)
    failed = await sends(leader, asked, 파일=readme)
    again = await leader.presses(failed, "다시 적기")
    assert again.modal is not None
    assert "text" in again.modal.inputs
