"""The issue of a week's questions, in words."""

from dataclasses import dataclass

from bot.records.publishing import harmless_with_links, words_of
from bot.services import publishing
from bot.services.telling import facts
from bot.texts import T
from db import Session


@dataclass(frozen=True, slots=True)
class Asking:
    """The issue of a week's questions, in words; `closing` is said when they end."""

    title: str
    body: str
    closing: str
    labels: tuple[str, ...]
    assignee: str | None


async def asking(session: Session, study_id: int, week: int, thread: str | None) -> Asking:
    """What a week's issue says; `thread` is the address of its thread in the chat."""
    known = await facts(session, study_id)
    study, row = known.study, known.weeks[week]
    words = words_of(study)
    number = words(T("week", week=week))
    lines = [
        words(T("questions-until", due=known.week(week).due_at)),
        words(T("week-homework", text=harmless_with_links(row.homework))) if row.homework else "",
        words(T("issue-thread", thread=thread)) if thread else "",
    ]
    repository = await publishing.of(session, study_id)
    return Asking(
        words(T("issue-title", week=number)),
        "\n\n".join(line for line in lines if line),
        words(T("issue-closing", week=number)),
        tuple(repository.labels) if repository else (),
        repository.assignee if repository else None,
    )
