"""auth.*, oauth.*, apps.* and files.*: tokens, connections, installations, uploads."""

from __future__ import annotations

from tests.slack import payloads, posting
from tests.slack.app import CODE_LIVES
from tests.slack.content import Content
from tests.slack.model import File
from tests.slack.problems import Json, Refusal
from tests.slack.routing import Call, method, ok


@method("api.test", token="none")
def test(call: Call) -> Json:
    """Say that all is well."""
    return ok()


@method("auth.test")
def whoami(call: Call) -> Json:
    """Tell whose token it is."""
    assert call.installation is not None
    return ok(
        url=f"https://{call.team.domain}.slack.com/",
        team=call.team.name,
        user=call.bot.name,
        team_id=call.team.id,
        user_id=call.bot.id,
        bot_id=call.installation.bot_id,
        is_enterprise_install=False,
    )


@method("auth.revoke", takes_json=False)
def revoke(call: Call) -> Json:
    """End a token; with the last one the app is gone from the team."""
    assert call.installation is not None
    if call.flag("test"):
        return ok(revoked=False)
    call.team.uninstall()
    call.installation.problem = "token_revoked"
    return ok(revoked=True)


@method("apps.uninstall", takes_json=False)
def uninstall(call: Call) -> Json:
    """Remove the app from the team."""
    _client(call)
    call.team.uninstall()
    return ok()


@method("apps.connections.open", token="app")
def connect(call: Call) -> Json:
    """Give the address of a Socket Mode connection."""
    if not call.world.app.is_socket:  # the name is this server's own: Slack documents none
        raise Refusal("socket_mode_not_enabled")
    return ok(url=call.world.delivery.sockets.ticket())


@method("oauth.v2.access", token="none", takes_json=False)
def access(call: Call) -> Json:
    """Exchange a code for a token, once and within ten minutes."""
    _client(call)
    code = call.world.codes.get(call.text("code", "invalid_code"))
    if code is None or call.world.clock() - code.at > CODE_LIVES:
        raise Refusal("invalid_code")
    if code.is_used:
        raise Refusal("code_already_used")
    if (call.args.get("redirect_uri") or None) != code.redirect_uri:
        raise Refusal("bad_redirect_uri")
    code.is_used = True
    made = call.world.install(code.team, code.scopes)
    org_wide = call.world.app.is_org_wide
    return ok(
        access_token=made.bot_token,
        token_type="bot",
        scope=",".join(made.scopes),
        bot_user_id=made.bot.id,
        app_id=call.world.app.id,
        team=None if org_wide else {"name": code.team.name, "id": code.team.id},
        enterprise={"id": "E0000000001", "name": "조직"} if org_wide else None,
        authed_user={"id": code.user.id},
        is_enterprise_install=org_wide,
    )


def _client(call: Call) -> None:
    if call.args.get("client_id") != call.world.app.client_id:
        raise Refusal("invalid_client_id")
    if call.args.get("client_secret") != call.world.app.client_secret:
        raise Refusal("bad_client_secret")


@method("files.getUploadURLExternal", scope="files:write", takes_json=False)
def upload(call: Call) -> Json:
    """Give the address to which a file goes."""
    name, length = call.text("filename"), call.number("length", 0)
    if length < 1:
        raise Refusal("invalid_arguments", "[ERROR] missing required field: length")
    id_ = call.world.id("F")
    url = f"{call.world.url}/files-pri/{call.team.id}-{id_}/download/{name}"
    file = File(id_, name, b"", call.team, call.bot, url, length=length, is_uploaded=False, is_complete=False)
    call.world.files[id_] = file
    return ok(upload_url=f"{call.world.url}/upload/v1/{id_}", file_id=id_)


@method("files.completeUploadExternal", scope="files:write")
def complete(call: Call) -> Json:
    """Have uploaded files, and share them in a channel where one is given."""
    listed = call.args.get("files")
    if not isinstance(listed, list) or not listed:
        raise Refusal("invalid_arguments", "[ERROR] missing required field: files")
    files = [_uploaded(call, each) for each in listed]
    if call.args.get("channel_id"):
        channel = call.channel("channel_id")
        if call.bot not in channel.members:
            raise Refusal("not_in_channel")
        parent = channel.all_messages.get(str(call.args.get("thread_ts")))
        said = Content(call.args.get("initial_comment"))
        posting.post(call.world, channel, call.bot, said, parent=parent, by_app=True, files=files)
    for file in files:
        file.is_complete = True
    return ok(files=[payloads.file(file) for file in files])


@method("files.info", scope="files:read", takes_json=False)
def about(call: Call) -> Json:
    """Tell of a file."""
    file = call.world.files.get(str(call.args.get("file")))
    if file is None or file.team is not call.team or not file.is_complete:
        raise Refusal("file_not_found")
    return ok(file=payloads.file(file))


def _uploaded(call: Call, given: Json) -> File:
    file = call.world.files.get(str(given.get("id")))
    if file is None or file.team is not call.team or not file.is_uploaded or file.is_complete:
        raise Refusal("file_not_found")
    file.title = str(given.get("title") or file.name)
    return file
