"""Week 1 of Study-MLOps as it was lived: the issue's story, in both languages."""

from tests.conversation import Conversation

LINK = "https://example.org/w1"
MISSING = ["구미진", "이은빈", "한현경", "문수인"]


async def test_week_one_plays_in_korean(study: Conversation) -> None:
    await study.until("2022-04-06 00:00:10")
    opened = (await study.channel())[-1]
    assert opened.text.startswith("1주차 · Fundamentals 시작\n과제: Full Stack Deep Learning 강의를 듣고")
    assert "4월 13일(수) 00:00부터 지각(3,000원), 4월 13일(수) 12:00부터 결석(4,000원)이에요." in opened.text
    assert opened.text.endswith("제출 0/5")

    await study.says("장서진", f"/제출 {LINK}", at="2022-04-07 21:00:00")
    study.hears("장서진", "1주차 · 정시", "4월 7일(목) 21:00 기준", LINK)
    assert (await study.post(opened.id)).text.endswith("제출 1/5 · 장서진")

    await study.until("2022-04-12 00:00:00")
    day_before = (await study.channel())[-1]
    assert day_before.mentions == MISSING
    assert day_before.text.startswith(
        "1주차 · Fundamentals 과제 알림\n@구미진 @이은빈 @한현경 @문수인 아직 과제가 없어요."
    )

    await study.until("2022-04-13 00:00:10")
    due = (await study.channel())[-1]
    assert due.text.startswith("1주차 · Fundamentals 마감\n제출 1/5 · 장서진")
    assert due.mentions == MISSING
    assert (
        "휴식이 시작돼요\n4월 13일(수) ~ 4월 26일(화) · 중간고사\n2주차는 4월 27일(수) 00:00에 열려요."
        in due.text
    )
    assert day_before.id not in [post.id for post in await study.channel()]

    await study.says("구미진", "/mine", at="2022-04-13 08:59:00")
    study.hears(
        "구미진", "1주차 · Fundamentals: 미제출", "지금 내면 지각 3,000원", "(3시간 1분 뒤)부터 결석 4,000원"
    )
    await study.says("구미진", f"/제출 {LINK}-2", at="2022-04-13 09:00:00")
    study.hears("구미진", "1주차 · 지각", "4월 13일(수) 09:00 기준")
    await study.says("구미진", "/과제 2")
    study.hears("구미진", "2주차", "4월 27일(수) 00:00에 열려요.")
    assert (await study.channel())[-1].text.startswith(
        "1주차 · Fundamentals 과제 알림\n@구미진 @이은빈 @한현경"
    )

    await study.until("2022-04-13 12:00:10")
    closed = (await study.channel())[-1]
    assert closed.text == (
        "1주차 · Fundamentals 결과\n정시: 장서진\n지각: 구미진 (3,000원)\n"
        "결석: 이은빈, 한현경, 문수인 (각 4,000원)"
    )
    assert closed.mentions == []

    await study.says("이은빈", "/벌금")
    study.hears("이은빈", "2022년 4월 벌금", "모인 벌금 15,000원", "구미진 · 1 · 0 · 0 · 3,000원")
    study.hears("이은빈", *(f"{name} · 0 · 1 · 0 · 4,000원" for name in ("이은빈", "한현경", "문수인")))

    await study.says("장서진", f"/제출 {LINK}-3", at="2022-04-20 12:00:00")
    study.refused("장서진", "nothing-open")
    await study.until("2022-04-26 23:59:59")
    assert (await study.channel())[-1].id == closed.id

    await study.until("2022-04-27 00:00:10")
    assert (await study.channel())[-1].text.startswith(
        "휴식이 끝났어요\n2주차 시작\n과제가 아직 적혀 있지 않아요.\n5월 4일(수) 00:00부터 지각"
    )


async def test_week_one_plays_in_english(english: Conversation) -> None:
    await english.until("2022-04-06 00:00:10")
    opened = (await english.channel())[-1]
    assert opened.text.startswith(
        "Week 1 · Fundamentals is open\nHomework: Watch the Full Stack Deep Learning"
    )
    assert "Late (₩3,000) from Wed, Apr 13, 00:00, absent (₩4,000) from Wed, Apr 13, 12:00." in opened.text
    assert opened.text.endswith("In 0/5")

    await english.says("장서진", f"/submit {LINK}", at="2022-04-07 21:00:00")
    english.hears("장서진", "Week 1 · on time", "You are in, as of Thu, Apr 7, 21:00.", LINK)
    assert (await english.post(opened.id)).text.endswith("In 1/5 · 장서진")

    await english.until("2022-04-13 00:00:10")
    due = (await english.channel())[-1]
    assert due.text.startswith(
        "Week 1 · Fundamentals is due\nIn 1/5 · 장서진\nNot in yet: @구미진 @이은빈 @한현경 @문수인 · before"
    )
    assert due.mentions == MISSING
    assert due.text.endswith("Wed, Apr 13 – Tue, Apr 26 · midterm exams\nWeek 2 opens Wed, Apr 27, 00:00.")

    await english.says("구미진", f"/submit {LINK}-2", at="2022-04-13 09:00:00")
    english.hears("구미진", "Week 1 · late", "You are in, as of Wed, Apr 13, 09:00.")

    await english.until("2022-04-13 12:00:10")
    assert (await english.channel())[-1].text == (
        "Week 1 · Fundamentals: results\non time: 장서진\nlate: 구미진 (₩3,000)\n"
        "absent: 이은빈, 한현경, 문수인 (₩4,000 each)"
    )
    await english.says("이은빈", "/fines 2022-04")
    english.hears("이은빈", "Fines of April 2022", "₩15,000 in all", "문수인 · 0 · 1 · 0 · ₩4,000")

    await english.until("2022-04-27 00:00:10")
    assert (await english.channel())[-1].text.startswith("The break is over\nWeek 2 is open\n")


async def test_a_link_at_midnight_is_late(study: Conversation) -> None:
    await study.says("장서진", f"/submit {LINK}", at="2022-04-12 23:59:59.999")
    study.hears("장서진", "1주차 · 정시")
    await study.says("구미진", f"/submit {LINK}", at="2022-04-13 00:00:00")
    study.hears("구미진", "1주차 · 지각")
    await study.says("이은빈", f"/submit {LINK}", at="2022-04-13 11:59:59.999")
    study.hears("이은빈", "1주차 · 지각")
    await study.says("한현경", f"/submit {LINK}", at="2022-04-13 12:00:00")
    study.hears("한현경", "지금은 열린 주차가 없어요", "1주차 링크가 비어 있어요")
