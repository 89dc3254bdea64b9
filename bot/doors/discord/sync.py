"""Registering the commands, where what is registered is not what we would register."""

from typing import Any

import discord
import structlog
from discord.http import Route

from bot.commands.command import Commands
from bot.doors.discord.commands import Json, payload, same

log = structlog.get_logger()

Ids = dict[str, int]


async def sync(client: discord.Client, commands: Commands, guilds: tuple[int, ...]) -> dict[int | None, Ids]:
    """Register the commands in these servers, or everywhere; their ids by server, `None` being everywhere.

    A server that the bot has not been invited to is left out until it is.
    """
    wanted = payload(commands)
    if not guilds:
        return {None: await _scope(client, wanted, None)}
    await _scope(client, [], None)
    found: dict[int | None, Ids] = {}
    for guild in guilds:
        try:
            found[guild] = await _scope(client, wanted, guild)
        except (discord.Forbidden, discord.NotFound):
            log.warning("not invited to a server of the configuration", guild=guild)
    return found


async def _scope(client: discord.Client, wanted: list[Json], guild: int | None) -> Ids:
    http, application = client.http, client.application_id
    assert application is not None
    where = "/applications/{application}" + ("/guilds/{guild}" if guild else "") + "/commands"
    route = Route("GET", where, application=application, guild=guild)
    there: list[Any] = await http.request(route, params={"with_localizations": "true"})
    if not same(wanted, there):
        if guild is None:
            there = list(await http.bulk_upsert_global_commands(application, payload=wanted))
        else:
            there = list(await http.bulk_upsert_guild_commands(application, guild, payload=wanted))
    slash = discord.AppCommandType.chat_input.value
    return {command["name"]: int(command["id"]) for command in there if command.get("type", slash) == slash}
