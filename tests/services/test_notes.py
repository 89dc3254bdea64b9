"""What is kept of a week: notes of each kind, changed and removed by whom they may be."""

from collections.abc import Sequence

import pytest

from bot.rules.refusal import Refused
from bot.services import notes
from bot.services.notes import Log, NoteKind
from db import Runner
from db import models as m
from tests.store import LEADER, Group, founded, seoul

NOW = "2022-04-07 21:00"


async def noted(runner: Runner, *texts: str, by: str = "구미진") -> tuple[Group, Sequence[int]]:
    """A study with notes of its first week, and their numbers."""
    group = await founded(runner)
    await group.lives_until("2022-04-06 00:00:10")
    kept = [await group.asks(notes.note, text, None, at=NOW, by=by) for text in texts]
    return group, [note.id for note in kept[-1].notes]


async def no(group: Group, who: str, id_: int) -> set[str]:
    """The keys of the noes to changing and removing a note."""
    found = set()
    for service, words in ((notes.edit, ("다른 말",)), (notes.remove, ())):
        with pytest.raises(Refused) as refused:
            await group.asks(service, id_, *words, at=NOW, by=who)
        found.add(refused.value.key)
    return found


def texts(log: Log) -> list[str]:
    """What the notes of a week say."""
    return [note.text for note in log.notes]


async def test_a_note_is_an_insight_unless_it_is_told(runner: Runner) -> None:
    group, _ = await noted(runner, "하나")
    await group.runner.run(notes.note, group.caller("구미진"), "둘", None, seoul(NOW), NoteKind.LECTURE)
    assert [row.kind for row in await group.rows(m.Note)] == ["insight", "lecture"]


async def test_writers_change_and_remove_their_own(runner: Runner) -> None:
    group, (first, second) = await noted(runner, "하나", "둘")
    log = await group.runner.run(
        notes.edit, group.caller("구미진"), first, "셋", seoul(NOW), NoteKind.REFERENCE
    )
    assert (log.notes[0].kind, texts(log)) == (NoteKind.REFERENCE, ["셋", "둘"])
    assert texts(await group.asks(notes.remove, second, at=NOW, by="구미진")) == ["셋"]


async def test_leaders_change_any(runner: Runner) -> None:
    group, (first, second) = await noted(runner, "하나", "둘")
    assert texts(await group.asks(notes.edit, first, "셋", at=NOW)) == ["셋", "둘"]
    assert texts(await group.asks(notes.remove, second, at=NOW)) == ["셋"]


async def test_others_do_not(runner: Runner) -> None:
    group, (first, *_) = await noted(runner, "하나")
    assert await no(group, "문수인", first) == {"note-not-yours"}
    assert await no(group, "나그네", first) == {"not-a-member"}
    assert texts(await group.looks(notes.log, None, at=NOW)) == ["하나"]


async def test_a_note_of_another_study_is_none(runner: Runner) -> None:
    _, (first, *_) = await noted(runner, "하나")
    other = await founded(runner, channel="beside")
    assert await no(other, LEADER, first) == {"no-such-note"}


async def test_who_may_change_a_note_is_told(runner: Runner) -> None:
    group, _ = await noted(runner, "하나")
    asked = {who: await group.looks(notes.log, None, at=NOW, by=who) for who in ("구미진", "문수인", LEADER)}
    assert {who: log.notes[0].mine for who, log in asked.items()} == {
        "구미진": True,
        "문수인": False,
        LEADER: True,
    }


async def test_the_history_holds_no_words(runner: Runner) -> None:
    group, (first, *_) = await noted(runner, "하나")
    await group.asks(notes.edit, first, "둘", at=NOW)
    await group.asks(notes.remove, first, at=NOW)
    lines = await group.rows(m.History, m.History.kind.startswith("note"))
    names = await group.names()
    assert [(x.kind, names[x.by_id], names.get(x.member_id)) for x in lines] == [
        ("noted", "구미진", None),
        ("note_edited", LEADER, "구미진"),
        ("note_removed", LEADER, "구미진"),
    ]
    assert await group.rows(m.Detail) == []
