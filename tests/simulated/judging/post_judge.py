"""What was posted: each message once; at the end all that was wanted, or its owner knows."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from bot.sandbox.model.messages import Message
from tests.simulated.judging.evidence import DatabaseFile

WHO_MATTERS = ("wave", "edition")
QUERY = (
    "select post.key, post.kind, post.state, post.error, post.part, post.slack_ts from post"
    " left join post as parent on parent.ref = post.ref and parent.part = 0"
    " where post.part = 0 or parent.slack_ts is not null"
)


class PostJudge:
    """Compares the outbox with what Slack has been given, by the key that goes with each message."""

    def __init__(self, file: DatabaseFile, find: Callable[[str, str], None]) -> None:
        self._file, self._find = file, find
        self.times: Counter[str] = Counter()
        self.first: dict[str, datetime] = {}
        self._ts: dict[str, str] = {}
        self._said: dict[str, str] = {}

    def posted(self, at: datetime, message: Message) -> None:
        """A message stands in Slack."""
        if message.metadata is None:
            return
        key = message.metadata["event_payload"]["key"]
        self.times[key] += 1
        self.first.setdefault(key, at)
        self._ts[key], self._said[key] = message.ts, message.text
        if self.times[key] > 1:
            self._find("posted twice", key)

    def look_at_the_end(self) -> None:
        """All was sent, or nobody knows and its owner reads of that very message."""
        rows = self._file.rows(QUERY)
        states = {key: state for key, _, state, *_ in rows}
        for key, kind, state, error, part, slack_ts in rows:
            if state in ("pending", "sending"):
                self._find("never sent", f"{key}: {state}, {error}")
            elif state == "unknown" and part == 0 and kind in WHO_MATTERS:
                self._look_at_notice(key, error, states.get(f"unknown/{key}"))
            elif state == "failed":
                self._find("refused", f"{key}: {error}")
            elif state == "sent" and self._ts.get(key) != slack_ts:
                self._find("not where it is said to be", f"{key}: {slack_ts}")

    def _look_at_notice(self, key: str, error: str, state: str | None) -> None:
        """Whether its owner was told; a notice whose own answer was lost may be there or not."""
        said = self._said.get(f"unknown/{key}", "")
        if state != "unknown" and "did not say whether" not in said:
            self._find("lost and not told", f"{key}: {error}, its notice is {state}")
