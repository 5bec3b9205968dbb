"""Who can answer in a channel, and in which zone each of them lives, with few calls to Slack."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from sys import intern

from jobs.slack.directory import DAY, HOUR, Cache, Directory
from storage.records import is_zone

MOST_ASKED = 40  # people of other companies a look, one by one


@dataclass(frozen=True, slots=True)
class LocalPeople:
    """The people of a channel with their zones, by id; `whole` says that Slack was asked about all."""

    zones: dict[str, str]
    whole: bool


class LocalZones:
    """The zones of people as Slack tells them. Bots, and who has left, are nobody here.

    So is somebody whose zone Slack does not tell, or this machine does not know: nobody knows their hours.
    """

    def __init__(self, directory: Directory, clock: Callable[[], datetime]) -> None:
        self._directory = directory
        self._clock = clock
        self._ours: Cache[dict[str, str | None]] = Cache(most=100, age=HOUR)

    async def of_people_in(self, team_id: str, channel_id: str) -> LocalPeople:
        """Whoever is in a channel now; raises SlackUnavailable where Slack does not tell."""
        members = await self._directory.members(team_id, channel_id)
        ours = await self._of_workspace(team_id)
        zones = {each: zone for each in members if (zone := ours.get(each))}
        others, asked = sorted(members - ours.keys()), 0
        for user_id in others:
            known = self._directory.remembered(team_id, user_id)
            if known is None:
                if asked == MOST_ASKED:
                    return LocalPeople(zones, whole=False)
                asked += 1
                known = await self._directory.person(team_id, user_id, fresh=DAY)
            if known.zone and known.full:
                zones[user_id] = known.zone
        return LocalPeople(zones, whole=True)

    async def _of_workspace(self, team_id: str) -> dict[str, str | None]:
        """The zone of everybody of the workspace; None for those who are not written to."""
        if known := self._ours.get((team_id,), now=self._clock()):
            return known[0]
        found: dict[str, str | None] = {}
        for user in await self._directory.pages("users.list"):
            told, gone = user.get("tz"), user.get("is_bot") or user.get("deleted")
            usable = isinstance(told, str) and not gone and is_zone(told)
            found[user["id"]] = intern(told) if usable else None
        return self._ours.put((team_id,), found, now=self._clock())
