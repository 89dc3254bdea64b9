"""Whether Discord can be reached with a token, and the link by which the bot is invited."""

import discord
from discord.http import Route

from bot.doors.discord.places import NEEDED


def invite(application: int) -> str:
    """The link that puts the bot into a server, with exactly the permissions that it needs."""
    return discord.utils.oauth_url(application, permissions=NEEDED, scopes=("bot", "applications.commands"))


async def reach(token: str, api_url: str) -> tuple[bool, list[str]]:
    """Whether the bot can log in, and what there is to say about it."""
    Route.BASE = api_url.rstrip("/")
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(token)
            application = client.application_id or 0
            return True, [f"reachable, as {client.user}", f"invite with {invite(application)}"]
        except discord.LoginFailure:
            return False, ["the token is refused"]
        except (discord.HTTPException, OSError) as problem:
            return False, [f"not reachable: {problem}"]
