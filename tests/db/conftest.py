"""The databases that these tests meet."""

from tests.store import migrated_database, migrated_file, runner, store_url

__all__ = ["migrated_database", "migrated_file", "runner", "store_url"]
