"""The Web API, tried with the real slack_sdk: what is kept, who is pinged, what is refused."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.slack.server import Slack
from tests.slack.tiny import form, manifest, text


@pytest.fixture
async def client(platform: Slack) -> AsyncWebClient:
    """The library, with the token of the first team."""
    platform.installs(manifest())
    return AsyncWebClient(token=platform.team("ku").install().bot_token, base_url=platform.api_url)


@pytest.fixture
async def naughty(platform: Slack, client: AsyncWebClient) -> AsyncIterator[AsyncWebClient]:
    """The same where the bot may do wrong."""
    with platform.allowing():
        yield client


async def refused(call: Any) -> str:
    """Give the error of a call that is refused."""
    with pytest.raises(SlackApiError) as problem:
        await call
    return str(problem.value.response["error"])


async def test_messages_are_posted_changed_and_deleted(platform: Slack, client: AsyncWebClient) -> None:
    channel = platform.team("ku").channel("mlops")
    sent = await client.chat_postMessage(channel=channel.id, text="하나", blocks=[text("*하나*")])
    assert sent["message"]["blocks"][0]["block_id"]
    message = channel.messages[0]
    assert message.text == "*하나*"
    assert message.body == "하나"
    await client.chat_update(channel=channel.id, ts=sent["ts"], text="둘")
    assert (message.text, message.blocks, message.earlier) == ("둘", [], ["*하나*"])
    await client.chat_update(channel=channel.id, ts=sent["ts"], blocks=[text("셋")], text="셋")
    await client.chat_delete(channel=channel.id, ts=sent["ts"])
    assert channel.messages == []
    assert (
        await refused(client.chat_update(channel=channel.id, ts=sent["ts"], text="x")) == "message_not_found"
    )


async def test_who_is_pinged(platform: Slack, client: AsyncWebClient) -> None:
    channel = platform.team("ku").channel("mlops")
    jang, koo = (channel.team.person(name) for name in ("장서진", "구미진"))
    names = f"{jang.mention} {koo.mention} <!channel>"
    await client.chat_postMessage(channel=channel.id, text=names)
    plain = {"type": "section", "text": {"type": "plain_text", "text": names}}
    await client.chat_postMessage(channel=channel.id, text=names, blocks=[plain])
    await client.chat_postMessage(
        channel=channel.id, text="x", blocks=[text(jang.mention)], unfurl_links=False
    )
    await client.chat_postMessage(channel=channel.id, text="&lt;!here&gt; @channel")
    assert [message.pinged for message in channel.messages] == [[jang, koo], [], [jang], []]
    assert [message.pings_all for message in channel.messages] == [["channel"], [], [], []]
    assert channel.messages[2].unfurl_links is False
    channel.kick(koo)
    await client.chat_postMessage(channel=channel.id, text=names)
    assert channel.messages[4].pinged == [jang], "who is not there is not notified"


async def test_metadata_is_found_again(platform: Slack, client: AsyncWebClient) -> None:
    channel = platform.team("ku").channel("mlops")
    about = {"event_type": "outbox", "event_payload": {"key": "row-17"}}
    parent = await client.chat_postMessage(channel=channel.id, text="질문", metadata=about)
    reply = {"event_type": "outbox", "event_payload": {"key": "row-18"}}
    await client.chat_postMessage(channel=channel.id, text="답", thread_ts=parent["ts"], metadata=reply)
    found = await client.conversations_history(channel=channel.id, include_all_metadata=True)
    assert [message["metadata"] for message in found["messages"]] == [about]
    assert found["messages"][0]["reply_count"] == 1
    without = await client.conversations_history(channel=channel.id)
    assert without["messages"][0]["metadata"] == {"event_type": "outbox"}
    thread = await client.conversations_replies(
        channel=channel.id, ts=parent["ts"], include_all_metadata=True
    )
    assert [message["metadata"] for message in thread["messages"]] == [about, reply]
    await client.chat_update(channel=channel.id, ts=parent["ts"], text="질문", metadata={})
    assert channel.messages[0].metadata is None


async def test_history_comes_in_pages_and_within_bounds(platform: Slack, client: AsyncWebClient) -> None:
    channel = platform.team("ku").channel("mlops")
    for number in range(5):
        await client.chat_postMessage(channel=channel.id, text=str(number))
    first = await client.conversations_history(channel=channel.id, limit=2)
    assert [message["text"] for message in first["messages"]] == ["4", "3"]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=channel.id, limit=9, cursor=cursor)
    assert [message["text"] for message in second["messages"]] == ["2", "1", "0"]
    after = await client.conversations_history(channel=channel.id, oldest=channel.messages[2].ts)
    assert [message["text"] for message in after["messages"]] == ["4", "3"]
    until = await client.conversations_history(
        channel=channel.id, latest=channel.messages[1].ts, inclusive=True
    )
    assert [message["text"] for message in until["messages"]] == ["1", "0"]


async def test_stamps_follow_the_clock(platform: Slack, client: AsyncWebClient) -> None:
    platform.world.now = platform.world.clock() - timedelta(days=1000)
    channel = platform.team("ku").channel("mlops")
    sent = [await client.chat_postMessage(channel=channel.id, text="x") for _ in range(2)]
    assert float(sent[0]["ts"]) == pytest.approx(platform.world.now.timestamp(), abs=0.001)
    assert sent[0]["ts"] < sent[1]["ts"]


async def test_where_a_bot_cannot_post(platform: Slack, client: AsyncWebClient) -> None:
    team = platform.team("ku")
    away, secret = team.channel("away", bot_in=False), team.channel("secret", private=True, bot_in=False)
    old, other = team.channel("old"), platform.team("snu").channel("mlops")
    old.archive()
    errors = [
        await refused(client.chat_postMessage(channel=channel.id, text="x"))
        for channel in (away, secret, old, other)
    ]
    assert errors == ["not_in_channel", "channel_not_found", "is_archived", "channel_not_found"]
    assert await refused(client.conversations_history(channel=away.id)) == "not_in_channel"
    jang = team.person("장서진")
    away.kick(jang)
    away.invite(team.bot)
    whispered = client.chat_postEphemeral(channel=away.id, user=jang.id, text="x")
    assert await refused(whispered) == "user_not_in_channel"


async def test_direct_messages(platform: Slack, client: AsyncWebClient, naughty: AsyncWebClient) -> None:
    team = platform.team("ku")
    jang = team.person("장서진", locale="en-US", tz="Europe/Berlin")
    opened = await client.conversations_open(users=jang.id)
    await client.chat_postMessage(channel=opened["channel"]["id"], text="하나")
    await client.chat_postMessage(channel=jang.id, text="둘")
    assert [message.text for message in jang.inbox] == ["하나", "둘"]
    told = (await client.users_info(user=jang.id, include_locale=True))["user"]
    assert (told["locale"], told["tz"], told["is_restricted"]) == ("en-US", "Europe/Berlin", False)
    assert "locale" not in (await client.users_info(user=jang.id))["user"]
    assert await refused(client.users_info(user="U0")) == "user_not_found"
    assert await refused(client.conversations_open(users=team.bot.id)) == "cannot_dm_bot"
    assert await refused(client.chat_postMessage(channel=team.bot.id, text="x")) == "cannot_dm_bot"
    home = {"home_tab_enabled": True, "messages_tab_enabled": False}
    platform.app.manifest["features"]["app_home"] = home
    assert await refused(client.chat_postMessage(channel=jang.id, text="x")) == "messages_tab_disabled"


async def test_what_a_bot_brings_upon_itself(platform: Slack, client: AsyncWebClient) -> None:
    channel = platform.team("ku").channel("mlops")
    sent = await client.chat_postMessage(channel=channel.id, text="x")
    theirs = channel.team.person("장서진").writes(channel, "x")
    bad: dict[str, Any] = {"event_type": "a b", "event_payload": {}}
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("chat.postMessage", "msg_too_long", {"text": "x" * 40_001}),
        ("chat.postMessage", "no_text", {"text": ""}),
        ("chat.postMessage", "invalid_blocks", {"text": "x", "blocks": [text("x" * 3001)]}),
        ("chat.postMessage", "invalid_blocks_format", {"text": "x", "blocks": "{"}),
        ("chat.postMessage", "invalid_metadata_schema", {"text": "x", "metadata": bad}),
        ("chat.update", "msg_too_long", {"text": "x" * 4001, "ts": sent["ts"]}),
        ("chat.update", "cant_update_message", {"text": "x", "ts": theirs.ts}),
        ("conversations.history", "invalid_post_type", {}),
        ("chat.shout", "unknown_method", {}),
    ]
    with platform.allowing() as wrong:
        for method, error, args in calls:
            assert await refused(client.api_call(method, json={"channel": channel.id} | args)) == error
        assert await refused(client.conversations_info(channel=channel.id)) == "missing_scope"
        await client.chat_postMessage(channel=channel.id, text="Q&A <script> <!channal> <@U0>")
    assert [each.error for each in wrong] == [x[1] for x in calls] + ["missing_scope", *["unescaped"] * 3]


async def test_tokens(platform: Slack, client: AsyncWebClient) -> None:
    token = str(client.token)
    with platform.allowing() as wrong:
        assert await refused(AsyncWebClient(base_url=platform.api_url).auth_test()) == "not_authed"
        assert await refused(client.auth_test(token="xoxb-x")) == "invalid_auth"
        assert await refused(client.auth_test(token=platform.app.app_token)) == "not_allowed_token_type"
        assert await refused(client.apps_connections_open(app_token=token)) == "not_allowed_token_type"
    assert len(wrong) == 4
    installation = platform.team("ku").installation
    assert installation is not None
    installation.problem = "account_inactive"
    assert await refused(client.auth_test()) == "account_inactive"


async def test_scopes_that_were_used_are_kept(platform: Slack, client: AsyncWebClient) -> None:
    channel, secret = (
        platform.team("ku").channel("mlops"),
        platform.team("ku").channel("secret", private=True),
    )
    await client.chat_postMessage(channel=channel.id, text="x")
    assert platform.app.used_scopes == {"chat:write", "channels:history"}, "the bot hears of its own message"
    await client.conversations_history(channel=channel.id)
    await client.conversations_history(channel=secret.id)
    assert platform.app.used_scopes == {"chat:write", "channels:history", "groups:history"}
    assert platform.asked("chat.postMessage")[0].scopes == ("chat:write",)
    assert "users:read" in platform.unused_scopes
    assert platform.asked("conversations.*")[0].scopes == ("channels:history",)
    platform.team("ku").uninstall()
    narrow = platform.team("ku").install("chat:write").bot_token
    with pytest.raises(SlackApiError) as missing:
        await client.users_info(user=channel.team.person("장서진").id, token=narrow)
    assert missing.value.response["needed"] == "users:read"
    assert missing.value.response["provided"] == "chat:write"


async def test_again_adds_scopes_to_the_same_token(platform: Slack) -> None:
    platform.installs(manifest())
    team = platform.team("ku")
    first = team.install("chat:write", "commands")
    assert team.install("users:read", "commands") is first
    assert first.scopes == ["chat:write", "commands", "users:read"]


async def test_a_reply_to_a_reply_is_the_parents_and_noted(platform: Slack, client: AsyncWebClient) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    parent = jang.writes(channel, "질문")
    reply = jang.writes(channel, "답", thread=parent)
    await client.chat_postMessage(channel=channel.id, text="x", thread_ts=parent.ts)
    lost = client.chat_postMessage(channel=channel.id, text="x", thread_ts="1.1")
    assert await refused(lost) == "cannot_reply_to_message"
    with platform.allowing() as wrong:
        await client.chat_postMessage(channel=channel.id, text="y", thread_ts=reply.ts)
    assert [each.error for each in wrong] == ["invalid_thread_ts"]
    assert [message.text for message in parent.replies] == ["답", "x", "y"]
    assert jang.sees(channel, thread=parent) == [parent, *parent.replies]


async def test_refusals_say_where(platform: Slack, naughty: AsyncWebClient) -> None:
    channel = platform.team("ku").channel("mlops")
    with pytest.raises(SlackApiError) as wrong:
        await naughty.chat_postMessage(channel=channel.id, text="x", blocks=[text("x"), text("x" * 3001)])
    said = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    assert wrong.value.response["response_metadata"]["messages"] == [said]


async def test_files_are_sent_and_fetched(platform: Slack, client: AsyncWebClient) -> None:
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    await client.files_upload_v2(
        channel=channel.id, filename="records.csv", content="a,b", initial_comment="기록"
    )
    message = channel.messages[0]
    assert (message.text, message.files[0].name, message.files[0].content) == ("기록", "records.csv", b"a,b")
    theirs = platform.world.file(jang, "week.md", b"# 1")
    jang.writes(channel, "", theirs)
    told = (await client.conversations_history(channel=channel.id))["messages"][0]["files"][0]
    headers = {"Authorization": f"Bearer {client.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(told["url_private_download"]) as got,
    ):
        assert await got.read() == b"# 1"


async def test_views_and_their_hashes(platform: Slack, client: AsyncWebClient) -> None:
    jang = platform.team("ku").person("장서진")
    home = {"type": "home", "blocks": [text("하나")]}
    first = (await client.views_publish(user_id=jang.id, view=home))["view"]
    await client.views_publish(user_id=jang.id, view=home, hash=first["hash"])
    conflict = client.views_publish(user_id=jang.id, view=home, hash=first["hash"])
    assert await refused(conflict) == "hash_conflict"
    assert await refused(client.views_update(view_id="V0", view=form())) == "not_found"
    with platform.allowing() as wrong:
        large = form() | {"private_metadata": "x" * 3001}
        assert await refused(client.views_publish(user_id=jang.id, view=large)) == "invalid_arguments"
        assert await refused(client.views_publish(user_id="U0", view=home)) == "invalid_arguments"
    assert len(wrong) == 2


async def test_a_response_url_works_five_times_in_half_an_hour(
    platform: Slack, client: AsyncWebClient
) -> None:
    platform.world.now = platform.world.clock()
    channel = platform.team("ku").channel("mlops")
    jang = channel.team.person("장서진")
    first, second = jang.begins(channel, "/submit x"), jang.begins(channel, "/submit y")
    url = AsyncWebhookClient(first.response_url)
    with platform.allowing() as wrong:
        answers = [await url.send(text=str(number)) for number in range(6)]
        assert [each.status_code for each in answers] == [200] * 5 + [404]
        assert len(first.replies) == 5
        platform.world.now += timedelta(minutes=31)
        late = await AsyncWebhookClient(second.response_url).send(text="x")
        assert (late.status_code, "expired_url" in str(late.body)) == (404, True)
    assert [each.error for each in wrong] == ["used_url"]
    assert len(platform.asked("response_url")) == 7
    await asyncio.sleep(0)
