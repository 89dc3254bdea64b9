"""The playground's JSON interface, as DESIGN.md section 5 describes it."""

import asyncio
import json
from typing import Any

import httpx

from tests.playground.conftest import Playground

LINK = "https://example.org/w1"
MEMBERS = ["장서진", "구미진", "이은빈", "한현경", "문수인"]


async def test_week_one_plays(sample: Playground) -> None:
    assert await sample.until("2022-04-07T21:00:00+09:00") == "2022-04-07T12:00:00+00:00"
    assert (await sample.says("장서진", f"/submit {LINK}"))["text"].startswith("1주차 · 정시\n")
    await sample.until("2022-04-13T00:00:10+09:00")
    assert (await sample.channel())[-1]["mentions"] == MEMBERS[1:]
    await sample.until("2022-04-13T09:00:00+09:00")
    assert (await sample.says("구미진", f"/제출 {LINK}"))["text"].startswith("1주차 · 지각\n")
    await sample.until("2022-04-13T12:00:10+09:00")
    assert "결석: 이은빈, 한현경, 문수인 (각 4,000원)" in (await sample.channel())[-1]["text"]
    fines = (await sample.says("문수인", "/fines"))["text"].splitlines()
    assert fines[2:6] == [
        "구미진 · 1 · 0 · 0 · 3,000원",
        *(f"{x} · 0 · 1 · 0 · 4,000원" for x in MEMBERS[2:]),
    ]
    await sample.until("2022-04-27T00:00:10+09:00")
    assert "2주차 시작" in (await sample.channel())[-1]["text"]


class TestSample:
    async def test_says_when_it_is_and_who_is_there(self, playground: Playground) -> None:
        loaded = await playground.done("sample")
        assert loaded == {"now": "2022-04-05T12:00:00+00:00", "members": MEMBERS}
        assert "Study-MLOps 스터디를 시작해요" in (await playground.channel())[0]["text"]

    async def test_may_be_in_english(self, playground: Playground) -> None:
        await playground.done("sample", language="en")
        assert (await playground.channel())[0]["text"].startswith("Study-MLOps begins")
        assert "midterm exams" in (await playground.says("장서진", "/study show"))["text"]
        assert (await playground.post("sample", language="fr")).status_code == 400

    async def test_begins_from_the_start_however_often_it_is_loaded(self, sample: Playground) -> None:
        first = await sample.channel()
        await sample.says("장서진", "/study add 손님")
        await sample.until("2022-05-05T00:00:00+09:00")
        await sample.done("sample")
        assert await sample.channel() == first
        assert "손님" not in (await sample.says("장서진", "/study show"))["text"]

    async def test_may_be_asked_for_twice_at_once(self, playground: Playground) -> None:
        asked = (
            playground.post("sample"),
            playground.post("sample"),
            playground.says("장서진", "/study show"),
        )
        first, second, _ = await asyncio.gather(*asked)
        assert (first.status_code, second.status_code) == (200, 200)
        assert len([x for x in await playground.channel() if "시작해요" in x["text"]]) == 1

    async def test_goes_over_a_study_of_ones_own(self, playground: Playground) -> None:
        await playground.says("Anna", "/study start 모임 2022-04-06 12")
        await playground.done("sample")
        assert "Study-MLOps" in (await playground.says("장서진", "/study show"))["text"]
        assert (await playground.says("Anna", "/mine"))["text"].startswith("Study-MLOps 스터디원만")


class TestSay:
    async def test_somebody_unknown_is_a_stranger(self, sample: Playground) -> None:
        assert (
            "/스터디 참여 명령으로 들어올 수 있어요"
            in (await sample.says("나그네", "/submit https://a.b"))["text"]
        )
        assert (await sample.says("나그네", "/study join"))["text"].startswith("나그네로 스터디에 들어왔어요")
        assert (await sample.says("나그네", "/mine"))["text"].startswith("나그네의 현황")

    async def test_who_goes_by_another_name_is_found_by_it(self, sample: Playground) -> None:
        await sample.says("U1", "/study join 손님")
        assert (await sample.says("손님", "/mine"))["text"] == (await sample.says("U1", "/mine"))["text"]

    async def test_is_answered_in_the_language_that_is_asked_for(self, sample: Playground) -> None:
        assert (await sample.says("구미진", "/mine"))["text"].startswith("구미진의 현황")
        assert (await sample.says("구미진", "/mine", language="en"))["text"].startswith("How 구미진 stands")
        assert (
            await sample.post("say", **{"as": "구미진", "text": "/mine", "language": 3})
        ).status_code == 400

    async def test_without_a_study_it_is_answered_in_korean(self, playground: Playground) -> None:
        assert "이 채널에는 진행 중인 스터디가 없어요" in (await playground.says("Anna", "/mine"))["text"]
        await playground.says("Anna", "/study start Group 2022-04-06 12 language=en")
        assert (await playground.says("Anna", "/mine"))["text"].startswith("How Anna stands")

    async def test_an_answer_is_private(self, sample: Playground) -> None:
        before = await sample.channel()
        await sample.says("구미진", "/mine")
        await sample.says("나그네", "/submit")
        await sample.says("나그네", "안녕하세요")
        assert await sample.channel() == before

    async def test_what_is_missing_is_said(self, sample: Playground) -> None:
        asked = await sample.says("구미진", "/study start 모임")
        assert "시작일" in asked["text"]
        assert "주차수" in asked["text"]

    async def test_an_empty_line_is_answered_with_help(self, sample: Playground) -> None:
        for text in ("", "  ", "\n"):
            assert "/도움말" in (await sample.says("구미진", text))["text"]

    async def test_whatever_is_said_is_answered(self, sample: Playground) -> None:
        for text in ("\ud800", "/submit \udfff", "\0", "/study join \0", "/mine\u202e", "가" * 10_000):
            reply = await sample.says("나그네", text)
            assert reply["text"].strip()
            assert len(reply["text"]) < 400

    async def test_whoever_joins_has_a_name_that_can_be_written(self, sample: Playground) -> None:
        for who in ("\ud800", "@everyone", "a, b", "/mine", "x" * 80, "👩\u200d💻"):
            reply = await sample.says(who, "/study join")
            assert "스터디에 들어왔어요" in reply["text"], who
            told = (await sample.channel())[-1]["text"]
            assert told.isprintable()
            assert not set(told) & set("@,/")
            assert len(told) < 60

    async def test_what_is_not_of_its_form_is_refused(self, sample: Playground) -> None:
        languages: list[Any] = ["fr", 3, []]
        bodies: list[dict[str, Any]] = [
            {},
            {"as": "구미진"},
            {"text": "/mine"},
            *({"as": who, "text": "/mine"} for who in ("", " ", 3, None, ["구미진"], "x" * 81)),
            *({"as": "구미진", "text": text} for text in (3, None, ["/mine"])),
            *({"as": "구미진", "text": "/mine", "language": language} for language in languages),
        ]
        for body in bodies:
            response = await sample.post("say", **body)
            assert response.status_code == 400, body
            assert list(response.json()) == ["error"]


class TestButtons:
    async def test_of_a_reply_can_be_pressed(self, sample: Playground) -> None:
        await sample.until("2022-04-07T21:00:00+09:00")
        reply = await sample.says("구미진", f"/submit {LINK}")
        button = reply["buttons"][0]
        assert button["label"] == "내 현황"
        assert (await sample.presses("구미진", button))["text"].startswith("구미진의 현황")

    async def test_of_a_message_can_be_pressed_by_anybody(self, sample: Playground) -> None:
        join = (await sample.channel())[0]["buttons"][0]
        assert (await sample.presses("나그네", join))["text"].startswith("나그네로 스터디에 들어왔어요")
        assert (await sample.presses("나그네", join))["text"].startswith("이미 나그네로")

    async def test_can_also_be_typed(self, sample: Playground) -> None:
        await sample.until("2022-04-13T12:00:10+09:00")
        button = (await sample.says("구미진", "/fines"))["buttons"][0]
        before = len(await sample.channel())
        assert (await sample.says("구미진", button["text"]))["text"].startswith("2022년 4월 벌금")
        shown = (await sample.channel())[before]["text"].splitlines()
        assert shown[0] == "2022년 4월 벌금"
        assert "모인 벌금 20,000원" in shown

    async def test_that_ask_for_more_put_up_a_form(self, sample: Playground) -> None:
        submit = (await sample.says("구미진", "/mine"))["buttons"]
        await sample.until("2022-04-06T00:00:10+09:00")
        submit = (await sample.channel())[-1]["buttons"][0]
        assert "(링크)" in (await sample.presses("구미진", submit))["text"]

    async def test_that_are_none_are_refused(self, sample: Playground) -> None:
        buttons: list[Any] = [
            None,
            {},
            "mine",
            [],
            {"command": "dance"},
            {"command": ["mine"]},
            {"command": None},
        ]
        buttons += [{"command": "mine", "arguments": arguments} for arguments in ([1], "week", 3)]
        buttons += [{"command": "mine", "study": study} for study in ("1", 0, -1, 1.0, True, 2**80, [1])]
        for button in buttons:
            response = await sample.post("press", **{"as": "구미진"}, button=button)
            assert response.status_code == 400, button

    async def test_with_odd_arguments_are_answered(self, sample: Playground) -> None:
        button = {
            "command": "submit",
            "arguments": {"link": 3, "week": None, "colour": "\ud800", "note": "\0"},
        }
        assert (await sample.presses("구미진", button))["text"].startswith("http:// 나 https://")


class TestChannel:
    async def test_shows_messages_with_who_is_mentioned(self, sample: Playground) -> None:
        await sample.until("2022-04-12T00:00:00+09:00")
        response = await sample.client.get("/api/channel")
        body = response.json()
        assert set(body) == {"now", "messages", "threads"}
        assert body["now"] == "2022-04-11T15:00:00+00:00"
        for message in body["messages"]:
            assert {"id", "at", "text", "mentions"} <= set(message)
        (reminder,) = [x for x in body["messages"] if "과제 알림" in x["text"]]
        assert reminder["mentions"] == MEMBERS
        assert [x["id"] for x in body["messages"]] == sorted(x["id"] for x in body["messages"])
        assert [x["at"] for x in body["messages"]] == sorted(x["at"] for x in body["messages"])

    async def test_loses_a_reminder_whose_cutoff_has_passed(self, sample: Playground) -> None:
        await sample.until("2022-04-12T21:00:00+09:00")
        reminders = [x["id"] for x in await sample.channel() if "과제 알림" in x["text"]]
        assert len(reminders) == 2
        await sample.until("2022-04-13T00:00:10+09:00")
        assert not {x["id"] for x in await sample.channel()} & set(reminders)

    async def test_shows_who_is_in_as_people_hand_in(self, sample: Playground) -> None:
        await sample.until("2022-04-07T00:00:00+09:00")
        opened = (await sample.channel())[-1]
        for number, name in enumerate(MEMBERS, 1):
            await sample.says(name, f"/submit {LINK}/{number}")
            now = next(x for x in await sample.channel() if x["id"] == opened["id"])
            assert f"제출 {number}/5 · {', '.join(MEMBERS[:number])}" in now["text"]
        assert (await sample.channel())[-1]["id"] == opened["id"]

    async def test_is_empty_at_first(self, playground: Playground) -> None:
        assert await playground.channel() == []

    async def test_that_are_no_json_object_are_refused(self, playground: Playground) -> None:
        contents = [
            b"not json",
            b"[]",
            b'"text"',
            b"null",
            b"3",
            b"\xff\xfe",
            b"{",
            b'{"as": NaN',
            b"[" * 50_000,
        ]
        for path in ("sample", "say", "press", "clock"):
            for content in contents:
                response = await playground.client.post(f"/api/{path}", content=content)
                assert response.status_code == 400, content[:20]
                assert list(response.json()) == ["error"]

    async def test_that_are_too_long_are_refused(self, sample: Playground) -> None:
        body = json.dumps({"as": "구미진", "text": "/submit " + "x" * 100_000})
        assert (await sample.client.post("/api/say", content=body)).status_code == 400

    async def test_an_empty_one_loads_the_sample(self, playground: Playground) -> None:
        assert (await playground.client.post("/api/sample")).status_code == 200

    async def test_a_wrong_method_or_path_is_refused(self, sample: Playground) -> None:
        assert (await sample.client.get("/api/say")).status_code == 405
        assert (await sample.client.post("/api/channel")).status_code == 405
        assert (await sample.client.get("/api/dance")).status_code == 404
        assert (await sample.client.get("/static/../api.py")).status_code == 404
        answer = await sample.client.get(httpx.URL("http://127.0.0.1:8000/static/%2e%2e/api.py"))
        assert answer.status_code == 404
