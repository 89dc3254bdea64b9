"""The Home tab: one's own week and the whole board, in the reader's language, filled anew by what is done."""

import pytest

from tests.slack.scene import Scene
from tests.slack.trouble import Error

OPENED = "2022-04-06 09:00"


async def test_somebody_in_no_study_is_told_how_to_begin(scene: Scene) -> None:
    shown = await scene.people[1].opens_home()
    assert "참여 중인 스터디가 없어요" in shown.text
    assert "/스터디 참여" in shown.text


async def test_the_week_the_standing_and_the_board_are_there(study: Scene) -> None:
    await study.until(OPENED)
    await study.leader.types(study.channel, "/week plan 논문 <b>읽기</b> & 정리")
    koo = study.people[1]
    text = (await koo.opens_home()).text
    for wanted in (
        "Study-MLOps",
        "논문 &lt;b&gt;읽기&lt;/b&gt; &amp; 정리",
        "<!date^1649775600^",
        "구미진의 현황",
        "벌금",
        "현황판",
    ):
        assert wanted in text, text
    assert "2022-04-13 00:00" in koo.reads(koo.home)
    assert list(koo.home.buttons) == ["과제 내기", "내 달력 구독"]


async def test_a_reader_abroad_sees_their_own_language_and_hours(study: Scene) -> None:
    await study.until(OPENED)
    person = study.channel.team.person("Ann", locale="en-US", tz="America/New_York")
    await person.types(study.channel, "/study join")
    shown = await person.opens_home()
    assert "No homework has been written down yet" in shown.text
    assert "2022-04-12 11:00" in person.reads(shown)


async def test_handing_in_from_there_is_seen_there(study: Scene) -> None:
    await study.until(OPENED)
    koo = study.people[1]
    home = await koo.opens_home()
    asked = await koo.presses(home, "과제 내기")
    assert asked.modal is not None
    updates = koo.home.updates
    await koo.fills(asked.modal, {"link": "https://example.org/1"})
    await study.platform.until(lambda: koo.home.updates > updates)
    assert "https://example.org/1" in koo.home.text
    assert "정시" in koo.home.text


async def test_several_studies_stand_under_each_other(study: Scene) -> None:
    await study.until(OPENED)
    other = study.channel.team.channel("second")
    koo = study.people[1]
    await koo.types(other, "/study start 둘째 2022-04-06 12")
    text = (await koo.opens_home()).text
    assert text.index("Study-MLOps") < text.index("둘째")
    assert text.count("현황판") == 2


@pytest.mark.parametrize("weeks", [52])
async def test_a_long_season_fits(study: Scene, weeks: int) -> None:
    channel = study.channel.team.channel("long")
    koo = study.people[3]
    await koo.types(channel, f"/study start 긴것 2021-01-06 {weeks}")
    assert "긴것" in (await koo.opens_home()).text


async def test_what_fails_is_tried_when_it_is_opened_again(study: Scene) -> None:
    koo = study.people[1]
    study.platform.fails("views.publish", Error("internal_error"))
    with pytest.raises(AssertionError, match="does not come"):
        await koo.opens_home(patience=0.5)
    assert "Study-MLOps" in (await koo.opens_home()).text
