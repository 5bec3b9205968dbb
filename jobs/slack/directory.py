"""People and channels as Slack knows them, remembered for a while."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from jobs.slack.call_outcome import error_code

Answer = TypeVar("Answer")
HOUR = timedelta(hours=1)
UNREADABLE = {"channel_not_found", "missing_scope", "not_in_channel"}
MOST_PAGES = 20  # of 1,000 members or 200 users: an estimate is enough beyond that


@dataclass(frozen=True, slots=True)
class Face:
    """A person as shown to others: name, IANA zone (None for people of other companies), admin or owner.

    `team_id` is the workspace that they belong to, and of which they are an admin.
    """

    name: str
    zone: str | None
    admin: bool
    team_id: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that the bot can see; `member` says whether the bot is in it."""

    id: str
    member: bool
    archived: bool
    shared: bool


class Directory:
    """Answers who and where, from Slack or from memory. `clock` decides when a memory is old."""

    def __init__(self, client: AsyncWebClient, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._clock = clock
        self._kept: dict[tuple[str, ...], tuple[datetime, Any]] = {}

    async def person(self, user_id: str) -> Face:
        """The person with this id; "Somebody" for one whom Slack does not know any more."""
        return await self._remember(("person", user_id), HOUR, self._person, user_id)

    def remembered(self, user_id: str) -> Face | None:
        """The person as Slack last told, however long ago; None if it never did. Asks nobody."""
        kept = self._kept.get(("person", user_id))
        return cast(Face, kept[1]) if kept else None

    async def channel(self, channel_id: str) -> Channel | None:
        """The channel, or None when the bot cannot see it (private without the bot, or no such channel)."""
        return await self._remember(("channel", channel_id), timedelta(seconds=5), self._channel, channel_id)

    async def members(self, channel_id: str) -> frozenset[str]:
        """The ids of everybody in the channel, bots included; empty when the bot cannot see it."""
        return await self._remember(("members", channel_id), timedelta(seconds=5), self._members, channel_id)

    async def people(self, channel_id: str) -> int:
        """How many people, bots left out, can see and answer a question in the channel."""
        members = await self.members(channel_id)
        bots = await self._remember(("bots",), HOUR, self._bots)
        return len(members - bots)

    async def _remember(
        self, key: tuple[str, ...], keep: timedelta, ask: Callable[..., Awaitable[Answer]], *args: str
    ) -> Answer:
        now = self._clock()
        if key in self._kept and self._kept[key][0] > now:
            return cast(Answer, self._kept[key][1])
        answer = await ask(*args)
        self._kept[key] = (now + keep, answer)
        return answer

    async def _person(self, user_id: str) -> Face:
        try:
            user = (await self._client.users_info(user=user_id))["user"]
        except SlackApiError as error:
            if error_code(error) in {"user_not_found", "user_not_visible"}:
                return Face("Somebody", None, admin=False, team_id="")
            raise
        profile = user.get("profile", {})
        name = profile.get("display_name") or profile.get("real_name") or user.get("name") or "Somebody"
        admin = bool(user.get("is_admin") or user.get("is_owner"))
        return Face(name, user.get("tz"), admin=admin, team_id=user.get("team_id") or "")

    async def _channel(self, channel_id: str) -> Channel | None:
        try:
            channel = (await self._client.conversations_info(channel=channel_id))["channel"]
        except SlackApiError as error:
            if error_code(error) in UNREADABLE:
                return None
            raise
        return Channel(
            id=channel["id"],
            member=bool(channel.get("is_member")),
            archived=bool(channel.get("is_archived")),
            shared=bool(channel.get("is_ext_shared")),
        )

    async def _members(self, channel_id: str) -> frozenset[str]:
        try:
            pages = await self._pages("conversations.members", "members", channel=channel_id, limit=1000)
        except SlackApiError as error:
            if error_code(error) in UNREADABLE:
                return frozenset()
            raise
        return frozenset(pages)

    async def _bots(self) -> frozenset[str]:
        users = await self._pages("users.list", "members", limit=200)
        return frozenset(user["id"] for user in users if user.get("is_bot") or user.get("deleted"))

    async def _pages(self, method: str, field: str, **params: Any) -> list[Any]:
        found: list[Any] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            answer = await self._client.api_call(
                method, params=params | ({"cursor": cursor} if cursor else {})
            )
            found += answer[field]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return found
