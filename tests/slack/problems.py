"""What Slack says no with: an error's name, and where in the request it is wrong."""

from collections.abc import Collection
from typing import Any

Json = dict[str, Any]

NO_FAULT = {
    "account_inactive",
    "cant_delete_message",
    "cannot_reply_to_message",
    "channel_not_found",
    "edit_window_closed",
    "hash_conflict",
    "is_archived",
    "is_inactive",
    "message_not_found",
    "messages_tab_disabled",
    "not_found",
    "not_in_channel",
    "ratelimited",
    "thread_not_found",
    "token_revoked",
    "user_disabled",
    "user_not_found",
    "user_not_in_channel",
    "expired_url",
    "code_already_used",
    "invalid_code",
}
"""What comes of how the world is; everything else a bot brings upon itself."""


class Refusal(Exception):
    """A refusal, with the body that Slack would send."""

    def __init__(self, error: str, *messages: str, status: int = 200, **more: Any) -> None:
        self.error, self.messages, self.status, self.more = error, list(messages), status, more
        super().__init__(" ".join([error, *messages, *(f"{key}={value}" for key, value in more.items())]))

    @property
    def body(self) -> Json:
        """The refusal as it goes over the wire."""
        body: Json = {"ok": False, "error": self.error} | self.more
        return body | {"response_metadata": {"messages": self.messages}} if self.messages else body


class Findings:
    """Something being checked: what is wrong is collected by its path, and refused all at once."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def wrong(self, path: str, what: str) -> None:
        """Note what is wrong at a path."""
        self.messages.append(f"[ERROR] {what} [json-pointer:{path}]")

    def refuse(self, error: str) -> None:
        """Say no, where anything is wrong."""
        if self.messages:
            raise Refusal(error, *self.messages)

    def thing(self, value: object, path: str) -> bool:
        """Hold that something is an object."""
        if not isinstance(value, dict):
            self.wrong(path, "must be an object")
        return isinstance(value, dict)

    def keys(self, thing: Json, path: str, needed: str = "", allowed: str = "") -> None:
        """Hold that an object has the fields that it needs, and none that do not exist."""
        for key in needed.split():
            if thing.get(key) is None:
                self.wrong(path, f"missing required field: {key}")
        for key in thing.keys() - {"type", *needed.split(), *allowed.split()}:
            self.wrong(f"{path}/{key}", f"invalid additional property: {key}")

    def text(self, value: object, path: str, most: int, least: int = 1) -> bool:
        """Hold that something is text of a length; None passes."""
        if value is None:
            return False
        if not isinstance(value, str):
            self.wrong(path, "must provide a string")
            return False
        if len(value) > most:
            self.wrong(path, f"must be less than {most + 1} characters")
        if len(value) < least:
            self.wrong(path, f"must be more than {least - 1} characters")
        return least <= len(value) <= most

    def many(self, value: object, path: str, most: int, least: int = 1) -> list[Any]:
        """Hold that something is a list of a length; give it, or an empty one."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(path, "must provide an array")
            return []
        if len(value) > most:
            self.wrong(path, f"no more than {most} items allowed")
        if len(value) < least:
            self.wrong(path, f"no less than {least} items allowed")
        return value

    def flag(self, value: object, path: str) -> None:
        """Hold that something is true or false, or None."""
        if value is not None and not isinstance(value, bool):
            self.wrong(path, "must be a boolean")

    def number(self, value: object, path: str, least: int, most: int) -> None:
        """Hold that something is a whole number within bounds, or None."""
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(path, f"must be a number between {least} and {most}")

    def among(self, value: object, path: str, allowed: Collection[object], what: str = "value") -> bool:
        """Hold that something is one of few values."""
        if value not in allowed:
            self.wrong(path, f"unsupported {what}: {value}")
        return value in allowed
