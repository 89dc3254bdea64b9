"""Looking whether the channel of a study that is paused can be reached again."""

from bot.doors.discord import places
from bot.doors.discord.office import Line
from bot.services import pausing
from bot.services.pausing import Place


async def look_at(line: Line, place: Place) -> None:
    """Resume what lives in a channel, if it can be reached; servers of other processes are theirs."""
    client, office = line.client, line.office
    if client is None or client.get_guild(int(place.workspace)) is None or place.channel is None:
        return
    if await places.trouble(client, place.workspace, place.channel) is None:
        await office.desk.runner.run(pausing.found, place, office.now())
