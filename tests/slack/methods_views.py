"""views.*: forms (modals) and Home tabs."""

from __future__ import annotations

from tests.slack import blocks, surfaces
from tests.slack.interactions import Interaction
from tests.slack.problems import Findings, Json, Refusal
from tests.slack.routing import Call, method, ok
from tests.slack.surfaces import View


@method("views.open")
def open_(call: Call) -> Json:
    """Open a form."""
    life = _triggered(call)
    body = surfaces.checked(call.args.get("view"), blocks.MODAL)
    life.exchange()
    view = call.world.view(life.user, body)
    life.shows(view)
    return ok(view=view.payload())


@method("views.push")
def push(call: Call) -> Json:
    """Lay a form on the one in which something was done."""
    life = _triggered(call)
    body = surfaces.checked(call.args.get("view"), blocks.MODAL)
    if life.view is None or life.view.body["type"] != blocks.MODAL or not life.view.is_open:
        raise Refusal("not_found")
    life.exchange()
    view = call.world.lay(life.view, body)
    life.shows(view)
    return ok(view=view.payload())


@method("views.update")
def update(call: Call) -> Json:
    """Change a form that is open."""
    known = call.world.views.values()
    id_, external = call.args.get("view_id"), call.args.get("external_id")
    if not id_ and not external:
        raise Refusal("invalid_arguments", "[ERROR] either view_id or external_id is needed")
    found = [x for x in known if id_ == x.id or (external and external == x.body.get("external_id"))]
    found = [x for x in found if x.is_open and x.user.team is call.team]
    if not found:
        raise Refusal("not_found")
    view = found[0]
    _same(call, view)
    view.replace(surfaces.checked(call.args.get("view"), blocks.MODAL))
    _seen(view)
    return ok(view=view.payload())


@method("views.publish")
def publish(call: Call) -> Json:
    """Fill somebody's Home tab."""
    user = call.team.users.get(str(call.args.get("user_id")))
    if user is None or user.is_bot:
        raise Refusal("invalid_arguments", "invalid `user_id`")
    if not call.world.app.has_home:
        raise Refusal("not_enabled")
    body = surfaces.checked(call.args.get("view"), blocks.HOME)
    view = call.world.homes.get(user.id)
    if view is None:
        view = call.world.homes[user.id] = View(call.world.id("V"), user, body)
    else:
        _same(call, view)
        view.replace(body)
    _seen(view)
    call.world.stir()
    return ok(view=view.payload())


def _triggered(call: Call) -> Interaction:
    trigger = call.args.get("trigger_id")
    life = call.world.triggers.get(str(trigger))
    if life is None or life.user.team is not call.team:
        raise Refusal("invalid_trigger_id" if trigger else "invalid_arguments")
    return life


def _same(call: Call, view: View) -> None:
    findings = Findings()
    findings.text(call.args.get("hash"), "/hash", 255)
    findings.refuse("invalid_arguments")
    if call.args.get("hash") and call.args["hash"] != view.hash:
        raise Refusal("hash_conflict")


def _seen(view: View) -> None:
    for life in view.lives:
        life.sees(view)
