"""What can be asked of the server about issues."""

from __future__ import annotations

from tests.github import problems
from tests.github.problems import Problem, Wrong
from tests.github.routes import Call, Json, route
from tests.github.world import Comment, Issue, Repository


@route("GET", "/repos/{owner}/{repo}/issues")
def issues(call: Call) -> tuple[int, Json]:
    found = _with_issues(call)
    if not call.query.keys() <= {"state", "sort", "direction", "per_page", "page"}:
        raise Wrong(f"query {call.query}")
    wanted = call.query.get("state", "open")
    newest = [x for x in reversed(found.issues.values()) if wanted in ("all", x.state)]
    return 200, [_issue(found, each) for each in newest[: int(call.query.get("per_page", "30"))]]


@route("POST", "/repos/{owner}/{repo}/issues")
def open_issue(call: Call) -> tuple[int, Json]:
    found = _with_issues(call, "issues")
    given = call.fields({"title": str}, {"body": str, "labels": list, "assignees": list, "milestone": int})
    assert call.key is not None
    for name in given.get("assignees", []):
        if name not in call.world.people:
            raise problems.invalid("Issue", "assignees", name)
    for name in given.get("labels", []):
        if name in call.world.refused_labels:
            raise problems.invalid("Label", "name", name)
    number = len(found.issues) + 1
    made = Issue(
        number,
        given["title"],
        given.get("body", ""),
        call.key.login,
        given.get("labels", []),
        given.get("assignees", []),
    )
    made.events.append("opened")
    found.issues[number] = made
    return 201, _issue(found, made)


@route("GET", "/repos/{owner}/{repo}/issues/{number}")
def issue(call: Call) -> tuple[int, Json]:
    found = _with_issues(call)
    return 200, _issue(found, _numbered(call, found))


@route("PATCH", "/repos/{owner}/{repo}/issues/{number}")
def change_issue(call: Call) -> tuple[int, Json]:
    found = _with_issues(call, "issues")
    there = _numbered(call, found)
    given = call.fields({}, {"title": str, "body": str, "state": str, "state_reason": str})
    if given.get("state_reason") not in (None, "completed", "not_planned", "duplicate", "reopened"):
        raise problems.invalid("Issue", "state_reason", given["state_reason"])
    if "state" in given and given["state"] != there.state:
        there.state, there.state_reason = given["state"], given.get("state_reason")
        there.events.append("closed" if there.state == "closed" else "reopened")
    return 200, _issue(found, there)


@route("GET", "/repos/{owner}/{repo}/issues/{number}/comments")
def comments(call: Call) -> tuple[int, Json]:
    there = _numbered(call, _with_issues(call))
    return 200, [{"id": each.id, "body": each.body} for each in there.comments]


@route("POST", "/repos/{owner}/{repo}/issues/{number}/comments")
def comment(call: Call) -> tuple[int, Json]:
    there = _numbered(call, _with_issues(call, "issues"))
    given = call.fields({"body": str}, {})
    if there.locked:
        raise Problem(403, "Unable to create comment because issue is locked.")
    assert call.key is not None
    made = Comment(next(call.world.numbers), given["body"], call.key.login)
    there.comments.append(made)
    there.events.append("commented")
    return 201, {"id": made.id, "body": made.body}


def _with_issues(call: Call, may: str | None = None) -> Repository:
    found = call.repository(may)
    if not found.has_issues:
        raise problems.no_issues()
    return found


def _numbered(call: Call, found: Repository) -> Issue:
    number = call.args["number"]
    if not number.isdecimal() or int(number) not in found.issues:
        raise problems.not_found()
    return found.issues[int(number)]


def _issue(found: Repository, there: Issue) -> Json:
    return {
        "number": there.number,
        "html_url": f"https://github.com/{found.name}/issues/{there.number}",
        "title": there.title,
        "body": there.body,
        "state": there.state,
        "state_reason": there.state_reason,
        "labels": [{"name": name} for name in there.labels],
        "assignees": [{"login": name} for name in there.assignees],
    }
