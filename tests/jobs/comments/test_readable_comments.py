"""Which comments a person may read."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.model.people import User
from jobs.comments.readable_comments import ReadableComments, Wanted, load_comments
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from storage.records import Lens, Sentiment, Touchpoint
from tests.conftest import Company, Running
from tests.jobs.scheduling import schedule

WORDS = ["The invoices are wrong.", "I hate the slow support.", "Great, I love it!", "Fine.", "Good.", "Bad."]


async def written(running: Running, company: Company, words: list[str]) -> None:
    """A question under which this was written, one text a person, closed and counted."""
    question = await running.ask(company.lead, company.channel)
    for person, text in zip(company.people, words, strict=False):
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": text})
    await running.count()


async def read(running: Running, company: Company, user: User, **choice: Any) -> ReadableComments:
    """What somebody reads in the channel."""
    return await load_comments(
        running.bot.store,
        running.bot.context.directory,
        Requester(
            team_id=company.lead.team_id,
            user_id=user.id,
            channel_id=company.channel.id,
            now=running.clock(),
        ),
        Wanted(**choice),
        product="Atlas",
        min_group=5,
        offset=0,
        seed=7,
    )


async def test_a_choice_of_comments(running: Running, company: Company) -> None:
    """A tone, a topic or a side may be chosen among all that are listed; hidden ones are left out."""
    await written(running, company, WORDS)
    lead = company.lead
    assert (await read(running, company, lead)).total == 6
    positive = await read(running, company, lead, sentiment=Sentiment.POSITIVE)
    assert "Great, I love it!" in {each.text for each in positive.comments}
    billing = await read(running, company, lead, touchpoint=Touchpoint.BILLING)
    assert [each.text for each in billing.comments] == ["The invoices are wrong."]
    with pytest.raises(Refused, match="No comment on using Atlas can be read here yet"):
        await read(running, company, lead, lens=Lens.UX)
    with pytest.raises(Refused, match="read by Priya Nair and workspace admins"):
        await read(running, company, company.people[0])


async def test_an_open_question_lists_nothing(running: Running, company: Company) -> None:
    """While it is open, it is not said how many have written, nor that they are few."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:6]:
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Slow."})
    with pytest.raises(Refused, match="shown when the question has closed and 5 people have written"):
        await read(running, company, company.lead)
    await running.count()
    assert (await read(running, company, company.lead)).total == 6


async def test_too_few_since_the_last_listing(running: Running, company: Company) -> None:
    """What came later is listed once five have written since; until then the list is as it was."""
    await schedule(running, company, open_for="1d")

    async def asked(people: list[User], words: str) -> None:
        await running.step(timedelta(days=7))
        for person in people:
            await running.click(person, company.channel.messages[-1], 3)
            await running.slack.submit(person, running.slack.views(person)[-1], {"comment": words})
        await running.step(timedelta(days=1, minutes=20))
        running.clock.step(timedelta(days=-1, minutes=-20))

    await asked(company.people[:6], "First.")
    found = await read(running, company, company.lead)
    assert (found.total, found.notes) == (6, ())
    await asked(company.people[:4], "Second.")
    found = await read(running, company, company.lead)
    assert found.total == 6
    assert found.notes == ("Fewer than 5 people have written since; theirs are shown once 5 have.",)
    await asked(company.people[3:5], "Third.")
    found = await read(running, company, company.lead)
    assert (found.total, found.notes) == (12, ())


async def test_a_batch_with_too_few_left_is_listed_no_more(running: Running, company: Company) -> None:
    """When one of five writers is forgotten, the other four are not read any more."""
    await written(running, company, WORDS[:5])
    assert (await read(running, company, company.lead)).total == 5
    author = company.people[0]
    both = running.bot.context.respondents.both(author.team_id, author.id)
    await running.bot.store.erasure.forget(author.team_id, both)
    with pytest.raises(Refused, match="Fewer than 5 people have written"):
        await read(running, company, company.lead)


async def test_a_batch_is_read_by_those_who_lead_all_of_it(running: Running, company: Company) -> None:
    """Where two people have asked the same, what is listed together is read by neither alone."""
    await written(running, company, WORDS[:3])
    question = await running.ask(company.people[9], company.channel)
    for person in company.people[3:6]:
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": "Slow."})
    await running.count()
    for user in (company.lead, company.people[9]):
        with pytest.raises(Refused, match="Comments on being a customer are read by"):
            await read(running, company, user)
    assert (await read(running, company, company.admin)).total == 6


async def test_the_order_says_nothing(running: Running, company: Company) -> None:
    """The order is drawn anew for each reader, and the same for all pages of one."""
    await written(running, company, WORDS)
    orders = set()
    for seed in range(6):
        found = [
            await load_comments(
                running.bot.store,
                running.bot.context.directory,
                Requester(
                    team_id=company.lead.team_id,
                    user_id=company.lead.id,
                    channel_id=company.channel.id,
                    now=running.clock(),
                ),
                Wanted(),
                product=None,
                min_group=5,
                offset=offset,
                seed=seed,
            )
            for offset in (0, 3)
        ]
        texts = [each.text for page in found for each in page.comments]
        assert sorted(texts) == sorted(WORDS)
        orders.add(tuple(texts))
    assert len(orders) > 3
