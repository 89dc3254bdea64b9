"""The channels of Discord that a study can live in: text channels, forums, threads."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime

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
    """What keeps a study from its channel, as Discord says now; `None` where nothing does.

    All of it is asked anew: what the client knows may be older, or be known to another process.
    """
    if not (workspace.isdecimal() and channel.isdecimal()) or client.user is None:
        return Why.GONE
    try:
        guild = await client.fetch_guild(int(workspace), with_counts=False)
        me = await guild.fetch_member(client.user.id)
    except (discord.NotFound, discord.Forbidden):
        return Why.AWAY
    try:
        home = await guild.fetch_channel(int(channel))
        place = await guild.fetch_channel(home.parent_id) if isinstance(home, discord.Thread) else home
    except (discord.NotFound, discord.InvalidData):
        return Why.GONE
    except discord.Forbidden:
        return Why.CLOSED
    may = place.permissions_for(me)
    if not isinstance(home, discord.Thread):
        return None if may.view_channel and may.send_messages else Why.CLOSED
    may_write = may.send_messages_in_threads and (may.manage_threads or not home.locked)
    return None if may.view_channel and may_write else Why.CLOSED


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


async def recent(place: Place, most: int, after: datetime) -> AsyncIterator[discord.Message]:
    """The newest messages of a channel; of a forum, those that begin its posts and those in the newest."""
    if isinstance(place, discord.ForumChannel):
        posts = await posts_of(place)
        for post in posts:
            with suppress(discord.NotFound):  # the first message of a post can be deleted by hand
                yield await post.get_partial_message(post.id).fetch()
        if not posts:
            return
        place = posts[0]
    async for message in place.history(limit=most, after=after, oldest_first=False):
        yield message


async def posts_of(forum: discord.ForumChannel) -> list[discord.Thread]:
    """The newest posts of ours that can be written in."""
    there = await forum.guild.active_threads()
    own = forum.guild.me.id
    mine = [x for x in there if x.parent_id == forum.id and x.owner_id == own and not x.locked]
    return sorted(mine, key=lambda x: x.id, reverse=True)[:POSTS]


async def post_in(
    forum: discord.ForumChannel, title: str, view: discord.ui.LayoutView, allowed: discord.AllowedMentions
) -> str:
    """Open a post and give its id, with a tag where the forum asks for one."""
    tags = list(forum.available_tags[:1]) if forum.flags.require_tag else []
    made = await forum.create_thread(name=title, view=view, applied_tags=tags, allowed_mentions=allowed)
    return str(made.thread.id)


async def remove_post(post: discord.Thread | None) -> None:
    """Delete a post, or where people have answered in it, its first message alone."""
    if post is None:
        return
    if post.message_count:
        await post.get_partial_message(post.id).delete()
    else:
        await post.delete()


async def thread_on(message: discord.Message | discord.PartialMessage, title: str) -> None:
    """Open a thread on a message, where none hangs there yet."""
    try:
        await message.create_thread(name=title, auto_archive_duration=10_080)
    except discord.HTTPException as there:
        if there.code != HAS_THREAD:
            raise


async def wake_up(thread: discord.Thread | None) -> None:
    """Bring a thread back that went to sleep because nobody wrote."""
    if thread is not None and thread.archived and not thread.locked:
        await thread.edit(archived=False)


async def put_away(thread: discord.Thread) -> None:
    """Archive a thread and lock it; where locking is not allowed, archive it at least."""
    try:
        await thread.edit(archived=True, locked=True)
    except discord.Forbidden:
        await thread.edit(archived=True)
