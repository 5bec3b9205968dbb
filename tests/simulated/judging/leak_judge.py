"""What may stand nowhere: a comment, a token or a user id in the log, a user id in the file."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.simulated.judging.evidence import SECRET, DatabaseFile

PERSON = re.compile(r"U0P\d\d")
SECRETS = re.compile(rf"{PERSON.pattern}|zq(?:atlas|borea)|xoxb-|{re.escape(SECRET)}")
OURS = ("bot", "handlers", "jobs", "storage")


class _Reader(logging.Handler):
    """Reads each line of the log as it would be written."""

    def __init__(self, find: Callable[[str, str], None]) -> None:
        super().__init__(logging.INFO)
        self._find, self._form = find, logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        line = self._form.format(record)
        if found := SECRETS.search(line):
            self._find("told in the log", f"{found[0]} in {record.name}: {record.getMessage()}")


@contextmanager
def log_read(find: Callable[[str, str], None]) -> Iterator[None]:
    """Has every line that the bot logs read meanwhile; elsewhere it is seen only where it would be anyway."""
    reader, ours = _Reader(find), [logging.getLogger(name) for name in OURS]
    is_shown = logging.getLogger().isEnabledFor(logging.INFO)
    for logger in ours:
        logger.addHandler(reader)
        logger.setLevel(logging.INFO)
        logger.propagate = is_shown
    try:
        yield
    finally:
        for logger in ours:
            logger.removeHandler(reader)
            logger.setLevel(logging.NOTSET)
            logger.propagate = True


def look_at_bytes(path: Path, file: DatabaseFile, find: Callable[[str, str], None]) -> None:
    """No byte of the file or its journal names anybody but those who lead something."""
    leads = {
        found
        for (text,) in file.rows("select leads from pulse union all select leads from digest")
        for found in PERSON.findall(text)
    }
    for each in path.parent.glob(f"{path.name}*"):
        named = {found.decode() for found in re.findall(PERSON.pattern.encode(), each.read_bytes())}
        for user in sorted(named - leads):
            find("a user id in the file", f"{user} in {each.name}")
