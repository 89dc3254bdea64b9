"""Question threads over the JSON interface: asking, answering, and where that is refused."""

from typing import Any

import pytest

from tests.playground.conftest import Playground


class Threads:
    """The threads of a playground, and saying something in them."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground

    async def all(self) -> list[dict[str, Any]]:
        """Every thread of the channel."""
        found: list[dict[str, Any]] = (await self.playground.client.get("/api/channel")).json()["threads"]
        return found

    async def said(self, thread: int) -> list[tuple[str | None, str]]:
        """Who said what in a thread."""
        found = next(x for x in await self.all() if x["id"] == thread)
        return [(x["by"], x["text"]) for x in found["messages"]]

    async def says(self, who: str, text: str, thread: int, **more: str) -> str | None:
        """Say something in a thread; the private answer, which only a refusal has."""
        answer = await self.playground.done("say", **{"as": who, "text": text}, thread=thread, **more)
        replies: list[dict[str, Any]] = answer["replies"]
        return replies[0]["text"] if replies else None


@pytest.fixture
async def threads(sample: Playground) -> Threads:
    """Week 1 has been opened, and with it its thread."""
    await sample.until("2022-04-06T09:00:00+09:00")
    return Threads(sample)


async def test_a_week_begins_with_one(threads: Threads) -> None:
    (thread,) = await threads.all()
    assert thread == {"id": thread["id"], "week": 1, "open": True, "messages": []}
    opener = next(x for x in await threads.playground.channel() if x["id"] == thread["id"])
    assert opener["text"].startswith("1주차 · Fundamentals 질문")


async def test_what_is_said_there_is_seen_there_by_all(threads: Threads) -> None:
    (thread,) = await threads.all()
    before = await threads.playground.channel()
    assert await threads.says("구미진", "Lab도 내야 하나요?", thread["id"]) is None
    assert await threads.says("장서진", "아니요.\n/submit 은 글만 내면 돼요.", thread["id"]) is None
    assert await threads.said(thread["id"]) == [
        ("구미진", "Lab도 내야 하나요?"),
        ("장서진", "아니요.\n/submit 은 글만 내면 돼요."),
    ]
    said = (await threads.all())[0]["messages"]
    assert set(said[0]) == {"id", "at", "by", "text"}
    assert said[0]["at"] == "2022-04-06T00:00:00+00:00"
    assert await threads.playground.channel() == before


async def test_a_member_is_called_by_their_study_name(threads: Threads) -> None:
    (thread,) = await threads.all()
    await threads.playground.says("U1", "/study join 손님")
    await threads.says("U1", "안녕하세요", thread["id"])
    await threads.says("나그네", "지나가요", thread["id"])
    assert [by for by, _ in await threads.said(thread["id"])] == ["손님", "나그네"]


async def test_it_closes_when_the_week_is_due_and_says_so(threads: Threads) -> None:
    (thread,) = await threads.all()
    await threads.playground.until("2022-04-13T00:00:10+09:00")
    (closed,) = await threads.all()
    assert not closed["open"]
    assert [by for by, _ in await threads.said(thread["id"])] == [None]
    refused = await threads.says("구미진", "늦었나요?", thread["id"])
    assert refused == "이 질문 스레드는 닫혔어요. 새 주차의 스레드에 남겨 주세요."
    assert len(await threads.said(thread["id"])) == 1
    await threads.playground.until("2022-04-27T00:00:10+09:00")
    assert [(x["week"], x["open"]) for x in await threads.all()] == [(1, False), (2, True)]


async def test_a_leader_closes_it_and_opens_it_again(threads: Threads) -> None:
    (thread,) = await threads.all()
    await threads.playground.says("장서진", "/question close")
    assert "closed" in (await threads.says("구미진", "왜요?", thread["id"], language="en") or "")
    await threads.playground.says("장서진", "/question open")
    assert await threads.says("구미진", "왜요?", thread["id"]) is None
    assert [by for by, _ in await threads.said(thread["id"])] == [None, None, "구미진"]


async def test_what_nobody_may_say_is_refused(threads: Threads) -> None:
    (thread,) = await threads.all()
    for text in ("", " \n", "가" * 1_001, "@everyone 봐 주세요", "<!channel>", "숨은\u202e말", "\ud800\0"):
        assert await threads.says("구미진", text, thread["id"]), text
    assert await threads.said(thread["id"]) == []
    assert await threads.says("구미진", "가" * 1_000, thread["id"]) is None


async def test_what_is_no_thread_is_refused(threads: Threads) -> None:
    channel = await threads.playground.channel()
    for thread in (channel[0]["id"], 10**6):
        refused = await threads.says("구미진", "여기요", thread)
        assert refused == "그런 질문 스레드가 없어요. 채널에 열려 있는 스레드에 남겨 주세요."
    odd: list[Any] = ["1", 0, -1, 1.5, True, [], 2**40]
    for wrong in odd:
        response = await threads.playground.post("say", **{"as": "구미진", "text": "여기요"}, thread=wrong)
        assert response.status_code == 400, wrong


async def test_words_are_shown_as_they_are(threads: Threads) -> None:
    (thread,) = await threads.all()
    await threads.says("구미진", "<b>굵게</b> & <script>x</script>", thread["id"])
    html = (await threads.playground.client.get("/")).text
    assert "&lt;b&gt;굵게&lt;/b&gt; &amp; &lt;script&gt;" in html
    assert f'<a class="to-thread" href="#thread-{thread["id"]}">질문 스레드</a>' in html
