"""The channels of a person."""

from bot.sandbox.model.channels import Kind
from jobs.slack.channels_of_person import channels_of_person
from jobs.slack.directory import Directory
from jobs.slack.pacing import Pacing
from tests.conftest import Company, Running


async def test_the_channels_of_a_person(running: Running, company: Company) -> None:
    """Public ones with or without the bot, private ones with it; archived ones are none."""
    directory = Directory(running.bot.client, running.clock, Pacing(running.clock))
    add = running.slack.add_channel
    private = add("secret", company.lead, kind=Kind.PRIVATE)
    public = add("without-bot", company.lead, bot=False)
    add("private-without-bot", company.lead, bot=False, kind=Kind.PRIVATE)
    add("over", company.lead, is_archived=True)
    found = await channels_of_person(directory, company.lead.id)
    assert found == {company.channel.id, company.team.id, private.id, public.id}
    assert await channels_of_person(directory, company.people[0].id) == {company.channel.id}
