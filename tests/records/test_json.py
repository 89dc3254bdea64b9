"""One study whole: written to a file, and restored from it."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from bot.records.table_csv import csv_of
from bot.records.whole.reading import read_whole
from bot.records.whole.restoring import restored
from bot.records.whole.writing import TABLES, json_of
from bot.rules.refusal import Refused
from bot.services import ending
from bot.services.scope import Caller
from db import Runner, Session
from db import models as m
from tests.records.lived import lived
from tests.store import LEADER, TREASURER, Group, caller, founded, rows, seoul

Damage = Callable[[dict[str, Any]], object]

BESIDE = "beside"
LATER = "2022-05-12 11:00"
FAR = "2199-01-01T00:00:00+00:00"


async def written(group: Group) -> bytes:
    """The study's file."""
    return await group.runner.read(json_of, await group.study())


async def taken_in(runner: Runner, data: bytes, place: Caller | None = None, at: str = LATER) -> Group:
    """The study that a file holds, in another channel of the same workspace by default."""
    place = place or caller(LEADER, BESIDE)
    study = await runner.run(restored, data, place, seoul(at))
    return Group(runner, study.id, study.channel, study.workspace)


async def counted(session: Session) -> dict[str, int]:
    """How many rows each table has."""
    tables = m.Base.metadata.sorted_tables
    return {x.name: await session.scalar(select(func.count()).select_from(x)) or 0 for x in tables}


async def refusal(runner: Runner, data: bytes, place: Caller | None = None) -> str:
    """The key of the no that somebody gets, and by which nothing is written."""
    before = await runner.read(counted)
    with pytest.raises(Refused) as no:
        await taken_in(runner, data, place)
    assert await runner.read(counted) == before
    return no.value.key


@pytest.fixture
def file(whole: bytes) -> dict[str, Any]:
    """Give what is in the file of a study, to be damaged."""
    found: dict[str, Any] = json.loads(whole)
    return found


@pytest.fixture(scope="session")
def kept() -> dict[int, bytes]:
    """Give where the file of the lived season is kept."""
    return {}


@pytest_asyncio.fixture
async def whole(group: Group, kept: dict[int, bytes]) -> bytes:
    """Give the file of a study in its third week."""
    if group.id not in kept:
        kept[group.id] = await written(group)
    return kept[group.id]


class TestTheFile:
    async def test_can_be_read(self, file: dict[str, Any]) -> None:
        assert [*file] == ["format", "version", "revision", "study", "tables"]
        assert (file["format"], file["version"]) == ("studybot-study", 1)
        assert file["study"]["name"] == "Study-MLOps"
        assert file["tables"]["member"][1] == {
            "id": 2,
            "account": "U-구미진",
            "name": "구미진",
            "role": "treasurer",
            "notify": "channel",
            "turn_place": 2,
            "joined_at": "2022-04-05T12:00:00+00:00",
            "left_at": None,
        }

    async def test_has_something_of_everything(self, file: dict[str, Any]) -> None:
        assert [name for name, found in file["tables"].items() if not found] == []

    async def test_leaves_out_what_was_told(self, group: Group, whole: bytes) -> None:
        assert await group.outbox()
        assert b"outbox" not in whole
        assert b"mlops" not in whole.replace(b'"mlflow"', b"").replace(b"Study-MLOps", b"")

    async def test_knows_every_table_there_is(self) -> None:
        left_out = {
            "clock",
            "draft",
            "feed",
            "outbox",
            "page",
            "post",
            "repository",
            "slack_install",
            "slack_state",
        }
        assert m.Base.metadata.tables.keys() == TABLES.keys() | left_out | {"study"}


class TestRestoring:
    async def test_gives_the_same_study_again(self, runner: Runner, alone: Runner) -> None:
        group = await lived(runner)
        data = await written(group)
        assert data == await written(await taken_in(runner, data))
        assert data == await written(await taken_in(alone, data, caller(LEADER)))

    async def test_leaves_other_studies_alone(self, group: Group, whole: bytes) -> None:
        other = await founded(group.runner, channel="other")
        before = await written(other)
        copy = await taken_in(group.runner, whole)
        assert await written(other) == before
        assert copy.id not in (group.id, other.id)

    async def test_a_restored_season_goes_on_like_the_first(self, runner: Runner) -> None:
        group = await lived(runner)
        copy = await taken_in(runner, await written(group))
        assert (await copy.study()).next_moment_at == (await group.study()).next_moment_at
        for each in (group, copy):
            await each.submits("문수인", "2022-05-12 12:00")
            await each.submits(TREASURER, "2022-05-17 12:00")
        await group.lives_until("2022-08-01 00:00")
        assert await copy.ledger() == await group.ledger()
        assert await written(copy) == await written(group)
        at = seoul("2022-08-01 00:00")
        both = [await runner.read(csv_of, await each.study(), at) for each in (group, copy)]
        assert both[0] == both[1]

    async def test_nothing_is_told_or_fined_twice(self, group: Group, whole: bytes) -> None:
        copy = await taken_in(group.runner, whole)
        assert await copy.outbox() == []
        await copy.lives_until(LATER)
        assert await copy.outbox() == []
        assert await copy.ledger() == await group.ledger()
        await copy.lives_until("2022-05-19 00:00")
        assert await copy.told() == (await group.told())[-len(await copy.told()) :]

    async def test_what_came_due_meanwhile_runs_next(self, group: Group, whole: bytes, alone: Runner) -> None:
        copy = await taken_in(alone, whole, at="2022-05-19 10:00")
        await copy.jumps_to("2022-05-19 10:00")
        await group.lives_until("2022-05-19 10:00")
        assert await copy.ledger() == await group.ledger()

    async def test_a_study_that_is_over_stays_over(self, alone: Runner) -> None:
        group = await founded(alone)
        await group.asks(ending.end, at="2022-04-20 10:00")
        copy = await taken_in(alone, await written(group))
        study = await copy.study()
        assert (study.ended_at, study.next_moment_at) == (seoul("2022-04-20 10:00"), None)


class TestThePlace:
    async def test_a_channel_has_one_running_study(self, group: Group, whole: bytes) -> None:
        assert await refusal(group.runner, whole, caller(LEADER)) == "study-running-here"

    async def test_who_may_start_none_may_restore_none(self, alone: Runner, whole: bytes) -> None:
        place = replace(caller(LEADER), may_start=False)
        assert await refusal(alone, whole, place) == "not-allowed-start"

    async def test_the_accounts_of_another_place_mean_nobody_here(self, alone: Runner, whole: bytes) -> None:
        copy = await taken_in(alone, whole, caller("구미진", workspace="other"))
        there = await copy.rows(m.Member, m.Member.left_at.is_(None))
        with_account = [(x.name, x.account, x.role) for x in there if x.account or x.role == "leader"]
        assert with_account == [("장서진", None, "leader"), ("구미진", "U-구미진", "leader")]
        await copy.asks(ending.end, at="2022-05-12 12:00", by="구미진")

    async def test_a_stranger_who_restores_it_elsewhere_leads_it(self, alone: Runner, whole: bytes) -> None:
        copy = await taken_in(alone, whole, caller("민우", workspace="other"))
        newest = (await copy.rows(m.Member))[-1]
        assert (newest.name, newest.account, newest.role) == ("민우", "U-민우", "leader")
        assert newest.joined_at == seoul(LATER)
        assert newest.turn_place == 7


def at(*path: str | int) -> Callable[[dict[str, Any]], tuple[Any, Any]]:
    """Where something stands in a file: what holds it, and under what."""

    def found(file: dict[str, Any]) -> tuple[Any, Any]:
        holder: Any = file
        for step in path[:-1]:
            holder = holder[step]
        return holder, path[-1]

    return found


def put(value: object, *path: str | int) -> Damage:
    """Have another value stand somewhere."""

    def damage(file: dict[str, Any]) -> None:
        holder, last = at(*path)(file)
        holder[last] = value

    return damage


def drop(*path: str | int) -> Damage:
    """Have something be missing."""

    def damage(file: dict[str, Any]) -> None:
        holder, last = at(*path)(file)
        del holder[last]

    return damage


def about(kind: str, subject: str) -> Damage:
    """Have the first moment of a kind be about something else."""

    def damage(file: dict[str, Any]) -> None:
        row = next(row for row in file["tables"]["moment_done"] if row["kind"] == kind)
        row["subject"] = subject

    return damage


def twice(table: str) -> Damage:
    """Have the first row stand twice, the second time under a new id."""
    return lambda file: file["tables"][table].append(file["tables"][table][0] | {"id": 10_000})


DAMAGES = {
    "no version": drop("version"),
    "no study": drop("study"),
    "no tables": put([], "tables"),
    "a table is missing": drop("tables", "ledger"),
    "a table too many": put([], "tables", "outbox"),
    "a table of another form": put({}, "tables", "ledger"),
    "a row of another form": put([], "tables", "ledger", 0),
    "a value is missing": drop("tables", "member", 0, "name"),
    "a value too many": put(1, "tables", "member", 0, "token"),
    "the same id twice": put(1, "tables", "member", 1, "id"),
    "an id that is none": put("1", "tables", "member", 1, "id"),
    "a row of nobody": put(99, "tables", "submission", 0, "member_id"),
    "a row of no week": put(99, "tables", "judgement", 0, "week_id"),
    "the reversal of nothing": put(99, "tables", "ledger", 0, "reverses_id"),
    "an entry that reverses itself": put(1, "tables", "ledger", 0, "reverses_id"),
    "words of no line": put(99, "tables", "detail", 0, "history_id"),
    "a statement about nobody": put({"99": 1}, "tables", "settlement", 0, "statement", "fines"),
    "a statement without its carry": drop("tables", "settlement", 0, "statement", "carry_out"),
    "a share that is no whole number": put({"1": 1.5}, "tables", "settlement", 0, "statement", "shares"),
    "a moment of no break": about("break_begins", "99"),
    "a close of nobody's own": about("closed", "99"),
    "a reminder of nobody": about("reminder", "due-180@99"),
    "an amount that is no whole number": put(4000.5, "tables", "ledger", 0, "amount"),
    "an amount in words": put("4000", "tables", "ledger", 0, "amount"),
    "an amount that is yes": put(True, "tables", "ledger", 0, "amount"),
    "an amount that is too large": put(2**63, "tables", "ledger", 0, "amount"),
    "an amount of nothing": put(0, "tables", "ledger", 0, "amount"),
    "a number that is too large": put(2**31, "study", "late_fine"),
    "a fine below nothing": put(-1, "study", "late_fine"),
    "an instant without an offset": put("2022-04-13T00:00:00", "tables", "week", 0, "due_at"),
    "an instant before all time": put("0001-01-01T00:00:00+14:00", "tables", "week", 0, "due_at"),
    "a day that is none": put("2022-02-30", "study", "starts"),
    "a time with an offset": put("00:00:00+09:00", "study", "due_time"),
    "a name that is too long": put("가" * 81, "tables", "member", 0, "name"),
    "a name with a sign that ends words": put("a\0", "tables", "member", 0, "name"),
    "half of a sign": put("\ud83e", "tables", "member", 0, "name"),
    "nothing where something must be": put(None, "tables", "member", 0, "name"),
    "bytes that are none": put("#", "tables", "document", 0, "content"),
    "a role that there is not": put("owner", "tables", "member", 0, "role"),
    "a verdict that there is not": put("good", "tables", "judgement", 0, "verdict"),
    "a language that there is not": put("fr", "study", "language"),
    "a zone that there is not": put("Asia/Pyeongyang", "study", "timezone"),
    "a season without weeks": put(0, "study", "week_count"),
    "reminders of nothing": put(["sometime"], "study", "reminders"),
    "a submission twice": twice("submission"),
    "an entry twice": twice("ledger"),
    "a verdict twice": twice("judgement"),
    "a member twice": twice("member"),
}


def encoded(file: dict[str, Any]) -> bytes:
    """A file again, whatever was done to it."""
    return json.dumps(file).encode()


class TestDamage:
    @pytest.mark.parametrize(
        "data", [b"", b"\xff\xfe", b"not JSON", b"[]", b"{}", b'{"format": "x"}', b"[" * 100_000]
    )
    async def test_what_is_no_study_is_refused(self, alone: Runner, data: bytes) -> None:
        assert await refusal(alone, data) == "export-not-a-study"

    @pytest.mark.parametrize(
        "newer", [put(2, "version"), put("9999", "revision")], ids=["version", "revision"]
    )
    async def test_a_newer_file_is_refused(self, alone: Runner, file: dict[str, Any], newer: Damage) -> None:
        newer(file)
        assert await refusal(alone, encoded(file)) == "export-newer"

    async def test_every_damage_is_refused_and_nothing_written(
        self, runner: Runner, file: dict[str, Any]
    ) -> None:
        for what, damage in DAMAGES.items():
            hurt = deepcopy(file)
            damage(hurt)
            assert await refusal(runner, encoded(hurt)) == "export-damaged", what
        await taken_in(runner, encoded(file))

    async def test_a_file_that_was_cut_off_is_refused(self, alone: Runner, whole: bytes) -> None:
        for length in range(0, len(whole) - 2, len(whole) // 20):
            assert await refusal(alone, whole[:length]) == "export-not-a-study"

    def test_whatever_stands_in_a_place_is_read_or_refused(self, file: dict[str, Any]) -> None:
        said = []
        for holder, key in places(file):
            was = holder[key]
            for value in (None, "", "x", -1, 1.5, True, [], {}, 2**70, [None], {"1": None}, "2022-04-13"):
                holder[key] = value
                said.append(outcome(encoded(file)))
            holder[key] = was
        assert set(said) == {"read", "export-damaged", "export-not-a-study", "export-newer"}
        assert outcome(encoded(file)) == "read"


def places(file: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Everything that stands in a file: its parts, the study's values, those of each table's first row."""
    yield from ((file, key) for key in [*file])
    yield from ((file["study"], key) for key in [*file["study"]])
    for found in file["tables"].values():
        yield from ((found[0], key) for key in [*found[0]])
    statement = file["tables"]["settlement"][0]["statement"]
    yield from ((statement, key) for key in [*statement])


def outcome(data: bytes) -> str:
    """What becomes of a file."""
    try:
        read_whole(data)
    except Refused as no:
        return no.key
    return "read"


async def test_a_study_restored_from_an_edited_file_is_whole_or_not_there(
    alone: Runner, file: dict[str, Any]
) -> None:
    edits = {
        "weeks that end before they begin": put("2022-04-01T00:00:00+00:00", "tables", "week", 2, "due_at"),
        "a week of another number": put(77, "tables", "week", 2, "number"),
        "a moment of another week": put(77, "tables", "moment_done", 3, "week"),
        "weeks that close in another century": put(
            "2199-01-01T00:00:00+00:00", "tables", "week", 2, "closes_at"
        ),
    }
    for place, (what, edit) in enumerate(edits.items()):
        changed = deepcopy(file)
        edit(changed)
        copy = await taken_in(alone, encoded(changed), caller(LEADER, f"channel-{place}"))
        assert len(await alone.read(rows, m.Week, m.Week.study_id == copy.id)) == 12, what
