"""A study made of a study log, what it then knows, and its log written out again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from bot.records import importing
from bot.records.editing import Merged
from bot.records.exports import file_of
from bot.records.importing import reading
from bot.records.log import exporting as log_exporting
from bot.records.log.writing import plain
from bot.records.understood import WeekRow
from bot.rules.refusal import Refused
from bot.services import extending, notes, weeks
from bot.services.notes import NoteKind
from bot.services.weeks import Planning
from db import Runner, Session
from db import models as m
from tests.records.logs import MEMBERS, SEED, WEEKS, document, weeks_in
from tests.store import SEOUL, Group, caller, founded, seoul

NOW = "2024-02-20 21:00"
ANSWERS = {"starts": "2023-12-28", "weeks": "10"}
LEADER = "조교"


async def imported(
    runner: Runner,
    content: bytes = SEED,
    answers: Mapping[str, str] = ANSWERS,
    at: str = NOW,
    channel: str = "mlops",
) -> Group:
    """The study of a log, imported by somebody who is not in it."""
    taken = reading(content, answers)
    shown = await runner.run(importing.found, caller(LEADER, channel), taken, seoul(at))
    return Group(runner, shown.study.id, channel)


async def written(group: Group, content: bytes | None = None, at: str = NOW) -> Merged:
    """The study's log, in a document or in the one that is kept."""
    return await group.runner.read(log_exporting.log, await group.study(), seoul(at), content)


async def agrees(group: Group, content: bytes, at: str = NOW) -> None:
    """Have the study and a document agree."""
    await group.runner.run(importing.keep_document, group.id, content, seoul(at))


async def says(group: Group, at: str = NOW) -> list[WeekRow]:
    """What the study's log says."""

    async def read(session: Session, study: m.Study) -> list[WeekRow]:
        return await log_exporting.weeks_of(session, study, seoul(at))

    return await group.runner.read(read, await group.study())


def refusal(content: bytes, answers: Mapping[str, str]) -> str:
    """The no that somebody hears."""
    with pytest.raises(Refused) as no:
        reading(content, answers)
    return no.value.key


class TestTheSeed:
    async def test_gives_a_study_its_weeks(self, runner: Runner) -> None:
        group = await imported(runner)
        rows = await group.rows(m.Week, m.Week.study_id == group.id)
        asked = {row.number: row.homework for row in rows}
        assert [row.number for row in rows] == list(range(11))
        assert [row.title for row in rows[:6]] == [*(week.title for week in WEEKS), None]
        assert [asked[week.number + 1] for week in WEEKS] == [week.homework for week in WEEKS]
        assert asked[0] is None
        assert f"{rows[0].opens_at.astimezone(SEOUL):%Y-%m-%d}" == "2023-12-29"
        assert rows[1].due_at == seoul("2024-01-04 00:00")

    async def test_gives_it_notes_that_nobody_wrote_and_topics(self, runner: Runner) -> None:
        group = await imported(runner)
        assert {row.member_id for row in await group.rows(m.Note)} == {None}
        names = await group.names()
        topics = await group.rows(m.Topic)
        assert {names[row.member_id]: row.text for row in topics} == WEEKS[3].topics
        assert [row.name for row in await group.rows(m.Member)] == [*MEMBERS, LEADER]

    async def test_is_what_the_study_says_then(self, runner: Runner) -> None:
        group = await imported(runner)
        told = [replace(week, due=None) for week in (await says(group))[:5]]
        assert told == [replace(week, due=None) for week in WEEKS]
        assert (await says(group))[0].due == date(2024, 1, 3)

    async def test_comes_out_as_it_went_in(self, runner: Runner) -> None:
        group = await imported(runner)
        assert await written(group) == Merged(SEED)
        assert await written(group, SEED) == Merged(SEED)
        assert (await runner.read(file_of, caller(LEADER), "log", seoul(NOW)))[1] == SEED

    @pytest.mark.parametrize("starts", ["2023-12-28", "2024-01-01", "2024-01-03"])
    async def test_so_it_does_whenever_week_1_opens(self, runner: Runner, starts: str) -> None:
        group = await imported(runner, answers={**ANSWERS, "starts": starts})
        assert await written(group) == Merged(SEED)

    def test_a_week_does_not_open_after_its_homework_is_due(self) -> None:
        assert refusal(SEED, {**ANSWERS, "starts": "2024-01-04"}) == "records-due-before"


class TestWhatComesAfter:
    async def test_a_note_in_the_chat_is_one_line_more(self, runner: Runner) -> None:
        group = await imported(runner)
        await group.asks(notes.note, "쿠버네티스는 어렵다", 2, at=NOW, by=LEADER)
        made = await written(group)
        assert made.conflicts == ()
        assert made.document == SEED.replace(
            "써볼만<br/>\n".encode(), "써볼만<br/>\n쿠버네티스는 어렵다  \n".encode()
        )

    async def test_a_line_put_in_by_hand_outlives_every_agreement(self, runner: Runner) -> None:
        group = await imported(runner)
        theirs = SEED.replace("원디비의".encode(), "손으로 쓴 줄<br/>\n원디비의".encode())
        for _ in range(2):
            made = await written(group, theirs)
            assert made == Merged(theirs)
            await agrees(group, made.document)
        await group.asks(notes.note, "하나 더", 2, at=NOW, by=LEADER)
        assert "손으로 쓴 줄" in (await written(group)).document.decode()

    async def test_a_removed_note_goes_out_again_and_an_edited_one_changes(self, runner: Runner) -> None:
        group = await imported(runner)
        kept = await group.asks(notes.note, "하나 더", 2, at=NOW, by=LEADER)
        await agrees(group, (await written(group)).document)
        await group.asks(notes.edit, kept.notes[-1].id, "둘 더", at=NOW, by=LEADER)
        made = (await written(group)).document
        assert ("하나 더" in made.decode(), "둘 더" in made.decode()) == (False, True)
        await agrees(group, made)
        await group.asks(notes.remove, kept.notes[-1].id, at=NOW, by=LEADER)
        assert (await written(group)).document == SEED

    async def test_what_others_take_out_is_not_told_again(self, runner: Runner) -> None:
        group = await imported(runner)
        theirs = SEED.replace("원디비의 존재를 알다. <br/>\n".encode(), b"")
        made = await written(group, theirs)
        assert made.document == theirs
        assert [x.about for x in made.conflicts] == ["note:2:"]
        await agrees(group, theirs)
        assert await written(group) == Merged(theirs)

    async def test_a_note_of_between_writing_and_agreeing_is_told_next(self, runner: Runner) -> None:
        group = await imported(runner)
        made = await written(group)
        await group.asks(notes.note, "그 사이에", 2, at=NOW, by=LEADER)
        await agrees(group, made.document)
        assert "그 사이에" in (await written(group)).document.decode()

    async def test_a_new_homework_is_asked_for_in_the_section_before(self, runner: Runner) -> None:
        group = await imported(runner)
        await group.asks(weeks.plan, Planning("발표 준비", week=6), at=NOW, by=LEADER)
        assert "### 5주차\n\n[과제] 발표 준비(~2024.02.07)\n" in (await written(group)).document.decode()


class TestIntoAStudyThatIsThere:
    async def test_what_it_has_not_is_taken_in(self, runner: Runner) -> None:
        group = await imported(runner)
        more = "원디비의 존재를 알다. <br/>\n손으로 쓴 줄<br/>"
        theirs = SEED.replace("원디비의 존재를 알다. <br/>".encode(), more.encode())
        for _ in range(2):
            await group.runner.run(importing.take_into, caller(LEADER), theirs, seoul(NOW))
        texts = [row.text for row in await group.rows(m.Note)]
        assert len(texts) == len(set(texts))
        assert texts[-1] == "손으로 쓴 줄"
        assert await written(group) == Merged(theirs)

    async def test_what_it_says_stays(self, runner: Runner) -> None:
        group = await imported(runner)
        await group.asks(weeks.plan, Planning("다른 과제", "다른 제목", week=2), at=NOW, by=LEADER)
        await group.runner.run(importing.take_into, caller(LEADER), SEED, seoul(NOW))
        row = (await group.rows(m.Week, m.Week.study_id == group.id, m.Week.number == 2))[0]
        assert (row.homework, row.title) == ("다른 과제", "다른 제목")


class TestAnyStudy:
    async def test_its_log_is_made_anew_and_can_be_imported(self, runner: Runner) -> None:
        group = await founded(runner)
        at = "2022-05-05 21:00"
        await group.asks(weeks.plan, Planning("1장 | 읽기", "첫 주 # 시작", week=1), at="2022-04-05 22:00")
        await group.lives_until(at)
        for kind, text in (
            (NoteKind.LECTURE, "Session 1. 소개"),
            (NoteKind.INSIGHT, "### 9주차 - 가짜\n둘째 줄"),
        ):
            await group.runner.run(notes.note, group.caller("구미진"), text, 2, seoul(at), kind)
        await group.asks(notes.topic, "<script>mlflow</script>", 2, at="2022-05-01 12:00", by="문수인")
        made = (await written(group, at=at)).document
        assert weeks_in(made) == [plain(week) for week in await says(group, at)]
        again = await imported(runner, made, {"starts": "2022-04-06", "weeks": "12"}, at, "beside")
        assert (await says(again, at))[1:4] == (await says(group, at))[1:]

    async def test_an_extension_changes_the_day_that_is_told(self, runner: Runner) -> None:
        group = await founded(runner)
        await group.asks(weeks.plan, Planning("읽기"), at="2022-04-05 22:00")
        before = (await written(group, at="2022-04-07 12:00")).document
        assert "[과제] 읽기(~2022.04.12)" in before.decode()
        await agrees(group, before, "2022-04-07 12:00")
        until = seoul("2022-04-14 09:00").astimezone(SEOUL).replace(tzinfo=None)
        await group.asks(extending.extend, 1, until, "정전", None, at="2022-04-08 12:00")
        made = await written(group, at="2022-04-08 12:00")
        assert made == Merged(before.replace(b"2022.04.12", b"2022.04.14"))

    async def test_of_a_week_that_has_not_opened_nothing_is_told(self, runner: Runner) -> None:
        group = await founded(runner)
        await group.asks(weeks.plan, Planning("비밀", "셋째", week=3), at="2022-04-05 22:00")
        assert "비밀" not in (await written(group, at="2022-04-07 12:00")).document.decode()

    def test_a_week_0_without_a_day_waits_for_it(self) -> None:
        log = document("### 0주차 - OT", "반가웠다", "[과제] 읽기", "", "### 1주차", "[과제] 쓰기")
        given = {"members": "민우", "weeks": "3", "starts": "2024-01-04"}
        assert [x.about for x in reading(log, given).resolved.remaining] == ["date:0:"]
        assert not reading(log, {**given, "date:0:": "2024-01-02"}).resolved.remaining
