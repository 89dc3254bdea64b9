"""The store: engine, models, queries, migrations, and the runner that owns transactions."""

from db.runner import Runner, Session

__all__ = ["Runner", "Session"]
