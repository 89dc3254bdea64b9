"""Forms: filled in as far as was typed; what is wrong in a field is said before they close."""

from tests.rules.season_2022 import NAMES
from tests.slack.scene import Scene, sends


async def test_what_is_missing_is_asked_for(study: Scene) -> None:
    koo = study.people[1]
    await study.until("2022-04-06 09:00")
    asked = await koo.types(study.channel, "/제출")
    assert asked.modal is not None
    assert asked.modal.title == "/제출"
    assert list(asked.modal.inputs) == ["link", "week", "note", "who"]
    assert asked.modal.labels["link"] == "링크"
    assert not asked.modal.inputs["link"]["optional"]
    assert asked.modal.inputs["note"]["optional"]
    handed = await sends(koo, asked, 링크="https://example.org/1")
    assert "1주차 · 정시" in handed.text
    assert handed.is_ephemeral


async def test_it_is_filled_in_as_far_as_typed(study: Scene) -> None:
    asked = await study.leader.types(study.channel, "/week plan title=Fundamentals week=1")
    assert asked.modal is not None
    assert asked.modal.inputs["title"]["element"]["initial_value"] == "Fundamentals"
    assert asked.modal.inputs["week"]["element"]["initial_option"]["value"] == "1"
    done = await sends(study.leader, asked, 내용="강의를 듣고\n기록하기")
    assert "강의를 듣고\n기록하기" in done.text
    assert "Fundamentals" in done.text
    assert "강의를 듣고\n기록하기" in (await study.sent())[-1].text


async def test_wrong_fields_are_said_in_the_form(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    koo = study.people[1]
    asked = await koo.types(study.channel, "/submit note=메모")
    assert asked.modal is not None
    wrong = await koo.fills(asked.modal, {"링크": "어디였더라"})
    assert wrong.action == "errors"
    assert list(wrong.errors) == ["link"]
    assert "http" in wrong.errors["link"]
    assert asked.modal.is_open
    assert "1주차 · 정시" in (await sends(koo, asked, 링크="https://example.org/1")).text


async def test_each_error_stands_under_its_field(study: Scene) -> None:
    leader = study.leader
    asked = await leader.types(study.channel, "/break add")
    assert asked.modal is not None
    wrong = await leader.fills(
        asked.modal, {"첫날": "2022-04-13", "마지막날": "2022-04-26", "사유": "@channel 시험"}
    )
    assert list(wrong.errors) == ["reason"]
    asked = await leader.types(study.channel, "/week extend")
    assert asked.modal is not None
    fields = {"주차": "1", "까지": "언젠가", "사유": " "}
    wrong = await leader.fills(asked.modal, fields)
    assert list(wrong.errors) == ["until", "reason"]


async def test_a_refusal_of_the_rules_is_said_after_it(study: Scene) -> None:
    koo = study.people[1]
    asked = await koo.types(study.channel, "/week plan")
    refused = await sends(koo, asked, 내용="내가 정한 과제")
    assert refused.is_ephemeral
    assert "스터디장" in refused.text


async def test_a_typed_value_that_is_none_is_not_lost(study: Scene) -> None:
    asked = await study.leader.types(study.channel, "/break add 언젠가")
    assert asked.modal is not None
    assert asked.modal.inputs["first"]["element"]["initial_value"] == "언젠가"
    asked = await study.leader.types(study.channel, "/break add 2022-04-13")
    assert asked.modal is not None
    assert asked.modal.inputs["first"]["element"]["initial_date"] == "2022-04-13"


async def test_people_and_members_are_picked(study: Scene) -> None:
    leader, koo = study.people[:2]
    guest = study.channel.team.person("안민우")
    asked = await leader.types(study.channel, "/study add")
    added = await sends(leader, asked, 누구=guest)
    assert "안민우" in added.text
    assert "안민우" in (await leader.types(study.channel, "/study show")).text
    asked = await leader.types(study.channel, f"/study role {koo.mention}")
    assert asked.modal is not None
    done = await sends(leader, asked, 역할="총무")
    assert "구미진" in done.text


async def test_members_in_order_begin_with_the_present_order(study: Scene) -> None:
    asked = await study.leader.types(study.channel, "/turn order")
    assert asked.modal is not None
    assert asked.modal.inputs["members"]["element"]["initial_value"] == ", ".join(NAMES)


async def test_settings_are_one_form(study: Scene) -> None:
    shown = await study.leader.types(study.channel, "/study settings")
    asked = await study.leader.presses(shown.reply, "바꾸기")
    changed = await sends(study.leader, asked, 지각벌금="2000", 질문="off")
    assert "2,000원" in changed.text


async def test_which_study_is_asked_before(study: Scene) -> None:
    team = study.channel.team
    other, nowhere = team.channel("llm"), team.channel("random")
    koo = study.people[1]
    await koo.types(other, "/study start 다른 2022-04-06 3")
    await study.sent()
    await study.until("2022-04-06 09:00")
    asked = await koo.types(nowhere, "/submit")
    assert asked.modal is None
    assert set(asked.reply.buttons) == {"Study-MLOps", "다른"}
    form = await koo.presses(asked.reply, "다른")
    handed = await sends(koo, form, 링크="https://example.org/1")
    assert "1주차 · 정시" in handed.text
    await study.sent()
    assert any("제출 1/1" in message.text for message in other.messages)
