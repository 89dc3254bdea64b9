"""The one family of exceptions that a rule raises when it says no."""


class Refused(Exception):
    """A rule said no; `key` names the text that tells the person what to do instead."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values
