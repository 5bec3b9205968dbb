"""What the judge reads: the file of the database as it is now, and the log of the fake Slack."""

import hashlib
import hmac
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox import FakeSlack
from bot.sandbox.model.feed import Event

TEAM = "T0SANDBOX"
SECRET = "0123456789abcdef-simulated"


class DatabaseFile:
    """Reads the file by SQL of its own, past all code of the bot."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What is committed at this moment."""
        return self._database.execute(query, values).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def answer(self, wave_id: str, user_id: str) -> tuple[int, datetime] | None:
        """The point that the file holds of a person in a wave, and when it was chosen."""
        query = "select point, clicked_at from rating where wave_id = ? and respondent = ? and item = 1"
        found = self.rows(query, wave_id, respondent(user_id))
        return (found[0][0], moment(found[0][1])) if found else None


def respondent(user_id: str) -> str:
    """The key under which answers without names are kept, made as the papers say."""
    return hmac.new(SECRET.encode(), f"{TEAM}{user_id}".encode(), hashlib.sha256).hexdigest()


def moment(text: str) -> datetime:
    """A moment as the file has it."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Log:
    """The log of the fake Slack, read once, and the fingerprint of all that happened."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self._read = 0
        self._hash = hashlib.sha256()

    def news(self) -> Iterator[Event]:
        """What happened since it was asked last."""
        while self._read < len(self._slack.feed):
            event = self._slack.feed[self._read]
            self._read += 1
            self._add(event.at.isoformat(), event.kind, event.facts)
            yield event

    def note(self, kind: str, at: datetime, **facts: Any) -> None:
        """Something that was done to the bot, which no log of Slack's has."""
        self._add(at.isoformat(), kind, facts)

    def _add(self, *what: Any) -> None:
        self._hash.update(json.dumps(what, sort_keys=True, default=str).encode())

    @property
    def fingerprint(self) -> str:
        """The same for two runs in which the same happened at the same moments."""
        return self._hash.hexdigest()[:16]
