"""What a button or a form does, kept in it: it works after a restart, and nothing is stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

VALUE, METADATA = 2_000, 3_000
"""The characters that a button's value and a form's metadata may have."""

RUN, ASK, ANSWER = "run", "ask", "answer"
"""A button that runs its command, one that asks for its options first, and the form that asks."""

DOES = frozenset({RUN, ASK, ANSWER})


@dataclass(frozen=True, slots=True)
class State:
    """A command with what is known of it; a form also keeps where it was asked for."""

    does: str
    command: str
    study: int | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    response_url: str = ""
    language: str = ""
    home: bool = False
    """Whether it was asked for on the Home tab."""

    def write(self) -> str:
        """What Slack keeps."""
        told: dict[str, Any] = {"does": self.does, "command": self.command, "study": self.study}
        told |= {"arguments": dict(self.arguments), "channel": self.channel, "url": self.response_url}
        told |= {"language": self.language, "home": self.home}
        return json.dumps({key: x for key, x in told.items() if x}, ensure_ascii=False, separators=(",", ":"))

    def shortened(self) -> "State":
        """The same or, where it is too long for Slack, one that asks again for what is longest."""
        if len(self.write()) <= (METADATA if self.does == ANSWER else VALUE) or not self.arguments:
            return self
        longest = max(self.arguments, key=lambda name: len(self.arguments[name]))
        kept = {name: value for name, value in self.arguments.items() if name != longest}
        return replace(self, does=ANSWER if self.does == ANSWER else ASK, arguments=kept).shortened()


def read(written: str) -> State | None:
    """The state that Slack kept; `None` for what is not ours."""
    try:
        told: Any = json.loads(written)
        if told["does"] not in DOES:
            return None
        study, arguments = told.get("study"), told.get("arguments") or {}
        return State(
            told["does"],
            str(told["command"]),
            None if study is None else int(study),
            {str(name): str(value) for name, value in arguments.items()},
            str(told.get("channel", "")),
            str(told.get("url", "")),
            str(told.get("language", "")),
            bool(told.get("home")),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
