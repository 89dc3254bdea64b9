"""Who may talk to the playground: its own pages, and programs of this machine."""

import pytest

from tests.playground.conftest import Playground

OURS = [
    "127.0.0.1:8000",
    "127.0.0.1",
    "localhost",
    "localhost:8000",
    "LOCALHOST:65535",
    "[::1]",
    "[::1]:8000",
]
FOREIGN = [
    "example.org",
    "example.org:8000",
    "127.0.0.1.example.org",
    "localhost.example.org:8000",
    "localhost:8000@example.org",
    "example.org#localhost",
    "192.168.0.2:8000",
    "0.0.0.0:8000",
    "[::2]:8000",
    "[::1",
    "",
    "local host",
    "127.1",
]
PATHS = ["/", "/look", "/api/channel", "/static/page.css", "/api/nothing"]


@pytest.mark.parametrize("host", OURS)
async def test_this_machine_is_served_under_its_names(playground: Playground, host: str) -> None:
    for headers in ({"host": host}, {"host": host, "origin": f"http://{host}"}):
        assert (await playground.client.get("/api/channel", headers=headers)).status_code == 200
        assert (await playground.client.get("/", headers=headers)).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
async def test_a_foreign_host_is_refused_though_it_leads_here(playground: Playground, host: str) -> None:
    for path in PATHS:
        response = await playground.client.get(path, headers={"host": host})
        assert (response.status_code, response.text) == (403, "foreign Host or Origin")
    rebound = {"host": host, "origin": f"http://{host}"}
    assert (await playground.client.post("/api/sample", headers=rebound)).status_code == 403
    assert await playground.channel() == []


@pytest.mark.parametrize(
    "origin",
    [
        "http://example.org",
        "https://127.0.0.1:8000",
        "http://127.0.0.1:8001",
        "http://127.0.0.1",
        "http://localhost:8000",
        "http://127.0.0.1:8000.example.org",
        "null",
        "",
        "file://",
    ],
)
async def test_another_sites_page_is_refused(playground: Playground, origin: str) -> None:
    for path in ("sample", "say", "clock"):
        response = await playground.client.post(f"/api/{path}", headers={"origin": origin}, content=b"{}")
        assert response.status_code == 403
    assert (await playground.client.get("/api/channel", headers={"origin": origin})).status_code == 403
    assert await playground.channel() == []


async def test_its_own_page_and_a_program_without_an_origin_are_served(playground: Playground) -> None:
    own = {"origin": "http://127.0.0.1:8000"}
    assert (await playground.client.post("/api/sample", headers=own)).status_code == 200
    assert (await playground.client.post("/api/sample")).status_code == 200
