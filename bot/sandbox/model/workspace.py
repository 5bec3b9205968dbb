"""Everybody and everything in one Slack workspace."""

from collections.abc import Iterable
from typing import Any

from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.people import Team, User


class Workspace:
    """Everybody and everything around one installing team, looked up by id.

    Ids that are not given are counted up, so that two runs of one story look the same.
    """

    def __init__(self, team: Team) -> None:
        self.team = team
        self.teams: dict[str, Team] = {team.id: team}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}

    def add_team(self, name: str, *, id: str | None = None) -> Team:  # noqa: A002  Slack's word
        """Another company."""
        team = Team(id or f"T{len(self.teams):08d}", name, _slug(name))
        self.teams[team.id] = team
        return team

    def add_user(self, real_name: str, *, id: str | None = None, **traits: Any) -> User:  # noqa: A002
        """A person, of the installing team unless `team_id` says otherwise; `traits` as in User."""
        user = User(
            id=id or f"U{len(self.users):08d}",
            real_name=real_name,
            **{"team_id": self.team.id, "name": _slug(real_name), "display_name": real_name} | traits,
        )
        self.users[user.id] = user
        return user

    def add_channel(
        self,
        name: str,
        *,
        members: Iterable[User] = (),
        id: str | None = None,  # noqa: A002  Slack's word
        **traits: Any,
    ) -> Channel:
        """A channel with these members, public unless `kind` says otherwise; `traits` as in Channel.

        It is shared with another company when somebody of another company is in it.
        """
        people = list(members)
        shared = any(user.team_id != self.team.id for user in people)
        channel = Channel(
            id=id or f"C{len(self.channels):08d}",
            name=name,
            members=[user.id for user in people],
            **{"is_ext_shared": shared} | traits,
        )
        self.channels[channel.id] = channel
        return channel

    def open_dm(self, user_id: str, bot_user_id: str) -> Channel:
        """The direct messages between the bot and a person, newly opened."""
        dm = Channel(f"D{len(self.channels):08d}", "", Kind.IM, members=[user_id, bot_user_id])
        self.channels[dm.id] = dm
        return dm

    def dm(self, user_id: str) -> Channel | None:
        """The direct messages between the bot and a person, once opened."""
        return next((c for c in self.channels.values() if c.kind is Kind.IM and user_id in c.members), None)

    def named(self, name: str) -> Channel | None:
        """The channel of that name, without its `#`."""
        return next((c for c in self.channels.values() if c.kind is not Kind.IM and c.name == name), None)

    def called(self, name: str) -> User | None:
        """The user with that handle, without its `@`."""
        return next((user for user in self.users.values() if user.name == name), None)


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() else "." for c in name.lower())
