"""People at the door: forms, buttons, and answers within three seconds."""

import asyncio
from pathlib import Path

from bot.doors.discord import state
from bot.doors.discord.state import State
from tests.discord.scene import Scene, opened
from tests.discord.server import Discord
from tests.rules.season_2022 import seoul


async def test_a_long_text_opens_a_form(study: Scene) -> None:
    asked = await study.leader.types(study.channel, "week plan", title="Fundamentals")
    assert asked.modal is not None
    assert asked.modal["title"] == "/주차 계획"
    done = await study.leader.sends_modal(asked, 내용="강의를 듣고\n기록하기")
    assert done.is_ephemeral
    assert "강의를 듣고\n기록하기" in done.text
    assert "Fundamentals" in done.text
    assert "강의를 듣고\n기록하기" in (await study.sent())[-1].text


async def test_a_form_offers_members_to_choose_from(study: Scene) -> None:
    await study.until("2022-04-06 10:00")
    await study.leader.types(study.channel, "submit", link="https://example.org/1")
    await study.until("2022-05-01 10:00")
    shown = await study.leader.types(study.channel, "fines", month="2022-04")
    asked = await study.leader.presses(shown.reply, "납부 표시")
    paid = await study.leader.sends_modal(asked, 누구=["구미진"])
    assert "구미진" in paid.text


async def test_settings_are_asked_for_in_two_parts(study: Scene) -> None:
    shown = await study.leader.types(study.channel, "study settings")
    asked = await study.leader.presses(shown.reply, "바꾸기")
    changed = await study.leader.sends_modal(asked, 지각벌금="2000")
    assert "2,000원" in changed.text
    more = await study.leader.presses(changed.reply, "바꾸기: 질문")
    assert "꺼" in (await study.leader.sends_modal(more, 질문=["off"])).text


async def test_buttons_work_after_a_restart(redirected: Discord, file: Path) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with opened(file, redirected) as house:
        scene = Scene(redirected, house, channel)
        await scene.starts()
        await scene.until("2022-04-06 09:00")
        plan = await scene.leader.types(channel, "week plan")
        opened_week = (await scene.sent())[-1]
    async with opened(file, redirected, now=seoul("2022-04-06 10:00")) as house:
        await house.step_to(seoul("2022-04-06 10:00"))
        koo = scene.people[1]
        asked = await koo.presses(opened_week, "과제 내기")
        assert asked.modal is not None
        handed = await koo.sends_modal(asked, 링크="https://example.org/1")
        assert "1주차 · 정시" in handed.text
        assert "구미진" in (await koo.presses(handed.reply, "내 현황")).text
        done = await scene.leader.sends_modal(plan, 내용="하기")
        assert "하기" in done.text


async def test_the_time_of_a_hand_in_is_that_of_the_event(study: Scene) -> None:
    await study.until("2022-04-12 23:59:59")
    study.platform.world.now = seoul("2022-04-12 23:59:59.999")
    late = study.people[2].begins(study.channel, "submit", link="https://example.org/2")
    study.platform.world.now = study.house.now
    assert "정시" in (await late.answered()).text
    await study.until("2022-04-13 00:00:00")
    assert "지각" in (await study.people[3].types(study.channel, "submit", link="https://example.org/3")).text


async def test_a_slow_database_is_waited_for(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    lock = study.house.runner._one_writer
    assert lock is not None
    async with lock:
        life = study.people[1].begins(study.channel, "submit", link="https://example.org/1")
        await study.platform.until(lambda: life.is_deferred)
        assert life.acknowledged_ms is not None
        assert life.acknowledged_ms < 2500
        assert life.answered_ms is None
    await life.answered()
    assert "1주차 · 정시" in life.text
    assert life.is_ephemeral
    assert len(life.replies) == 1


async def test_two_hundred_at_once_are_each_answered_once(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    people = [study.platform.person(f"p{number}", locale="ko") for number in range(195)] + study.people
    lives = [who.begins(study.channel, "submit", link="https://example.org/1") for who in people]
    await asyncio.gather(*(life.answered() for life in lives))
    assert all(len(life.replies) == 1 for life in lives)
    assert all((life.acknowledged_ms or 9999) < 3000 for life in lives)
    assert sum("1주차 · 정시" in life.text for life in lives) == 5
    assert "제출 5/5" in (await study.sent())[-1].text


async def test_a_link_that_was_posted_is_handed_in(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    koo, lee = study.people[1:3]
    posted = koo.writes(study.channel, "다 했어요! https://example.org/koo?a=1&b=2 봐 주세요")
    assert "https://example.org/koo?a=1&b=2" in (await koo.uses_on_message(posted, "이 링크 제출")).text
    assert "내가 쓴 메시지" in (await lee.uses_on_message(posted, "이 링크 제출")).text
    assert (
        "링크가 없어요" in (await koo.uses_on_message(koo.writes(study.channel, "안녕"), "이 링크 제출")).text
    )


async def test_a_person_is_added_by_the_picker_under_what_they_are_called(study: Scene) -> None:
    added = await study.leader.types(study.channel, "study add", who=study.platform.person("안민우"))
    assert "안민우" in added.text
    shown = await study.leader.types(study.channel, "study show")
    assert "안민우" in shown.text


async def test_a_thread_belongs_to_its_channel(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    said = await study.people[1].types(study.channel.threads[0], "submit", link="https://example.org/1")
    assert "1주차 · 정시" in said.text


async def test_somebody_who_may_not_is_told_so(study: Scene) -> None:
    said = await study.people[1].types(study.channel, "study end")
    assert said.is_ephemeral
    assert said.reply.text


async def test_everything_is_clickable_in_the_guide(study: Scene) -> None:
    said = await study.leader.types(study.channel, "guide")
    text = "\n".join(reply.text for reply in said.replies)
    assert "week plan" in study.platform.world.clickable(text)


async def test_a_file_is_attached(study: Scene) -> None:
    said = await study.leader.types(study.channel, "records export", format="csv")
    assert said.reply.attachments[0].name.endswith(".csv")


async def test_a_broken_connection_is_answered_again(study: Scene) -> None:
    from tests.platforms.trouble import Cut

    study.platform.fails("POST /interactions/*", Cut())
    assert (await study.leader.types(study.channel, "board")).text


def test_ids_hold_what_was_written() -> None:
    known = State("s", "submit", 12, {"link": "https://a.b/?c=%20;d", "note": "안녕; 50% 했어요"})
    assert state.read(known.write()) == known
    assert state.read("something else") is None


def test_what_does_not_fit_is_asked_for_again() -> None:
    known = State("s", "submit", 12, {"link": "https://example.org/" + "x" * 300, "week": "3"})
    assert not known.fits
    assert known.shortened() == State("a", "submit", 12, {"week": "3"})


async def test_a_note_is_asked_for_under_the_week_and_changed_however_long_it_is(study: Scene) -> None:
    koo = study.people[1]
    await study.until("2022-04-06 09:00")
    asked = await koo.presses((await study.sent())[-1], "기록 남기기")
    noted = await koo.sends_modal(asked, 내용="트랜스포머를 배웠다. " * 20, 종류=["lecture"])
    assert "강의: 트랜스포머" in noted.text
    shown = await koo.presses(noted.reply, "일지 보기")
    edit = await koo.presses(shown.reply, "#1 고치기")
    assert "트랜스포머를 배웠다. " * 19 in str(edit.modal)
    changed = await koo.sends_modal(edit, 내용="어텐션을 배웠다.")
    assert "강의: 어텐션을 배웠다." in changed.text
    assert "트랜스포머" not in changed.text
