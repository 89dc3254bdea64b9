"""What is kept for the study log, in the chat."""

from pathlib import Path

from tests.conversation import Conversation

LOG = Path(__file__).parents[2] / "bot/doors/playground/seeds/mlops-study.README.md"

WHEN = "2022-04-07 21:00"


async def test_a_note_says_what_kind_it_is(study: Conversation) -> None:
    await study.says("구미진", "/week note 트랜스포머 kind=lecture", at=WHEN)
    study.hears("구미진", "1주차 · Fundamentals 메모를 남겼어요", "강의: 트랜스포머 (구미진)")
    await study.says("구미진", '/주차 메모 배운 것 종류="참고 자료"')
    study.hears("구미진", "참고 자료: 배운 것 (구미진)")
    await study.says("구미진", "/week note 배운 것")
    study.hears("구미진", "인사이트: 배운 것 (구미진)")


async def test_the_log_of_a_week_is_shown_with_what_can_be_changed(study: Conversation) -> None:
    await study.says("구미진", "/week note 트랜스포머", at=WHEN)
    await study.says("문수인", "/research mlflow")
    await study.says("문수인", "/week log")
    study.hears("문수인", "1주차 · Fundamentals 일지", "#1 인사이트: 트랜스포머 (구미진)", "문수인 - mlflow")
    assert [button.command for button in study.heard["문수인"].buttons] == ["week note"]
    await study.says("구미진", "/week log")
    add, edit, remove = study.heard["구미진"].buttons
    assert (add.asks, add.arguments) == (True, {"week": "1"})
    assert (edit.asks, edit.arguments) == (True, {"entry": "1", "text": "트랜스포머", "kind": "insight"})
    await study.says("구미진", "/week note 어텐션 entry=1")
    study.hears("구미진", "메모를 고쳤어요", "인사이트: 어텐션 (구미진)")
    await study.presses("구미진", remove)
    study.hears("구미진", "메모를 지웠어요")
    await study.says("한현경", "/week log")
    assert "#1" not in study.heard["한현경"].texts["ko"]


async def test_an_empty_log_says_so(study: Conversation) -> None:
    await study.says("구미진", "/week log", at=WHEN)
    study.hears("구미진", "아직 남긴 메모가 없어요.")


async def test_a_note_of_somebody_else_stays_as_it_is(study: Conversation) -> None:
    await study.says("구미진", "/week note 트랜스포머", at=WHEN)
    await study.says("문수인", "/week note 다른 말 entry=1")
    study.refused("문수인", "note-not-yours")
    await study.says("문수인", "/week log remove=1")
    study.refused("문수인", "note-not-yours")
    await study.says("장서진", "/week log remove=1")
    study.hears("장서진", "메모를 지웠어요")


async def test_the_weeks_announcement_asks_for_notes(study: Conversation) -> None:
    await study.until("2022-04-06 00:10")
    opened = (await study.channel())[-1]
    assert "기록 남기기" in [button["label"] for button in opened.buttons]


async def test_the_log_is_exported_as_a_file(study: Conversation) -> None:
    await study.says("구미진", "/week note ### 9주차 - 가짜", at=WHEN)
    reply = await study.says("구미진", "/records export log")
    assert reply.message.file
    assert reply.message.file.name == "STUDY-LOG.md"
    assert "### 1주차" in reply.message.file.content.decode()
    assert "\n### 9" not in reply.message.file.content.decode()


async def test_a_log_is_imported_with_its_questions_and_comes_out_as_it_was(empty: Conversation) -> None:
    await empty.says("민우", f'/records import text="{LOG.read_text()}"')
    empty.hears("민우", "스터디원: 민우, 가경, 예람, 민수, 다은", "먼저 알려 주세요", "모두 몇 주인지")
    reply = await empty.says("민우", '/records import starts=2023-12-28 answer="weeks=200"')
    empty.refused("민우", "records-not-an-answer")
    reply = await empty.says("민우", '/records import starts=2023-12-28 answer="weeks=10"')
    await empty.presses("민우", reply.buttons[0])
    empty.hears("민우", "MLOps-Study 스터디를 만들었어요")
    await empty.says("가경", "/homework week=3")
    empty.hears(
        "가경", "각자 MLops tool 한개씩 공부해오기", "가경 - amazone sagemaker", "강의: Session 2. 코드 품질"
    )
    reply = await empty.says("가경", "/records export log")
    assert reply.message.file
    assert reply.message.file.content == LOG.read_bytes()
