"""People who talk to the bot in one language: commands, forms and buttons as they are called there."""

from dataclasses import dataclass
from typing import Any

from bot.texts import command_name, plain
from tests.platforms.scene import COMMANDS, BaseTalk
from tests.slack.model import Message
from tests.slack.people import Person
from tests.slack.scene import Scene
from tests.slack.surfaces import View


@dataclass
class Talk(BaseTalk[Person, Message]):
    """A scene in which everybody types and presses in the language that they read."""

    scene: Scene

    async def types(self, name: str, line: str, /, **given: Any) -> Message:
        """Type a command, its options by name, and wait for the private answer."""
        said = await self.person(name).types(self.scene.channel, self._typed(line, given))
        assert said.is_ephemeral, f"everybody sees the answer to {line}, or it is a form"
        return said.reply

    async def presses(self, name: str, message: Message, button: str, **values: Any) -> Message:
        """Press a button by its key in the catalogues, and send the form that it may open."""
        person = self.person(name)
        said = await person.presses(message, plain(self.language, f"button-{button}"))
        return await self._sends(person, said.modal, values) if said.modal else said.reply

    async def fills(self, name: str, line: str, /, **given: Any) -> Message:
        """Type a command without what it needs, and send the form that asks for it."""
        person = self.person(name)
        said = await person.types(self.scene.channel, self._typed(line, {}))
        assert said.modal is not None, said.text
        return await self._sends(person, said.modal, given)

    def _typed(self, line: str, given: dict[str, Any]) -> str:
        for option in given:
            assert COMMANDS[line].option(option), f"{line} has no option {option}"
        options = [f'{option}="{value}"' for option, value in given.items()]
        return " ".join([f"/{command_name(line, self.language)}", *options])

    async def _sends(self, person: Person, view: View, values: dict[str, Any]) -> Message:
        before = len(self._private(person))
        await person.fills(view, values)
        await self.scene.platform.until(lambda: len(self._private(person)) > before)
        return self._private(person)[-1]

    def _private(self, person: Person) -> list[Message]:
        return [x for x in person.sees(self.scene.channel) if x.is_ephemeral] + person.inbox
