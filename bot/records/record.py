"""What a study knows of itself that a README's table can hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.records.understood import Understood


@dataclass(frozen=True, slots=True)
class Record:
    """Weeks by number with their labels, members (those who left too), links by week and member, writers.

    Weeks and members stand in the study's order.
    """

    weeks: Mapping[int, str]
    members: tuple[str, ...]
    links: Mapping[tuple[int, str], str]
    writers: Mapping[int, str]
    answers: Mapping[str, str] = field(default_factory=dict)
    """How the document's questions were answered: it is read with these."""


def record_of(understood: Understood) -> Record:
    """A document's own record: writing it back changes nothing."""
    return Record(
        {week.number: week.label for week in understood.weeks},
        understood.members,
        {
            (week.number, name): url
            for week in understood.weeks
            for name, url in week.submissions.items()
            if url is not None
        },
        {week.number: week.writer for week in understood.weeks if week.writer is not None},
    )
