"""Socket Mode, tried with the real slack_bolt."""

import asyncio
import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server import Slack
from tests.slack.tiny import form, manifest, plain, socketed


async def test_a_command_is_answered_and_its_buttons_too(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang, koo = (channel.team.person(name) for name in ("장서진", "구미진"))
    async with socketed(platform):
        said = await jang.types(channel, "/제출 https://example.org/1")
        assert said.text == "1주차 <https://example.org/1>"
        assert said.is_ephemeral
        assert said.acknowledged_ms is not None
        assert said.acknowledged_ms < 3000
        assert koo.sees(channel) == []
        shown = await jang.presses(said.reply, "공개")
        assert shown.text == "공개한다"
        assert koo.sees(channel) == [shown.reply]
        again = await jang.presses(said.reply, "다시")
        assert again.reply is said.reply
        assert said.text == "다시 낸다"
        assert said.reply.buttons == {}
        second = await jang.types(channel, "/submit x")
        gone = await jang.presses(second.reply, "지우기")
        assert gone.changed == [second.reply]
        assert second.reply.deleted


async def test_an_acknowledged_command_answers_later(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    async with socketed(platform):
        said = await (await jang.types(channel, "/think")).more(2)
        assert [reply.text for reply in said.replies] == ["생각했다", "더 생각했다"]
        loud = await jang.types(channel, "/loud")
        assert not loud.is_ephemeral
        assert channel.messages == [loud.reply]


async def test_a_form_is_filled_in(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    async with socketed(platform):
        asked = await jang.types(channel, "/research")
        view = asked.modal
        assert view is not None
        assert view.labels == {"text": "내용", "week": "주차"}
        with pytest.raises(AssertionError, match="filled in"):
            jang.sends(view)
        with pytest.raises(AssertionError, match="takes a number"):
            jang.sends(view, {"내용": "x", "주차": "삼"})
        refused = await jang.fills(view, {"내용": "짧다", "week": 3})
        assert refused.errors == view.errors == {"text": "너무 짧아요"}
        assert view.state["week"]["value"]["value"] == "3"
        changed = await jang.fills(view, {"내용": "바꿔"})
        assert changed.action == "update"
        assert changed.text == "바뀜\n바뀌었다\n내용\n주차"
        laid = (await jang.fills(view, {"text": "더"})).modal
        assert laid is not None
        with pytest.raises(AssertionError, match="lies on"):
            jang.sends(view)
        closed = jang.closes(laid)
        assert closed is not None
        await closed.acknowledged()
        sent = await (await jang.fills(view, {"text": "쿠버네티스\n조사"})).more(1)
        assert sent.text == "받음: 쿠버네티스\n조사"
        assert [message.text for message in jang.inbox] == [sent.text]
        assert not view.is_open


async def test_shortcuts_home_and_threads(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진", locale="en-US")
    async with socketed(platform):
        posted = jang.writes(channel, "<보라> https://example.org/2?a=1&b=2")
        used = await jang.uses_on_message(posted, "이 링크 제출")
        assert used.text == "받음: &lt;보라&gt; <https://example.org/2?a=1&amp;b=2>"
        assert jang.reads(used.reply) == "받음: <보라> https://example.org/2?a=1&b=2"
        written = await jang.uses("주제 쓰기")
        assert written.text.startswith("주제")
        assert (await jang.opens_home()).text == "내 주차 (en-US)"
        assert jang.home.buttons == {"제출": "b0"}
        jang.writes(channel, "질문", thread=posted)
        await platform.until(lambda: len(posted.replies) == 2)
    assert posted.replies[1].text == "여기는 닫혔어요"
    assert channel.messages == [posted]
    assert {told.kind for told in platform.told()} == {"message", "app_home_opened"}


async def test_what_nobody_can_do(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang, koo = (channel.team.person(name) for name in ("장서진", "구미진"))
    async with socketed(platform):
        for line in ("/submitt x", "/sub", "submit"):
            with pytest.raises(AssertionError, match="not a valid command"):
                jang.begins(channel, line)
        posted = jang.writes(channel, "질문")
        with pytest.raises(AssertionError, match="threads"):
            jang.begins(channel, "/submit x", thread=posted)
        said = await jang.types(channel, "/submit x")
        with pytest.raises(AssertionError, match="no button '없다'"):
            jang.pushes(said.reply, "없다")
        with pytest.raises(AssertionError, match="only"):
            koo.pushes(said.reply, "다시")
        with pytest.raises(AssertionError, match="shortcut"):
            await jang.uses_on_message(posted, "없는 것")
        channel.archive()
        with pytest.raises(AssertionError, match="archived"):
            jang.begins(channel, "/submit x")


async def test_mentions_and_links_come_escaped_where_the_manifest_says_so(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang, koo = (channel.team.person(name) for name in ("장서진", "구미진"))
    async with socketed(platform):
        said = await jang.types(channel, f"/submit {koo.mention} example.org/1 a<b&c {channel.mention}")
        assert said.text == (
            f"1주차 <@{koo.id}|구미진> <http://example.org/1|example.org/1> a&lt;b&amp;c "
            f"<#{channel.id}|mlops>"
        )
        assert jang.reads(said.reply) == "1주차 @구미진 example.org/1 a<b&c #mlops"
        assert (await jang.types(channel, f"/raw {koo.mention} https://a.kr")).text == "@구미진 https://a.kr"


async def test_silence_faults_and_lateness_fail_the_one_who_asked(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    async with socketed(platform):
        with platform.allowing() as wrong:
            silent, late = jang.begins(channel, "/fault"), jang.begins(channel, "/late")
            for life in (silent, late):
                with pytest.raises(AssertionError, match=r"does not react within 3 s.*operation_timeout"):
                    await life.answered()
            await platform.until(lambda: len(wrong) == 3)
        assert [each.error for each in wrong] == ["operation_timeout", "operation_timeout", "invalid_ack"]
        assert "acknowledges after 3 s" in str(wrong[2])
        assert late.replies == []
    with pytest.raises(AssertionError, match="dispatch_failed"):
        await jang.types(channel, "/submit x")


async def test_a_trigger_opens_one_form_within_three_seconds(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    async with socketed(platform) as app:
        first = await jang.types(channel, "/submit x")
        second = await jang.types(channel, "/research")
        first.began -= 3.1
        with platform.allowing() as wrong:
            for trigger in (first.trigger_id, second.trigger_id, "1.2.x"):
                with pytest.raises(Exception, match="trigger_id"):
                    await app.client.views_open(trigger_id=trigger, view=form())
    assert [each.error for each in wrong] == [
        "expired_trigger_id",
        "exchanged_trigger_id",
        "invalid_trigger_id",
    ]


async def test_an_external_id_is_there_once(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    named = form() | {"external_id": "own"}
    async with socketed(platform) as app:
        first, second = [await jang.types(channel, f"/submit {n}") for n in range(2)]
        opened = await app.client.views_open(trigger_id=first.trigger_id, view=named)
        with platform.allowing() as wrong, pytest.raises(SlackApiError, match="duplicate_external_id"):
            await app.client.views_open(trigger_id=second.trigger_id, view=named)
        changed = named | {"title": plain("달라진")}
        await app.client.views_update(external_id="own", hash=opened["view"]["hash"], view=changed)
    assert len(wrong) == 1
    assert first.modal is not None
    assert first.modal.title == "달라진"


async def test_connections_are_renewed(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    async with socketed(platform):
        platform.sockets.disconnect("warning")
        await platform.until(lambda: platform.sockets.opened == 2)
        await platform.sockets.is_ready()
        assert (await jang.types(channel, "/submit x")).text == "1주차 x"
        platform.sockets.drop()
        await platform.until(lambda: platform.sockets.opened == 3)
        assert (await jang.types(channel, "/submit y")).text == "1주차 y"


async def test_an_app_has_ten_connections(platform: Slack) -> None:
    platform.installs(manifest())
    async with aiohttp.ClientSession() as session:
        lines = [await session.ws_connect(platform.sockets.ticket()) for _ in range(11)]
        heard = [await line.receive_json() for line in lines]
        for line in lines:
            await line.close()
    assert [each["type"] for each in heard] == ["hello"] * 10 + ["disconnect"]
    assert [each.get("num_connections") for each in heard[:3]] == [1, 2, 3]
    assert heard[10]["reason"] == "too_many_websockets"


async def test_several_connections_share_what_comes(platform: Slack) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    async with socketed(platform, lines=3):
        said = await asyncio.gather(*(jang.types(channel, f"/submit {n}") for n in range(6)))
        assert [each.text for each in said] == [f"1주차 {n}" for n in range(6)]
        lines = {envelope.line for envelope in platform.sockets.envelopes.values()}
    assert len(lines) == 3


async def test_events_that_are_not_taken_come_again(platform: Slack) -> None:
    platform.world.delivery.pauses = (0.0, 0.05)
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    platform.installs(manifest())
    channel.team.install()
    jang.writes(channel, "질문")
    await platform.until(lambda: platform.told("message") and platform.told("message")[0].is_over)
    assert platform.told("message")[0].attempts == 3
    assert not platform.told("message")[0].is_taken


async def test_acknowledgements_are_held(platform: Slack) -> None:
    platform.installs(manifest())
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    channel.team.install()
    url = (
        await AsyncWebClient(base_url=platform.api_url).apps_connections_open(
            app_token=platform.app.app_token
        )
    )["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as line:
        hello = await line.receive_json()
        assert hello["type"] == "hello"
        assert hello["connection_info"] == {"app_id": platform.app.id}
        life = jang.begins(channel, "/submit x")
        told = await line.receive_json()
        assert told["type"] == "slash_commands"
        assert told["accepts_response_payload"]
        assert told["payload"]["command"] == "/submit"
        await line.send_json({"envelope_id": told["envelope_id"], "payload": {"text": "예"}})
        assert (await life.answered()).text == "예"
        with platform.allowing() as wrong:
            await line.send_json({"envelope_id": told["envelope_id"]})
            await line.send_json({"envelope_id": "nothing"})
            await platform.until(lambda: len(wrong) == 2)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
    assert time.monotonic() - life.began < 2
