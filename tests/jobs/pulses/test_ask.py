"""Pulses are made once for each request."""

from dataclasses import replace
from datetime import timedelta

from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.requester import Requester
from jobs.pulses.ask import ask
from tests.conftest import Company, Running

DRAFT = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")


async def test_one_order_is_one_pulse(running: Running, company: Company) -> None:
    """The same order gives the same pulse and opens nothing again; another order is another pulse."""
    bot, now = running.bot, running.clock()
    made = []
    for request_id in ("one", "one", "two"):
        lead = Requester(team_id=company.lead.team_id, user_id=company.lead.id, channel_id="", now=now)
        asked = await ask(
            bot.store,
            bot.context.directory,
            replace(DRAFT, subject=request_id),
            lead,
            min_group=5,
            weeks=4,
            request_id=request_id,
        )
        made.append((asked.pulse.number, asked.wave is not None))
        now += timedelta(seconds=90)
    assert made == [(1, True), (1, False), (2, True)]
    pulse = asked.pulse
    assert (pulse.asked_by, pulse.leads, pulse.subject) == ("Priya Nair", (company.lead.id,), "two")
