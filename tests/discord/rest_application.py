"""REST: the application, its commands, people and guilds."""

from typing import Any

from tests.discord import commands, payloads
from tests.discord.events import MEMBERS
from tests.discord.problems import Json, Problem, invalid
from tests.discord.routing import Call, Reply, on


@on("GET", "/gateway", keyless=True)
def gateway(call: Call) -> Any:
    return {"url": call.world.gateway_url}


@on("GET", "/gateway/bot")
def gateway_for_bots(call: Call) -> Any:
    world = call.world
    left = 1000 - world.identified
    starts = {"total": 1000, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": world.gateway_url, "shards": world.shards, "session_start_limit": starts}


@on("GET", "/users/@me")
def me(call: Call) -> Any:
    return payloads.user(call.world.bot) | {
        "verified": True,
        "mfa_enabled": False,
        "email": None,
        "locale": "en-US",
    }


@on("GET", "/users/{user}")
def user(call: Call) -> Any:
    if (who := call.world.users.get(call.id("user"))) is None:
        raise Problem(10013)
    return payloads.user(who)


@on("GET", "/applications/@me")
@on("GET", "/oauth2/applications/@me")
def application(call: Call) -> Any:
    world = call.world
    owner = next((guild.owner for guild in world.guilds.values()), world.bot)
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "description": "",
        "summary": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 1 << 23,
        "owner": payloads.user(owner),
        "team": None,
        "interactions_endpoint_url": None,
        "approximate_guild_count": len(world.guilds),
        "integration_types_config": {"0": {}},
    }


def _scope(call: Call) -> int | None:
    if call.id("application") != call.world.application_id:
        raise Problem(50001)
    return call.guild.id if "guild" in call.args else None


def _registered(call: Call, wanted: Json, scope: int | None, before: list[Json]) -> Json:
    kind = wanted.get("type", commands.SLASH)
    same = [x for x in before if (x["type"], x["name"]) == (kind, wanted["name"])]
    told: Json = {"description": "", "options": [], "nsfw": False} | wanted
    told |= {"type": kind, "application_id": str(call.world.application_id), "version": str(call.world.id())}
    told["id"] = same[0]["id"] if same else str(call.world.id())
    permissions = wanted.get("default_member_permissions")
    told["default_member_permissions"] = None if permissions is None else str(permissions)
    if scope is not None:
        told["guild_id"] = str(scope)
    return {
        key: value for key, value in told.items() if value is not None or key == "default_member_permissions"
    }


@on("PUT", "/applications/{application}/commands")
@on("PUT", "/applications/{application}/guilds/{guild}/commands")
def overwrite(call: Call) -> Any:
    scope = _scope(call)
    wanted = commands.check(call.body)
    before = call.world.commands.get(scope, [])
    call.world.commands[scope] = [_registered(call, each, scope, before) for each in wanted]
    return call.world.commands[scope]


@on("GET", "/applications/{application}/commands")
@on("GET", "/applications/{application}/guilds/{guild}/commands")
def registered(call: Call) -> Any:
    listed = call.world.commands.get(_scope(call), [])
    if call.query.get("with_localizations", "").lower() in {"1", "true"}:
        return listed
    return [_without_localizations(each) for each in listed]


def _without_localizations(what: Json) -> Json:
    kept = {key: value for key, value in what.items() if not key.endswith("_localizations")}
    return kept | {
        key: [_without_localizations(x) for x in kept[key]] for key in ("options", "choices") if key in kept
    }


@on("GET", "/applications/{application}/guilds/{guild}/commands/permissions")
def command_permissions(call: Call) -> Any:
    _scope(call)
    return []


@on("POST", "/applications/{application}/commands")
@on("POST", "/applications/{application}/guilds/{guild}/commands")
def register(call: Call) -> Any:
    scope = _scope(call)
    wanted = call.json
    before = call.world.commands.get(scope, [])
    commands.check([wanted])
    same = (wanted.get("type", commands.SLASH), wanted["name"])
    others = [each for each in before if (each["type"], each["name"]) != same]
    made = _registered(call, wanted, scope, before)
    call.world.commands[scope] = [*others, made]
    return Reply(200 if len(others) < len(before) else 201, made)


@on("PATCH", "/applications/{application}/commands/{command}")
@on("PATCH", "/applications/{application}/guilds/{guild}/commands/{command}")
def change(call: Call) -> Any:
    scope = _scope(call)
    found = _command(call, scope)
    changed = found | call.json
    commands.check([changed])
    found.update(changed | {"version": str(call.world.id())})
    return found


@on("DELETE", "/applications/{application}/commands/{command}")
@on("DELETE", "/applications/{application}/guilds/{guild}/commands/{command}")
def unregister(call: Call) -> Any:
    scope = _scope(call)
    call.world.commands[scope].remove(_command(call, scope))


@on("GET", "/applications/{application}/commands/{command}")
@on("GET", "/applications/{application}/guilds/{guild}/commands/{command}")
def one(call: Call) -> Any:
    return _command(call, _scope(call))


def _command(call: Call, scope: int | None) -> Json:
    for command in call.world.commands.get(scope, []):
        if command["id"] == call.args["command"]:
            return command
    raise Problem(10063)


@on("GET", "/users/@me/guilds")
def my_guilds(call: Call) -> Any:
    mine = [guild for guild in call.world.guilds.values() if guild.bot_in]
    return [payloads.guild(guild, alone=True) for guild in mine]


@on("DELETE", "/users/@me/guilds/{guild}")
def leave_guild(call: Call) -> Any:
    call.guild.remove_bot()


@on("GET", "/guilds/{guild}")
def guild(call: Call) -> Any:
    return payloads.guild(call.guild, alone=True)


@on("GET", "/guilds/{guild}/channels")
def channels(call: Call) -> Any:
    return [payloads.channel(each) for each in call.guild.channels.values() if not each.is_thread]


@on("GET", "/guilds/{guild}/roles")
def roles(call: Call) -> Any:
    return [payloads.role(each) for each in call.guild.roles.values()]


@on("GET", "/guilds/{guild}/members/{user}")
def member(call: Call) -> Any:
    who = call.world.bot.id if call.args["user"] == "@me" else call.id("user")
    if (found := call.guild.members.get(who)) is None:
        raise Problem(10007)
    return payloads.member(found)


@on("GET", "/guilds/{guild}/members")
def members(call: Call) -> Any:
    if not call.world.privileged & MEMBERS:
        raise Problem(50001)
    return [payloads.member(each) for each in call.guild.members.values()][: call.number("limit", 1)]


@on("GET", "/guilds/{guild}/members/search")
def search(call: Call) -> Any:
    words = call.query.get("query")
    if not words:
        raise invalid("query", "BASE_TYPE_REQUIRED", "This field is required")
    found = [
        x for x in call.guild.members.values() if (x.nick or x.user.name).lower().startswith(words.lower())
    ]
    return [payloads.member(each) for each in found][: call.number("limit", 1)]
