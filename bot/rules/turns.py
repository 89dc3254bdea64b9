"""Whose week the team blog is: an order that goes round, with swaps (Study-MLOps, 그외)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A week's writer, and whose week it would be without swaps: the order goes on from there."""

    base: int
    member: int


@dataclass(frozen=True, slots=True)
class Swap:
    """Two weeks whose writers change places; without a second week the second writer merely steps in."""

    first_week: int
    first: int
    second_week: int | None
    second: int


@dataclass(frozen=True)
class Rotation:
    """The order of turns: everybody who ever had a place, in order; `present` says who is still there."""

    order: Sequence[int] = ()
    present: Collection[int] = frozenset()
    begins: int = 1
    """The week that is the first one's in the order."""

    def following(self, before: int | None) -> int | None:
        """Who is next after this member, also after one who has left; nobody where nobody is there."""
        start = self.order.index(before) + 1 if before in self.order else 0
        around = [*self.order[start:], *self.order[:start]]
        return next((member for member in around if member in self.present), None)


def turns(
    rotation: Rotation, weeks: Sequence[int], opened: Mapping[int, Turn], swaps: Sequence[Swap] = ()
) -> dict[int, Turn]:
    """The turn of each week, in order; those of weeks that have opened stay as they are.

    A swap lapses where one of its two has left or no longer has the week that was swapped.
    """
    base: dict[int, int] = {}
    before: int | None = None
    for week in sorted(weeks):
        if week in opened:
            base[week] = opened[week].base
        elif week >= rotation.begins and (following := rotation.following(before)) is not None:
            base[week] = following
        before = None if week == rotation.begins - 1 else base.get(week, before)
    writers = _swapped(base, swaps, rotation.present)
    return {week: opened.get(week) or Turn(base[week], writers[week]) for week in base}


def _swapped(base: Mapping[int, int], swaps: Sequence[Swap], present: Collection[int]) -> dict[int, int]:
    writers = dict(base)
    for swap in swaps:
        fits = writers.get(swap.first_week) == swap.first
        if swap.second_week is not None:
            fits = fits and writers.get(swap.second_week) == swap.second
        if not fits or swap.first not in present or swap.second not in present:
            continue
        writers[swap.first_week] = swap.second
        if swap.second_week is not None:
            writers[swap.second_week] = swap.first
    return writers
