"""People and channels as Slack knows them, remembered for a while."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox.api.faults import Refusal
from bot.sandbox.model.channels import Kind
from jobs.slack.directory import Directory
from tests.conftest import Company, Running


def calls(running: Running, method: str) -> int:
    """How often the bot called a method."""
    return sum(event["method"] == method for event in running.slack.feed.of("api.request"))


async def test_a_person_is_asked_for_once_an_hour(running: Running, company: Company) -> None:
    """Name, zone and role come from Slack and are kept; nobody is asked for what is remembered."""
    directory = Directory(running.bot.client, running.clock)
    assert directory.remembered(company.lead.id) is None
    face = await directory.person(company.lead.id)
    assert (face.name, face.zone, face.admin) == ("Priya Nair", "Europe/Berlin", False)
    assert (await directory.person(company.admin.id)).admin
    company.lead.display_name = "Priya"
    assert (await directory.person(company.lead.id)).name == "Priya Nair"
    running.clock.step(timedelta(hours=1))
    remembered = directory.remembered(company.lead.id)
    assert remembered is not None
    assert remembered.name == "Priya Nair"
    assert (await directory.person(company.lead.id)).name == "Priya"


async def test_people_who_are_not_there(running: Running, company: Company) -> None:
    """Somebody of another company has no role here; whom Slack does not know is somebody."""
    directory = Directory(running.bot.client, running.clock)
    assert not (await directory.person(company.guest.id)).admin
    assert (await directory.person("U0NOBODY")).name == "Somebody"
    running.slack.faults.add("users.info", Refusal("fatal_error"))
    with pytest.raises(SlackApiError):
        await directory.person(company.people[0].id)


async def test_channels_that_the_bot_can_see(running: Running, company: Company) -> None:
    """Membership, archive and sharing; a private channel without the bot is none."""
    directory = Directory(running.bot.client, running.clock)
    channel = await directory.channel(company.channel.id)
    assert channel is not None
    assert (channel.member, channel.archived, channel.shared) == (True, False, True)
    hidden = running.slack.add_channel("hidden", company.lead, bot=False, kind=Kind.PRIVATE)
    assert await directory.channel(hidden.id) is None
    assert await directory.channel("C0NOWHERE") is None
    assert await directory.members(hidden.id) == frozenset()


async def test_bots_and_those_who_left_are_no_people(running: Running, company: Company) -> None:
    """Whoever can answer: no bot, nobody deactivated; asked for once in five seconds."""
    directory = Directory(running.bot.client, running.clock)
    company.people[0].deleted = True
    assert await directory.people(company.channel.id) == 12
    before = calls(running, "conversations.members")
    await directory.people(company.channel.id)
    assert calls(running, "conversations.members") == before
