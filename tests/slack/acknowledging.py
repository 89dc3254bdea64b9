"""What an acknowledgement may hold, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.slack import blocks, surfaces
from tests.slack.answers import respond
from tests.slack.interactions import COMMAND, SUBMIT, Interaction
from tests.slack.problems import Json, Refusal

if TYPE_CHECKING:
    from tests.slack.world import World


def take(world: World, life: Interaction, body: Any) -> None:
    """Do what the bot's acknowledgement says; refuse one that says what it cannot."""
    try:
        if life.kind == COMMAND:
            _said(world, life, body)
        elif life.kind == SUBMIT:
            _form(world, life, body)
        elif body:
            raise Refusal("invalid_ack", f"{life.kind} takes no answer but an empty one: {body!r}")
    except Refusal as problem:
        life.refuse(problem)
        world.wrong(f"acknowledgement of {life!r}", problem)
    life.acknowledge()


def _said(world: World, life: Interaction, body: Any) -> None:
    if not body:
        return
    said: Json = {"text": body} if isinstance(body, str) else body
    if not isinstance(said, dict):
        raise Refusal("invalid_ack", f"no message: {body!r}")
    respond(world, life, said)


def _form(world: World, life: Interaction, body: Any) -> None:
    view = life.view
    assert view is not None
    if not body:
        view.is_open = False
        return
    if not isinstance(body, dict):
        raise Refusal("invalid_ack", f"no answer to a form: {body!r}")
    action = body.get("response_action")
    allowed = {"errors": {"errors"}, "update": {"view"}, "push": {"view"}, "clear": set()}
    if action not in allowed or body.keys() - {"response_action"} != allowed[action]:
        raise Refusal("invalid_ack", f"no answer to a form: {body!r}")
    if action == "errors":
        _against(life, view, body["errors"])
    elif action == "clear":
        world.close_all(view)
    elif action == "update":
        view.replace(surfaces.checked(body["view"], blocks.MODAL))
        life.shows(view)
    else:
        life.shows(world.lay(view, surfaces.checked(body["view"], blocks.MODAL)))
    life.action = action


def _against(life: Interaction, view: surfaces.View, errors: Any) -> None:
    if not isinstance(errors, dict) or not errors:
        raise Refusal("invalid_ack", "errors must be an object that is not empty")
    for id_, error in errors.items():
        if id_ not in view.inputs:
            raise Refusal("invalid_ack", f"no input block has the block_id {id_!r} but {sorted(view.inputs)}")
        if not isinstance(error, str) or not error:
            raise Refusal("invalid_ack", f"the error of {id_!r} is no text")
    life.errors = view.errors = dict(errors)
