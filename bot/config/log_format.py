"""What a line of the log looks like, and which lines there are: text, or one JSON object a line."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import MemoryHandler

import msgspec

QUIET = ("slack_sdk", "slack_bolt", "apscheduler", "alembic", "aiohttp", "sqlalchemy")
"""Libraries that log bodies and comments, or every step: they may only warn."""
TEXT = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
MOST_HELD = 1000  # lines


class JSONFormatter(logging.Formatter):
    """An object a line: time (UTC), level, place, text, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, in one line whatever stands in it."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


@contextmanager
def held_log() -> Iterator[None]:
    """Keep what is logged until `set_up_logging` says how it looks; where nothing does, it comes as text."""
    held = MemoryHandler(MOST_HELD, logging.CRITICAL + 1, _to_standard_error("text"))
    _log_to(held)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(held)
        held.close()


def set_up_logging(how: str = "text", level: str = "info") -> None:
    """Log to standard error, as "text" or "json", from that level on; what was held before comes first."""
    root, handler = logging.getLogger(), _to_standard_error(how)
    held = [each for each in root.handlers if isinstance(each, MemoryHandler)]
    root.setLevel(level.upper())
    _log_to(handler)
    for each in held:
        each.buffer = [record for record in each.buffer if record.levelno >= root.level]
        each.setTarget(handler)
        each.close()
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _log_to(handler: logging.Handler) -> None:
    root = logging.getLogger()
    for each in [each for each in root.handlers if type(each) in {MemoryHandler, logging.StreamHandler}]:
        root.removeHandler(each)
    root.addHandler(handler)


def _to_standard_error(how: str) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONFormatter() if how == "json" else TEXT)
    return handler
