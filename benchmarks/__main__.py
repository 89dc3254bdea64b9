"""Measure everything and write docs/benchmarks.md; exits 1 where a target was missed."""

import sys
from pathlib import Path

from benchmarks import in_one, on_discord, on_slack, startup, submit
from benchmarks.table import page

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def main() -> int:
    """Measure, show and write."""
    parts = [startup.part(), submit.part(), in_one.part(), on_discord.part(), on_slack.part()]
    text = page(parts)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    return int(any(figure.met is False for part in parts for figure in part.figures))


if __name__ == "__main__":
    sys.exit(main())
