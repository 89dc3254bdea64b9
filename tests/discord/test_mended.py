"""What a critic found broken: lost answers, broken lines, sleeping posts, and who holds up whom."""

import asyncio
import time
from pathlib import Path

import pytest

from bot.doors import watch
from bot.doors.discord import answers
from bot.services.outbox import FAILED, WAITING
from tests.discord.scene import Scene, opened
from tests.discord.server import Discord
from tests.discord.test_courier import lapse, states, titles
from tests.discord.test_homes import begins, posts, thread_in
from tests.discord.test_pausing import OPENED, until, why
from tests.discord.tongue import Talk
from tests.discord.trouble import TooMany
from tests.platforms.trouble import Cut, Lost, Slow, Status

WEEK_OPENS = "2022-04-06 00:00:10"


async def again(scene: Scene, times: int = 3) -> None:
    """Let minutes pass in which nonces are forgotten, and try what waits again."""
    for _ in range(times):
        scene.platform.world.forget_nonces()
        await lapse(scene)


async def in_a_forum(scene: Scene) -> Talk:
    """A study whose home is a forum."""
    talk = Talk(scene)
    forum = scene.platform.guild("ku").forum("study", "공지")
    await begins(talk, thread_in(forum, "lobby", scene.leader))
    scene.channel = forum
    return talk


class TestAnswers:
    """Whoever asks hears something."""

    @pytest.mark.parametrize(
        ("route", "trouble"), [("POST /interactions/*", Lost()), ("PATCH /webhooks/*", Cut())]
    )
    async def test_a_broken_line_after_a_promise(
        self, study: Scene, monkeypatch: pytest.MonkeyPatch, route: str, trouble: Lost | Cut
    ) -> None:
        monkeypatch.setattr(answers, "PATIENCE", 0.1)
        await study.until("2022-04-06 09:00")
        study.platform.fails(route, trouble)
        lock = study.house.runner._one_writer
        assert lock is not None
        with study.platform.allowing():  # the promise is made again, for it may not have been heard
            async with lock:
                asked = study.leader.begins(study.channel, "submit", link="https://example.org/1")
                await study.platform.until(lambda: asked.is_deferred)
            await study.platform.until(lambda: "1주차 · 정시" in asked.text)

    async def test_a_file_is_sent_again_whole(self, study: Scene) -> None:
        study.platform.fails("POST /interactions/*", Cut())
        said = await study.leader.types(study.channel, "records export", format="csv")
        assert said.reply.attachments[0].content

    async def test_a_name_of_digits_breaks_no_completion(self, study: Scene) -> None:
        await study.platform.person("안민우").types(study.channel, "study join", name="2024")
        offered = await study.leader.completes(study.channel, "study remove", focused="who")
        assert "2024" in [choice["value"] for choice in offered.choices or []]

    async def test_an_order_too_long_for_discord_is_not_offered(self, study: Scene) -> None:
        for number in range(8):
            person = study.platform.person(f"p{number}")
            await person.types(study.channel, "study join", name=f"Alexander Sommer {number}")
        offered = await study.leader.completes(study.channel, "turn order", focused="members")
        assert offered.choices == []


class TestDelivery:
    """Once each, and nobody waits for another one's channel."""

    async def test_a_leader_is_told_though_the_line_broke_first(self, study: Scene) -> None:
        await study.until(OPENED)
        study.platform.fails("POST /users/@me/channels", Cut())
        study.channel.delete()
        await until(study, "gone")
        await again(study)
        assert len(study.leader.inbox) == 1

    async def test_a_thread_is_told_once_that_it_closes(self, study: Scene) -> None:
        await study.until(OPENED)
        thread = study.channel.threads[0]
        study.platform.fails("PATCH /channels/*", Cut(), times=2)
        await study.until("2022-04-13 00:01")
        await again(study)
        assert sum("질문을 닫았어요" in message.text for message in thread.messages) == 1
        assert thread.locked

    async def test_a_limit_on_threads_begins_none_twice(self, study: Scene) -> None:
        study.platform.fails("POST /channels/*/messages/*/threads", TooMany(400))
        await study.until(OPENED)
        await again(study)
        assert titles(study).count("1주차 질문") == 1
        assert len(study.channel.threads) == 1

    async def test_chatter_hides_nothing(self, study: Scene) -> None:
        study.platform.fails(f"POST /channels/{study.channel.id}/messages", Lost(), times=2)
        await study.until(OPENED)
        for number in range(120):
            study.people[1].writes(study.channel, f"{number}")
        await again(study)
        assert titles(study).count("1주차 질문") == titles(study).count("1주차 시작") == 1

    async def test_a_slow_channel_holds_up_no_other(self, study: Scene) -> None:
        other = study.platform.guild("ku").channel("other")
        await study.leader.types(other, "study start", name="둘째", starts="2022-04-06", weeks=12)
        await study.sent()
        study.platform.fails(f"POST /channels/{study.channel.id}/messages", Slow(before=6))
        begun = time.monotonic()
        time_passes = asyncio.create_task(study.until(OPENED))
        await study.platform.until(lambda: any("1주차 시작" in message.text for message in other.messages))
        assert time.monotonic() - begun < 5
        await time_passes


class TestForums:
    """Posts sleep after days, and people delete what they like."""

    async def test_the_week_s_post_is_edited_though_it_sleeps(self, scene: Scene) -> None:
        talk = await in_a_forum(scene)
        await scene.until(WEEK_OPENS)
        week = posts(scene.channel)["1주차 시작"]
        week.archive()
        await talk.types(
            "구미진", "submit", place=posts(scene.channel)["lobby"], link="https://example.org/1"
        )
        await scene.house.settle()
        assert "제출 1/5" in week.messages[0].text

    async def test_a_deleted_beginning_stops_no_other_message(self, scene: Scene) -> None:
        await in_a_forum(scene)
        scene.leader.deletes(posts(scene.channel)["팀블로그 순서를 정했어요"].messages[0])
        scene.platform.fails("POST /channels/*/threads", Cut())
        await scene.until(WEEK_OPENS)
        await again(scene)
        assert FAILED not in await states(scene)

    async def test_a_notice_outlives_the_reminder_that_it_stands_under(self, scene: Scene) -> None:
        talk = await in_a_forum(scene)
        await scene.until("2022-04-12 21:00:10")
        lobby = posts(scene.channel)["lobby"]
        await talk.types("장서진", "study role", place=lobby, who="구미진", role="treasurer")
        await scene.sent()
        await scene.until("2022-04-13 00:00:10")
        texts = [message.text for post in posts(scene.channel).values() for message in post.messages]
        assert any("구미진" in text and "총무" in text for text in texts)
        assert not any("과제 알림" in text for text in texts)

    async def test_posts_are_looked_for_before_the_server_was_heard_of(
        self, redirected: Discord, file: Path
    ) -> None:
        guild = redirected.guild("ku")
        async with opened(file, redirected) as house:
            scene = Scene(redirected, house, guild.channel("mlops"))
            await in_a_forum(scene)
            redirected.fails("POST /channels/*/threads", Lost())
            await scene.until(WEEK_OPENS)
        async with opened(file, redirected, now=None) as house:
            scene = Scene(redirected, house, scene.channel)
            await again(scene)
            assert [post.name for post in scene.channel.threads].count("1주차 질문") == 1


class TestPausing:
    """Every pause ends."""

    @pytest.fixture(autouse=True)
    def looked_at_often(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(watch, "NOW_AND_THEN", 0.3)

    async def test_a_look_that_failed_is_taken_again(self, study: Scene) -> None:
        study.channel.deny("send_messages")
        await study.until(OPENED)
        await until(study, "closed")
        study.platform.fails("GET /guilds/*", Status(503), times=2)
        study.channel.allow("send_messages")
        await until(study, None)

    async def test_a_study_that_ends_meanwhile_says_its_last(self, study: Scene) -> None:
        study.channel.deny("send_messages")
        await study.until(OPENED)
        await until(study, "closed")
        other = study.platform.guild("ku").channel("general")
        asked = await study.leader.types(other, "study end")
        await study.leader.presses(asked.reply, "정말 끝내기")
        study.channel.allow("send_messages")
        await until(study, None)
        await study.sent()
        assert WAITING not in await states(study)
        assert any("끝났어요" in title for title in titles(study))

    async def test_another_process_than_the_server_s_pauses_too_and_resumes_nothing(
        self, redirected: Discord, file: Path
    ) -> None:
        redirected.guild("another")
        guild = redirected.guild("ku")
        async with opened(file, redirected) as house:
            await Scene(redirected, house, guild.channel("mlops")).starts()
        others = (1 - (guild.id >> 22) % 2,)
        async with opened(file, redirected, now=None, shard_count=2, shard_ids=others) as house:
            scene = Scene(redirected, house, guild.channel("mlops"))
            scene.channel.deny("send_messages")
            await scene.until(OPENED)
            await asyncio.sleep(1)
            assert await why(scene) == "closed"
            assert FAILED not in await states(scene)
