"""What GitHub says when it refuses, in its own words."""

from datetime import timedelta
from typing import Any

A_SECOND = timedelta(seconds=1)
DOCS = "https://docs.github.com/rest"


class Problem(Exception):
    """An answer that is a no."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(status, message)
        self.status = status
        self.body = {"message": message, "documentation_url": DOCS, "status": str(status), **more}


def bad_credentials() -> Problem:
    return Problem(401, "Bad credentials")


def not_found() -> Problem:
    return Problem(404, "Not Found")


def not_accessible(is_apps: bool) -> Problem:
    return Problem(403, f"Resource not accessible by {'integration' if is_apps else 'personal access token'}")


def archived() -> Problem:
    return Problem(403, "Repository was archived so is read-only.")


def stale(path: str, sha: str) -> Problem:
    return Problem(409, f"{path} does not match {sha}")


def without_sha() -> Problem:
    return Problem(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')


def no_issues() -> Problem:
    return Problem(410, "Issues has been disabled in this repository.")


def invalid(resource: str, name: str, value: Any) -> Problem:
    error = {"resource": resource, "field": name, "code": "invalid", "value": value}
    return Problem(422, "Validation Failed", errors=[error])


class Wrong(Exception):
    """Something that a well-behaved bot does not ask."""


REVIEW = "Could not update file: At least 1 approving review is required by reviewers with write access."
RULES = "Repository rule violations found\n\nChanges must be made through a pull request.\n\n"
SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
    "If you reach out to GitHub Support for help, please include the request ID."
)
PRIMARY = "API rate limit exceeded for user ID 1."
