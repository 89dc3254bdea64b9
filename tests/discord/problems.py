"""What Discord says no with: a status, a code, a message, and where in the body it is wrong."""

from collections.abc import Collection
from typing import Any

Json = dict[str, Any]

KNOWN = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    30032: (400, "Maximum number of application commands reached (100)"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160004: (400, "A thread has already been created for this message"),
}


class Problem(Exception):
    """A refusal, with the body that Discord would send (0 with 401: no key; with 404: no such thing)."""

    def __init__(self, code: int, errors: Json | None = None) -> None:
        self.status, self.message = KNOWN[code]
        self.code = code
        self.errors = errors
        super().__init__(f"{code} {self.message} {errors or ''}".strip())

    @property
    def body(self) -> Json:
        """The refusal as it goes over the wire."""
        body: Json = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


class Form:
    """A body being checked: what is wrong is collected by its path, and refused all at once."""

    def __init__(self) -> None:
        self.errors: Json = {}

    def wrong(self, path: str, code: str, message: str) -> None:
        """Note what is wrong at a dotted path."""
        place = self.errors
        for step in path.split("."):
            place = place.setdefault(step, {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def text(self, value: object, path: str, most: int, least: int = 0, *, required: bool = False) -> bool:
        """Hold that something is text of a length; None passes where it may be left out."""
        if value is None:
            if required:
                self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required")
            return not required
        if not isinstance(value, str):
            self.wrong(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
            return False
        if not least <= len(value) <= most:
            what = f"Must be between {least} and {most} in length."
            empty = required and not value
            self.wrong(
                path,
                *(
                    ("BASE_TYPE_REQUIRED", "This field is required")
                    if empty
                    else ("BASE_TYPE_BAD_LENGTH", what)
                ),
            )
            return False
        return True

    def number(self, value: object, path: str, least: float, most: float, *, whole: bool = True) -> bool:
        """Hold that something is a number within bounds, or None."""
        if value is None:
            return True
        kinds = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            self.wrong(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
            return False
        if not least <= value <= most:
            self.wrong(path, "NUMBER_TYPE_RANGE", f"int value should be between {least} and {most}.")
            return False
        return True

    def boolean(self, value: object, path: str) -> None:
        """Hold that something is true or false, or None."""
        if value is not None and not isinstance(value, bool):
            self.wrong(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")

    def among(self, value: object, path: str, allowed: Collection[object]) -> bool:
        """Hold that something is one of few values."""
        if isinstance(value, bool) or value not in allowed:
            choices = ", ".join(map(str, allowed))
            self.wrong(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{choices}}}.")
            return False
        return True

    def many(self, value: object, path: str, most: int, least: int = 0) -> list[Any]:
        """Hold that something is a list of a length; give it, or an empty one."""
        if value is None and not least:
            return []
        if not isinstance(value, list):
            self.wrong(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if not least <= len(value) <= most:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        return value

    def refuse(self) -> None:
        """Refuse the body if anything was wrong."""
        if self.errors:
            raise Problem(50035, self.errors)


def invalid(path: str, code: str, message: str) -> Problem:
    """Say what is wrong with one field."""
    form = Form()
    form.wrong(path, code, message)
    return Problem(50035, form.errors)
