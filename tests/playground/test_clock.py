"""The playground's clock over its JSON interface: where it goes, and where it refuses to."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.commands.command import Commands
from bot.config import Database, Settings
from bot.config import Playground as PlaygroundSettings
from bot.house import House
from tests.playground.conftest import Playground


async def refused(playground: Playground, to: object) -> tuple[int, str]:
    """Ask for a step that is refused; the status and why."""
    before = playground.house.now()
    response = await playground.post("clock", to=to)
    assert response.status_code in (400, 409), response.text
    assert list(response.json()) == ["error"]
    if playground.house.is_virtual:
        assert playground.house.now() == before
    return response.status_code, response.json()["error"]


async def test_it_goes_to_an_instant_with_any_offset(sample: Playground) -> None:
    assert await sample.until("2022-04-06T09:00:00+09:00") == "2022-04-06T00:00:00+00:00"
    assert await sample.until("2022-04-06T00:00:01Z") == "2022-04-06T00:00:01+00:00"
    assert await sample.until("2022-04-05T20:00:02.5-04:00") == "2022-04-06T00:00:02.500000+00:00"
    assert (await sample.client.get("/api/channel")).json()["now"] == "2022-04-06T00:00:02.500000+00:00"


async def test_it_stays_where_it_is_told_to(sample: Playground) -> None:
    now = await sample.until("2022-04-06T09:00:00+09:00")
    assert await sample.until(now) == now


async def test_next_comes_to_each_moment_after_it_has_run(sample: Playground) -> None:
    moments = [await sample.until("next") for _ in range(7)]
    assert moments == [
        "2022-04-05T15:00:00+00:00",  # week 1 opens
        "2022-04-11T15:00:00+00:00",  # a day before it is due
        "2022-04-12T12:00:00+00:00",  # three hours before
        "2022-04-12T15:00:10+00:00",  # it is due, the break begins
        "2022-04-13T00:00:00+00:00",  # three hours before it closes
        "2022-04-13T03:00:10+00:00",  # it is closed
        "2022-04-26T15:00:00+00:00",  # the break ends, week 2 opens
    ]
    told = [message["text"].splitlines()[0] for message in await sample.channel()][2:]
    assert told == [
        "1주차 · Fundamentals 질문",
        "1주차 · Fundamentals 시작",
        "1주차 · Fundamentals 마감",
        "1주차 · Fundamentals 결과",
        "2주차 질문",
        "휴식이 끝났어요",
    ]


async def test_one_jump_tells_the_same_as_many_steps(sample: Playground) -> None:
    steps = [await sample.until("next") for _ in range(14)]
    stepped = await sample.channel()
    await sample.done("sample")
    assert await sample.until(steps[-1]) == steps[-1]
    assert await sample.channel() == stepped


async def test_it_does_not_go_back(sample: Playground) -> None:
    assert await refused(sample, "2022-04-05T11:59:59Z") == (
        409,
        "The clock does not go back. Start over instead.",
    )


async def test_it_goes_no_farther_than_three_years_at_once(sample: Playground) -> None:
    for to in ("2025-05-01T00:00:00Z", "9999-12-31T23:59:59Z"):
        assert await refused(sample, to) == (409, "Three years at once is the most.")


async def test_a_real_clock_is_not_moved(playground: Playground) -> None:
    for to in ("2099-01-01T00:00:00Z", "2000-01-01T00:00:00Z"):
        assert (await refused(playground, to))[0] == 409
    assert (await refused(playground, "2099-01-01T00:00:00Z"))[1].startswith("A real clock cannot be moved.")
    assert (await refused(playground, "next"))[0] == 409


async def test_what_is_no_instant_is_refused(sample: Playground) -> None:
    naive = ["2022-04-07", "2022-04-07T00:00:00", "2022-04-07 00:00"]
    garbage = [
        "",
        " ",
        "soon",
        "NEXT",
        "2022-04-31T00:00:00Z",
        "1649286000",
        "٢٠٢٢-04-07T00:00:00Z",
        "\ud800",
        "\0",
    ]
    odd = ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2022-04-07T24:00:00Z", "2022-W14-4"]
    others: list[object] = [None, 3, [], {}]
    for to in [*naive, *garbage, *odd, *others]:
        assert (await refused(sample, to))[0] in (400, 409), to
    assert (await refused(sample, naive[1]))[1] == "to is an ISO instant with an offset, or next"


async def test_two_steps_at_once_are_one_after_the_other(sample: Playground) -> None:
    to = "2022-04-13T12:00:10+09:00"
    first, second = await asyncio.gather(sample.until(to), sample.until(to))
    assert first == second
    assert len([message for message in await sample.channel() if "결과" in message["text"]]) == 1


async def test_a_virtual_one_can_be_configured(file: Path) -> None:
    settings = Settings(
        database=Database(url=f"sqlite:///{file}"), playground=PlaygroundSettings(clock="virtual")
    )
    house = House(settings, Commands.in_package("cogs"))
    await house.open()
    playground = Playground(house)
    try:
        now = house.now()
        await playground.says("Anna", f"/study start 모임 {now:%Y-%m-%d} 2")
        await playground.until((now + timedelta(days=300)).isoformat())
        assert (await playground.channel())[-1]["text"].startswith("2주차 결과\n결석: Anna (4,000원)")
        assert await refused(playground, "next") == (409, "Nothing is planned any more.")
    finally:
        await house.close()
