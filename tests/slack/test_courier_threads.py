"""Threads as the courier opens and closes them: the message that one begins with says how it stands."""

from datetime import UTC, datetime

import aiohttp
import pytest

from bot.commands.courier import Parcel
from bot.commands.message import message
from bot.texts import T, Thread
from tests.platforms.trouble import Lost
from tests.slack.wire import Post, post

__all__ = ["post"]


def opening(post: Post, **more: object) -> Parcel:
    told = message(T("questions-title", week=T("week", week=1)), T("questions-until", due=datetime.now(UTC)))
    return post.parcel("1:questions:1", message=told, **more)


def closing(post: Post, key: str = "1:questions_closed:1") -> Parcel:
    return post.parcel(key, T("told-questions-closed", week=T("week", week=1)))


async def test_a_thread_has_buttons_is_closed_and_opened_again(post: Post) -> None:
    jang = post.team.person("장서진")
    id_ = await post.courier.open_thread(opening(post))
    (parent,) = post.channel.messages
    assert parent.ts == id_
    assert list(parent.buttons) == ["과제 내기", "내 현황"]
    assert await post.courier.find(opening(post)) == id_
    jang.writes(post.channel, "어디까지 하나요?", thread=parent)
    before = parent.blocks
    for _ in range(2):
        await post.courier.close_thread(closing(post), id_)
    assert "질문이 닫혔어요" in parent.text
    assert "1주차 질문을 닫았어요" in parent.replies[-1].text
    assert len(parent.replies) == 2
    assert list(parent.buttons) == ["과제 내기", "내 현황"]
    await post.courier.close_thread(closing(post, "1:late:1"), id_)
    assert len(parent.replies) == 3
    again = post.parcel("1:reopened", T("told-questions-reopened", week=T("week", week=1)))
    for _ in range(2):
        await post.courier.reopen_thread(again, id_)
    assert parent.blocks == before
    assert "다시 열었어요" in parent.replies[-1].text
    assert len(parent.replies) == 4
    assert parent.metadata
    assert len(post.channel.messages) == 1


async def test_a_closing_whose_reply_was_lost_is_not_said_twice(post: Post) -> None:
    id_ = await post.courier.open_thread(opening(post))
    (parent,) = post.channel.messages
    post.platform.fails("chat.postMessage", Lost())
    with pytest.raises((aiohttp.ClientError, OSError)):
        await post.courier.close_thread(closing(post), id_)
    post.platform.fails("chat.update", Lost())
    with pytest.raises((aiohttp.ClientError, OSError)):
        await post.courier.close_thread(closing(post), id_)
    await post.courier.close_thread(closing(post), id_)
    assert len(parent.replies) == 1
    assert parent.text.count("질문이 닫혔어요") == 1


async def test_a_thread_that_was_deleted_is_left_alone(post: Post) -> None:
    id_ = await post.courier.open_thread(opening(post))
    await post.courier.take_down(opening(post), id_)
    await post.courier.close_thread(closing(post), id_)
    assert post.channel.messages == []
    await post.courier.reopen_thread(closing(post, "1:reopened"), id_)
    assert len(post.channel.messages) == 1


async def test_a_thread_is_linked_to(post: Post) -> None:
    id_ = await post.courier.open_thread(opening(post))
    await post.courier.send(
        post.parcel("1:x", T("opened-questions", thread=Thread(id_, T("questions-link"))))
    )
    link = f"https://ku.slack.com/archives/{post.channel.id}/p{id_.replace('.', '')}"
    assert f"<{link}|질문 스레드>" in post.channel.messages[-1].text
