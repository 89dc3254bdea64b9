"""The least bot that discord.py lets one write: `/submit`, answered with ok; the API's URL is given to it."""

import sys
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route


async def submit(
    interaction: discord.Interaction[Any],
    link: str,
    week: int | None = None,
    note: str | None = None,
    who: str | None = None,
) -> None:
    """Answer."""
    await interaction.response.send_message("ok", ephemeral=True)


class Bare(discord.AutoShardedClient):
    """Connected as studybot is."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
        )
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(
            app_commands.Command[Any, ..., Any](name="submit", description="Hand in", callback=submit)
        )

    async def setup_hook(self) -> None:
        """Find the gateway."""
        found = await self.http.request(Route("GET", "/gateway"))
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(found["url"])


def main() -> None:
    """Run until stopped."""
    Route.BASE = sys.argv[1]
    Bare().run("loopback", log_handler=None)


if __name__ == "__main__":
    main()
