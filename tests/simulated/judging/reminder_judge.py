"""Who is reminded: once of a question, within the cap, in their hours, and not after Stop."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox import FakeSlack
from tests.simulated.judging.testimony import LONG_AGO, Testimony

IS_REMINDER = "there is no second reminder"
CAP, HOUR = timedelta(days=14), timedelta(hours=1)
SATURDAY = 5


class ReminderJudge:
    """Reads each reminder as it comes. By how much the clock of the bot is off, it may err."""

    def __init__(self, slack: FakeSlack, seen: Testimony, find: Callable[[str, str], None]) -> None:
        self._slack, self._seen, self._find = slack, seen, find
        self._last: dict[str, datetime] = {}
        self._of: dict[str, set[str]] = defaultdict(set)
        self.count = 0

    def told(self, at: datetime, user_id: str, message: Any) -> None:
        """Something that one person reads alone in a channel."""
        if IS_REMINDER not in message["text"]:
            return
        self.count += 1
        seen, wave = self._seen, message["blocks"][-1]["block_id"]
        here = at.astimezone(ZoneInfo(self._slack.workspace.users[user_id].tz))
        wrong = timedelta(0) if not seen.was_off(at, HOUR) else 2 * HOUR
        if wave in self._of[user_id]:
            self._find("reminded twice", f"{user_id} of {wave}")
        last = self._last.get(user_id, LONG_AGO)
        if at - last + wrong < CAP and not self._was_forgotten(user_id, last):
            self._find("reminded too often", f"{user_id} at {last} and {at}")
        if not wrong and (here.weekday() >= SATURDAY or not time(10) <= here.time() < time(17)):
            self._find("reminded outside of their hours", f"{user_id} at {here}")
        if seen.stopped.get(user_id, at) < at and not self._was_forgotten(user_id, seen.stopped[user_id]):
            self._find("reminded after Stop", f"{user_id} at {at}")
        self._last[user_id] = at
        self._of[user_id].add(wave)

    def _was_forgotten(self, user_id: str, since: datetime) -> bool:
        """Whether they wanted all of theirs erased since then, pauses too."""
        return self._seen.wants_gone.get(user_id, LONG_AGO) >= since
