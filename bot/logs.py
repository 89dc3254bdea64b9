"""How it is logged."""

import logging
import sys
from typing import Any, Literal

import structlog


def set_up_logging(least: str, form: Literal["text", "json"]) -> None:
    """Log to stderr what is of a level or above it, as text or as JSON lines."""
    level = logging.getLevelNamesMapping()[least.upper()]
    logging.basicConfig(level=max(level, logging.WARNING), format="%(levelname)s %(message)s")
    shown: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if form == "json":
        shown += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        plainly = structlog.dev.plain_traceback  # its own shows the values of variables, tokens too
        shown.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plainly))
    structlog.configure(
        processors=shown,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
