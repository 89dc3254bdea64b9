"""What goes out: found by its key, edited, taken down, told to one alone."""

import asyncio
from datetime import timedelta

import pytest

from bot.commands.courier import TryLater
from bot.commands.message import Button, Message, message
from bot.doors.slack.courier import SlackCourier
from bot.texts import People, T, Written
from bot.texts import Person as Somebody
from tests.slack.trouble import Error
from tests.slack.wire import Post, post

__all__ = ["post"]


async def test_a_message_carries_its_key_and_unfolds_nothing(post: Post) -> None:
    ts = await post.courier.send(post.parcel("1:opened:1", T("as-name", name="https://a.kr <!channel> &")))
    (sent,) = post.channel.messages
    assert sent.ts == ts
    assert sent.metadata == {"event_type": "studybot", "event_payload": {"key": "1:opened:1"}}
    assert (sent.unfurl_links, sent.unfurl_media) == (False, False)
    assert sent.text == "https://a.kr &lt;!channel&gt; &amp;"
    assert sent.body
    assert not sent.pings_all


async def test_a_message_is_found_by_its_key(post: Post) -> None:
    post.platform.api.limits.off()
    for number in range(250):
        post.team.person("장서진").writes(post.channel, f"{number}")
    wanted = post.parcel("1:a")
    assert await post.courier.find(wanted) is None
    ts = await post.courier.send(wanted)
    await post.courier.send(post.parcel("1:b"))
    assert await post.courier.find(wanted) == ts
    assert await post.courier.find(post.parcel("1:c")) is None


async def test_a_search_goes_on_where_it_was_asked_to_wait(post: Post) -> None:
    post.platform.api.limits.off()
    wanted = post.parcel("1:a")
    ts = await post.courier.send(wanted)
    for number in range(250):
        post.team.person("장서진").writes(post.channel, f"{number}")
    post.platform.api.limits.are_on = True
    post.platform.api.limits.narrow["conversations.history"] = (0.0001, 1)
    with pytest.raises(TryLater):
        await post.courier.find(wanted)
    post.platform.api.limits.off()
    before = len(post.platform.asked("conversations.history"))
    assert await post.courier.find(wanted) == ts
    assert len(post.platform.asked("conversations.history")) == before + 1


async def test_an_edit_shows_something_else_and_keeps_the_key(post: Post) -> None:
    ts = await post.courier.send(post.parcel())
    button = Button(T("button-mine"), "mine", study=1)
    more = message(T("told-moved", study=Written("모임")), buttons=(button,))
    await post.courier.edit(post.parcel(message=more), ts)
    (sent,) = post.channel.messages
    assert "모임" in sent.text
    assert list(sent.buttons) == ["내 현황"]
    assert await post.courier.find(post.parcel()) == ts


async def test_edits_of_one_message_wait_for_each_other(post: Post) -> None:
    post.courier = SlackCourier(post.courier._line, pace=0.2)
    ts = await post.courier.send(post.parcel())
    await post.courier.edit(post.parcel(), ts)
    with pytest.raises(TryLater):
        await post.courier.edit(post.parcel(), ts)
    await asyncio.sleep(0.25)
    await post.courier.edit(post.parcel(), ts)


async def test_what_is_gone_is_neither_edited_nor_taken_down(post: Post) -> None:
    ts = await post.courier.send(post.parcel())
    await post.courier.take_down(post.parcel(), ts)
    assert post.channel.messages == []
    await post.courier.take_down(post.parcel(), ts)
    await post.courier.edit(post.parcel(), ts)
    post.team.edit_window = timedelta()
    ts = await post.courier.send(post.parcel("1:late"))
    await post.courier.edit(post.parcel("1:late"), ts)


async def test_one_alone_is_told_directly(post: Post) -> None:
    jang = post.team.person("장서진")
    parcel = post.parcel(recipient=jang.id)
    assert await post.courier.find(parcel) is None
    id_ = await post.courier.send(parcel)
    assert len(jang.inbox) == 1
    assert post.channel.messages == []
    assert await post.courier.find(parcel) == id_
    await post.courier.take_down(parcel, id_)
    assert jang.inbox == []


@pytest.mark.parametrize("error", ["user_disabled", "missing_scope", "user_not_found"])
async def test_who_takes_nothing_directly_is_called_in_the_channel(post: Post, error: str) -> None:
    jang = post.team.person("장서진")
    post.platform.fails("conversations.open", Error(error), times=2)
    parcel = post.parcel(recipient=jang.id)
    id_ = await post.courier.send(parcel)
    (sent,) = post.channel.messages
    assert sent.pinged == [jang]
    assert await post.courier.find(parcel) == id_ == sent.ts
    named = message(T("remind-due-free", people=People((Somebody(jang.id, "장서진"),)), at=parcel.at))
    post.platform.fails("chat.postMessage", Error("messages_tab_disabled"))
    await post.courier.send(post.parcel("1:named", recipient=jang.id, message=named))
    assert post.channel.messages[-1].pinged == [jang]
    assert post.channel.messages[-1].text.count(jang.mention) == 1


async def test_a_long_message_is_cut(post: Post) -> None:
    long = Message(tuple(message(T("as-name", name="가" * 900)).sections[0] for _ in range(60)))
    ts = await post.courier.send(post.parcel(message=long))
    await post.courier.edit(post.parcel(message=long), ts)
    assert post.texts[0].endswith("…")
