"""The runner: owns every transaction; services only take part in one."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence, Sized
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.rules.refusal import Refused
from db.engine import file_of, reading_engine, writing_engine

Session = AsyncSession
TOGETHER_AT_MOST = 64
COMPANY = 0.008
"""Seconds without somebody new after which those who wait are no longer kept waiting for more."""

LOOKS = 8
"""How often it is looked meanwhile whether all are there."""

P = ParamSpec("P")
R = TypeVar("R")
I = TypeVar("I")  # noqa: E741 - an item
Many = Callable[[Session, Sequence[Any]], Awaitable[Sequence[Any]]]


class Runner:
    """Runs services in transactions: one writer on SQLite, readers beside it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = writing_engine(url)
        self._reader = reading_engine(url)
        self._writes = async_sessionmaker(self._engine, expire_on_commit=False)
        reads = self._reader or self._engine.execution_options(postgresql_readonly=True)
        self._reads = async_sessionmaker(reads, expire_on_commit=False)
        self._one_writer = asyncio.Lock() if file_of(url) else None
        self._queues: dict[Many, deque[tuple[Any, asyncio.Future[Any]]]] = {}
        self._draining: dict[Many, asyncio.Task[None]] = {}
        self._listeners: list[Callable[[], None]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Finish what waits and let the connections go; the driver's threads keep a process alive."""
        while self._draining:
            await asyncio.gather(*self._draining.values())
        await self._engine.dispose()
        if self._reader:
            await self._reader.dispose()

    def after_commit(self, listener: Callable[[], None]) -> None:
        """Have something told after every commit of a write."""
        self._listeners.append(listener)

    async def run(
        self,
        service: Callable[Concatenate[Session, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a service in a transaction of its own: all of it is kept, or nothing."""
        if self._one_writer is None:
            result = await self._transact(service, *args, **kwargs)
        else:
            async with self._one_writer:
                result = await self._transact(service, *args, **kwargs)
        for listener in self._listeners:
            listener()
        return result

    async def _transact(
        self,
        service: Callable[Concatenate[Session, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        async with self._writes() as session, session.begin():
            return await service(session, *args, **kwargs)

    async def read(
        self,
        service: Callable[Concatenate[Session, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a service that only reads, beside the writer."""
        async with self._reads() as session, session.begin():
            return await service(session, *args, **kwargs)

    async def together(
        self, many: Callable[[Session, Sequence[I]], Awaitable[Sequence[R | Refused]]], item: I
    ) -> R:
        """Run an item of a hot use case with all that waits beside it, in one transaction.

        A refusal or a fault concerns only the item that it came from.
        """
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(many, deque()).append((item, future))
        if many not in self._draining:
            self._draining[many] = asyncio.create_task(self._drain(many))
        return await future

    async def _drain(self, many: Many) -> None:
        queue = self._queues[many]
        try:
            while queue:
                batch = [queue.popleft() for _ in range(min(len(queue), TOGETHER_AT_MOST))]
                await self._settle(many, batch)
                if len(batch) > 1:
                    await _company(queue, len(batch))
        finally:
            del self._draining[many]

    async def _settle(self, many: Many, batch: list[tuple[Any, asyncio.Future[Any]]]) -> None:
        try:
            results = await self.run(many, [item for item, _ in batch])
        except Exception as fault:
            if len(batch) == 1:
                _answer(batch[0][1], fault)
                return
            for one in batch:
                await self._settle(many, [one])
            return
        for (_, future), result in zip(batch, results, strict=True):
            _answer(future, result)


async def _company(queue: Sized, answered: int) -> None:
    """Wait for more, where several came at once: a transaction for all is cheaper than two for halves.

    Those who were answered and those who wait are likely to be all there are.
    """
    enough, waiting, looks = min(answered + len(queue), TOGETHER_AT_MOST), len(queue), LOOKS
    while waiting < enough and looks:
        await asyncio.sleep(COMPANY / LOOKS)
        looks = looks - 1 if waiting == len(queue) else LOOKS
        waiting = len(queue)


def _answer(future: asyncio.Future[Any], result: Any) -> None:
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
