"""Companies and the people in them, as Slack knows them."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.model.clock import Clock


@dataclass(slots=True)
class Team:
    """A Slack workspace: the one that installed the bot, or another company's."""

    id: str
    name: str
    domain: str


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot. `tz` is an IANA zone, which may be unknown to this machine.

    A guest sees some channels of the workspace only, a single-channel guest one; a stranger is somebody of
    another company with whom no channel is shared.
    """

    id: str
    team_id: str
    name: str
    real_name: str
    display_name: str = ""
    tz: str = "Europe/Berlin"
    locale: str = "en-US"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_guest: bool = False
    is_single_channel_guest: bool = False
    is_stranger: bool = False
    deleted: bool = False
    shows_roles: bool = False

    def profile(self, clock: Clock, *, home: str, locale: bool) -> dict[str, Any]:
        """The `user` object of users.info as the team `home` sees it.

        People of another company come without locale and without roles, as in Slack Connect; with
        `shows_roles` their roles come along, since no page of Slack's rules it out.
        """
        external = self.team_id != home
        offset = _offset(self.tz, clock)
        shown: dict[str, Any] = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": self.real_name,
            "profile": {"real_name": self.real_name, "display_name": self.display_name, "team": self.team_id},
            "is_bot": self.is_bot,
            "is_app_user": False,
        }
        if not self.deleted:
            shown |= {"tz": self.tz, "tz_offset": offset}
        roles = {"is_admin": self.is_admin or self.is_owner, "is_owner": self.is_owner}
        if external:
            return shown | {"is_stranger": self.is_stranger} | (roles if self.shows_roles else {})
        shown |= roles
        shown["is_restricted"] = self.is_guest or self.is_single_channel_guest
        shown["is_ultra_restricted"] = self.is_single_channel_guest
        return shown | ({"locale": self.locale} if locale else {})


def _offset(zone: str, clock: Clock) -> int:
    """The seconds that a zone is ahead of UTC; 0 for one that this machine does not have."""
    try:
        offset = clock().astimezone(ZoneInfo(zone)).utcoffset()
    except (LookupError, ValueError):
        return 0
    return int(offset.total_seconds()) if offset else 0
