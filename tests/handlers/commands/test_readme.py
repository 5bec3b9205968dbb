"""Every command of the README, typed in its order in one channel."""

import re

from tests.conftest import MONDAY, Company, Running
from tests.papers import README, spelt_out
from tests.standing import a_pulse

SHOWN = [command for form in re.findall(r"`/pulse ([a-z][^`]*)`", README) for command in spelt_out(form)]
FAULTS = ("There is no /pulse", "fault in Bifocal", "Something went wrong", "did not understand")


async def test_every_command_of_the_readme_is_answered(running: Running, company: Company) -> None:
    """Each brings a sentence or a form, and none is met with a fault or as a command that there is not."""
    slack, lead = running.slack, company.lead
    for name in ("customers", "users", "channel"):
        slack.add_channel(name, lead, *company.people)
    for _ in range(3):
        await a_pulse(
            running.bot.store,
            rule="weekly mon 09:00",
            zone="UTC",
            channel_id=company.channel.id,
            lead_id=lead.id,
            now=MONDAY,
        )
    for typed in dict.fromkeys(SHOWN):
        said, forms = len(slack.ephemerals(lead)), len(slack.feed.of("view.opened"))
        await slack.command(lead, company.channel, "/pulse", typed)
        await running.bot.finish()
        new = slack.ephemerals(lead)[said:]
        assert new or len(slack.feed.of("view.opened")) > forms, typed
        assert not any(fault in each.text for fault in FAULTS for each in new), typed
    assert not slack.troubles
