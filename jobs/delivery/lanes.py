"""How many messages may be begun at a moment: rooms, budgets and rests, as functions of a clock. Pure.

Each kind of call has a lane of its own, so one that hangs stops no other. A channel gets one new message a
second. Of `chat.update` most is for counts, which come evenly; the rest is kept for what may not wait.
"""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta

from storage.records import Lane, Post

Key = tuple[str, str]
Channel = tuple[str, str]
AT_ONCE: Mapping[Lane, int] = {
    Lane.POSTS: 32,
    Lane.NOTICES: 8,
    Lane.CHANGES: 4,
    Lane.DELETIONS: 4,
    Lane.RENEWALS: 4,
}
MOST_POSTS = 160  # in flight, those that hang with them
HANGS = timedelta(seconds=2)  # a post that has taken longer makes room for another
METHODS: Mapping[Lane, str] = {
    Lane.POSTS: "chat.postMessage",
    Lane.NOTICES: "chat.postMessage",
    Lane.CHANGES: "chat.update",
    Lane.DELETIONS: "chat.delete",
    Lane.RENEWALS: "chat.update",
}
POSTING = (Lane.POSTS, Lane.NOTICES)
PACE = timedelta(seconds=1)  # after a new message in a channel
MINUTE = timedelta(minutes=1)
RESTS = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900))
COUNTS_A_MINUTE = 40.0  # renewals of counts; Slack takes 50 updates
RESERVE = 10.0  # updates that counts leave to closes and editions
FEWEST_A_MINUTE = 20.0
BELOW_LIMIT = 0.9  # of what Slack has taken in the minute before it said "too many"
ROUNDING = 1e-6
REMEMBERED = timedelta(minutes=10)  # how long such a limit is believed


def rest_of(waiting: int) -> timedelta:
    """How long the count of a message is not renewed again, where so many messages wait for that."""
    needed = timedelta(minutes=waiting / COUNTS_A_MINUTE)
    return next((rest for rest in RESTS if needed <= rest), RESTS[-1])


class Budget:
    """Room for calls that comes back evenly: `size` at once, `a_minute` in the long run."""

    def __init__(self, size: float, a_minute: float) -> None:
        self._size = self._left = size
        self._rate = a_minute / 60
        self._at: datetime | None = None

    def room(self, now: datetime, *, kept: float = 0.0) -> int:
        """How many calls may be begun, so many `kept` for others."""
        return int(self.left(now) - kept + ROUNDING)

    def left(self, now: datetime) -> float:
        """The same with parts of a call; a clock set back brings none."""
        passed = max(0.0, (now - self._at).total_seconds()) if self._at else 0.0
        self._left, self._at = min(self._size, self._left + passed * self._rate), now
        return self._left

    def take(self, now: datetime) -> None:
        """A call is begun."""
        self._left = self.left(now) - 1

    def wait(self, now: datetime) -> timedelta:
        """How long until there is room for one call."""
        return timedelta(seconds=max(0.0, (1 - self.left(now)) / self._rate))


class Lanes:
    """What is in flight in each lane, which channels rest, and what Slack has said of its limits."""

    def __init__(self) -> None:
        self._flying: dict[Key, tuple[Lane, Channel, datetime]] = {}
        self._rests: dict[Channel, datetime] = {}  # until when
        self._updates = Budget(20, 50)
        self._counts = Budget(AT_ONCE[Lane.RENEWALS], COUNTS_A_MINUTE)
        self._deletions = Budget(20, 50)
        self._posts: Budget | None = None  # as long as Slack's limit for the workspace is not known
        self._a_minute = 0.0
        self._limited_at: datetime | None = None
        self._taken: deque[datetime] = deque()  # when Slack has taken the posts of the last minute
        self._doubt: tuple[datetime, Channel] | None = None
        self._probe: Key | None = None

    @property
    def in_flight(self) -> set[Key]:
        """The messages on their way, by team and key."""
        return set(self._flying)

    def room(self, lane: Lane, now: datetime) -> int:
        """How many messages of a lane may be begun."""
        flying = [begun for other, _, begun in self._flying.values() if other is lane]
        if lane is not Lane.POSTS:
            room = AT_ONCE[lane] - len(flying)
        else:
            young = sum(now - begun < HANGS for begun in flying)
            room = min(AT_ONCE[lane] - young, MOST_POSTS - len(flying))
        return max(0, min(room, self._budgeted(lane, now)))

    def left_out(self, now: datetime) -> set[Channel]:
        """The channels that get no new message now: one is on its way there, or they rest."""
        self._rests = {channel: until for channel, until in self._rests.items() if until > now}
        return {channel for lane, channel, _ in self._flying.values() if lane in POSTING} | set(self._rests)

    def begin(self, lane: Lane, post: Post, now: datetime) -> None:
        """A message is on its way."""
        key = post.team_id, post.key
        self._flying[key] = lane, (post.team_id, post.channel_id), now
        if lane is Lane.DELETIONS:
            self._deletions.take(now)
        elif lane not in POSTING:
            self._updates.take(now)
            if lane is Lane.RENEWALS:
                self._counts.take(now)
        else:
            if self._posts:
                self._posts.take(now)
            if self._doubted(now):
                self._probe = key

    def end(self, post: Post) -> None:
        """It is over, however it went."""
        key = post.team_id, post.key
        self._flying.pop(key, None)
        if self._probe == key:
            self._probe = None

    def posted(self, post: Post, now: datetime) -> None:
        """Slack has taken a new message: its channel rests. One sent to find out clears the others."""
        self._rests[post.team_id, post.channel_id] = now + PACE
        self._taken.append(now)
        while self._taken and now - self._taken[0] > MINUTE:
            self._taken.popleft()
        if self._probe == (post.team_id, post.key):
            self._doubt = self._probe = None

    def rest(self, post: Post, wait: timedelta, now: datetime) -> None:
        """A new message is tried again after so long; what comes after it in its channel waits with it."""
        channel = post.team_id, post.channel_id
        self._rests[channel] = max(now + wait, self._rests.get(channel, now))

    def limited(self, post: Post, wait: timedelta, now: datetime) -> bool:
        """Slack has said "too many" to a new message; whether it means all channels, as far as is known.

        Of one channel nobody knows that. So one message is sent to another: it goes through, or it tells.
        """
        channel, until = (post.team_id, post.channel_id), now + wait
        self._rests[channel] = until
        if self._begun_before_limit(post):
            return True
        doubt = self._doubted(now)
        if doubt is None:
            self._doubt = until, channel
            return False
        if doubt[1] == channel:
            self._doubt = max(until, doubt[0]), channel
            return False
        self._doubt = None
        self._learn(now)
        return True

    def wait(self, now: datetime) -> timedelta | None:
        """How long until time alone lets more begin; None where time holds nothing up."""
        waits = [until - now for until in self._rests.values() if until > now]
        budgets = (self._counts, self._updates, self._deletions, self._posts)
        waits += [wait for budget in budgets if budget and (wait := budget.wait(now))]
        return min(waits, default=None)

    def _doubted(self, now: datetime) -> tuple[datetime, Channel] | None:
        if self._doubt and now >= self._doubt[0]:
            self._doubt = None
        return self._doubt

    def _begun_before_limit(self, post: Post) -> bool:
        """Whether a message was on its way when the limit was learnt: its refusal says nothing new of it."""
        flying = self._flying.get((post.team_id, post.key))
        return bool(flying and self._limited_at and flying[2] <= self._limited_at)

    def _budgeted(self, lane: Lane, now: datetime) -> int:
        if lane is Lane.DELETIONS:
            return self._deletions.room(now)
        if lane is Lane.CHANGES:
            return self._updates.room(now)
        if lane is Lane.RENEWALS:
            return min(self._counts.room(now), self._updates.room(now, kept=RESERVE))
        if self._doubted(now):
            return 0 if self._probe else 1
        if self._limited_at and now - self._limited_at > REMEMBERED:
            self._posts = self._limited_at = None
        return self._posts.room(now) if self._posts else MOST_POSTS

    def _learn(self, now: datetime) -> None:
        """The limit of the workspace: what Slack took within the last minute, and a little less each time."""
        taken = sum(now - at <= MINUTE for at in self._taken)
        known = self._a_minute if self._posts else float(taken)
        self._a_minute = max(FEWEST_A_MINUTE, known * BELOW_LIMIT)
        self._posts = Budget(2, self._a_minute)
        self._limited_at = now
