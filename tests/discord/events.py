"""What the gateway tells, and who may hear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.discord.problems import Json

if TYPE_CHECKING:
    from tests.discord.places import Guild

GUILDS, MEMBERS, PRESENCES, MESSAGES, DIRECT_MESSAGES, CONTENT = (
    1 << 0,
    1 << 1,
    1 << 8,
    1 << 9,
    1 << 12,
    1 << 15,
)
PRIVILEGED = MEMBERS | PRESENCES | CONTENT


@dataclass(frozen=True)
class Event:
    """Something that happened: told to sessions of the guild's shard that have the intent (0: to all)."""

    name: str
    data: Json
    guild: Guild | None = None
    intent: int = 0
    bare: Json | None = None
    """What is told instead to those who may not read what people write."""
