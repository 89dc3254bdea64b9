"""The channels of Discord that a study can live in: text channels, forums, threads."""

from collections.abc import AsyncIterator

import discord

from bot.commands.courier import Undeliverable
from bot.services.pausing import Why

Home = (
    discord.TextChannel | discord.ForumChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel
)
Place = Home | discord.DMChannel

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
    manage_threads=True,
)
"""To write, to find what was written, and to open, close and lock a week's question thread."""

POSTS = 20
"""The posts of a forum among which one is looked for."""

HAS_THREAD = 160004


async def home_of(client: discord.Client, workspace: str, channel: str) -> Home:
    """The channel of a study; asked of Discord where the client has not heard of it."""
    if not (workspace.isdecimal() and channel.isdecimal()):
        raise Undeliverable(f"{channel} is no channel of Discord's")
    guild = client.get_guild(int(workspace))
    known = guild.get_channel_or_thread(int(channel)) if guild else None
    found = known or await client.fetch_channel(int(channel))
    if not isinstance(found, Home):
        raise Undeliverable(f"nothing can be written in channel {channel}")
    return found


async def trouble(client: discord.Client, workspace: str, channel: str) -> Why | None:
    """What keeps a study from its channel, as Discord says now; `None` where nothing does."""
    if not (workspace.isdecimal() and channel.isdecimal()):
        return Why.GONE
    try:
        found = await client.fetch_channel(int(channel))
    except discord.NotFound:
        return Why.GONE if await _is_in(client, int(workspace)) else Why.AWAY
    except discord.Forbidden:
        return Why.CLOSED if await _is_in(client, int(workspace)) else Why.AWAY
    guild = client.get_guild(int(workspace))
    if guild is None or not isinstance(found, Home):
        return None  # another process has the server, and knows what we may do there
    return None if _may_speak(found, guild.me) else Why.CLOSED


def _may_speak(home: Home, me: discord.Member) -> bool:
    may = home.permissions_for(me)
    if isinstance(home, discord.Thread):
        return may.view_channel and may.send_messages_in_threads and (may.manage_threads or not home.locked)
    return may.view_channel and may.send_messages


async def _is_in(client: discord.Client, guild: int) -> bool:
    """Whether the bot is in a server."""
    try:
        await client.fetch_guild(guild, with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return False
    return True


def has_threads(home: Home) -> bool:
    """Whether something can be opened and closed there."""
    return isinstance(home, discord.TextChannel | discord.ForumChannel)


async def thread_of(client: discord.Client, id_: str) -> discord.Thread | None:
    """A thread as it stands; `None` where there is none, or no more."""
    try:
        found = await client.fetch_channel(int(id_))
    except discord.NotFound:
        return None
    return found if isinstance(found, discord.Thread) else None


def message_in(client: discord.Client, home: Home, id_: str) -> discord.PartialMessage:
    """A message by its id; in a forum the one that begins the post of that id."""
    if isinstance(home, discord.ForumChannel):
        return client.get_partial_messageable(int(id_), guild_id=home.guild.id).get_partial_message(int(id_))
    return home.get_partial_message(int(id_))


async def recent(place: Place, most: int) -> AsyncIterator[discord.Message]:
    """The newest messages of a channel; of a forum, those that begin its posts and those in the newest."""
    if isinstance(place, discord.ForumChannel):
        posts = posts_of(place)
        for post in posts:
            yield await post.get_partial_message(post.id).fetch()
        if not posts:
            return
        place = posts[0]
    async for message in place.history(limit=most):
        yield message


def posts_of(forum: discord.ForumChannel) -> list[discord.Thread]:
    """The newest posts of ours that can be written in, as far as the client has heard of them."""
    mine = [x for x in forum.threads if x.owner_id == forum.guild.me.id and not x.locked]
    return sorted(mine, key=lambda x: x.id, reverse=True)[:POSTS]


async def post_in(
    forum: discord.ForumChannel, title: str, view: discord.ui.LayoutView, allowed: discord.AllowedMentions
) -> str:
    """Open a post and give its id, with a tag where the forum asks for one."""
    tags = list(forum.available_tags[:1]) if forum.flags.require_tag else []
    made = await forum.create_thread(name=title, view=view, applied_tags=tags, allowed_mentions=allowed)
    return str(made.thread.id)


async def thread_on(message: discord.Message | discord.PartialMessage, title: str) -> None:
    """Open a thread on a message, where none hangs there yet."""
    try:
        await message.create_thread(name=title, auto_archive_duration=10_080)
    except discord.HTTPException as there:
        if there.code != HAS_THREAD:
            raise


async def put_away(thread: discord.Thread) -> None:
    """Archive a thread and lock it; where locking is not allowed, archive it at least."""
    try:
        await thread.edit(archived=True, locked=True)
    except discord.Forbidden:
        await thread.edit(archived=True)
