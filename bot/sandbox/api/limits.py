"""How often the bot may call, by the clock: buckets that refill evenly.

Slack documents its limits at docs.slack.dev/apis/web-api/rate-limits.
"""

import math
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.model.clock import Clock


@dataclass(slots=True)
class Bucket:
    """Room for calls, `left` of it at the moment `at`."""

    left: float
    at: datetime

    def take(self, now: datetime, *, size: float, rate: float) -> int:
        """0 when there was room, else the whole seconds until there is.

        It holds `size` calls and refills by `rate` a second; a clock set back refills nothing.
        """
        passed = max(0.0, (now - self.at).total_seconds())
        self.left, self.at = min(size, self.left + passed * rate), now
        if self.left >= 1:
            self.left -= 1
            return 0
        return max(1, math.ceil((1 - self.left) / rate))


@dataclass(slots=True)
class Limits:
    """Slack's limits: each method by its tier, and one message a second in each channel.

    Slack tolerates bursts without saying how large; `burst` messages at once are let through here.
    """

    clock: Clock
    burst: int = 4
    on: bool = True
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)

    def of_method(self, method: str, a_minute: int) -> int:
        """Seconds to wait before this method may be called again, 0 for now."""
        return self._take(method, "", a_minute, a_minute / 60)

    def of_channel(self, channel_id: str) -> int:
        """Seconds to wait before a message may be posted in this channel, 0 for now."""
        return self._take("chat.postMessage", channel_id, self.burst, 1.0)

    def _take(self, method: str, channel_id: str, size: float, rate: float) -> int:
        if not self.on:
            return 0
        now = self.clock()
        bucket = self._buckets.setdefault((method, channel_id), Bucket(size, now))
        return bucket.take(now, size=size, rate=rate)
