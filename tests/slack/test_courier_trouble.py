"""What becomes of a message where Slack says no: once each, later, given up, or paused for a reason."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.commands.courier import TryLater, Undeliverable, Unreachable
from bot.doors.slack.courier import SlackCourier
from bot.services.pausing import Why
from tests.platforms.trouble import Cut, Lost, Status
from tests.slack.trouble import Error, TooMany
from tests.slack.wire import Post, post

__all__ = ["post"]


async def test_a_lost_reply_is_looked_for_and_not_said_twice(post: Post) -> None:
    post.platform.fails("chat.postMessage", Lost())
    parcel = post.parcel()
    with pytest.raises((aiohttp.ClientError, OSError)):
        await post.courier.send(parcel)
    assert len(post.channel.messages) == 1
    assert await post.courier.find(parcel) == post.channel.messages[0].ts
    assert len(post.platform.asked("chat.postMessage")) == 1


@pytest.mark.parametrize("trouble", [Cut(), Status(503), Error("fatal_error"), Error("internal_error")])
async def test_slacks_own_trouble_is_tried_again(post: Post, trouble: Cut | Status | Error) -> None:
    post.platform.fails("chat.postMessage", trouble)
    with pytest.raises((aiohttp.ClientError, OSError, SlackApiError)):
        await post.courier.send(post.parcel())
    assert await post.courier.find(post.parcel()) is None
    await post.courier.send(post.parcel())
    assert len(post.channel.messages) == 1


async def test_a_limit_is_obeyed(post: Post) -> None:
    post.platform.fails("chat.postMessage", TooMany(30))
    with pytest.raises(TryLater) as later:
        await post.courier.send(post.parcel())
    assert later.value.wait == timedelta(seconds=30)


async def test_a_channel_is_given_its_time(post: Post) -> None:
    post.courier = SlackCourier(post.courier._line, pace=0.2)
    began = asyncio.get_running_loop().time()
    await asyncio.gather(*(post.courier.send(post.parcel(f"1:{number}")) for number in range(4)))
    assert 0.6 <= asyncio.get_running_loop().time() - began < 2
    other = post.team.channel("other")
    began = asyncio.get_running_loop().time()
    await post.courier.send(post.parcel("1:z", channel=other.id))
    assert asyncio.get_running_loop().time() - began < 0.2


def left(post: Post) -> None:
    post.channel.kick(post.team.bot)


def archived(post: Post) -> None:
    post.channel.archive()


def deleted(post: Post) -> None:
    post.channel.delete()


def private(post: Post) -> None:
    post.channel.kind = "group"
    post.channel.kick(post.team.bot)


def uninstalled(post: Post) -> None:
    post.team.uninstall()


def revoked(post: Post) -> None:
    assert post.team.installation is not None
    post.team.installation.problem = "token_revoked"


def narrowed(post: Post) -> None:
    assert post.team.installation is not None
    post.team.installation.scopes.remove("chat:write")


LOST = [
    (left, Why.CLOSED, "not_in_channel"),
    (archived, Why.GONE, "is_archived"),
    (deleted, Why.GONE, "channel_not_found"),
    (private, Why.GONE, "channel_not_found"),
    (uninstalled, Why.AWAY, "account_inactive"),
    (revoked, Why.AWAY, "token_revoked"),
    (narrowed, Why.CLOSED, "missing_scope (chat:write)"),
]


@pytest.mark.parametrize(("happens", "why", "problem"), LOST, ids=[x[0].__name__ for x in LOST])
async def test_a_channel_that_is_lost_says_why(post: Post, happens: object, why: Why, problem: str) -> None:
    ts = await post.courier.send(post.parcel())
    assert callable(happens)
    happens(post)
    with pytest.raises(Unreachable, match=problem.replace("(", r"\(").replace(")", r"\)")) as lost:
        await post.courier.send(post.parcel("1:more"))
    assert lost.value.why is why
    if happens in (archived, deleted, uninstalled, revoked):
        with pytest.raises(Unreachable):
            await post.courier.edit(post.parcel(), ts)


async def test_a_workspace_without_the_app_is_away(post: Post) -> None:
    other = post.platform.team("snu")
    with pytest.raises(Unreachable) as lost:
        await post.courier.send(post.parcel(workspace=other.id))
    assert lost.value.why is Why.AWAY


async def test_one_message_that_is_refused_is_given_up(post: Post) -> None:
    for error in ("msg_too_long", "restricted_action", "is_archived"):
        post.platform.fails("chat.postMessage", Error(error))
        with pytest.raises(Undeliverable, match=error):
            await post.courier.send(post.parcel())
