"""Work that nobody waits for: begun at once, finished before the door is closed."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger()


class Errands:
    """What is under way; a fault in it is logged."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def begin(self, work: Coroutine[Any, Any, object]) -> None:
        """Do something besides."""
        if self._is_closed:
            work.close()
            return
        task = asyncio.create_task(_logged(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self, patience: float) -> None:
        """Begin nothing any more, and give what is under way so many seconds."""
        self._is_closed = True
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _logged(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except Exception:
        log.exception("fault besides what somebody waits for")
