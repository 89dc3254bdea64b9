"""REST, tried with the real discord.py: what is kept, who is pinged, what is refused."""

import io
from typing import Any

import discord
import pytest
from discord.http import Route

from tests.discord.model import FORUM
from tests.discord.places import Channel
from tests.discord.server import Discord
from tests.discord.tiny import Tiny, running


async def raw(bot: Tiny, method: str, path: str, body: Any = None) -> Any:
    """Ask for something that the library would not."""
    return await bot.http.request(Route(method, path), **({} if body is None else {"json": body}))


def there(bot: Tiny, channel: Channel) -> discord.TextChannel:
    """The library's view of a channel."""
    found = bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_a_nonce_sent_twice_gives_one_message(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        first = await there(bot, channel).send("알림", nonce="row-17")
        second = await there(bot, channel).send("알림", nonce="row-17")
        assert first.id == second.id
        assert len(channel.messages) == 1
        redirected.world.forget_nonces()
        await there(bot, channel).send("알림", nonce="row-17")
    assert len(channel.messages) == 2


async def test_only_those_meant_are_pinged(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang, koo = redirected.person("장서진"), redirected.person("구미진")
    text = f"{jang.mention} {koo.mention} @everyone"
    async with running(redirected) as bot:
        await there(bot, channel).send(text)
        await there(bot, channel).send(
            text, allowed_mentions=discord.AllowedMentions(users=[discord.Object(koo.id)])
        )
        await there(bot, channel).send(text, allowed_mentions=discord.AllowedMentions.all(), silent=True)
    assert [message.pinged for message in channel.messages] == [[], [koo], [jang, koo]]
    assert [message.is_silent for message in channel.messages] == [False, False, True]
    assert not any(message.pings_everyone for message in channel.messages)


async def test_messages_are_read_changed_and_deleted(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        sent = [await there(bot, channel).send(str(number)) for number in range(4)]
        await sent[1].edit(content="하나", embed=discord.Embed(title="제목"))
        await sent[2].delete()
        history = [message.content async for message in there(bot, channel).history(limit=3)]
        assert history == ["3", "하나", "0"]
        after = [message.content async for message in there(bot, channel).history(after=sent[0], limit=1)]
        assert after == ["하나"]
        with pytest.raises(discord.NotFound) as gone:
            await sent[2].edit(content="x")
        assert gone.value.code == 10008
    assert channel.messages[1].text == "하나\n제목"
    assert channel.messages[1].earlier == ["1"]


async def test_layouts_and_files_are_kept(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    view = discord.ui.LayoutView()
    button = discord.ui.Button[discord.ui.LayoutView](label="내기", custom_id="submit:1")
    section = discord.ui.Section[discord.ui.LayoutView]("1주차", accessory=button)
    view.add_item(discord.ui.Container(section, discord.ui.TextDisplay("마감"), accent_color=0x5865F2))
    async with running(redirected) as bot:
        await there(bot, channel).send(view=view)
        file = await there(bot, channel).send(
            file=discord.File(io.BytesIO(b"a,b"), "records.csv", description="기록")
        )
        assert await file.attachments[0].read() == b"a,b"
    message, with_file = channel.messages
    assert message.text == "1주차\n마감"
    assert message.buttons == {"내기": "submit:1"}
    assert with_file.attachments[0].description == "기록"


TOO_MUCH = [
    ({"content": "x" * 2001}, "content"),
    ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, "embeds"),
    ({"embeds": [{"title": "t", "fields": [{"name": "n", "value": "v"}] * 26}]}, "embeds.0.fields"),
    ({"embeds": [{"title": "t", "fields": [{"name": "n", "value": ""}]}]}, "embeds.0.fields.0.value"),
    ({"content": "x", "flags": 1 << 15}, "content"),
    ({"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * 41}, "components"),
    ({"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 2001}] * 2}, "components"),
    ({"content": "x", "components": [{"type": 10, "content": "x"}]}, "components.0.type"),
    ({"content": "x", "flags": 64}, "flags"),
    ({"content": "x", "nonce": "x" * 26}, "nonce"),
    ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "allowed_mentions"),
    (
        {
            "content": "x",
            "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x"}] * 6}],
        },
        "components.0.components",
    ),
    (
        {
            "content": "x",
            "components": [
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a"}] * 2}
            ],
        },
        "components",
    ),
]


async def test_what_is_too_much_for_a_message_is_refused(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        for body, path in TOO_MUCH:
            with redirected.allowing(), pytest.raises(discord.HTTPException) as refused:
                await raw(bot, "POST", f"/channels/{channel.id}/messages", body)
            assert refused.value.code == 50035, body
            assert f"In {path}" in refused.value.text, body
        with redirected.allowing() as wrong, pytest.raises(discord.HTTPException) as refused:
            await there(bot, channel).send("")
        assert refused.value.code == 50006
        assert len(wrong) == 1
    assert channel.messages == []


WRONG_COMMANDS = [
    [{"name": "Submit", "description": "x"}],
    [{"name": "submit it", "description": "x"}],
    [{"name": "submit"}],
    [{"name": "submit", "description": "x" * 101}],
    [{"name": "submit", "description": "x", "name_localizations": {"kr": "제출"}}],
    [{"name": "submit", "description": "x"}, {"name": "submit", "description": "y"}],
    [{"name": "x" * 33, "type": 3}],
    [{"name": "x", "type": 3, "description": "x"}],
    [
        {
            "name": "a",
            "description": "x",
            "options": [
                {"type": 3, "name": "b", "description": "x"},
                {"type": 3, "name": "c", "description": "x", "required": True},
            ],
        }
    ],
    [
        {
            "name": "a",
            "description": "x",
            "options": [{"type": 3, "name": "b", "description": "x", "min_value": 1}],
        }
    ],
    [
        {
            "name": "a",
            "description": "x",
            "options": [
                {
                    "type": 4,
                    "name": "b",
                    "description": "x",
                    "choices": [{"name": str(n), "value": n} for n in range(26)],
                }
            ],
        }
    ],
    [{"name": f"a{n}", "description": "x"} for n in range(101)],
    [
        {
            "name": "a",
            "description": "x",
            "options": [
                {
                    "type": 3,
                    "name": f"o{n}",
                    "description": "d" * 100,
                    "choices": [{"name": f"{m}" * 40, "value": f"{m}"} for m in range(10)],
                }
                for n in range(20)
            ],
        }
    ],
]


async def test_commands_that_discord_would_not_register_are_refused(redirected: Discord) -> None:
    async with running(redirected) as bot:
        before = redirected.world.commands[None]
        for commands in WRONG_COMMANDS:
            with redirected.allowing(), pytest.raises(discord.HTTPException) as refused:
                await raw(bot, "PUT", f"/applications/{redirected.world.application_id}/commands", commands)
            assert refused.value.code in {50035, 30032}, commands
        assert redirected.world.commands[None] is before


async def test_commands_can_be_of_one_guild(redirected: Discord) -> None:
    guild = redirected.guild("ku")
    async with running(redirected) as bot:
        bot.tree.copy_global_to(guild=discord.Object(guild.id))
        synced = await bot.tree.sync(guild=discord.Object(guild.id))
        assert {command.name for command in synced} == {
            x["name"] for x in redirected.world.commands[guild.id]
        }
        guild.remove_bot()
        with pytest.raises(discord.Forbidden):
            await bot.tree.sync(guild=discord.Object(guild.id))


async def test_a_closed_person_gets_no_direct_message(redirected: Discord) -> None:
    redirected.guild("ku")
    jang, koo = redirected.person("장서진"), redirected.person("구미진", takes_dms=False)
    async with running(redirected) as bot:
        await (await bot.fetch_user(jang.id)).send("안녕")
        with pytest.raises(discord.Forbidden) as refused:
            await (await bot.fetch_user(koo.id)).send("안녕")
        assert refused.value.code == 50007
    assert [message.text for message in jang.inbox] == ["안녕"]
    assert koo.inbox == []


async def test_permissions_are_held(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    async with running(redirected) as bot:
        here = there(bot, channel)
        channel.deny("send_messages")
        with pytest.raises(discord.Forbidden) as refused:
            await here.send("x")
        assert refused.value.code == 50013
        channel.deny("view_channel")
        with pytest.raises(discord.Forbidden) as refused:
            await here.send("x")
        assert refused.value.code == 50001
        channel.allow("view_channel", "send_messages")
        await here.send("x")
        channel.delete()
        with pytest.raises(discord.NotFound) as gone:
            await here.send("x")
        assert gone.value.code == 10003


async def test_threads_are_opened_archived_and_locked(redirected: Discord) -> None:
    channel = redirected.guild("ku").channel("mlops")
    jang, boss = redirected.person("장서진"), redirected.person("이은빈", manages=True)
    async with running(redirected) as bot:
        message = await there(bot, channel).send("1주차")
        opened = await message.create_thread(name="1주차 질문", auto_archive_duration=10080)
        assert opened.id == message.id
        with pytest.raises(discord.HTTPException) as refused:
            await there(bot, channel).get_partial_message(message.id).create_thread(name="again")
        assert refused.value.code == 160004
        thread = channel.threads[0]
        jang.writes(thread, "질문")
        await opened.edit(archived=True)
        jang.writes(thread, "하나 더")
        assert not thread.archived, "writing brings it back"
        await opened.edit(archived=True, locked=True)
        with pytest.raises(Exception, match="Thread is archived"):
            jang.writes(thread, "또")
        with pytest.raises(discord.HTTPException) as refused:
            await opened.edit(name="x")
        assert refused.value.code == 50083
        boss.writes(thread, "답")
        assert not thread.archived
        alone = await there(bot, channel).create_thread(name="따로", type=discord.ChannelType.public_thread)
        await alone.send("x")
    assert thread.auto_archive == 10080
    assert [x.text for x in channel.messages] == ["1주차"], (
        "the line that a thread was opened is the platform's own"
    )


async def test_a_forum_takes_posts(redirected: Discord) -> None:
    forum = redirected.guild("ku").forum("과제", "주차", needs_tag=True)
    async with running(redirected) as bot:
        found = bot.get_channel(forum.id)
        assert isinstance(found, discord.ForumChannel)
        with redirected.allowing(), pytest.raises(discord.HTTPException):
            await found.create_thread(name="1주차", content="과제")
        post = await found.create_thread(name="1주차", content="과제", applied_tags=found.available_tags)
        assert post.thread.id == post.message.id
        with redirected.allowing(), pytest.raises(discord.HTTPException) as refused:
            await raw(bot, "POST", f"/channels/{forum.id}/messages", {"content": "x"})
        assert refused.value.code == 50008
    assert forum.kind == FORUM
    assert [message.text for message in forum.threads[0].messages] == ["과제"]
