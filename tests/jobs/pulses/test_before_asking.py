"""What a lead is told before asking: each thing once, and not too many."""

from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.requester import Requester
from jobs.pulses.before_asking import cautions
from tests.conftest import Company, Running

DRAFT = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")


async def test_cautions_come_once_and_never_more_than_three(running: Running, company: Company) -> None:
    """Still open, asked lately, a small channel: each said once."""
    for _ in range(3):
        await running.ask(company.lead, company.channel)
    lead = Requester(
        team_id=company.lead.team_id, user_id=company.lead.id, channel_id="", now=running.clock()
    )
    said = await cautions(running.bot.store, running.bot.context.directory, DRAFT, lead, min_group=5)
    assert len(said) == 2
    assert said[0].startswith("The same question is open here until")
    assert said[1] == "With fewer than 5 answers nothing is shown; here that may happen."
