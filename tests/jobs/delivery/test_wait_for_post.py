"""What a lead asks for is said to stand once it does, and a failure is told once."""

from datetime import timedelta

import pytest

from bot.sandbox.api.faults import Dropped, Fault, LostAnswer, RateLimited, Refusal, ServerError
from jobs.delivery.wait_for_post import watch
from jobs.pulses.open_waves import open_wave
from tests.conftest import Company, Running
from tests.standing import a_pulse

ON_ITS_WAY = "It is being posted in <#C0ATLAS> (number 1); you are told if that fails. Open until"
NOBODY_KNOWS = "Slack did not say whether question 1 (NPS about Atlas) was posted in <#C0ATLAS>."


def _said(running: Running, company: Company) -> list[str]:
    """Everything that the lead was told."""
    told = [*running.slack.ephemerals(company.lead), *running.slack.dms(company.lead)]
    return [each.text for each in told]


@pytest.mark.parametrize(
    "fault, words",
    [
        (Refusal("is_archived"), "<#C0ATLAS> is archived. So question 1 (NPS about Atlas) was not posted."),
        (Refusal("not_in_channel"), "Bifocal is not in <#C0ATLAS> any more. So question 1"),
        (Refusal("restricted_action"), "Only some people may post in <#C0ATLAS>, and Bifocal is not one"),
        (Refusal("invalid_blocks"), "Question 1 (NPS about Atlas) could not be posted in <#C0ATLAS>"),
        (ServerError(500), NOBODY_KNOWS),
        (Dropped(), NOBODY_KNOWS),
        (LostAnswer(), NOBODY_KNOWS),
    ],
    ids=str,
)
async def test_a_question_that_does_not_stand_is_told_once(
    fault: Fault, words: str, running: Running, company: Company
) -> None:
    """The asker reads in the channel why and what to do; never that it was asked, and no second word."""
    running.slack.faults.add("chat.postMessage", fault, channel=company.channel.id)
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    for _ in range(3):
        await running.step(timedelta(minutes=1))
    (told,) = _said(running, company)
    assert told.startswith(words)


async def test_a_question_that_comes_later_is_on_its_way(running: Running, company: Company) -> None:
    """After "too many requests" the asker reads at once that it is being posted, and nothing more."""
    running.slack.faults.add("chat.postMessage", RateLimited(60), channel=company.channel.id)
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    assert [each.startswith(ON_ITS_WAY) for each in _said(running, company)] == [True]
    await running.step(timedelta(seconds=61))
    assert len(company.channel.messages) == 1
    assert len(_said(running, company)) == 1


async def test_what_fails_after_the_answer_is_told_then(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack refuses once nobody waits any more: the lead reads it directly, as the answer had said."""
    monkeypatch.setattr("jobs.delivery.wait_for_post.PATIENCE", 0.05)
    await running.slack.command(company.lead, company.channel, "/pulse", "ask nps about Atlas")
    await running.bot.background.drain()
    running.slack.faults.add("chat.postMessage", Refusal("is_archived"), channel=company.channel.id)
    await running.settle()
    on_its_way, failed = _said(running, company)
    assert on_its_way.startswith(ON_ITS_WAY)
    assert failed.startswith("<#C0ATLAS> is archived. So question 1 (NPS about Atlas) was not posted.")


async def test_a_refusal_is_not_lost_with_whoever_waited(running: Running, company: Company) -> None:
    """The notice is held while somebody waits; where they never say it, it goes out a moment later."""
    store, sender, now = running.bot.store, running.bot.sender, running.clock()
    here, lead = company.channel.id, company.lead.id
    pulse = await a_pulse(store, rule=None, zone="UTC", channel_id=here, lead_id=lead, now=now)
    wave = await open_wave(store, pulse, now=now)
    assert wave is not None
    running.slack.faults.add("chat.postMessage", Refusal("is_archived"), channel=company.channel.id)
    with watch(sender.awaited, company.lead.team_id, f"wave/{wave.id}") as tried:
        await running.settle()
        assert tried.is_set()
    assert not _said(running, company)
    await running.step(timedelta(seconds=6))
    (told,) = _said(running, company)
    assert told.startswith("<#C0ATLAS> is archived.")


async def test_a_digest_that_does_not_stand_is_told_once(running: Running, company: Company) -> None:
    """Posting now is no more than a try: the lead reads why it is not there, once, and what to do."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    await running.ask(company.lead, company.channel)
    running.slack.faults.add("chat.postMessage", Refusal("is_archived"), channel=company.channel.id)
    seen = len(_said(running, company))
    await running.type(company.lead, company.channel, "digest now")
    await running.step(timedelta(minutes=1))
    told = _said(running, company)
    assert len(told) == seen + 1
    words = "<#C0ATLAS> is archived. So the digest of Atlas was not posted and is paused."
    assert [each for each in told if each.startswith(words)]
    assert not [each for each in told if "is posted here" in each]


async def test_a_digest_of_another_lead_is_told_to_both(running: Running, company: Company) -> None:
    """An admin who posts it reads why it is not there, and so does the lead whose digest is paused."""
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    await running.ask(company.lead, company.channel)
    running.slack.faults.add("chat.postMessage", Refusal("is_archived"), channel=company.channel.id)
    await running.type(company.admin, company.channel, "digest now")
    await running.step(timedelta(minutes=1))
    (admin,) = running.slack.ephemerals(company.admin)
    (lead,) = running.slack.dms(company.lead)
    assert admin.text == lead.text.replace("`", "")
    assert lead.text.startswith("<#C0ATLAS> is archived. So the digest of Atlas was not posted")
    assert not running.slack.dms(company.admin)
