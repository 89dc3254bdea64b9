"""A study and its people: `/study start`, `show`, `join`, `leave`, `add`, `remove`, `role`, `settings`."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.commands.desk import Incomplete
from bot.texts import T
from tests.conversation import Conversation


class TestStart:
    async def test_whoever_starts_a_study_leads_it(self, empty: Conversation) -> None:
        await empty.says("Anna", '/study start "우리 스터디" 2022-04-06 12')
        empty.hears(
            "Anna",
            "우리 스터디 스터디를 시작했어요",
            "1주차: 4월 6일(수) 00:00 시작, 4월 13일(수) 00:00 마감",
        )
        told = (await empty.channel())[-1]
        assert told.text.startswith("우리 스터디 스터디를 시작해요\n스터디장은 Anna, 모두 12주예요.")
        assert told.text.endswith("벌금: 지각 3,000원, 결석 4,000원")
        await empty.says("Anna", "/study show")
        empty.hears(
            "Anna",
            "우리 스터디 (번호 1)",
            "스터디장: Anna",
            "모두 12주, 4월 6일(수) 00:00부터 6월 29일(수) 00:00까지",
        )

    async def test_it_may_be_in_english_elsewhere_and_without_fines(self, empty: Conversation) -> None:
        empty.language, empty.zone = "en", ZoneInfo("America/New_York")
        await empty.says(
            "Anna", "/study start Group 2022-04-06 1 규칙=none timezone=America/New_York language=en"
        )
        empty.hears("Anna", "Group has begun")
        told = (await empty.channel())[-1].text
        assert told.startswith("Group begins\nLed by Anna, one week in all.\nWeek 1: opens Wed, Apr 6, 00:00")
        assert told.endswith("No fines")
        await empty.says("Anna", "/study show")
        empty.hears("Anna", "absent from 12:00 (America/New_York)", "No fines", "One week, from")

    async def test_it_may_begin_in_the_past_and_fines_nobody_for_that(self, empty: Conversation) -> None:
        await empty.says("Anna", "/study start 모임 2022-03-02 12")
        await empty.until("2022-04-06 12:00")
        await empty.says("Anna", "/submit https://example.org week=1")
        empty.hears("Anna", "결석 처리 뒤라 기록만 남겼어요")
        await empty.says("Anna", "/fines 2022-03")
        empty.hears("Anna", "이 달에는 벌금이 없어요.")

    async def test_what_is_missing_is_asked_for(self, empty: Conversation) -> None:
        caller = empty.caller("Anna")
        asked = await empty.desk.say("/study start 모임 starts=2022-04-06", caller, empty.now)
        assert isinstance(asked, Incomplete)
        assert asked.given == {"name": "모임", "starts": "2022-04-06"}
        assert [option.name for option in asked.missing] == ["weeks"]

    async def test_only_who_may_can_start_one(self, empty: Conversation) -> None:
        guest = replace(empty.caller("Anna"), may_start=False)
        before = empty.rows()
        answer = await empty.desk.say("/study start 모임 2022-04-06 12", guest, empty.now)
        assert not isinstance(answer, Incomplete)
        assert answer.sections[0].title == T("not-allowed-start")
        assert empty.rows() == before


class TestPeople:
    async def test_join_and_leave_are_told_to_the_channel(self, study: Conversation) -> None:
        await study.says("Anna", "/study join")
        study.hears("Anna", "Anna로 스터디에 들어왔어요", "1주차부터 과제를 내면 돼요.")
        assert (await study.channel())[-1].text == "Anna가 스터디에 들어왔어요"
        await study.says("Anna", "/스터디 나가기")
        study.hears("Anna", "Study-MLOps 스터디에서 나왔어요", "지금까지의 벌금 기록은 장부에 남아요.")
        assert (await study.channel())[-1].text == "Anna가 스터디에서 나갔어요"
        await study.says("Anna", "/mine")
        study.refused("Anna", "not-a-member")
        await study.says("Anna", "/study join 안나")
        study.hears("Anna", "안나로 스터디에 들어왔어요")

    async def test_whoever_joins_while_a_week_runs_owes_the_next(self, study: Conversation) -> None:
        await study.says("Anna", "/study join", at="2022-04-07 12:00")
        await study.until("2022-04-13 12:00:10")
        assert "Anna" not in (await study.channel())[-1].text
        await study.until("2022-05-04 12:00:10")
        assert (await study.channel())[-1].text.endswith(
            "결석: 장서진, 구미진, 이은빈, 한현경, 문수인, Anna (각 4,000원)"
        )

    async def test_a_leader_adds_and_removes(self, study: Conversation) -> None:
        await study.says("장서진", "/study add U7 새 사람")
        study.hears("장서진", "새 사람을 스터디에 추가했어요")
        await study.says("U7", "/mine")
        study.hears("U7", "새 사람의 현황")
        await study.says("장서진", "/study remove @U7")
        study.hears("장서진", "새 사람을 스터디에서 내보냈어요")
        assert (await study.channel())[-1].text == "새 사람이 스터디에서 나갔어요"

    async def test_a_leader_makes_another_and_may_then_leave(self, study: Conversation) -> None:
        await study.says("장서진", "/study role 구미진 스터디장")
        study.hears("장서진", "이제 구미진은 스터디장이에요")
        assert (await study.channel())[-1].text == "이제 구미진은 스터디장이에요"
        await study.says("장서진", "/study leave")
        study.hears("장서진", "나왔어요")
        await study.says("구미진", "/study show")
        study.hears("구미진", "스터디장: 구미진", "총무: 이은빈")

    async def test_who_manages_the_channel_may_take_over(self, study: Conversation) -> None:
        await study.says("문수인", "/study role 문수인 leader")
        study.refused("문수인", "not-allowed")
        study.managers.add("문수인")
        await study.says("문수인", "/study role 한현경 leader")
        study.refused("문수인", "not-allowed")
        await study.says("문수인", "/study role 문수인 leader")
        study.hears("문수인", "이제 문수인은 스터디장이에요")
        assert (await study.channel())[-1].text == "이제 문수인은 스터디장이에요"
        study.managers.add("나그네")
        await study.says("나그네", "/study role 나그네 leader")
        assert study.heard["나그네"].key in ("not-a-member", "no-such-member")


class TestSettings:
    async def test_without_changes_they_are_shown(self, study: Conversation) -> None:
        await study.says("장서진", "/study settings")
        study.hears("장서진", "마감시각: 00:00", "결석시각: 12:00", "지각벌금: 3,000원", "결석벌금: 4,000원")
        study.hears("장서진", "알림: 마감 1일 전, 마감 3시간 전, 결석 3시간 전")
        (change,) = study.heard["장서진"].buttons
        assert (change.command, change.asks) == ("study settings", True)
        assert change.arguments == {
            "due": "00:00",
            "close": "12:00",
            "late": "3000",
            "absent": "4000",
            "questions": "on",
        }

    async def test_amounts_count_from_the_next_verdict_on(self, study: Conversation) -> None:
        await study.says("장서진", "/설정 late=0", at="2022-04-06 12:00")
        study.refused("장서진", "unknown-command")
        await study.says("장서진", "/스터디 설정 지각벌금=1,000원 결석벌금=0")
        assert (await study.channel())[-1].text == "설정이 바뀌었어요\n지각벌금: 1,000원\n결석벌금: 0원"
        await study.says("구미진", "/submit https://example.org", at="2022-04-13 09:00")
        await study.until("2022-04-13 12:00:10")
        assert "지각: 구미진 (1,000원)\n결석: 장서진" in (await study.channel())[-1].text
        await study.says("구미진", "/fines")
        study.hears("구미진", "모인 벌금 1,000원")

    async def test_cutoffs_count_for_weeks_that_have_not_opened(self, study: Conversation) -> None:
        await study.says("장서진", "/study settings due=22:00 close=09:00", at="2022-04-06 12:00")
        await study.says("장서진", "/homework 1")
        study.hears("장서진", "4월 13일(수) 00:00부터 지각(3,000원), 4월 13일(수) 12:00부터 결석")
        await study.says("장서진", "/homework 2")
        study.hears("장서진", "5월 4일(수) 22:00부터 지각(3,000원), 5월 5일(목) 09:00부터 결석")

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("마감 1시간", "마감 1시간 전"),
            ("결석 30분, 마감 2일, 마감 2d", "마감 2일 전, 결석 30분 전"),
            ("none", "없음"),
        ],
    )
    async def test_reminders_are_a_list(self, study: Conversation, written: str, shown: str) -> None:
        await study.says("장서진", f'/study settings 알림목록="{written}"')
        study.hears("장서진", f"알림: {shown}\n")
