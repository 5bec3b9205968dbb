"""The channels that a person and the bot share."""

from bot.sandbox.model.channels import Kind
from jobs.slack.directory import Directory
from jobs.slack.pacing import Pacing
from jobs.slack.shared_channels import channels_shared_with
from tests.conftest import Company, Running


async def test_the_channels_of_a_person(running: Running, company: Company) -> None:
    """Those in which both the person and the bot are, private ones too; archived ones are none."""
    directory = Directory(running.bot.client, running.clock, Pacing(running.clock))
    add = running.slack.add_channel
    private = add("secret", company.lead, kind=Kind.PRIVATE)
    add("without-bot", company.lead, bot=False)
    add("private-without-bot", company.lead, bot=False, kind=Kind.PRIVATE)
    add("over", company.lead, is_archived=True)
    shared = await channels_shared_with(directory, company.lead.id)
    assert shared == {company.channel.id, company.team.id, private.id}
    assert await channels_shared_with(directory, company.people[0].id) == {company.channel.id}
