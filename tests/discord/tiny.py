"""A tiny bot on the real library: what the server's own tests talk to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar

import discord
from discord import app_commands

from tests.discord.server import Discord


class Korean(app_commands.Translator):
    """Names and descriptions in Korean."""

    words: ClassVar = {
        "submit": "제출",
        "link": "링크",
        "week": "주차",
        "Hand in": "내기",
        "hand in this": "이 링크 제출",
    }

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        return self.words.get(string.message) if locale is discord.Locale.korean else None


class Again(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"again:(?P<week>\d+)"):
    """A button that lives in its id."""

    def __init__(self, week: int) -> None:
        super().__init__(discord.ui.Button(label="다시 제출", custom_id=f"again:{week}"))
        self.week = week

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> Again:
        return cls(int(match["week"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(f"{self.week}주차 다시", ephemeral=True)


class Essay(discord.ui.Modal, title="주제"):
    """A form with one long text."""

    text: discord.ui.Label[Any] = discord.ui.Label(
        text="내용", component=discord.ui.TextInput(style=discord.TextStyle.long, custom_id="text")
    )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        assert isinstance(self.text.component, discord.ui.TextInput)
        await interaction.response.send_message(self.text.component.value, ephemeral=True)


async def hand_in(interaction: discord.Interaction[Any], link: str, week: int | None = None) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(Again(week or 1))
    await interaction.response.send_message(f"{week or 1}주차 {link}", view=view, ephemeral=True)


async def weeks(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[int]]:
    return [app_commands.Choice(name=f"{n}주차", value=n) for n in (1, 2, 12) if str(n).startswith(current)]


async def think(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.followup.send("생각했다")
    await interaction.followup.send("더 생각했다", ephemeral=True)


async def research(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_modal(Essay())


async def twice(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_message("하나", ephemeral=True)
    interaction.response._response_type = None
    await interaction.response.send_message("둘", ephemeral=True)


async def hand_in_this(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    await interaction.response.send_message(f"받음: {message.content}", ephemeral=True)


class Board(discord.ui.View):
    """Buttons that change their own message."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="바꾸기", custom_id="board:change")
    async def change(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Board]) -> None:
        await interaction.response.edit_message(content="바뀜", view=None)

    @discord.ui.button(label="나중에", custom_id="board:later")
    async def later(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Board]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="나중에 바뀜")

    @discord.ui.button(label="쓰기", custom_id="board:write")
    async def write(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Board]) -> None:
        await interaction.response.send_modal(Essay())

    @discord.ui.select(
        custom_id="board:week", options=[discord.SelectOption(label=f"{n}주차") for n in (1, 2)]
    )
    async def week(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Board]) -> None:
        await interaction.response.send_message(select.values[0], ephemeral=True)

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="board:who")
    async def who(self, interaction: discord.Interaction[Any], select: discord.ui.UserSelect[Board]) -> None:
        await interaction.response.send_message(select.values[0].display_name, ephemeral=True)


async def board(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_message("현황판", view=Board())


async def chatter(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_message("x" * 2001, ephemeral=True)


@app_commands.guild_only()
@app_commands.default_permissions()
async def hidden(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_message("비밀", ephemeral=True)


async def upload(
    interaction: discord.Interaction[Any], file: discord.Attachment, who: discord.Member
) -> None:
    await interaction.response.defer(thinking=True)
    text = (await file.read()).decode()
    await interaction.edit_original_response(content=f"{who.display_name}: {text}")


class Tiny(discord.Client):
    """The bot. It waits for nothing that a test would wait for too."""

    def __init__(self, server: Discord, **options: Any) -> None:
        options.setdefault("intents", discord.Intents(guilds=True))
        super().__init__(guild_ready_timeout=0.02, allowed_mentions=discord.AllowedMentions.none(), **options)
        self.server = server
        self.tree = app_commands.CommandTree(self)
        self.faults: list[Exception] = []
        self.tree.on_error = self.on_fault  # type: ignore[method-assign]
        for callback in (hand_in, think, research, twice, board, upload, chatter, hidden):
            name = callback.__name__.replace("hand_in", "submit")
            command: app_commands.Command[Any, ..., Any] = app_commands.Command(
                name=name, description="Hand in", callback=callback
            )
            self.tree.add_command(command)
            if name == "submit":
                command.autocomplete("week")(weeks)
        self.tree.add_command(app_commands.ContextMenu(name="hand in this", callback=hand_in_this))

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Again)
        self.add_view(Board())
        await self.tree.set_translator(Korean())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait, as the library would, five seconds."""

    async def on_fault(self, interaction: discord.Interaction[Any], fault: Exception) -> None:
        self.faults.append(fault)


class ShardedTiny(Tiny, discord.AutoShardedClient):
    """The same, as many connections as Discord recommends."""


@asynccontextmanager
async def running(server: Discord, **options: Any) -> AsyncIterator[Tiny]:
    """The bot, logged in and listening."""
    kind = ShardedTiny if options.pop("sharded", False) else Tiny
    async with kind(server, **options) as bot:
        task = asyncio.create_task(bot.start(server.world.token))
        waits = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait({task, waits}, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task
        assert waits.done(), "the bot is not ready within 5 s"
        yield bot
        await bot.close()
        await task
