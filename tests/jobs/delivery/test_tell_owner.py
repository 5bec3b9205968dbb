"""The owner of a pulse or digest reads what went wrong, once."""

from dataclasses import replace
from datetime import timedelta

from bot.sandbox.api.faults import Refusal
from jobs.delivery.tell_owner import owner_of, stop_and_tell
from jobs.slack.call_outcome import CallOutcome, FailedCall
from storage.records import Digest
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule
from tests.standing import give_news


async def test_replies_that_slack_refuses_do_not_pause_a_digest(running: Running, company: Company) -> None:
    """The digest stands: its owner reads once that it is not complete, and the next one comes."""
    store, team_id = running.bot.store, company.lead.team_id
    await running.digest(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    (digest,) = await store.digests.in_channel(team_id, company.channel.id)
    await give_news(store, digest, running.clock())
    await running.step(timedelta(days=7))
    edition = await store.editions.last(team_id, digest.id, full_only=False)
    assert edition is not None
    post = await store.outbox.get(team_id, f"edition/{edition.id}")
    assert post is not None
    owned = await owner_of(store, post)
    assert isinstance(owned, Digest)
    refused = FailedCall(CallOutcome.REFUSED, "restricted_action_thread_locked")
    for part in (1, 2):
        reply = replace(post, key=f"{post.key}/{part}", part=part, slack_ts=None)
        await stop_and_tell(store, reply, refused, now=running.clock())
    await running.settle()
    (told,) = running.slack.dms(company.lead)
    assert "could not be brought up to date" in told.text
    (digest,) = await store.digests.in_channel(team_id, company.channel.id)
    assert not digest.paused


async def test_a_fault_of_bifocal_is_called_one(running: Running, company: Company) -> None:
    """A message that Bifocal built wrongly was not refused for a reason that anybody in Slack can mend."""
    running.slack.faults.add("chat.postMessage", Refusal("invalid_blocks"), channel=company.channel.id)
    await running.type(company.lead, company.channel, "ask nps about Atlas")
    await running.settle()
    (told,) = running.slack.ephemerals(company.lead)
    assert told.text.startswith("Question 1 (NPS about Atlas) could not be posted in <#C0ATLAS> because of a")
    assert "refused" not in told.text


async def test_the_lead_is_told_of_answers_that_wait(running: Running, company: Company) -> None:
    """After two waves under the group the lead reads the count and what would help; no third word follows."""
    await schedule(running, company, open_for="1d")
    for person in company.people[:3]:
        await running.step(timedelta(days=7))
        await running.click(person, company.channel.messages[-1], 9)
    await running.step(timedelta(days=2))
    (told,) = running.slack.dms(company.lead)
    assert "has closed 2 times with 2 answers in all, and scores are shown from 10." in told.text
    assert "What would help: keeping it open longer" in told.text
