"""The gateway's sessions: what each may hear, what it was told, and what it has to be told again."""

from __future__ import annotations

import asyncio
import importlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord.events import CONTENT, Event
from tests.discord.problems import Json

if TYPE_CHECKING:
    from tests.discord.places import Guild

Squeeze = Callable[[bytes], bytes]


def squeezing(how: str | None) -> Squeeze | None:
    """How a connection's texts are compressed: as one stream, each text flushed."""
    if how == "zlib-stream":
        stream = zlib.compressobj()
        return lambda text: stream.compress(text) + stream.flush(zlib.Z_SYNC_FLUSH)
    if how == "zstd-stream":
        zstd = importlib.import_module("compression.zstd").ZstdCompressor()
        return lambda text: bytes(zstd.compress(text, mode=zstd.FLUSH_BLOCK))
    return None


@dataclass(eq=False)
class Line:
    """One connection, written to by one task, in order."""

    socket: web.WebSocketResponse
    squeeze: Squeeze | None
    waiting: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    session: Session | None = None
    transport: asyncio.Transport | None = None
    heard_at: list[float] = field(default_factory=list)
    beats: int = 0
    """Heartbeats heard on it."""

    def send(self, op: int, data: Any = None, *, number: int | None = None, name: str | None = None) -> None:
        """Say something, soon."""
        self.waiting.put_nowait({"op": op, "d": data, "s": number, "t": name})

    async def write(self) -> None:
        """Write what there is to say, until there is no more or the connection ends."""
        while (said := await self.waiting.get()) is not None:
            text = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
            try:
                if self.squeeze:
                    await self.socket.send_bytes(self.squeeze(text.encode()))
                else:
                    await self.socket.send_str(text)
            except ConnectionError:
                return


@dataclass(eq=False)
class Session:
    """What one IDENTIFY began; it outlives its connections."""

    id: str
    intents: int
    shard: tuple[int, int]
    properties: Json
    line: Line | None = None
    sequence: int = 0
    told: list[tuple[int, str, Json]] = field(default_factory=list)
    resumed: int = 0
    """How often it was taken up again."""

    @property
    def is_connected(self) -> bool:
        """Whether somebody listens."""
        return self.line is not None

    def concerns(self, guild: Guild | None) -> bool:
        """Whether a guild is of this session's shard; what is direct is the first one's."""
        number, count = self.shard
        return (guild.id >> 22) % count == number if guild else number == 0

    def hear(self, event: Event) -> None:
        """Tell of an event, if it may be heard; keep it for who has lost the connection."""
        if event.intent and not self.intents & event.intent:
            return
        if self.concerns(event.guild):
            hidden = event.bare is not None and not self.intents & CONTENT
            self.tell(event.name, event.bare if hidden and event.bare else event.data)

    def tell(self, name: str, data: Json) -> None:
        """Tell something, as the next in order."""
        self.sequence += 1
        self.told.append((self.sequence, name, data))
        if self.line:
            self.line.send(0, data, number=self.sequence, name=name)

    def repeat(self, after: int) -> None:
        """Tell again what was not heard."""
        assert self.line is not None
        for number, name, data in self.told:
            if number > after:
                self.line.send(0, data, number=number, name=name)
