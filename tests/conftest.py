"""For every test: where it may connect, what may be skipped, which databases it meets."""

import ipaddress
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.browser import browser, page
from tests.postgres import postgres_server, postgres_url

__all__ = ["browser", "database_url", "page", "postgres_server", "postgres_url"]

# Hypothesis would pick another profile by itself where CI is set.
hypothesis.settings.register_profile(
    "default",
    max_examples=100,
    deadline=None,  # two busy cores: slow is not wrong
    derandomize=False,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "torture", hypothesis.settings.get_profile("default"), max_examples=5_000
)
hypothesis.settings.load_profile("torture" if os.environ.get("STUDYBOT_TORTURE") == "1" else "default")


def refuse_other_machines(event: str, values: tuple[Any, ...]) -> None:
    """Let nothing but loopback and unix sockets be reached or looked up."""
    if event in ("socket.connect", "socket.sendto"):
        address = values[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = values[0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        number = None
    if number is None or not (number.is_loopback or number.is_unspecified):
        raise RuntimeError(f"a test may connect to this machine alone, not to {name}")


def pytest_configure() -> None:
    """Guard the network; an audit hook also sees what libraries connect in C code of Python."""
    sys.addaudithook(refuse_other_machines)


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Make a skip a failure where everything has to run, as in CI."""
    expected = hasattr(report, "wasxfail")
    if os.environ.get("STUDYBOT_TEST_ALL") == "1" and report.skipped and not expected:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"STUDYBOT_TEST_ALL=1 allows no skipping. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """See every test's report."""
    report = yield
    fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """See every module's report: it may skip itself whole."""
    report = yield
    fail_if_skipped(report)
    return report


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty database, once as an SQLite file and once in PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'studybot.db'}"
    return str(request.getfixturevalue("postgres_url"))
