"""What Slack has told, remembered for a while."""

from datetime import datetime, timedelta
from typing import Generic, TypeVar

Answer = TypeVar("Answer")
Key = tuple[str, ...]


class Cache(Generic[Answer]):
    """At most `most` answers, each kept for `age` after it was told. Keys begin with the team."""

    def __init__(self, *, most: int, age: timedelta) -> None:
        self._most = most
        self._age = age
        self._told: dict[Key, tuple[datetime, Answer]] = {}  # in the order in which they were told

    def put(self, key: Key, answer: Answer, *, now: datetime) -> Answer:
        """Remember an answer, and forget what is too old or too much; gives the answer."""
        self._told.pop(key, None)
        self._told[key] = (now, answer)
        while self._told:
            oldest = next(iter(self._told))
            if len(self._told) <= self._most and now - self._told[oldest][0] < self._age:
                break
            del self._told[oldest]
        return answer

    def get(self, key: Key, *, now: datetime, fresh: timedelta | None = None) -> tuple[Answer] | None:
        """The answer, alone in a tuple, if it was told less than `fresh` ago (else `age`); None if not."""
        told = self._told.get(key)
        if told is None or now - told[0] >= (fresh or self._age):
            return None
        return (told[1],)

    def __len__(self) -> int:
        return len(self._told)
