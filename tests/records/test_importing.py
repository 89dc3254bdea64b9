"""What a study has of a table that was imported, and what of it is written back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from bot.records import exporting, importing
from bot.records.importing import Reading
from bot.rules.refusal import Refused
from bot.rules.verdicts import Verdict
from bot.services.scope import Caller
from bot.services.snapshot import snapshot
from bot.services.submissions import HandingIn, submit_many
from db import Runner, Session
from db import models as m
from tests.records.documents import refusal
from tests.records.test_tables import HTML, TestLists, table

AT = datetime(2023, 1, 1, tzinfo=UTC)
CALLER = Caller("playground", "w", "c", "민우", "민우", named=True)
ROUND = {"starts": "2022-04-06", "blank::": "missing", "year": "2022", "date:0:": "2022-03-30"}
MARKS = table(
    "|주차|민우|가경|예람|",
    "|1주차|[글](https://a.kr/1)|✅|❌|",
    "|2주차|지각|결석(인정)|1/3|",
    "|3주차|🔺||✅|",
)
DOCUMENTS = {
    "members": MARKS,
    "rows": table("|이름|1주차|2주차|", "|민우|✅|❌|", "|가경|[글](https://a.kr/1)|  |"),
    "people": table("|주차|발표자|주제|자료|", "|1주차|민우|도커|[pdf](https://a.kr/1)|", "||가경|헬름||"),
    "links": table("|주차|제출|", "|1주차|[a](https://a.kr)[b]()|", "|2주차|[a]()[b]()|"),
    "html": HTML.encode(),
    "list": TestLists.DOCUMENT.encode(),
    "two": table("|주차|민우|", "|1주차|✅|") + b"\n" + table("|주차|가경|", "|2주차|[a](https://a.kr)|"),
    "zero": table("|주차|민우|", "|OT|✅|", "|1주차|✅|"),
    "windows": MARKS.replace(b"\n", b"\r\n"),
}


def answered(document: bytes, **given: str) -> Reading:
    """A document with all its questions answered."""
    answers = {about.replace("__", ":"): answer for about, answer in given.items()}
    while remaining := importing.reading(document, answers).resolved.remaining:
        about = remaining[0].about
        answers[about] = ROUND.get(about, "late" if about.startswith("mark") else "1")
    return importing.reading(document, answers)


async def made(runner: Runner, document: bytes) -> int:
    """Import a document; the study's id."""
    shown = await runner.run(importing.found, CALLER, answered(document), AT)
    return shown.study.id


async def verdicts(session: Session, study: int) -> dict[tuple[int, str], Verdict]:
    """How everybody stands with every week."""
    shot = await snapshot(session, await session.get_one(m.Study, study))
    season = shot.season
    return {
        (week.number, shot.names[member.id]): verdict
        for week in season.weeks
        for member in season.members
        if (verdict := season.verdict(week, member, AT)) is not None
    }


async def exported(session: Session, study: int, document: bytes | None = None) -> bytes:
    """The README of a study."""
    return await exporting.readme(session, await session.get_one(m.Study, study), document)


async def test_marks_are_recorded_and_nothing_is_fined(alone: Runner) -> None:
    study = await made(alone, MARKS)
    assert await alone.read(verdicts, study) == {
        (1, "민우"): Verdict.RECORDED, (1, "가경"): Verdict.RECORDED,
        (2, "민우"): Verdict.RECORDED, (2, "가경"): Verdict.EXCUSED, (2, "예람"): Verdict.RECORDED,
        (3, "민우"): Verdict.RECORDED, (3, "예람"): Verdict.RECORDED,
    }  # fmt: skip

    async def kept(session: Session) -> tuple[list[str], int]:
        rows = await session.scalars(select(m.Submission).order_by(m.Submission.id))
        fines = await session.scalar(select(func.count(m.Ledger.id)))
        return [row.link or row.note or "–" for row in rows], fines or 0

    links, fines = await alone.read(kept)
    assert links == ["https://a.kr/1", "–", "지각 (기록)", "일부 (기록)", "지각 (기록)", "–"]
    assert fines == 0


@pytest.mark.parametrize("shape", DOCUMENTS)
async def test_what_was_imported_is_exported_to_the_byte(alone: Runner, shape: str) -> None:
    study = await made(alone, DOCUMENTS[shape])
    assert await alone.read(exported, study) == DOCUMENTS[shape]
    assert await alone.read(exported, study, DOCUMENTS[shape]) == DOCUMENTS[shape]


async def test_a_link_handed_in_later_stands_in_its_cell(alone: Runner) -> None:
    study = await made(alone, MARKS)
    await alone.together(submit_many, HandingIn(CALLER, "https://b.kr/3", AT, week=2))
    after = await alone.read(exported, study)
    assert after == MARKS.replace("|지각|".encode(), "|지각 [글](https://b.kr/3)|".encode())


async def test_into_a_study_that_is_there_come_links_of_members_alone(alone: Runner) -> None:
    study = await made(alone, DOCUMENTS["members"])
    stranger = table("|주차|민우|하늘|", "|1주차|✅|[글](https://a.kr/9)|")
    with pytest.raises(Refused) as no:
        await alone.run(importing.take_into, CALLER, stranger, AT)
    assert no.value.key == "records-no-member"
    whole = MARKS.replace("||✅|".encode(), "|[글](https://a.kr/2)|✅|".encode())
    assert await alone.run(importing.take_into, CALLER, whole, AT, {"mark:3:민우": "late"}) == 1
    assert await alone.read(exported, study) == whole


async def test_nothing_is_taken_in_while_a_question_is_open(alone: Runner) -> None:
    await made(alone, MARKS)
    with pytest.raises(Refused) as no:
        await alone.run(importing.take_into, CALLER, MARKS, AT)
    assert no.value.key == "records-open-questions"


def test_a_link_that_is_none_is_refused() -> None:
    document = table("|주차|민우|", "|1주차|[a](javascript:x)|")
    assert refusal(lambda: importing.reading(document, {})) == "records-bad-link"
