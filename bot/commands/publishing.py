"""What is told of a record that is published, and of what keeps it from that."""

from bot.commands.message import Button, Message, message
from bot.services.publishing import LOST
from bot.services.telling import Facts, Values
from bot.texts import Command, T, Url, Written

PUBLISH = "records publish"


def published(values: Values, _: Facts) -> Message:
    """Somebody had it published."""
    return message(T("told-published", url=Url(values["url"])))


def publishes(_: Values, facts: Facts) -> Message:
    """It can be published again."""
    return message(T("told-publishes", study=Written(facts.study.name)))


def asks(values: Values, facts: Facts) -> Message:
    """What was edited by hand and says something else than the study does."""
    ours = Button(T("button-ours"), PUBLISH, {"ours": values["document"]}, facts.study.id)
    return message(
        T("publish-asks-title", study=Written(facts.study.name)),
        *(T("publish-asks-line", text=Written(each)) for each in values["asks"]),
        T("publish-asks-how", submit=Command("submit")),
        buttons=(ours,),
    )


def no_table(values: Values, facts: Facts) -> Message:
    """There is nothing in the file to be kept."""
    add = Button(T("button-add-table"), PUBLISH, {"ours": values["document"]}, facts.study.id)
    return message(
        T("publish-no-table-title", study=Written(facts.study.name)),
        T("publish-no-table", path=Written(values["path"]), command=Command("records connect")),
        buttons=(add,),
    )


def lost(values: Values, facts: Facts) -> Message:
    """The file is there no more."""
    again = Button(T("button-make-again"), PUBLISH, {"ours": LOST}, facts.study.id)
    path, connect = Written(values["path"]), Command("records connect")
    return message(
        T("publish-lost-title", study=Written(facts.study.name)),
        T("publish-lost", path=path, command=connect),
        buttons=(again,),
    )


def blocked(values: Values, facts: Facts) -> Message:
    """Why nothing can be published, and what to do."""
    why = T(
        f"github-{values['why']}",
        repository=Written(values["repository"]),
        path=Written(values["path"]),
        problem=Written(values["problem"]),
    )
    return message(
        T("publish-blocked-title", study=Written(facts.study.name)),
        why,
        T("publish-blocked-then", command=Command(PUBLISH)),
    )


def no_issues(values: Values, facts: Facts) -> Message:
    """No issues are opened there."""
    return message(
        T("publish-no-issues-title", study=Written(facts.study.name)),
        T("publish-no-issues", repository=Written(values["repository"]), command=Command("records connect")),
    )
