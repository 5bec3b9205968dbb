"""What Slack hands out with an interaction for the bot to use once or a few times, and soon."""

import itertools
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.model.clock import Clock
from bot.sandbox.model.errors import RefusedError
from bot.sandbox.model.messages import Message

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass(slots=True)
class Trigger:
    """A trigger_id: whose act it came from, and in which channel or view."""

    user_id: str
    channel_id: str | None
    view_id: str | None
    issued_at: datetime
    used: bool = False


class Triggers:
    """All trigger_ids given out. Each lives 3 seconds by the clock and works once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = itertools.count(1)
        self._given: dict[str, Trigger] = {}

    def issue(self, user_id: str, *, channel_id: str | None = None, view_id: str | None = None) -> str:
        """A fresh trigger_id."""
        name = f"{next(self._count)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self._given[name] = Trigger(user_id, channel_id, view_id, self._clock())
        return name

    def spend(self, name: str) -> Trigger:
        """The trigger, used up now; RefusedError when it is unknown, used or too old."""
        trigger = self._given.get(name)
        if trigger is None:
            raise RefusedError("invalid_trigger_id")
        if trigger.used:
            raise RefusedError("exchanged_trigger_id")
        if self._clock() - trigger.issued_at > TRIGGER_LIFE:
            raise RefusedError("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass(slots=True)
class ResponseUrl:
    """A response_url. `message` is what was clicked on; a slash command has none."""

    user_id: str
    channel_id: str
    message: Message | None
    issued_at: datetime
    uses: int = 0


class ResponseUrls:
    """All response_urls given out, by path. Each lives 30 minutes by the clock and works 5 times."""

    def __init__(self, clock: Clock, team_id: str) -> None:
        self._clock = clock
        self._team_id = team_id
        self._count = itertools.count(1)
        self._given: dict[str, ResponseUrl] = {}

    def issue(self, user_id: str, channel_id: str, message: Message | None) -> str:
        """The path of a fresh response_url, below the fake's address."""
        kind = "commands" if message is None else "actions"
        path = f"/{kind}/{self._team_id}/{next(self._count)}/{secrets.token_hex(12)}"
        self._given[path] = ResponseUrl(user_id, channel_id, message, self._clock())
        return path

    def spend(self, path: str) -> ResponseUrl:
        """The response_url, one use taken now; RefusedError when it is unknown, old or used up."""
        url = self._given.get(path)
        if url is None:
            raise RefusedError("not_found")
        if self._clock() - url.issued_at > RESPONSE_URL_LIFE:
            raise RefusedError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise RefusedError("used_url")
        url.uses += 1
        return url
