"""People and channels as Slack knows them, remembered for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from jobs.slack.call_outcome import CallOutcome, FailedCall, failed_call
from jobs.slack.pacing import Pacing, for_lookups
from storage.records import is_zone

Answer = TypeVar("Answer")
Key = tuple[str, ...]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SLACKBOT = "USLACKBOT"  # to Slack it is no bot
NOT_FULL = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
MOMENT = timedelta(seconds=5)  # who is in a channel is asked anew after it
TIME_LIMIT = 10.0  # seconds for a call that nobody waits for
PAGE = 1000  # the most that Slack gives in one answer
MOST_PAGES = 20  # an estimate is enough beyond that
NOBODY = {"user_not_found", "user_not_visible"}
OUT_OF_SIGHT = {"channel_not_found", "not_in_channel"}


class SlackUnavailable(Exception):
    """Slack did not tell what was asked; `failed` says why."""

    def __init__(self, method: str, failed: FailedCall) -> None:
        super().__init__(f"{method}: {failed.error}")
        self.failed = failed


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A person as shown to others: name, IANA zone, workspace.

    The zone is None for people of other companies, and where this machine does not know it.
    `admin` is true for admins and owners of that workspace, `full` for people who are no guests of it.
    """

    name: str
    zone: str | None
    admin: bool
    team_id: str
    full: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that the bot can see; `member` says whether the bot is in it.

    One of which Slack does not say so counts as private.
    """

    id: str
    member: bool
    archived: bool
    shared: bool
    private: bool = True
    name: str = ""


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


class Directory:
    """Answers who and where, from Slack or from memory; each raises SlackUnavailable if Slack does not tell.

    `clock` decides when a memory is old; a method that Slack has paused is not called.
    """

    def __init__(self, client: AsyncWebClient, clock: Callable[[], datetime], pacing: Pacing) -> None:
        self.client = client
        self._clock = clock
        self._pacing = pacing
        self._users: Cache[SlackUser] = Cache(most=10_000, age=DAY)
        self._channels: Cache[Channel | None] = Cache(most=1_000, age=MOMENT)
        self._in_channel: Cache[frozenset[str]] = Cache(most=100, age=MOMENT)
        self._bots: Cache[frozenset[str]] = Cache(most=100, age=HOUR)

    async def person(self, team_id: str, user_id: str, *, fresh: timedelta = HOUR) -> SlackUser:
        """The person with this id, as Slack told less than `fresh` ago.

        "Somebody" stands for one whom Slack does not know any more.
        """
        ask = self._ask_person
        return await self._remember(self._users, (team_id, user_id), ask, user_id, fresh=fresh)

    async def is_full_member(self, team_id: str, user_id: str) -> bool:
        """Whether this person is no guest, no bot, of this workspace, and still there, within a minute."""
        person = await self.person(team_id, user_id, fresh=MINUTE)
        return person.full and person.team_id == team_id

    def remembered(self, team_id: str, user_id: str) -> SlackUser | None:
        """The person as Slack told within the last day; None if it did not. Asks nobody."""
        known = self._users.get((team_id, user_id), now=self._clock())
        return known[0] if known else None

    async def channel(self, team_id: str, channel_id: str) -> Channel | None:
        """The channel, or None when the bot cannot see it (private without the bot, or no such channel)."""
        return await self._remember(self._channels, (team_id, channel_id), self._ask_channel, channel_id)

    async def members(self, team_id: str, channel_id: str) -> frozenset[str]:
        """The ids of everybody in the channel, bots included; empty when the bot cannot see it."""
        return await self._remember(self._in_channel, (team_id, channel_id), self._ask_members, channel_id)

    async def count_people(self, team_id: str, channel_id: str) -> int:
        """How many people, bots left out, can see and answer a question in the channel."""
        return len(await self.people_in(team_id, channel_id))

    async def people_in(self, team_id: str, channel_id: str) -> frozenset[str]:
        """The ids of the people in the channel, bots left out; SlackUnavailable if the bot is not in it."""
        members = await self.members(team_id, channel_id)
        if not members:
            unseen = FailedCall(CallOutcome.REFUSED, "not_in_channel")
            raise SlackUnavailable("conversations.members", unseen)
        bots = await self._remember(self._bots, (team_id,), self._ask_bots)
        return members - bots

    async def admins(self, team_id: str) -> list[str]:
        """The ids of the admins and owners of the workspace who are still there, by id."""
        users = await self.pages("users.list")
        here = (user for user in users if user.get("team_id", team_id) == team_id)
        full = (user for user in here if not any(user.get(flag) for flag in NOT_FULL))
        return sorted(user["id"] for user in full if user.get("is_admin") or user.get("is_owner"))

    async def people(self, team_id: str, channel_id: str) -> int | None:
        """How many people can answer in the channel; None when Slack does not tell, for whatever reason."""
        try:
            return await self.count_people(team_id, channel_id)
        except SlackUnavailable:
            return None

    async def _remember(
        self,
        cache: Cache[Answer],
        key: Key,
        ask: Callable[..., Awaitable[Answer]],
        *args: str,
        fresh: timedelta | None = None,
    ) -> Answer:
        if known := cache.get(key, now=self._clock(), fresh=fresh):
            return known[0]
        return cache.put(key, await ask(*args), now=self._clock())

    async def _ask_person(self, user_id: str) -> SlackUser:
        try:
            user = (await self._call("users.info", user=user_id))["user"]
        except SlackUnavailable as unavailable:
            if unavailable.failed.error in NOBODY:
                return SlackUser("Somebody", None, admin=False, team_id="")
            raise
        profile = user.get("profile", {})
        name = profile.get("display_name") or profile.get("real_name") or user.get("name") or "Somebody"
        admin = bool(user.get("is_admin") or user.get("is_owner"))
        full = user_id != SLACKBOT and not any(user.get(flag) for flag in NOT_FULL)
        zone = _known_zone(user.get("tz"))
        return SlackUser(name, zone, admin=admin, team_id=user.get("team_id") or "", full=full)

    async def _ask_channel(self, channel_id: str) -> Channel | None:
        try:
            channel = (await self._call("conversations.info", channel=channel_id))["channel"]
        except SlackUnavailable as unavailable:
            if unavailable.failed.error in OUT_OF_SIGHT:
                return None
            raise
        return Channel(
            id=channel["id"],
            member=bool(channel.get("is_member")),
            archived=bool(channel.get("is_archived")),
            shared=bool(channel.get("is_ext_shared")),
            private=bool(channel.get("is_private", True)),
            name=str(channel.get("name") or ""),
        )

    async def _ask_members(self, channel_id: str) -> frozenset[str]:
        try:
            return frozenset(await self.pages("conversations.members", channel=channel_id))
        except SlackUnavailable as unavailable:
            if unavailable.failed.error in OUT_OF_SIGHT:
                return frozenset()
            raise

    async def _ask_bots(self) -> frozenset[str]:
        """The ids of everybody who cannot answer: bots, and those who have left."""
        users = await self.pages("users.list")
        return frozenset(user["id"] for user in users if user.get("is_bot") or user.get("deleted"))

    async def pages(self, method: str, *, key: str = "members", **params: str) -> list[Any]:
        """All that Slack lists under `key`, page by page."""
        found, cursor = list[Any](), ""
        for _ in range(MOST_PAGES):
            answer = await self._call(method, limit=PAGE, **params, **({"cursor": cursor} if cursor else {}))
            found += answer[key]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return found

    async def _call(self, method: str, **params: Any) -> Any:
        """Slack's answer; SlackUnavailable in place of every other end that a call can have."""
        if left := self._pacing.left(method):
            word = self._pacing.locked or "ratelimited"
            raise SlackUnavailable(method, FailedCall(CallOutcome.AGAIN, word, left))
        try:
            async with asyncio.timeout(for_lookups(TIME_LIMIT)):
                return await self.client.api_call(method, http_verb="GET", params=params)
        except Exception as error:  # noqa: BLE001 - those that are no end of a call are raised again
            failed = failed_call(error)
            self._pacing.heed(method, failed)
            raise SlackUnavailable(method, failed) from None  # its text says it all


def _known_zone(told: object) -> str | None:
    """The zone that Slack tells, if this machine has it.

    "Etc/GMT+1" is one hour behind and reads as one ahead: such a name is shown to nobody, so it is not taken.
    """
    turned = isinstance(told, str) and told.startswith(("Etc/GMT+", "Etc/GMT-"))
    return told if isinstance(told, str) and not turned and is_zone(told) else None
