"""What goes wrong when a test asks for it, tried with the real slack_sdk."""

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.trouble import Cut, Lost, Slow, Status
from tests.slack.places import Channel
from tests.slack.server import Slack
from tests.slack.tiny import manifest
from tests.slack.trouble import Error, TooMany

SENDING = "chat.postMessage"


@pytest.fixture
def channel(platform: Slack) -> Channel:
    """A channel in which the bot is."""
    platform.installs(manifest())
    channel = platform.team("ku").channel("mlops")
    channel.team.install()
    return channel


def library(platform: Slack, channel: Channel) -> AsyncWebClient:
    """The library, which waits where it is told to and sends nothing twice by itself."""
    assert channel.team.installation is not None
    token = channel.team.installation.bot_token
    handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=2)]
    return AsyncWebClient(token=token, base_url=platform.api_url, retry_handlers=list(handlers))


async def test_a_429_is_waited_for(platform: Slack, channel: Channel) -> None:
    platform.fails(SENDING, TooMany(1))
    began = time.monotonic()
    await library(platform, channel).chat_postMessage(channel=channel.id, text="x")
    assert time.monotonic() - began >= 1
    assert [each.status for each in platform.asked(SENDING)] == [429, 200]
    assert len(channel.messages) == 1


async def test_a_message_a_second_a_channel(platform: Slack, channel: Channel) -> None:
    client = AsyncWebClient(token=library(platform, channel).token, base_url=platform.api_url)
    platform.api.limits.burst = 2
    other = channel.team.channel("other")
    for where in (channel, channel, other):
        await client.chat_postMessage(channel=where.id, text="x")
    with pytest.raises(SlackApiError) as limited:
        await client.chat_postMessage(channel=channel.id, text="x")
    assert limited.value.response.status_code == 429
    assert limited.value.response["error"] == "ratelimited"
    assert limited.value.response.headers["Retry-After"] == "1"
    platform.api.limits.off()
    await client.chat_postMessage(channel=channel.id, text="x")
    assert len(channel.messages) == 3


async def test_faults_of_the_server(platform: Slack, channel: Channel) -> None:
    client = library(platform, channel)
    for trouble in (Status(503), Status(500), Error("fatal_error"), Error("account_inactive")):
        platform.fails("chat.*", trouble)
        with pytest.raises(SlackApiError) as fault:
            await client.chat_postMessage(channel=channel.id, text="x")
        if isinstance(trouble, Error):
            assert fault.value.response["error"] == trouble.error
        else:
            assert fault.value.response.status_code == trouble.status
    await client.chat_postMessage(channel=channel.id, text="y")
    assert [message.text for message in channel.messages] == ["y"]
    assert [each.error for each in platform.asked(SENDING)][2:] == ["fatal_error", "account_inactive", ""]


async def test_a_lost_answer_leaves_a_message_and_a_cut_line_none(platform: Slack, channel: Channel) -> None:
    client = library(platform, channel)
    for trouble in (Lost(), Cut()):
        platform.fails(SENDING, trouble)
        with pytest.raises((aiohttp.ClientError, OSError)):
            await client.chat_postMessage(channel=channel.id, text=type(trouble).__name__)
    assert [message.text for message in channel.messages] == ["Lost"]
    assert [each.status for each in platform.asked(SENDING)] == [0, 0]


async def test_the_librarys_own_retry_sends_twice(platform: Slack, channel: Channel) -> None:
    client = AsyncWebClient(token=library(platform, channel).token, base_url=platform.api_url)
    platform.fails(SENDING, Lost())
    await client.chat_postMessage(channel=channel.id, text="x")
    assert [message.text for message in channel.messages] == ["x", "x"]


async def test_a_slow_answer(platform: Slack, channel: Channel) -> None:
    platform.fails(SENDING, Slow(before=0.05, after=0.05))
    began = time.monotonic()
    await library(platform, channel).chat_postMessage(channel=channel.id, text="x")
    assert time.monotonic() - began >= 0.1


async def test_nonsense_fails_its_test(platform: Slack, channel: Channel) -> None:
    with platform.allowing() as wrong, pytest.raises(SlackApiError):
        await library(platform, channel).api_call("no.such.method")
    assert [each.error for each in wrong] == ["unknown_method"]
    platform.world.wrong("x", ValueError("y"))
    with pytest.raises(AssertionError, match="the bot did wrong: x: ValueError"):
        platform.hold()
    platform.world.violations.clear()


async def test_a_restarted_server_is_the_same_world(platform: Slack, channel: Channel) -> None:
    await platform.stop()
    await platform.start()
    await library(platform, channel).chat_postMessage(channel=channel.id, text="x")
    assert len(channel.messages) == 1
