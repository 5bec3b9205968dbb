"""Who may ask and set things up, and where they and the bot may post."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.api.faults import ServerError
from jobs.permissions.leads import is_admin
from jobs.permissions.may_post import may_post, require_full_member
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.slack.directory import SlackUnavailable
from tests.conftest import MONDAY, Company, Running

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
        assert await directory.is_full_member(team, user)
    for user in ("U0NOBODY", "USLACKBOT"):
        assert not await directory.is_full_member(team, user)


async def test_who_becomes_a_guest_is_one_within_a_minute(running: Running, company: Company) -> None:
    """What Slack said of somebody holds for a minute, and so it is for admins."""
    directory, team = running.bot.context.directory, company.lead.team_id
    assert await directory.is_full_member(team, company.lead.id)
    assert await is_admin(directory, team, company.admin.id)
    company.lead.is_guest, company.admin.is_admin = True, False
    running.clock.step(timedelta(seconds=60))
    assert not await directory.is_full_member(team, company.lead.id)
    assert not await is_admin(directory, team, company.admin.id)


async def test_nobody_is_taken_for_a_member_unseen(running: Running, company: Company) -> None:
    """While Slack does not answer, it is not known who somebody is."""
    running.slack.faults.add("users.info", ServerError(503), times=2)
    for _ in range(2):
        with pytest.raises(SlackUnavailable):
            await require_full_member(running.bot.context.directory, company.lead.team_id, company.lead.id)


async def test_both_must_be_there(running: Running, company: Company) -> None:
    """The bot always, the asker unless they typed in that very channel."""

    async def may(user_id: str, channel_id: str, *, here: str = "") -> None:
        requester = Requester(team_id=company.lead.team_id, user_id=user_id, channel_id=here, now=MONDAY)
        await may_post(running.bot.context.directory, requester, channel_id)

    await may(company.lead.id, company.channel.id)
    with pytest.raises(Refused, match="You are not in <#C0TEAM>"):
        await may(company.people[0].id, company.team.id)
    await may(company.people[0].id, company.team.id, here=company.team.id)
    with pytest.raises(Refused, match="Bifocal is not in <#C0NOWHERE>"):
        await may(company.lead.id, "C0NOWHERE", here="C0NOWHERE")
