"""What one person sees of the fake Slack, as plain JSON for the page."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.clock import unix
from bot.sandbox.model.messages import Message
from bot.sandbox.model.people import User
from bot.sandbox.model.views import View
from bot.sandbox.server import FakeSlack

Shown = dict[str, Any]


def everything(slack: FakeSlack, user: User) -> Shown:
    """The whole screen of a person, and the number of the first event that is not yet in it."""
    return {
        "me": user.id,
        "team": slack.workspace.team.name,
        "now": unix(slack.world.clock()),
        "next": len(slack.feed),
        "channels": [
            channel(slack, place) | {"messages": messages(slack, user, place)}
            for place in slack.workspace.channels.values()
            if user.id in place.members
        ],
        "named": named(slack, user),
        "views": views(slack, user),
        "home": home(slack, user),
    }


def people(slack: FakeSlack, roles: Mapping[str, str]) -> list[Shown]:
    """Everybody and the bot; `roles` says by id what somebody is in the story."""
    return [
        {
            "id": user.id,
            "name": user.display_name or user.real_name,
            "role": roles.get(user.id, ""),
            "zone": user.tz,
            "company": slack.workspace.teams[user.team_id].name,
            "external": user.team_id != slack.workspace.team.id,
            "bot": user.is_bot,
        }
        for user in slack.workspace.users.values()
        if not user.deleted
    ]


def shortcuts(slack: FakeSlack, user: User) -> list[dict[str, str]]:
    """The message shortcuts of the app; people of another company see none."""
    if user.team_id != slack.workspace.team.id:
        return []
    return [{"id": callback_id, "name": name} for callback_id, name in slack.app.shortcuts.items()]


def named(slack: FakeSlack, user: User) -> dict[str, str]:
    """The names of the channels that a person may know of, by id: public ones, and their own."""
    home = user.team_id == slack.workspace.team.id
    return {
        place.id: place.name
        for place in slack.workspace.channels.values()
        if place.kind is not Kind.IM and (user.id in place.members or (home and place.kind is Kind.PUBLIC))
    }


def channel(slack: FakeSlack, place: Channel) -> Shown:
    """A channel without its messages; direct messages are with the bot."""
    people_there = [slack.workspace.users[member] for member in place.members]
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "people": sum(not person.is_bot for person in people_there),
        "shared": place.is_ext_shared,
        "archived": place.is_archived,
    }


def messages(slack: FakeSlack, user: User, place: Channel) -> list[Shown]:
    """What stands in a channel for this person, private messages in their place, oldest first."""
    seen = [*place.messages, *slack.ephemerals(user, place)]
    return [message(one) for one in sorted(seen, key=lambda one: one.ts)]


def message(one: Message) -> Shown:
    """A message as Slack gives it, with what a client knows besides; its text only where nothing else is."""
    shown = one.payload() | {
        "channel": one.channel_id,
        "private": one.viewer is not None,
        "mrkdwn": one.mrkdwn,
    }
    return {key: value for key, value in shown.items() if key != "text" or not one.blocks}


def views(slack: FakeSlack, user: User) -> list[Shown]:
    """The modal that a person has open, from the first view of the stack to the one on top."""
    return [_view(one) for one in slack.views(user)]


def home(slack: FakeSlack, user: User) -> Shown | None:
    """The Home tab of a person; None before the bot has published one."""
    view = slack.home(user)
    return {"id": view.id, "blocks": view.blocks} if view else None


def _view(one: View) -> Shown:
    shown = {key: one.body[key] for key in ("title", "submit", "close") if key in one.body}
    return shown | {"id": one.id, "hash": one.hash, "blocks": one.blocks, "state": one.state}
