"""Which comments a person may read."""

import pytest

from jobs.comments.readable_comments import Wanted, readable
from jobs.permissions.refusal import Refused
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

    async def read(user_id: str, wanted: Wanted) -> list[str]:
        found = await readable(
            store,
            running.bot.context.directory,
            team_id=team,
            user_id=user_id,
            product=product,
            channels=(company.channel.id,),
            period=Period(MONDAY, running.clock()),
            wanted=wanted,
        )
        return [each.comment.text for each in found if each.comment]

    assert sorted(await read(company.lead.id, Wanted())) == sorted(WORDS)
    assert "Great, I love it!" in await read(company.lead.id, Wanted(sentiment=Sentiment.POSITIVE))
    with pytest.raises(Refused, match="once 5 people have written"):
        await read(company.lead.id, Wanted(lens=Lens.UX))
    with pytest.raises(Refused, match="Only Priya Nair"):
        await read(company.people[0].id, Wanted())
