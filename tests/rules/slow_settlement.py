"""Settling as five people around a table would: every won is a coin, a purse each, and a jar for the rest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Table:
    """What everybody has got or paid, and what is in the jar."""

    purses: Counter[int] = field(default_factory=Counter)
    jar: int = 0

    def pay(self, who: int) -> None:
        """A coin goes into the jar."""
        self.purses[who] -= 1
        self.jar += 1

    def take(self, who: int) -> None:
        """A coin comes out of the jar."""
        self.purses[who] += 1
        self.jar -= 1

    def month(self, fines: Mapping[int, int], there: Iterable[int]) -> None:
        """Everybody pays; then all who are there but the worst take a coin each, while there are enough."""
        people = sorted(there)
        for who, fine in fines.items():
            for _ in range(fine):
                self.pay(who)
        if not any(fines.values()):
            return
        better = [who for who in people if any(fines.get(x, 0) > fines.get(who, 0) for x in people)]
        sharing = better or people
        while sharing and self.jar >= len(sharing):
            for who in sharing:
                self.take(who)

    def empty(self, heirs: Sequence[int]) -> None:
        """At the end the jar goes round, a coin each, until nothing is left in it."""
        while self.jar and heirs:
            for who in heirs:
                if self.jar:
                    self.take(who)


def slowly(
    months: Iterable[tuple[Mapping[int, int], Iterable[int]]], heirs: Sequence[int] | None = None
) -> Table:
    """Settle a season from its first month on; with heirs it is over."""
    table = Table()
    for fines, there in months:
        table.month(fines, there)
    if heirs is not None:
        table.empty(heirs)
    return table
