"""Who may ask and set things up."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.api.faults import ServerError
from jobs.permissions.full_member import is_full_member, require_full_member
from jobs.permissions.leads import is_admin
from jobs.permissions.refusal import Refused
from jobs.slack.directory import SlackUnavailable
from tests.conftest import Company, Running

OTHERS: dict[str, dict[str, Any]] = {
    "a guest": {"is_guest": True},
    "a guest of one channel": {"is_single_channel_guest": True},
    "of another company": {"team_id": "T0OTHER"},
    "an admin of another company": {"team_id": "T0OTHER", "is_admin": True, "shows_roles": True},
    "an owner of another company": {"team_id": "T0OTHER", "is_owner": True, "shows_roles": True},
    "a stranger": {"team_id": "T0OTHER", "is_stranger": True},
    "a bot": {"is_bot": True},
    "gone": {"deleted": True},
}
"""Everybody who asks and sets nothing up, by what Slack says of them."""


@pytest.mark.parametrize("traits", OTHERS.values(), ids=OTHERS)
async def test_others_are_refused(running: Running, company: Company, traits: dict[str, Any]) -> None:
    """Guests, people and admins of other companies, bots, and people who have left."""
    user = running.slack.workspace.add_user("Gil Guest", **traits)
    directory, team = running.bot.context.directory, company.lead.team_id
    with pytest.raises(Refused, match="Only full members of this workspace"):
        await require_full_member(directory, team, user.id)
    assert not await is_admin(directory, team, user.id)


async def test_members_admins_and_nobody(running: Running, company: Company) -> None:
    """A member and an admin of this workspace may; an id that Slack does not know, and Slackbot, may not."""
    directory, team = running.bot.context.directory, company.lead.team_id
    running.slack.workspace.add_user("Slackbot", id="USLACKBOT")
    for user in (company.lead.id, company.admin.id, company.people[0].id):
        assert await is_full_member(directory, team, user)
    for user in ("U0NOBODY", "USLACKBOT"):
        assert not await is_full_member(directory, team, user)


async def test_who_becomes_a_guest_is_one_within_a_minute(running: Running, company: Company) -> None:
    """What Slack said of somebody holds for a minute, and so it is for admins."""
    directory, team = running.bot.context.directory, company.lead.team_id
    assert await is_full_member(directory, team, company.lead.id)
    assert await is_admin(directory, team, company.admin.id)
    company.lead.is_guest, company.admin.is_admin = True, False
    running.clock.step(timedelta(seconds=60))
    assert not await is_full_member(directory, team, company.lead.id)
    assert not await is_admin(directory, team, company.admin.id)


async def test_nobody_is_taken_for_a_member_unseen(running: Running, company: Company) -> None:
    """While Slack does not answer, it is not known who somebody is."""
    running.slack.faults.add("users.info", ServerError(503), times=2)
    for _ in range(2):
        with pytest.raises(SlackUnavailable):
            await require_full_member(running.bot.context.directory, company.lead.team_id, company.lead.id)
