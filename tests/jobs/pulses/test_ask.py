"""Pulses are made where asker and bot may, once for each order."""

from datetime import timedelta

import pytest

from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.may_post import may_post
from jobs.permissions.refusal import Refused
from jobs.pulses.ask import ask
from tests.conftest import Company, Running

DRAFT = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")


async def test_both_must_be_there(running: Running, company: Company) -> None:
    """The bot always, the asker unless they typed in that very channel."""
    directory = running.bot.context.directory
    await may_post(directory, user_id=company.lead.id, channel_id=company.channel.id)
    with pytest.raises(Refused, match="You are not in <#C0TEAM>"):
        await may_post(directory, user_id=company.people[0].id, channel_id=company.team.id)
    await may_post(directory, user_id="U0ANY", channel_id=company.team.id, here=company.team.id)
    with pytest.raises(Refused, match="Bifocal is not in <#C0NOWHERE>"):
        await may_post(directory, user_id=company.lead.id, channel_id="C0NOWHERE", here="C0NOWHERE")


async def test_one_order_is_one_pulse(running: Running, company: Company) -> None:
    """The same order gives the same pulse and opens nothing again; another order is another pulse."""
    bot, now = running.bot, running.clock()
    made = []
    for request_id in ("one", "one", "two"):
        pulse, wave = await ask(
            bot.store,
            bot.context.directory,
            DRAFT,
            team_id=company.lead.team_id,
            user_id=company.lead.id,
            min_group=5,
            now=now,
            request_id=request_id,
        )
        made.append((pulse.number, wave is not None))
        now += timedelta(seconds=90)
    assert made == [(1, True), (1, False), (2, True)]
    assert (pulse.asked_by, pulse.leads, pulse.subject) == ("Priya Nair", (company.lead.id,), "Atlas")
