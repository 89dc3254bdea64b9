"""What leaders do for a week and a season, and what everybody may look up."""

from bot.commands.command import Commands
from bot.texts import LANGUAGES, command_name
from tests.conversation import Conversation

LINK = "https://example.org/w1"


class TestWeekPlan:
    async def test_it_is_told_and_the_weeks_message_shows_it(self, study: Conversation) -> None:
        await study.until("2022-04-06 12:00")
        opened = (await study.channel())[-1]
        await study.says("장서진", "/주차 계획 제목=MLOps 1. 강의 듣기\n2. 정리하기")
        study.hears("장서진", "1주차 · MLOps 과제를 적었어요", "과제: 1. 강의 듣기\n2. 정리하기", "선택: Lab")
        assert (await study.channel())[-1].text.startswith(
            "1주차 · MLOps 과제\n과제: 1. 강의 듣기\n2. 정리하기\n선택: Lab"
        )
        assert "1주차 · MLOps 시작\n과제: 1. 강의 듣기" in (await study.post(opened.id)).text

    async def test_a_later_week_is_told_when_it_opens(self, study: Conversation) -> None:
        await study.until("2022-04-06 12:00")
        before = await study.channel()
        await study.says("장서진", "/week plan week=2 데이터 관리")
        study.hears("장서진", "2주차 과제를 적었어요")
        assert [post.id for post in await study.channel()] == [post.id for post in before]
        await study.until("2022-04-27 00:00:10")
        assert "2주차 시작\n과제: 데이터 관리" in (await study.channel())[-1].text


class TestWeekExcuse:
    async def test_before_the_close_nobody_is_fined(self, study: Conversation) -> None:
        await study.says("장서진", "/week excuse 문수인 1 몸이 아파서", at="2022-04-12 12:00")
        study.hears("장서진", "문수인의 1주차를 인정했어요")
        await study.until("2022-04-13 12:00:10")
        assert (await study.channel())[-1].text.endswith(
            "결석: 장서진, 구미진, 이은빈, 한현경 (각 4,000원)\n인정: 문수인"
        )

    async def test_after_the_close_the_fine_is_reversed(self, study: Conversation) -> None:
        await study.says("장서진", "/week excuse 문수인 1 몸이 아파서", at="2022-04-14 12:00")
        study.hears("장서진", "이미 내려진 판정을 고치고, 벌금이 있었다면 취소했어요.")
        await study.says("문수인", "/fines")
        study.hears("문수인", "모인 벌금 16,000원", "문수인 · 0 · 1 · 1 · 0원")
        await study.says("문수인", "/mine")
        study.hears("문수인", "1주차 · Fundamentals: 인정")

    async def test_the_reason_stays_between_them(self, study: Conversation) -> None:
        await study.says("장서진", "/week excuse 문수인 1 비밀스러운 까닭", at="2022-04-14 12:00")
        await study.until("2022-05-01 12:00")
        assert not [post for post in await study.channel() if "비밀스러운" in post.text]


class TestBreaks:
    async def test_one_moves_the_weeks_after_it(self, study: Conversation) -> None:
        await study.says("장서진", "/휴식 추가 2022-05-18 2022-05-24 대동제 기간", at="2022-05-01 12:00")
        study.hears(
            "장서진",
            "5월 18일(수)부터 5월 24일(화)까지 쉬어요",
            "8개 주차의 일정이 바뀌어요. 5주차는 5월 25일(수) 00:00에 열려요.",
        )
        told = (await study.channel())[-1].text
        assert told.startswith(
            "쉬는 기간을 정했어요\n5월 18일(수) ~ 5월 24일(화) · 대동제 기간\n8개 주차의 일정이 바뀌어요."
        )
        await study.says("나그네", "/break list")
        study.hears("나그네", "중간고사", "5월 18일(수) ~ 5월 24일(화) · 대동제 기간", "기말고사")

    async def test_one_without_an_opening_day_says_that_nothing_moves(self, study: Conversation) -> None:
        await study.says("장서진", "/break add 2022-05-19 2022-05-20 소풍")
        study.hears("장서진", "이 기간에는 열리는 주차가 없어서 아무 일정도 바뀌지 않아요.")

    async def test_one_under_way_is_prolonged_and_ended(self, study: Conversation) -> None:
        await study.says("장서진", "/break add 2022-04-13 2022-05-03 시험 연장", at="2022-04-20 12:00")
        study.hears(
            "장서진", "4월 13일(수)부터 5월 3일(화)까지 쉬어요", "2주차는 5월 4일(수) 00:00에 열려요."
        )
        await study.says("장서진", "/break remove 2022-04-13", at="2022-04-26 12:00")
        study.hears("장서진", "4월 25일(월)까지로 끝냈어요", "2주차는 4월 27일(수) 00:00에 열려요.")

    async def test_one_to_come_is_removed(self, study: Conversation) -> None:
        await study.says("장서진", "/break remove 2022-06-08")
        study.hears(
            "장서진", "6월 8일(수) ~ 6월 21일(화) 휴식을 취소했어요", "8주차는 6월 8일(수) 00:00에 열려요."
        )
        await study.says("장서진", "/break remove 2022-04-13")
        await study.says("장서진", "/break list")
        study.hears("장서진", "정해진 휴식이 없어요.")


class TestFines:
    async def test_are_shown_to_everyone_by_a_button(self, study: Conversation) -> None:
        await study.says("이은빈", "/fines", at="2022-04-14 12:00")
        share, history = study.heard["이은빈"].buttons
        assert history.command == "ledger history"
        assert share.arguments == {"month": "2022-04", "to_all": "yes"}
        await study.presses("나그네", share)
        study.refused("나그네", "not-a-member")
        await study.presses("이은빈", share)
        study.hears("이은빈", "모인 벌금 20,000원")
        told = (await study.channel())[-1]
        assert told.text.startswith("2022년 4월 벌금\n이름 · 지각 · 결석 · 취소 · 합계\n")
        assert "\n모인 벌금 20,000원\n" in told.text
        assert told.mentions == []

    async def test_of_a_month_without_any_say_so(self, study: Conversation) -> None:
        for line in ("/fines", "/fines 2022-03", "/벌금 2099.12", "/fines 0001-01"):
            await study.says("나그네", line)
            study.hears("나그네", "이 달에는 벌금이 없어요.")
            assert study.heard["나그네"].buttons == ()

    async def test_of_somebody_who_left_stay(self, study: Conversation) -> None:
        await study.says("문수인", "/study leave", at="2022-04-14 12:00")
        await study.says("이은빈", "/fines")
        study.hears("이은빈", "문수인 · 0 · 1 · 0 · 4,000원")
        await study.says("이은빈", "/fines 2022-05")
        study.hears("이은빈", "이 달에는 벌금이 없어요.")


class TestNotify:
    async def test_one_chooses_where_to_be_reminded(self, study: Conversation) -> None:
        await study.says("구미진", "/알림 개인메시지")
        study.hears("구미진", "앞으로 알림을 개인 메시지로 받아요")
        await study.says("이은빈", "/notify 끄기")
        study.hears("이은빈", "앞으로 알림을 받지 않아요")
        await study.until("2022-04-12 12:00")
        assert (await study.channel())[-1].mentions == ["장서진", "한현경", "문수인"]
        (alone,) = await study.whispers("구미진")
        assert alone.mentions == ["구미진"]
        assert await study.whispers("이은빈") == []
        await study.says("구미진", "/notify channel")
        study.hears("구미진", "앞으로 알림을 채널에서 받아요")


class TestGuide:
    async def test_lists_every_command_in_the_readers_language(self, study: Conversation) -> None:
        reply = await study.says("나그네", "/guide")
        for language in LANGUAGES:
            for name in Commands.in_package("cogs"):
                assert f"/{command_name(name, language)} — " in reply.texts[language]

    async def test_explains_one_command(self, study: Conversation) -> None:
        await study.says("나그네", "/도움말 주차 인정")
        study.hears(
            "나그네",
            "/주차 인정 — 한 주를 빠져도 되게 해요",
            "누구: 스터디원 이름",
            "스터디장이 쓰는 명령이에요.",
        )
        await study.says("나그네", "/guide /submit")
        study.hears("나그네", "링크: 과제를 올린 주소 (https://…)", "메모 (생략 가능): 짧은 메모")
        assert "스터디장이" not in study.heard["나그네"].texts["ko"]

    async def test_needs_no_study(self, empty: Conversation) -> None:
        await empty.says("Anna", "/guide")
        empty.hears("Anna", "스터디 도움말", "/스터디 시작")
