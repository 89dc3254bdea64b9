"""Forms (modals) and Home tabs: what Slack takes as one, and how they lie on one another."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.slack import blocks, composition, forms, texts
from tests.slack.model import User, buttons, readable
from tests.slack.problems import Findings, Json, Refusal

if TYPE_CHECKING:
    from tests.slack.interactions import Interaction

MOST_BYTES = 250_000
DEEPEST = 3
FIELDS = {
    blocks.MODAL: "title blocks|close submit private_metadata callback_id clear_on_close notify_on_close "
    "external_id submit_disabled",
    blocks.HOME: "blocks|private_metadata callback_id external_id",
}


@dataclass(eq=False, repr=False)
class View:
    """A form or Home tab as somebody has it before them."""

    id: str
    user: User
    body: Json
    previous: View | None = None
    """The form under it."""
    hash: str = field(default_factory=lambda: secrets.token_hex(8))
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    """What has been filled in, by block and action id."""
    errors: dict[str, str] = field(default_factory=dict)
    """What stands in red under the fields, by block id."""
    is_open: bool = True
    lives: list[Interaction] = field(default_factory=list)
    updates: int = 0

    def __post_init__(self) -> None:
        texts.hold("view", "", self.blocks, self.user.team)

    def __repr__(self) -> str:
        return f"<view of {self.user.name}: {self.title or self.text[:40]!r}>"

    @property
    def title(self) -> str:
        """What stands over it."""
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.body["blocks"])

    @property
    def text(self) -> str:
        """All that one can read in it, a line each."""
        return "\n".join([self.title, *readable(self.blocks)]).strip()

    @property
    def buttons(self) -> dict[str, str]:
        """Its buttons by label: their action ids."""
        return buttons(self.blocks)

    @property
    def inputs(self) -> dict[str, Json]:
        """Its fields' blocks by block id."""
        return {block["block_id"]: block for block in self.blocks if block["type"] == "input"}

    @property
    def labels(self) -> dict[str, str]:
        """What stands over each field, by block id."""
        return {id_: block["label"]["text"] for id_, block in self.inputs.items()}

    @property
    def root(self) -> View:
        """The first form of the pile."""
        return self.previous.root if self.previous else self

    @property
    def depth(self) -> int:
        """How many forms lie there up to this."""
        return 1 + (self.previous.depth if self.previous else 0)

    def replace(self, body: Json) -> None:
        """Show something else; what was filled in stays where the field is the same."""
        before, self.body = self.blocks, body
        kept = {(block["block_id"], block["element"]["action_id"]) for block in _inputs(before)}
        kept &= {(block["block_id"], block["element"]["action_id"]) for block in _inputs(self.blocks)}
        self.state = {
            x: values for x, values in self.state.items() if any((x, key) in kept for key in values)
        }
        self.hash, self.errors, self.updates = secrets.token_hex(8), {}, self.updates + 1
        texts.hold("view", "", self.blocks, self.user.team)

    def payload(self) -> Json:
        """The view as the bot is told of it."""
        app = self.user.team.world.app
        text = {key: self.body.get(key) or "" for key in ("private_metadata", "callback_id", "external_id")}
        flags = {key: bool(self.body.get(key)) for key in ("clear_on_close", "notify_on_close")}
        shown = {key: self.body.get(key) for key in ("type", "blocks", "title", "close", "submit")}
        where = {
            "id": self.id,
            "team_id": self.user.team.id,
            "hash": self.hash,
            "root_view_id": self.root.id,
            "previous_view_id": self.previous.id if self.previous else None,
            "app_id": app.id,
            "app_installed_team_id": self.user.team.id,
            "bot_id": self.user.team.installation.bot_id if self.user.team.installation else "",
        }
        untouched = {id_: block["element"] for id_, block in self.inputs.items() if id_ not in self.state}
        values = {id_: {each["action_id"]: forms.initial(each)} for id_, each in untouched.items()}
        return where | shown | text | flags | {"state": {"values": self.state | values}}


def _inputs(listed: list[Json]) -> list[Json]:
    return [block for block in listed if block["type"] == "input"]


def checked(given: Any, kind: str, error: str = "invalid_arguments") -> Json:
    """Hold that something is a view of a kind; give it with ids for its blocks."""
    findings = Findings()
    if not findings.thing(given, "/view"):
        findings.refuse(error)
    if len(json.dumps(given)) > MOST_BYTES:
        raise Refusal("view_too_large")
    if findings.among(given.get("type"), "/view/type", (kind,), "type"):
        needed, _, allowed = FIELDS[kind].partition("|")
        findings.keys(given, "/view", needed, allowed)
        for key in ("title", "close", "submit"):
            composition.text(given.get(key), findings, f"/view/{key}", 24, plain=True)
        findings.text(given.get("private_metadata"), "/view/private_metadata", 3000, 0)
        findings.text(given.get("callback_id"), "/view/callback_id", 255, 0)
        findings.text(given.get("external_id"), "/view/external_id", 255, 0)
        blocks.check(given.get("blocks"), findings, kind, "/view/blocks")
    findings.refuse(error)
    asks = any(block["type"] == "input" for block in given["blocks"])
    if kind == blocks.MODAL and asks and not given.get("submit"):
        findings.wrong("/view/submit", "missing required field: submit, as there are inputs")
    findings.refuse(error)
    made: Json = given | {"blocks": blocks.identified(given["blocks"])}
    return made
