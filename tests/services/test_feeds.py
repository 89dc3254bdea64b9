"""Addresses of calendars, whatever is asked for."""

import asyncio

import pytest

from bot.services import feeds
from db import Runner
from tests.store import founded


@pytest.mark.parametrize("token", ["\0", "", "x" * 10_000, "한", "' OR 1=1"])
async def test_an_address_that_cannot_be_is_nobody_s(runner: Runner, token: str) -> None:
    assert await runner.read(feeds.whose, token) is None


async def test_who_asks_twice_at_once_has_one_address(runner: Runner) -> None:
    group = await founded(runner)
    asked = [runner.run(feeds.given, group.caller("구미진")) for _ in range(4)]
    (token,) = set(await asyncio.gather(*asked))
    assert await runner.read(feeds.address, group.caller("구미진")) == token
