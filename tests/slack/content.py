"""What a message may hold, in whatever way it is sent."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.slack import blocks
from tests.slack.problems import Findings, Json, Refusal

MOST, MOST_IN_EDIT = 40_000, 4_000
MOST_METADATA = 8_000


@dataclass
class Content:
    """What a message says; None is what was not given."""

    text: str | None = None
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    more: Json = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.text and not self.blocks and not self.attachments


def checked(given: Json, most: int = MOST) -> Content:
    """Hold that what was given makes a message."""
    text = given.get("text")
    if text is not None and not isinstance(text, str):
        raise Refusal("invalid_arguments", "[ERROR] must provide a string [json-pointer:/text]")
    if given.get("markdown_text"):
        raise Refusal("invalid_arguments", "[ERROR] markdown_text is not known to this server")
    if text is not None and len(text) > most:
        raise Refusal("msg_too_long")
    listed = given.get("blocks")
    if listed is not None:
        if not isinstance(listed, list):
            raise Refusal("invalid_blocks_format")
        findings = Findings()
        blocks.check(listed, findings)
        findings.refuse("invalid_blocks")
    attachments = given.get("attachments")
    _check_attachments(attachments)
    check_metadata(given.get("metadata"))
    ready = None if listed is None else blocks.identified(listed)
    return Content(text, ready, attachments, given.get("metadata"))


def _check_attachments(attachments: Any) -> None:
    if attachments is None:
        return
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise Refusal("invalid_attachments")
    if len(attachments) > 100:
        raise Refusal("too_many_attachments")
    for index, each in enumerate(attachments):
        findings = Findings()
        blocks.check(each.get("blocks"), findings, path=f"/attachments/{index}/blocks")
        findings.refuse("invalid_attachments")


def check_metadata(metadata: Any) -> None:
    """Hold that metadata has a name and a payload of plain values, one level deep; {} takes it away."""
    if metadata is None or metadata == {}:
        return
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    event, payload = metadata.get("event_type"), metadata.get("event_payload")
    if metadata.keys() - {"event_type", "event_payload"} or not isinstance(payload, dict):
        raise Refusal("invalid_metadata_schema")
    if not isinstance(event, str) or not re.fullmatch(r"[A-Za-z0-9_]{1,255}", event):
        raise Refusal("invalid_metadata_schema")
    if not all(_plain(each) or _flat(each) for each in payload.values()):
        raise Refusal("invalid_metadata_schema")
    if len(str(metadata)) > MOST_METADATA:
        raise Refusal("metadata_too_large")


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _flat(value: Any) -> bool:
    if isinstance(value, list):
        return all(_plain(each) or (isinstance(each, dict) and _flat(each)) for each in value)
    return isinstance(value, dict) and all(_plain(each) for each in value.values())
