"""What Discord's own client lets a person type: options of the registered command, checked and resolved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.discord import payloads
from tests.discord.commands import (
    BOOLEAN,
    CHANNEL,
    FILE,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    STRING,
    SUB,
    USER,
)
from tests.discord.model import Attachment, Role, User
from tests.discord.places import Channel, Guild
from tests.discord.problems import Json

PLAIN: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}
THINGS: dict[int, tuple[type, ...]] = {
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    FILE: (Attachment,),
}

DRAWN: dict[type, tuple[str, Callable[[Any], Json]]] = {
    Channel: ("channels", payloads.channel),
    Role: ("roles", payloads.role),
    Attachment: ("attachments", payloads.attachment),
    User: ("users", payloads.user),
}


def named(thing: Json, name: str) -> bool:
    """Whether a command or option is called so, in any language."""
    return name == thing["name"] or name in (thing.get("name_localizations") or {}).values()


def one_of(things: list[Json], name: str, what: str) -> Json:
    """Find a command or option by its name in any language."""
    found = next((thing for thing in things if named(thing, name)), None)
    assert found is not None, f"there is no {what} {name!r} but {sorted(x['name'] for x in things)}"
    return found


@dataclass
class Typed:
    """The options of one command as they are typed."""

    guild: Guild | None
    resolved: Json = field(default_factory=dict)

    @property
    def told(self) -> Json:
        """What the ids stand for, as it is sent with them; left out where there are none."""
        return {"resolved": self.resolved} if self.resolved else {}

    def fill(self, command: Json, path: list[str], given: dict[str, Any]) -> list[Json]:
        """Give the options as they are sent, all required ones there and each within its bounds."""
        level = command.get("options") or []
        if path:
            inner = one_of(level, path[0], "subcommand")
            return [
                {"name": inner["name"], "type": inner["type"], "options": self.fill(inner, path[1:], given)}
            ]
        assert not any(each["type"] in {SUB, GROUP} for each in level), (
            f"{command['name']} needs a subcommand"
        )
        values = {one_of(level, name, "option")["name"]: value for name, value in given.items()}
        missing = [x["name"] for x in level if x.get("required") and values.get(x["name"]) is None]
        assert not missing, f"/{command['name']} also asks for {missing}"
        return [
            {
                "name": option["name"],
                "type": option["type"],
                "value": self._value(option, values[option["name"]]),
            }
            for option in level
            if values.get(option["name"]) is not None
        ]

    def draft(
        self, command: Json, path: list[str], focused: str, value: str, given: dict[str, Any]
    ) -> list[Json]:
        """Give the options while one of them is being typed."""
        level = command.get("options") or []
        if path:
            inner = one_of(level, path[0], "subcommand")
            within = self.draft(inner, path[1:], focused, value, given)
            return [{"name": inner["name"], "type": inner["type"], "options": within}]
        asked = one_of(level, focused, "option")
        assert asked.get("autocomplete"), f"option {focused!r} completes nothing"
        others = {one_of(level, name, "option")["name"]: each for name, each in given.items()}
        sent = [
            {"name": x["name"], "type": x["type"], "value": self._value(x, others[x["name"]])}
            for x in level
            if x["name"] in others
        ]
        return [*sent, {"name": asked["name"], "type": asked["type"], "value": value, "focused": True}]

    def _value(self, option: Json, value: Any) -> Any:
        kind, name = option["type"], option["name"]
        wanted = (PLAIN | THINGS)[kind]
        fits = isinstance(value, wanted) and (kind == BOOLEAN or not isinstance(value, bool))
        assert fits, f"option {name!r} takes {[x.__name__ for x in wanted]}, not {value!r}"
        if kind in THINGS:
            return self.resolve(value)
        measured = len(value) if kind == STRING else value
        least = option.get("min_length" if kind == STRING else "min_value")
        most = option.get("max_length" if kind == STRING else "max_value")
        assert least is None or measured >= least, f"option {name!r}: {value!r} is under {least}"
        assert measured <= (
            6000 if most is None and kind == STRING else most if most is not None else measured
        ), f"option {name!r}: {value!r} is over {most}"
        return self._chosen(option, value)

    def _chosen(self, option: Json, value: Any) -> Any:
        choices = option.get("choices")
        if not choices:
            return value
        for choice in choices:
            if value == choice["value"] or named(choice, str(value)):
                return choice["value"]
        raise AssertionError(
            f"option {option['name']!r} offers {[x['name'] for x in choices]}, not {value!r}"
        )

    def known(self, id_: str) -> User:
        """Give the person of an id, whom a picker shows before anybody is picked."""
        assert self.guild is not None, "nobody can be picked outside of a server"
        return self.guild.members[int(id_)].user

    def resolve(self, thing: Any) -> str:
        """Give what is sent for a person, channel, role or file: its id; a text stands for itself."""
        if isinstance(thing, str):
            return thing
        id_ = str(thing.id)
        key, draw = next(entry for kind, entry in DRAWN.items() if isinstance(thing, kind))
        self.resolved.setdefault(key, {})[id_] = draw(thing) | (
            {"permissions": "0"} if key == "channels" else {}
        )
        if key == "users" and self.guild and thing.id in self.guild.members:
            who = payloads.member(self.guild.members[thing.id], whole=False) | {"permissions": "0"}
            self.resolved.setdefault("members", {})[id_] = who
        return id_
