"""Which comments a person may read."""

from typing import Any

import pytest

from jobs.comments.readable_comments import Wanted, readable_comments
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from storage.records import Lens, Period, Sentiment
from tests.conftest import MONDAY, Company, Running

WORDS = ["The invoices are wrong.", "I hate the slow support.", "Great, I love it!", "Fine.", "Good.", "Bad."]


async def test_a_choice_of_comments(running: Running, company: Company) -> None:
    """A group as a whole opens them; then a tone or topic may be chosen, and hidden ones are left out."""
    question = await running.ask(company.lead, company.channel)
    for person, words in zip(company.people, WORDS, strict=False):
        await running.click(person, question, 3)
        await running.slack.submit(person, running.slack.views(person)[-1], {"comment": words})
    await running.count()
    store, team = running.bot.store, company.lead.team_id
    product = await store.products.find(team, "Atlas")
    assert product is not None

    async def read(user_id: str, **choice: Any) -> list[str]:
        found = await readable_comments(
            store,
            running.bot.context.directory,
            Requester(team_id=team, user_id=user_id, channel_id=company.channel.id, now=running.clock()),
            (product, (company.channel.id,)),
            Wanted(period=Period(MONDAY, running.clock()), **choice),
        )
        return [each.comment.text for each in found if each.comment]

    assert sorted(await read(company.lead.id)) == sorted(WORDS)
    assert "Great, I love it!" in await read(company.lead.id, sentiment=Sentiment.POSITIVE)
    with pytest.raises(Refused, match="once 5 people have written"):
        await read(company.lead.id, lens=Lens.UX)
    with pytest.raises(Refused, match="read by Priya Nair and workspace admins"):
        await read(company.people[0].id)
