"""Measuring a thing and its baseline in turn, so that a busy machine is busy for both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a thing and its baseline took, or managed, round by round."""

    rounds: list[tuple[float, float]]

    @property
    def ours(self) -> float:
        """The median of the thing."""
        return median(ours for ours, _ in self.rounds)

    @property
    def bare(self) -> float:
        """The median of the baseline."""
        return median(bare for _, bare in self.rounds)

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(ours / bare for ours, bare in self.rounds)

    @property
    def difference(self) -> float:
        """The median of the differences."""
        return median(ours - bare for ours, bare in self.rounds)


def in_turn(ours: Callable[[], float], bare: Callable[[], float], rounds: int = 5) -> Pairs:
    """Measure both by turns, after one round that does not count."""
    ours(), bare()
    return Pairs([(ours(), bare()) for _ in range(rounds)])
