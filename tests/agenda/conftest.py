"""The databases that these tests meet, and what is logged meanwhile."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from tests.store import migrated_database, migrated_file, runner, store_url

__all__ = ["migrated_database", "migrated_file", "runner", "store_url"]


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """Give what is logged, instead of writing it out."""
    with capture_logs() as seen:
        yield seen
