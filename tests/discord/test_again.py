"""What was typed into a form that came to nothing: the form is offered again, and no word is lost."""

from bot.commands.choices import Facts
from bot.doors.discord.forms import form
from bot.doors.discord.state import ASK, State
from tests.discord.forms import fields_of
from tests.discord.interactions import Interaction
from tests.discord.model import walk
from tests.discord.scene import Scene
from tests.platforms.scene import COMMANDS

LONG = "강의를 듣고 *중요한* 것을 `기록`하기 " * 40


def values(asked: Interaction) -> dict[str, str]:
    """What stands in the fields of a form already."""
    assert asked.modal is not None, asked.text
    return {part["custom_id"]: part.get("value") or "" for part in fields_of(asked.modal).values()}


async def test_a_form_that_was_refused_opens_again_as_it_was_sent(study: Scene) -> None:
    koo = study.people[1]
    asked = await koo.types(study.channel, "week plan")
    refused = await koo.sends_modal(asked, 내용="내가 정한 과제", 제목="제목")
    assert "스터디장" in refused.text
    again = await koo.presses(refused.reply, "다시 적기")
    assert (values(again)["text"], values(again)["title"]) == ("내가 정한 과제", "제목")
    assert "스터디장" in (await koo.sends_modal(again)).text
    await study.leader.types(study.channel, "study role", who="구미진", role="leader")
    assert "내가 정한 과제" in (await koo.sends_modal(again)).text


async def test_what_no_button_has_room_for_is_given_back(study: Scene) -> None:
    koo = study.people[1]
    asked = await koo.types(study.channel, "week plan")
    refused = await koo.sends_modal(asked, 내용=LONG.strip(), 제목="제목")
    assert refused.text.replace("\\", "").count("*중요한* 것을 `기록`하기") == 40
    assert "복사해" in refused.text
    again = await koo.presses(refused.reply, "다시 적기")
    assert (values(again)["text"], values(again)["title"]) == ("", "제목")


async def test_whoever_was_picked_stays_picked(study: Scene) -> None:
    minwoo = study.platform.person("안민우")
    known = State(ASK, "study add", arguments={"who": str(minwoo.id)})
    asked = form(COMMANDS["study add"], known, "ko", Facts()).to_dict()
    (person,) = [part for part in walk(asked["components"]) if part.get("custom_id") == "who"]
    assert person["default_values"] == [{"id": minwoo.id, "type": "user"}]
