"""Answers to an interaction: in a command's acknowledgement, or over the response URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.slack import posting
from tests.slack.content import checked
from tests.slack.interactions import COMMAND, PRESS, Interaction
from tests.slack.problems import Json, Refusal

if TYPE_CHECKING:
    from tests.slack.world import World

FIELDS = (
    "text blocks attachments response_type replace_original delete_original thread_ts metadata mrkdwn "
    "unfurl_links unfurl_media link_names parse"
)


def respond(world: World, life: Interaction, given: Json) -> None:
    """Show what the bot answers: something new, or in place of the message with the button."""
    if unknown := given.keys() - set(FIELDS.split()):
        raise Refusal("invalid_payload", f"no such fields: {sorted(unknown)}")
    replaces, deletes = (_flag(given, name) for name in ("replace_original", "delete_original"))
    if life.kind != PRESS and (replaces or deletes):
        raise Refusal("invalid_payload", "only an answer to a button has an original")
    if life.kind == PRESS and replaces is None and deletes is None and "response_type" not in given:
        raise Refusal(
            "invalid_payload", "an answer to a button must say replace_original, or what response_type it has"
        )
    if deletes:
        assert life.message is not None
        posting.remove(world, life.message)
        return
    said = checked(given)
    if said.is_empty:
        raise Refusal("no_text")
    if replaces:
        assert life.message is not None
        if life.message.deleted:
            raise Refusal("message_not_found")
        posting.change(world, life.message, said)
        return
    _new(world, life, given)


def _new(world: World, life: Interaction, given: Json) -> None:
    kind = given.get("response_type", "ephemeral")
    if kind not in {"ephemeral", "in_channel"}:
        raise Refusal("invalid_payload", f"no response_type: {kind}")
    assert life.channel is not None
    said = checked(given)
    said.more = {name: given.get(name) for name in ("unfurl_links", "unfurl_media")}
    parent = life.message.parent if life.message and life.kind != COMMAND else None
    if given.get("thread_ts"):
        parent = life.channel.all_messages.get(given["thread_ts"])
    only_for = life.user if kind == "ephemeral" else None
    bot = life.user.team.bot
    life.says(posting.post(world, life.channel, bot, said, parent=parent, only_for=only_for, by_app=True))


def _flag(given: Json, name: str) -> bool | None:
    value = given.get(name)
    if value in {"true", "false"}:
        return bool(value == "true")
    if value is not None and not isinstance(value, bool):
        raise Refusal("invalid_payload", f"{name} is true or false")
    return value
