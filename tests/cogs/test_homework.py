"""Handing in and taking back, what is asked, and how one stands."""

from tests.conversation import Conversation

LINK = "https://example.org/w1"


class TestSubmit:
    async def test_a_second_link_replaces_the_first_and_keeps_its_time(self, study: Conversation) -> None:
        await study.says("구미진", f"/submit {LINK}", at="2022-04-12 20:00")
        await study.says("구미진", f"/submit {LINK}/b", at="2022-04-13 09:00")
        study.hears(
            "구미진", "1주차 · 정시", "링크를 바꿨어요. 처음 낸 4월 12일(화) 20:00 기준이에요.", f"{LINK}/b"
        )

    async def test_the_same_link_again_changes_nothing(self, study: Conversation) -> None:
        await study.says("구미진", f"/submit {LINK}", at="2022-04-12 20:00")
        before = study.rows()
        await study.says("구미진", f"/submit {LINK}")
        study.hears("구미진", "이미 같은 링크로 냈어요. 바뀐 것은 없어요.")
        assert study.rows() == before

    async def test_where_two_weeks_are_open_the_earlier_one_is_meant_and_the_other_offered(
        self, study: Conversation
    ) -> None:
        await study.says("구미진", f"/submit {LINK}", at="2022-05-04 09:00")
        study.hears("구미진", "2주차 · 지각")
        other = study.heard["구미진"].buttons[0]
        assert other.arguments == {"link": LINK, "week": "3"}
        await study.presses("구미진", other)
        study.hears("구미진", "3주차 · 정시")

    async def test_after_the_close_a_link_is_recorded_by_a_button(self, study: Conversation) -> None:
        await study.says("구미진", f"/submit {LINK}", at="2022-04-14 09:00")
        study.hears(
            "구미진",
            "지금은 열린 주차가 없어요. 2주차가 4월 27일(수) 00:00에 열려요.",
            "기록만 남길 수 있어요.",
        )
        (record,) = study.heard["구미진"].buttons
        assert (record.study, record.arguments) == (1, {"link": LINK, "week": "1"})
        await study.presses("구미진", record)
        study.hears("구미진", "1주차 · 결석", "결석 처리 뒤라 기록만 남겼어요. 판정은 그대로예요.")
        await study.says("구미진", "/fines")
        study.hears("구미진", "구미진 · 0 · 1 · 0 · 4,000원")

    async def test_a_leader_hands_in_for_another_and_says_why(self, study: Conversation) -> None:
        await study.says("장서진", f"/submit {LINK} who=@문수인 note=병원", at="2022-04-12 20:00")
        study.hears("장서진", "1주차 · 정시", "문수인 대신 냈어요.")
        assert [button.command for button in study.heard["장서진"].buttons] == ["mine"]
        await study.says("문수인", "/homework")
        study.hears("문수인", "나: 정시", LINK)

    async def test_without_a_link_it_is_asked_for(self, study: Conversation) -> None:
        await study.says("구미진", "/submit week=1", at="2022-04-12 20:00")
        study.refused("구미진", "incomplete")
        study.hears("구미진", "/제출 뒤에 링크를 적어 주세요.")


class TestWithdraw:
    async def test_a_link_taken_back_loses_its_time(self, study: Conversation) -> None:
        await study.says("구미진", f"/submit {LINK}", at="2022-04-12 20:00")
        await study.says("구미진", "/withdraw", at="2022-04-13 09:00")
        study.hears("구미진", "구미진의 1주차 제출을 취소했어요", "다시 내면 그때 시각으로 쳐요.")
        await study.says("구미진", f"/submit {LINK}")
        study.hears("구미진", "1주차 · 지각")

    async def test_the_weeks_message_shows_it(self, study: Conversation) -> None:
        await study.says("구미진", f"/submit {LINK}", at="2022-04-06 12:00")
        opened = (await study.channel())[-1]
        assert "제출 1/5 · 구미진" in opened.text
        await study.says("구미진", "/제출취소")
        assert "제출 0/5" in (await study.post(opened.id)).text

    async def test_a_leader_takes_back_anothers(self, study: Conversation) -> None:
        await study.says("구미진", f"/submit {LINK}", at="2022-04-12 20:00")
        await study.says("장서진", "/withdraw who=구미진")
        study.hears("장서진", "구미진의 1주차 제출을 취소했어요")


class TestHomework:
    async def test_is_the_running_weeks_or_the_next_ones(self, study: Conversation) -> None:
        await study.says("나그네", "/homework")
        study.hears(
            "나그네", "1주차 · Fundamentals", "선택: Lab(실습), Reading", "4월 6일(수) 00:00에 열려요."
        )
        await study.says("구미진", "/homework", at="2022-04-12 23:59:59")
        study.hears("구미진", "1주차 · Fundamentals", "나: 미제출")
        await study.says("구미진", "/homework", at="2022-04-13 00:00:00")
        study.hears("구미진", "2주차", "과제가 아직 적혀 있지 않아요.", "4월 27일(수) 00:00에 열려요.")

    async def test_a_button_hands_in_while_that_is_possible(self, study: Conversation) -> None:
        before = await study.says("구미진", "/homework 1")
        open_ = await study.says("구미진", "/homework 1", at="2022-04-13 09:00")
        after = await study.says("구미진", "/homework 1", at="2022-04-13 12:00")
        assert [[x.command for x in reply.buttons] for reply in (before, open_, after)] == [
            [],
            ["submit"],
            [],
        ]


class TestMine:
    async def test_says_what_waiting_costs(self, study: Conversation) -> None:
        await study.says("구미진", "/mine", at="2022-04-12 21:00")
        study.hears(
            "구미진",
            "구미진의 현황",
            "1주차 · Fundamentals: 미제출 (아직 확정 전)",
            "1주차를 지금 내면 정시예요.",
        )
        study.hears(
            "구미진", "4월 13일(수) 00:00 (3시간 뒤)부터 내면 지각 3,000원", "(15시간 뒤)부터 결석 4,000원"
        )
        study.hears(
            "구미진", "이번 달 벌금 0원", "알림: 채널 · 바꾸기: /알림", "2주차는 4월 27일(수) 00:00에 열려요."
        )

    async def test_after_handing_in_nothing_waits(self, study: Conversation) -> None:
        await study.says("구미진", f"/submit {LINK}", at="2022-04-12 21:00")
        reply = await study.says("구미진", "/mine")
        assert "지금 내면" not in reply.texts["ko"]
        assert reply.buttons == ()
        await study.says("구미진", "/mine", at="2022-04-13 12:00:10")
        study.hears("구미진", "1주차 · Fundamentals: 정시\n")

    async def test_an_absence_is_shown_with_its_fine(self, study: Conversation) -> None:
        await study.says("구미진", "/mine", at="2022-04-13 12:00:10")
        study.hears("구미진", "1주차 · Fundamentals: 결석\n", "이번 달 벌금 4,000원")
        await study.says("구미진", "/mine", at="2022-05-01 00:00")
        study.hears("구미진", "이번 달 벌금 0원")

    async def test_without_fines_no_price_is_named(self, empty: Conversation) -> None:
        await empty.says("Anna", "/study start 모임 2022-04-06 2 rules=none")
        await empty.says("Anna", "/mine", at="2022-04-12 21:00")
        empty.hears("Anna", "내면 지각\n", "(15시간 뒤)부터 결석\n")
        await empty.says("Anna", "/mine", at="2022-04-13 09:00")
        empty.hears("Anna", "1주차를 지금 내면 지각이에요.")
