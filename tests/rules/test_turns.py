"""Whose week the team blog is: round and round, with swaps, newcomers, and people who leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.turns import Rotation, Swap, Turn, turns

SEED = ("이은빈", "문수인", "한현경", "장서진", "구미진")
"""The order that the README of Study-MLOps names."""
A, B, C, D, E, NEW = range(1, 7)
FIVE = Rotation((A, B, C, D, E), frozenset((A, B, C, D, E)))
WEEKS = range(1, 13)


def writers(rotation: Rotation, *swaps: Swap, opened: Mapping[int, Turn] | None = None) -> list[int]:
    """Who writes in each of the twelve weeks."""
    return [turn.member for turn in turns(rotation, WEEKS, opened or {}, swaps).values()]


def without(*gone: int) -> Rotation:
    """The five with some of them gone."""
    return replace(FIVE, present=frozenset({A, B, C, D, E} - set(gone)))


def opened(rotation: Rotation, count: int, *swaps: Swap) -> dict[int, Turn]:
    """The turns of the first weeks, once these have opened."""
    found = turns(rotation, WEEKS, {}, swaps)
    return {week: found[week] for week in range(1, count + 1)}


def test_the_order_of_the_seed_goes_round() -> None:
    found = turns(FIVE, WEEKS, {})
    names = [SEED[turn.member - 1] for turn in found.values()]
    assert names == [*SEED, *SEED, "이은빈", "문수인"]


def test_without_an_order_there_are_no_turns() -> None:
    assert turns(Rotation(), WEEKS, {}) == {}
    assert turns(without(A, B, C, D, E), WEEKS, {}) == {}


def test_one_alone_writes_always() -> None:
    assert writers(without(A, B, D, E)) == [C] * 12


def test_two_weeks_change_their_writers() -> None:
    assert writers(FIVE, Swap(2, B, 4, D))[:6] == [A, D, C, B, E, A]


def test_the_order_goes_on_as_if_nobody_had_swapped() -> None:
    assert writers(FIVE, Swap(5, E, 6, A))[4:8] == [A, E, B, C]
    assert writers(FIVE, Swap(5, E, 6, A), opened=opened(FIVE, 5, Swap(5, E, 6, A)))[4:8] == [A, E, B, C]


def test_a_week_that_was_swapped_can_be_swapped_on() -> None:
    assert writers(FIVE, Swap(1, A, 2, B), Swap(2, A, 3, C))[:4] == [B, C, A, D]


def test_swapping_back_leaves_all_as_it_was() -> None:
    assert writers(FIVE, Swap(1, A, 2, B), Swap(1, B, 2, A)) == writers(FIVE)


def test_a_swap_of_weeks_that_are_somebody_elses_by_now_lapses() -> None:
    assert writers(FIVE, Swap(1, C, 2, B)) == writers(FIVE)
    assert writers(FIVE, Swap(1, A, 2, D)) == writers(FIVE)


def test_who_steps_in_for_the_last_week_swaps_with_none() -> None:
    assert writers(FIVE, Swap(12, B, None, C))[-2:] == [A, C]


def test_a_newcomer_comes_after_the_last() -> None:
    joined = Rotation((A, B, C, D, E, NEW), frozenset((A, B, C, D, E, NEW)))
    assert writers(joined, opened=opened(FIVE, 3))[:9] == [A, B, C, D, E, NEW, A, B, C]
    assert writers(joined, opened=opened(FIVE, 5))[5:8] == [NEW, A, B]


def test_a_leaver_drops_out_and_the_next_moves_up() -> None:
    assert writers(without(D), opened=opened(FIVE, 2))[:7] == [A, B, C, E, A, B, C]


def test_after_a_leaver_who_had_the_last_week_the_next_in_order_goes_on() -> None:
    assert writers(without(B), opened=opened(FIVE, 2))[:5] == [A, B, C, D, E]


def test_with_a_leaver_their_swaps_lapse_and_later_ones_on_them() -> None:
    chain = Swap(3, C, 4, D), Swap(4, C, 5, E)
    assert writers(FIVE, *chain)[:5] == [A, B, D, E, C]
    assert writers(without(D), *chain)[:6] == [A, B, C, E, A, B]


def test_a_swap_of_two_others_survives_where_their_weeks_stay() -> None:
    assert writers(without(E), Swap(1, A, 2, B))[:6] == [B, A, C, D, A, B]


def test_weeks_that_have_opened_never_change() -> None:
    fixed = {1: Turn(A, A), 2: Turn(B, E)}
    assert writers(without(A, E), opened=fixed)[:5] == [A, E, C, D, B]
    assert writers(FIVE, Swap(2, E, 3, C), opened=fixed)[:2] == [A, E]


def test_an_order_set_later_begins_with_its_first_one() -> None:
    again = replace(FIVE, order=(C, A, E, B, D), begins=4)
    assert writers(again, opened=opened(FIVE, 3)) == [A, B, C, C, A, E, B, D, C, A, E, B]


def test_before_the_week_it_begins_with_nobody_has_a_turn() -> None:
    assert list(turns(replace(FIVE, begins=4), WEEKS, {})) == list(range(4, 13))
    assert turns(replace(FIVE, begins=13), WEEKS, {}) == {}


# For any group


@dataclass(frozen=True)
class Blog:
    """A rotation some of whose weeks have opened, and the swaps that were made."""

    rotation: Rotation
    weeks: Sequence[int]
    opened: Mapping[int, Turn]
    swaps: Sequence[Swap]


@st.composite
def rotations(draw: st.DrawFn) -> Rotation:
    """An order of up to twelve, of whom at least one is still there."""
    order = draw(st.permutations(range(1, draw(st.integers(1, 12)) + 1)))
    present = draw(st.frozensets(st.sampled_from(order), min_size=1))
    return Rotation(order, present, draw(st.integers(1, 6)))


@st.composite
def swaps_of(draw: st.DrawFn, rotation: Rotation, weeks: Sequence[int]) -> list[Swap]:
    """Swaps of which most fit, each made on what those before it left."""
    made: list[Swap] = []
    for _ in range(draw(st.integers(0, 4))):
        found = turns(rotation, weeks, {}, made)
        if len(found) < 2:
            break
        one, other = draw(st.lists(st.sampled_from(sorted(found)), min_size=2, max_size=2, unique=True))
        made.append(Swap(one, found[one].member, other, found[other].member))
    return made


@st.composite
def blogs(draw: st.DrawFn) -> Blog:
    """A season's blog, some weeks of which opened while others were there."""
    weeks = range(1, draw(st.integers(1, 30)) + 1)
    before = draw(rotations())
    swaps = draw(swaps_of(before, weeks))
    found = turns(before, weeks, {}, swaps)
    fixed = {week: turn for week, turn in found.items() if week <= draw(st.integers(0, 30))}
    present = draw(st.frozensets(st.sampled_from(before.order), min_size=1))
    order = [*before.order, *draw(st.sampled_from([[], [50], [50, 51]]))]
    there = present | frozenset(draw(st.sampled_from([[], [50], [50, 51]]))) & frozenset(order)
    return Blog(replace(before, order=order, present=there), weeks, fixed, swaps)


@given(blogs())
def test_each_week_from_the_first_on_has_one_writer_who_is_there(blog: Blog) -> None:
    found = turns(blog.rotation, blog.weeks, blog.opened, blog.swaps)
    expected = {week for week in blog.weeks if week >= blog.rotation.begins}
    assert set(found) == expected | set(blog.opened)
    for week, turn in found.items():
        assert week in blog.opened or turn.member in blog.rotation.present


@given(blogs(), rotations())
def test_opened_weeks_stay_whatever_else_changes(blog: Blog, other: Rotation) -> None:
    for rotation in (blog.rotation, other):
        for swaps in (blog.swaps, ()):
            found = turns(rotation, blog.weeks, blog.opened, swaps)
            assert {week: found[week] for week in blog.opened} == blog.opened


@given(rotations(), st.integers(1, 60))
def test_without_swaps_everybody_writes_equally_often(rotation: Rotation, count: int) -> None:
    weeks = range(1, count + 1)
    found = turns(rotation, weeks, {})
    for member in rotation.present:
        mine = [week for week in found if found[week].member == member]
        assert all(after - one == len(rotation.present) for one, after in pairwise(mine))
    numbers = [sum(turn.member == x for turn in found.values()) for x in rotation.present]
    assert max(numbers) - min(numbers) <= 1


@given(rotations(), st.integers(2, 30), st.data())
def test_swaps_take_no_turn_from_anybody(rotation: Rotation, count: int, data: st.DataObject) -> None:
    weeks = range(1, count + 1)
    swaps = data.draw(swaps_of(rotation, weeks))
    plain, swapped = turns(rotation, weeks, {}), turns(rotation, weeks, {}, swaps)
    assert sorted(x.member for x in plain.values()) == sorted(x.member for x in swapped.values())
    assert [x.base for x in plain.values()] == [x.base for x in swapped.values()]


@given(rotations(), st.integers(1, 30), st.data())
def test_turns_come_to_the_same_when_weeks_open_one_by_one(
    rotation: Rotation, count: int, data: st.DataObject
) -> None:
    weeks = range(1, count + 1)
    swaps = data.draw(swaps_of(rotation, weeks))
    whole = turns(rotation, weeks, {}, swaps)
    fixed: dict[int, Turn] = {}
    for week in whole:
        fixed[week] = turns(rotation, weeks, fixed, swaps)[week]
    assert fixed == whole
