"""People at the door: acknowledged at once, answered privately, whatever goes wrong on the way."""

import asyncio
from pathlib import Path

import pytest

from bot.doors import playground
from bot.doors.slack import people
from tests.platforms.trouble import Cut, Lost, Slow, Status
from tests.rules.season_2022 import seoul
from tests.slack.scene import Scene, opened, playing, sends, wanted
from tests.slack.server import Slack
from tests.slack.trouble import Error, TooMany

SEED = (Path(playground.__file__).parent / "seeds" / "study-mlops.README.md").read_bytes()


async def test_the_acknowledgement_waits_for_nothing(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    lock = study.house.runner._one_writer
    assert lock is not None
    async with lock:
        life = study.people[1].begins(study.channel, "/submit https://example.org/1")
        await life.acknowledged()
        assert life.acknowledged_ms is not None
        assert life.acknowledged_ms < 1_000
        assert life.answered_ms is None
    await life.answered()
    assert "1주차 · 정시" in life.text
    assert life.is_ephemeral
    assert len(life.replies) == 1


async def test_two_hundred_at_once_are_each_answered_once(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    everybody = [study.channel.team.person(f"p{number}") for number in range(195)] + study.people
    lives = [who.begins(study.channel, "/submit https://example.org/1") for who in everybody]
    await asyncio.gather(*(life.answered() for life in lives))
    assert all(len(life.replies) == 1 for life in lives)
    assert sum("1주차 · 정시" in life.text for life in lives) == 5
    assert "제출 5/5" in "".join(x.text for x in await study.sent())


async def test_the_time_of_a_hand_in_is_that_of_the_event(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    opened_week = next(x for x in await study.sent() if x.buttons.get("과제 내기"))
    await study.until("2022-04-12 23:59:59")
    koo, bin_ = study.people[1:3]
    asked = await koo.presses(opened_week, "과제 내기")
    assert "1주차 · 정시" in (await sends(koo, asked, 링크="https://example.org/1")).text
    shown = await bin_.types(study.channel, "/mine")
    await study.until("2022-04-13 00:00:00")
    asked = await bin_.presses(shown.reply, "과제 내기")
    assert "1주차 · 지각" in (await sends(bin_, asked, 링크="https://example.org/1")).text


async def test_over_http_the_request_tells_the_time(platform: Slack, file: Path) -> None:
    async with playing(file, platform, "http") as scene:
        await scene.starts()
        await scene.until("2022-04-12 23:59:59")
        koo = scene.people[1]
        lock = scene.house.runner._one_writer
        assert lock is not None
        async with lock:
            life = await koo.begins(scene.channel, "/submit https://example.org/1").acknowledged()
            scene.house._virtual = seoul("2022-04-13 00:00:05")
        await life.answered()
        assert "1주차 · 정시" in life.text


async def test_buttons_and_forms_work_after_a_restart(platform: Slack, file: Path) -> None:
    channel = platform.team("ku").channel("mlops")
    section = wanted(platform)
    async with opened(file, platform, section) as house:
        scene = Scene(platform, house, channel)
        await scene.starts()
        await scene.until("2022-04-06 09:00")
        plan = await scene.leader.types(channel, "/week plan")
        week = next(x for x in await scene.sent() if x.buttons.get("과제 내기"))
    async with opened(file, platform, section, now=seoul("2022-04-06 10:00")) as house:
        await house.step_to(seoul("2022-04-06 10:00"))
        koo = scene.people[1]
        asked = await koo.presses(week, "과제 내기")
        handed = await sends(koo, asked, 링크="https://example.org/1")
        assert "1주차 · 정시" in handed.text
        assert "구미진" in (await koo.presses(handed, "내 현황")).text
        assert "하기" in (await sends(scene.leader, plan, 내용="하기")).text


async def test_a_link_that_was_posted_is_handed_in(study: Scene) -> None:
    await study.until("2022-04-06 09:00")
    koo, lee = study.people[1:3]
    posted = koo.writes(study.channel, "다 했어요! https://example.org/koo?a=1&b=2 봐 주세요")
    said = await koo.uses_on_message(posted, "이 링크 제출")
    assert "https://example.org/koo?a=1&amp;b=2" in said.text
    assert "내가 쓴 메시지" in (await lee.uses_on_message(posted, "Submit this link")).text
    nothing = koo.writes(study.channel, "안녕")
    assert "링크가 없어요" in (await koo.uses_on_message(nothing, "이 링크 제출")).text


async def test_wrong_words_are_answered_with_right_ones(study: Scene) -> None:
    said = await study.leader.types(study.channel, "/study strat")
    assert said.is_ephemeral
    assert said.text.count("/스터디") == 2
    assert "/스터디 시작" in said.text


async def test_a_mention_brings_along_what_somebody_is_called(study: Scene) -> None:
    minwoo = study.channel.team.person("안민우")
    assert "안민우" in (await study.leader.types(study.channel, f"/study add {minwoo.mention}")).text
    done = await study.leader.types(study.channel, f"/study role {minwoo.mention} treasurer")
    assert "안민우" in done.text


async def test_guests_start_nothing_and_managers_take_over(scene: Scene) -> None:
    team, channel = scene.channel.team, scene.channel
    guest = team.person("손님", is_guest=True)
    said = await guest.types(channel, "/study start 우리 2022-04-06 3")
    assert "시작" in said.text
    assert "시작했어요" not in said.text
    anybody = team.person("누구나")
    await anybody.types(channel, "/study start 우리 2022-04-06 3")
    manager = team.person("관리자", manages=True)
    done = await manager.types(channel, f"/study role {manager.mention} leader")
    assert done.is_ephemeral


async def test_a_file_comes_in_the_conversation_with_the_bot(study: Scene) -> None:
    said = await study.leader.types(study.channel, "/records export csv")
    assert "봇과의 대화" in said.text
    (sent,) = [message for message in study.leader.inbox if message.files]
    assert sent.files[0].name.endswith(".csv")
    assert "장서진" in sent.files[0].content.decode()


async def test_a_readme_is_given_as_a_file(scene: Scene) -> None:
    leader, channel = scene.leader, scene.channel
    nothing = await leader.types(channel, "/records import")
    asked = await leader.presses(nothing.reply, next(iter(nothing.reply.buttons)))
    readme = scene.platform.world.file(leader, "README.md", SEED)
    taken = await sends(leader, asked, 파일=readme)
    assert "장서진" in taken.text


async def test_a_long_answer_comes_in_parts(study: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.doors.slack.look.MOST", 150)
    monkeypatch.setattr("bot.doors.slack.look.TEXT", 150)
    life = await study.leader.begins(study.channel, "/guide").more(7)
    assert life.uses == 5, "the rest in the channel"
    assert all(reply.is_ephemeral for reply in life.replies)
    await study.platform.until(lambda: "/기록" in life.text)


@pytest.mark.parametrize("trouble", [Cut(), Lost(), Status(503), TooMany(1)])
async def test_trouble_on_the_way_back_keeps_no_answer(study: Scene, trouble: Cut | Lost) -> None:
    study.platform.fails("response_url", trouble)
    assert (await study.leader.types(study.channel, "/board")).text


async def test_where_the_address_is_spent_it_is_said_in_the_channel(study: Scene) -> None:
    asked = await study.leader.types(study.channel, "/week plan")
    study.house._virtual = seoul("2022-04-05 22:00")
    assert "하기" in (await sends(study.leader, asked, 내용="하기")).text
    assert study.platform.asked("chat.postEphemeral")


async def test_where_the_bot_is_not_in_the_channel_it_is_said_directly(study: Scene) -> None:
    team = study.channel.team
    away = team.channel("away", bot_in=False)
    asked = await study.leader.types(away, "/week plan")
    study.house._virtual = seoul("2022-04-05 22:00")
    assert asked.modal is not None
    before = len(study.leader.inbox)
    await study.leader.fills(asked.modal, {"내용": "하기"})
    await study.platform.until(lambda: len(study.leader.inbox) > before)
    assert "하기" in study.leader.inbox[-1].text


@pytest.mark.parametrize("trouble", [Cut(), Lost()])
async def test_a_form_is_opened_again_where_the_connection_broke(study: Scene, trouble: Cut | Lost) -> None:
    study.platform.fails("views.open", trouble)
    with study.platform.allowing():
        assert (await study.leader.types(study.channel, "/week plan")).modal
        await study.platform.until(lambda: len(study.platform.asked("views.open")) == 2)


async def test_where_it_is_too_late_for_a_form_a_button_asks_later(study: Scene) -> None:
    study.platform.fails("views.open", Error("expired_trigger_id"))
    said = await study.leader.types(study.channel, "/week plan title=Fundamentals")
    asked = await study.leader.presses(said.reply, "답하기")
    assert asked.modal is not None
    assert asked.modal.inputs["title"]["element"]["initial_value"] == "Fundamentals"


async def test_a_workspace_that_does_not_say_who_somebody_is(study: Scene) -> None:
    minwoo = study.channel.team.person("안민우")
    study.platform.fails("users.info", Error("fatal_error"))
    assert "/submit" in (await minwoo.types(study.channel, "/guide")).text
    assert "/제출" in (await minwoo.types(study.channel, "/guide")).text


async def test_a_slow_workspace_is_waited_for(study: Scene) -> None:
    minwoo = study.channel.team.person("안민우")
    study.platform.fails("users.info", Slow(before=1.0))
    life = await minwoo.types(study.channel, "/board")
    assert life.acknowledged_ms is not None
    assert life.acknowledged_ms < 500


async def test_people_are_asked_about_once(study: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(study.platform.asked("users.info"))
    await study.leader.types(study.channel, "/board")
    assert len(study.platform.asked("users.info")) == before
    monkeypatch.setattr(people, "LATELY", 0.0)
    study.leader.changes(locale="en-US")
    assert "week" in (await study.leader.types(study.channel, "/homework")).text.lower()


async def test_a_button_of_old_is_answered(study: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = await study.leader.types(study.channel, "/study settings")
    monkeypatch.setattr("bot.doors.slack.state.DOES", frozenset())
    said = await study.leader.presses(shown.reply, next(iter(shown.reply.buttons)))
    assert "이제 쓰지 않아요" in said.text


async def test_a_fault_is_answered_with_its_id(study: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.doors.slack.answers.wish_of", broken)
    said = await study.leader.types(study.channel, "/board")
    assert said.is_ephemeral
    assert said.text


async def test_a_prefix_stands_before_all_names(platform: Slack, file: Path) -> None:
    channel = platform.team("ku").channel("mlops")
    async with opened(file, platform, wanted(platform, prefix="s-")) as house:
        leader = Scene(platform, house, channel).leader
        said = await leader.types(channel, "/s-study start 우리 2022-04-06 3")
        assert "우리" in said.text
        assert "/s-스터디" in (await leader.types(channel, "/s-스터디 strat")).text
        asked = await leader.types(channel, "/s-주차 계획")
        assert asked.modal is not None
        assert asked.modal.title == "/s-주차 계획"
