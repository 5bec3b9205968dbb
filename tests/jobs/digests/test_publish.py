"""Editions: each due time once, of all that is counted, from sources that may be read."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.api.faults import Refusal
from jobs.delivery.render import render
from jobs.digests.publish import publish_one
from tests.conftest import Company, Running
from tests.jobs.digests.mondays import COUNTING, ORDER, answer, digest_of, due, editions, post

WORDS = "I never know which invoice is which."


async def test_a_due_time_is_posted_once(running: Running, company: Company) -> None:
    """Two processes that see one digest due post it once, and the next time is set."""
    bot = running.bot
    await answer(running, company, "nps about Atlas", 9)
    await running.digest(company.lead, company.channel, ORDER)
    stale = await digest_of(running, company)
    assert stale.next_at is not None
    running.clock.step(stale.next_at - running.clock())
    for _ in range(2):
        await publish_one(bot.store, bot.client, bot.context.directory, stale, COUNTING, now=running.clock())
    await running.settle()
    assert len(editions(company)) == 1
    after = await digest_of(running, company)
    assert after.next_at is not None
    assert after.next_at - stale.next_at == timedelta(days=7)


async def test_a_late_edition_says_what_is_true_when_it_is_made(running: Running, company: Company) -> None:
    """Monday's edition, made hours late, holds what was counted by then; after three days it is skipped."""
    await running.digest(company.lead, company.channel, ORDER)
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.step(timedelta(days=7, hours=6))  # it closed an hour after the edition was due
    for _ in range(4):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    (late,) = editions(company)
    assert "10 of 13 answered" in late.text
    assert "This digest is late: it was due Mon 09:00." in late.text
    before = len(company.channel.messages)
    await running.step(timedelta(days=11))
    assert len(company.channel.messages) == before
    digest = await digest_of(running, company)
    rows = await running.bot.store.ledger.occasions_of(digest.team_id, digest.id)
    assert (rows[-1].local, rows[-1].reason) == ("2026-11-16T09:00", "missed while down, too late")


async def test_after_an_absence_what_closed_before_is_counted_first(
    running: Running, company: Company
) -> None:
    """Of all that is due at once, whichever step goes first, the edition holds the round."""
    await running.digest(company.lead, company.channel, ORDER)
    question = await running.ask(company.lead, company.channel, "nps about Atlas until fri 17:00")
    for person in company.people:
        await running.click(person, question, 9)
    digest = await digest_of(running, company)
    assert digest.next_at is not None
    running.clock.step(digest.next_at - running.clock() + timedelta(hours=2))
    (step,) = [step for step in running.bot.steps if step.name == "digests"]
    await step.run(running.clock())
    for _ in range(4):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    (late,) = editions(company)
    assert "10 of 13 answered" in late.text


@pytest.mark.parametrize("words", ["digest Atlas weekly fri 10:00 Europe/Berlin", "digest Atlas off"])
async def test_who_changes_a_digest_while_its_edition_is_made_is_obeyed(
    words: str, running: Running, company: Company
) -> None:
    """A digest that got another rule or ended, after it was seen due, publishes and skips nothing."""
    bot = running.bot
    await running.digest(company.lead, company.channel, ORDER)
    stale = await digest_of(running, company)
    running.clock.step(timedelta(days=6, hours=23))
    await running.digest(company.lead, company.channel, words)
    changed = await bot.store.digests.in_channel(company.lead.team_id, company.channel.id)
    await publish_one(bot.store, bot.client, bot.context.directory, stale, COUNTING, now=running.clock())
    await running.settle()
    assert not company.channel.messages
    assert await bot.store.digests.in_channel(company.lead.team_id, company.channel.id) == changed
    assert await bot.store.ledger.occasions_of(stale.team_id, stale.id) == []


async def test_a_late_replica_sets_no_instrument(running: Running, company: Company) -> None:
    """Only the edition that is kept decides which instrument speaks for a side."""
    bot = running.bot
    await running.digest(company.lead, company.channel, ORDER)
    stale = await digest_of(running, company)
    running.clock.step(timedelta(days=6, hours=23))
    due_at = running.clock()
    await publish_one(bot.store, bot.client, bot.context.directory, stale, COUNTING, now=due_at)
    await running.settle()
    await running.ask(company.lead, company.channel, "nps about Atlas")
    await publish_one(bot.store, bot.client, bot.context.directory, stale, COUNTING, now=due_at)
    assert (await digest_of(running, company)).cx_metric is None


async def test_a_lost_channel_is_said_once(running: Running, company: Company) -> None:
    """The edition says what is not in it, what was shown stands, its lead reads what to do; once."""
    await answer(running, company, "nps about Atlas", 9)
    await running.digest(
        company.lead, company.team, "digest Atlas from #atlas #atlas-team weekly mon 09:00 Europe/Berlin"
    )
    await due(running, company)
    company.channel.members.remove(running.slack.bot.id)
    before = len(company.team.messages)
    await due(running, company)
    await due(running, company)
    (lost,) = [each for each in company.team.messages[before:] if each.thread_ts is None]
    assert "Not in this digest: new answers from <#C0ATLAS>. Bifocal was removed there." in lost.text
    assert lost.text.startswith("Atlas: customers are happy; users are not asked here.")
    assert "from November, 10 answers" in lost.text
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith(
        "*The digest about Atlas misses a channel.* Bifocal was removed from <#C0ATLAS>"
    )


async def test_without_slack_the_edition_waits(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """While nobody can say who reads a source, nothing is published; the next try does."""
    await answer(running, company, "nps about Atlas", 9)
    await running.digest(company.lead, company.channel, "digest Atlas from #atlas #atlas-team")
    running.clock.step(timedelta(seconds=6))
    running.slack.faults.add("conversations.members", Refusal("fatal_error"))
    await running.step(timedelta(days=7))
    assert not editions(company)
    assert "failed" in caplog.text
    await running.step(timedelta(minutes=1))
    assert len(editions(company)) == 1


async def test_an_edition_now_is_up_to_this_moment(running: Running, company: Company) -> None:
    """An edition on request counts up to now, takes no occasion, and leaves the schedule as it is."""
    await answer(running, company, "nps about Atlas", 9)
    await running.digest(company.lead, company.channel, ORDER)
    digest = await digest_of(running, company)
    for _ in range(2):
        assert await post(running, digest)
        await running.settle()
        await running.step(timedelta(seconds=11))
    assert "10 of 13 answered" in company.channel.messages[1].text
    assert (await digest_of(running, company)).next_at == digest.next_at


async def test_who_is_forgotten_while_an_edition_is_made_is_not_quoted(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words erased after the contrast was read and before it is kept are in no edition and no message."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 2)
        words = {"comment": WORDS, "allow": ["quote"]} if person is company.people[0] else {"comment": "No."}
        await running.slack.submit(person, running.slack.views(person)[-1], words)
    question = await running.ask(company.lead, company.channel, "seq about Atlas: send an invoice")
    for person in company.people:
        await running.click(person, question, 6)
    await running.count()
    await running.digest(company.lead, company.channel, ORDER)
    store, author = running.bot.store, company.people[0]
    write = store.editions.publish

    async def forget_and_write(**made: Any) -> bool:
        assert [quote.text for quote in made["edition"].quotes] == [WORDS]
        await store.erasure.forget(
            author.team_id, running.bot.context.respondents.both(author.team_id, author.id)
        )
        return await write(**made)

    monkeypatch.setattr(store.editions, "publish", forget_and_write)
    await running.type(company.lead, company.channel, "digest now")
    for _ in range(6):  # a channel takes one message a second
        await running.step(timedelta(seconds=2))
    edition = await store.editions.last(author.team_id, (await digest_of(running, company)).id)
    assert edition is not None
    assert [quote.text for quote in edition.quotes] == [None]
    assert WORDS not in json.dumps(edition.figures)
    assert [message for message in company.channel.messages if "What customers write about." in message.text]
    assert WORDS not in json.dumps([message.payload() for message in company.channel.messages])
    assert not running.slack.troubles


async def test_a_digest_that_fails_is_told_once(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """While its sources cannot be checked it waits longer each time, and its lead reads one sentence."""
    await answer(running, company, "nps about Atlas", 9)
    await running.digest(company.lead, company.team, "digest Atlas from #atlas weekly mon 09:00")
    running.slack.faults.add("conversations.members", Refusal("fatal_error"), times=9_999)
    await running.step(timedelta(days=7))
    for _ in range(100):
        await running.step(timedelta(minutes=1))
    (told,) = running.slack.dms(company.lead)
    assert told.text.startswith("The digest of Atlas in <#C0TEAM> could not be made so far.")
    assert caplog.text.count("Traceback") == 1
    running.slack.faults.clear()
    await running.step(timedelta(hours=1))
    assert len([each for each in company.team.messages if each.thread_ts is None]) == 1


async def test_a_late_edition_keeps_its_hour_after_the_digest_has_ended(
    running: Running, company: Company
) -> None:
    """The hour at which it was due stays on the digest's clock."""
    store = running.bot.store
    await answer(running, company, "nps about Atlas", 9)
    await running.digest(company.lead, company.channel, ORDER)
    await running.step(timedelta(days=7))
    digest = await digest_of(running, company)
    edition = await store.editions.last(digest.team_id, digest.id)
    assert edition
    post = await store.outbox.post_for(digest.team_id, edition.id)
    assert post
    for _ in range(2):
        shown = await render(store, post, COUNTING, now=running.clock())
        assert "it was due Mon 09:00" in str(shown)
        await store.digests.remove(digest.team_id, digest.id)


async def test_more_comments_stand_in_the_thread(running: Running, company: Company) -> None:
    """Up to three beside the one in the digest; one that is forgotten leaves, all others keep their place."""
    question = await running.ask(company.lead, company.channel)
    for number, person in enumerate(company.people):
        await running.click(person, question, 2)
        said = {"comment": f"Words of number {number}."} | ({"allow": ["quote"]} if number < 4 else {})
        await running.slack.submit(person, running.slack.views(person)[-1], said)
        await running.bot.finish()
    await running.count()
    await running.digest(company.lead, company.channel, ORDER)
    await running.type(company.lead, company.channel, "digest now")
    for _ in range(12):  # a channel takes one message a second
        await running.step(timedelta(seconds=6))
    (digest,) = editions(company)
    thread = [each for each in company.channel.messages if each.thread_ts == digest.ts]
    (reply,) = [each for each in thread if each.text.startswith("More comments, quoted with permission.")]
    assert thread.index(reply) == 2
    assert reply.text.count("A customer wrote: Words of number ") == 3
    assert reply.text.endswith("Leads read all comments: /pulse comments about Atlas.")
    quoted = [number for number in range(4) if f"number {number}." in reply.text]
    before = digest.text
    for left, number in zip((2, 1, 0), quoted, strict=True):
        author = company.people[number]
        keys = running.bot.context.respondents.both(author.team_id, author.id)
        await running.bot.store.erasure.forget(author.team_id, keys)
        await running.step(timedelta(seconds=6))
        assert reply.text.count("A customer wrote: ") == left
        assert f"number {number}." not in json.dumps(reply.payload())
    assert reply.text == "The comments that were chosen for this reply may not be quoted any more."
    assert digest.text == before
    assert not running.slack.troubles
