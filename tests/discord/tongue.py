"""People who talk to the bot in one language: commands, options and buttons as they are called there."""

from dataclasses import dataclass
from typing import Any

from bot.texts import command_name, plain
from tests.discord.interactions import Interaction
from tests.discord.model import Message
from tests.discord.people import Person
from tests.discord.places import Channel
from tests.discord.scene import Scene
from tests.platforms.scene import COMMANDS, BaseTalk


@dataclass
class Talk(BaseTalk[Person, Message]):
    """A scene in which everybody types and presses in the language that they read."""

    scene: Scene

    async def types(
        self, name: str, line: str, /, *, place: Channel | None = None, **given: Any
    ) -> Interaction:
        """Type a command, its options by their English names, and wait for the private answer."""
        typed = {self._option(line, option): value for option, value in given.items()}
        place = place or self.scene.channel
        said = await self.person(name).types(place, command_name(line, self.language), **typed)
        assert said.modal or said.is_ephemeral, f"everybody sees the answer to {line}"
        return said

    async def presses(self, name: str, message: Message, button: str, **values: Any) -> Interaction:
        """Press a button by its key in the catalogues, and send the form that it may open."""
        label = plain(self.language, f"button-{button}")
        said = await self.person(name).presses(message, label)
        return await self.person(name).sends_modal(said, **values) if values else said

    async def fills(self, name: str, line: str, /, **given: Any) -> Interaction:
        """Type a command without its long text, and send the form that asks for it."""
        asked = await self.types(name, line)
        return await self.person(name).sends_modal(asked, **given)

    def _option(self, line: str, name: str) -> str:
        option = COMMANDS[line].option(name)
        assert option is not None or name == "file", f"{line} has no option {name}"
        return plain(self.language, option.key if option else "door-file")
