"""What a lead is told before asking: each thing once, and not too many."""

import pytest

from bot.sandbox.api.faults import RateLimited, Silence
from jobs.messages.lead import asking_notes
from jobs.messages.lead.ask_draft import AskDraft
from jobs.permissions.requester import Requester
from jobs.pulses.before_asking import cautions
from tests.conftest import Company, Running

DRAFT = AskDraft(instrument="nps", product="Atlas", channel_id="C0ATLAS", zone="Europe/Berlin")


async def test_cautions_come_once(running: Running, company: Company) -> None:
    """Still open, a small channel, asked the same lately, perhaps elsewhere: each said once."""
    for _ in range(3):
        await running.ask(company.lead, company.channel)
    lead = Requester(
        team_id=company.lead.team_id, user_id=company.lead.id, channel_id="", now=running.clock()
    )
    said = await cautions(running.bot.store, running.bot.context.directory, DRAFT, lead, min_group=5)
    assert said[0].startswith("*The same question is open here* until")
    assert said[1:] == [
        "*Small channel:* you see nothing unless 5 of the 13 answer; a score needs 10.",
        asking_notes.asked_the_same(13, 4),
        "Some members may have been asked elsewhere lately; their answers would not count again.",
    ]


@pytest.mark.parametrize("method", ["conversations.members", "users.list"])
async def test_a_count_that_slack_does_not_tell_is_no_caution(
    method: str, running: Running, company: Company
) -> None:
    """Nothing is said of a small channel where nobody knows how small it is, and asking goes on."""
    running.slack.faults.add(method, RateLimited(60), times=9)
    await running.ask(company.lead, company.channel)
    assert len(company.channel.messages) == 1
    assert "Small channel" not in running.slack.ephemerals(company.lead)[-1].text


async def test_nobody_waits_long_for_a_caution(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While Slack is silent about who is in the workspace the asker is answered, and the question posted."""
    monkeypatch.setattr("jobs.pulses.second_yes.PATIENCE", 0)
    running.slack.faults.add("users.list", Silence())
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    assert len(company.channel.messages) == 1
    assert running.slack.ephemerals(company.lead)[-1].text.startswith("Asked in <#C0ATLAS>")
