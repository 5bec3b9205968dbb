"""A message as it should look now, from what is stored."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.sandbox.model.messages import Message, elements
from jobs.delivery.render import render, shown
from storage.records import Post, PostKind, PostState
from storage.schema.delivery_tables import DIGEST
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule


def post(team_id: str, kind: PostKind, ref: str, text: str | None = None) -> Post:
    """A message of the outbox."""
    return Post(
        team_id=team_id,
        key=ref,
        kind=kind,
        ref=ref,
        part=0,
        channel_id="C1",
        state=PostState.PENDING,
        text=text,
    )


async def test_what_is_gone_is_not_shown(running: Running) -> None:
    """A wave or edition that is not there has nothing to show; a notice has its words."""
    store, now, team = running.bot.store, running.clock(), running.slack.workspace.team.id
    assert await render(store, post(team, PostKind.WAVE, "x"), now=now) is None
    assert await render(store, post(team, PostKind.EDITION, "x"), now=now) is None
    said = await render(store, post(team, PostKind.NOTICE, "x", "Words."), now=now)
    assert said == {"text": "Words."}


async def test_a_closed_question_says_where_its_results_will_be(running: Running, company: Company) -> None:
    """Only from a group on, and only where a digest is posted in this very channel."""
    await running.type(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    few = await running.ask(company.lead, company.channel)
    many = await running.ask(company.lead, company.channel, "csat about Atlas")
    other = await running.ask(company.lead, company.team, "csat about Atlas")
    for number, person in enumerate(company.people):
        await running.click(person, many, 5)
        if number < 4:
            await running.click(person, few, 9)
    await running.step(timedelta(days=7, minutes=1))
    await running.step(timedelta(seconds=6))
    assert "Results: Monday's digest, in this channel." in many.text
    assert "Results" not in few.text
    assert "Results" not in other.text


async def test_a_new_reader_is_named_with_the_next_question(running: Running, company: Company) -> None:
    """A digest that began to read a question since it was last asked stands in its small print, once."""
    first = await _weekly(running, company)
    assert "Now also read" not in first.text
    running.clock.step(timedelta(minutes=5))
    await running.type(company.lead, company.team, "digest Atlas")
    running.clock.step(timedelta(minutes=5))
    await running.type(company.lead, company.team, "digest Atlas from #atlas #atlas-team")
    await running.step(timedelta(days=7))
    assert "Now also read in <#C0TEAM>." in company.channel.messages[-1].text
    await running.step(timedelta(days=7))
    assert "Now also read" not in company.channel.messages[-1].text


async def _weekly(running: Running, company: Company) -> Message:
    await schedule(running, company)
    await running.step(timedelta(days=7))
    return company.channel.messages[-1]


async def test_a_broken_digest_holds_up_no_question(
    running: Running, company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a digest cannot be read, its question is posted and closed without the lines about digests."""
    await running.type(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    first = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, first, 9)
    await _spoil(running, zone="Mars/Base")
    await running.type(company.lead, company.channel, "close 1")
    await running.step(timedelta(minutes=1))
    assert not any(elements(block) for block in first.blocks)
    assert "Results" not in first.text
    assert "is shown without what its digests add" in caplog.text
    assert not running.slack.dms(company.lead)


async def test_a_broken_list_of_sources_holds_up_no_question(running: Running, company: Company) -> None:
    """The digest of one channel is broken: the next question of another is posted all the same."""
    await _weekly(running, company)
    await running.type(company.lead, company.team, "digest Atlas")
    await _spoil(running, sources=text("'[broken'"))
    await running.step(timedelta(days=7))
    assert len(company.channel.messages) == 2
    assert not running.slack.dms(company.lead)


async def _spoil(running: Running, **values: object) -> None:
    """Write into every digest what Bifocal never writes."""
    spoil = DIGEST.update().values(values)
    await running.bot.store.database.write(lambda connection: connection.execute(spoil))


async def test_an_edition_shows_its_own_figures(running: Running, company: Company) -> None:
    """What was posted is rendered from what was kept, whatever was answered since."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people:
        await running.click(person, question, 9)
    await running.count()
    await running.type(company.lead, company.channel, "digest Atlas weekly mon 09:00 Europe/Berlin")
    await running.type(company.lead, company.channel, "digest now")
    await running.settle()
    store, team = running.bot.store, company.lead.team_id
    (digest,) = await store.digests.in_channel(team, company.channel.id)
    edition = await store.editions.last(team, digest.id)
    assert edition is not None
    assert shown(edition).product == "Atlas"
    before = next(each.text for each in company.channel.messages if each.text.startswith("Atlas: "))
    await store.erasure.forget(team, running.bot.context.respondents.both(team, company.people[0].id))
    again = await render(store, post(team, PostKind.EDITION, edition.id), now=running.clock())
    assert again is not None
    assert again["text"] == before
