"""Which instrument speaks for a side, and what a contrast brings along."""

from collections.abc import Mapping
from datetime import timedelta

from jobs.figures.load_contrast import ContrastResult, load_contrast
from jobs.privacy.look import CountSettings
from storage.records import Lens, People
from tests.conftest import Company, Running

COUNTING = CountSettings()


async def loaded(
    running: Running, company: Company, metrics: Mapping[Lens, str | None], *more: str
) -> ContrastResult:
    """The contrast of Atlas as its channel sees it now, with `more` channels."""
    store, team, now = running.bot.store, company.lead.team_id, running.clock()
    product = await store.products.find(team, "Atlas")
    assert product is not None
    return await load_contrast(
        store,
        running.bot.client,
        team_id=team,
        product=product,
        channels=(company.channel.id, *more),
        min_group=5,
        counting=COUNTING,
        now=now,
        metrics=metrics,
    )


async def test_the_named_instrument_speaks_if_it_was_asked(running: Running, company: Company) -> None:
    """The named one of two speaks; where it was never asked, the first by rank does."""
    for words in ("csat about Atlas", "nps about Atlas"):
        await running.ask(company.lead, company.channel, words)
    for named, speaks in (({Lens.CX: "csat"}, "csat"), ({Lens.CX: "ces"}, "nps"), ({}, "nps")):
        found = await loaded(running, company, named)
        assert found.metrics == {Lens.CX: speaks, Lens.UX: None}
        assert (found.contrast.cx.instrument, found.contrast.ux.instrument) == (speaks, None)
        assert {asked.question.instrument for asked in found.asked.questions} == {"nps", "csat"}


async def test_a_quote_has_its_side_where_nobody_was_asked_on_both(
    running: Running, company: Company
) -> None:
    """Two channels with nobody in common are two groups; once somebody is in both, no side is told."""
    customers = [company.lead, *company.people]
    asker, *users = [running.slack.workspace.add_user(f"User {n}", id=f"U0USER{n:02}") for n in range(11)]
    other = running.slack.add_channel("atlas-users", asker, *users, id="C0USERS")
    for who, channel, words, point in (
        (company.lead, company.channel, "nps about Atlas", 9),
        (asker, other, "seq about Atlas: send an invoice", 6),
    ):
        question = await running.ask(who, channel, words)
        for person in customers[1:] if channel is company.channel else users:
            await running.click(person, question, point)
            view = running.slack.views(person)[-1]
            await running.slack.submit(person, view, {"comment": f"Said in {channel.id}.", "allow": "quote"})
    await running.count()
    found = (await loaded(running, company, {}, other.id)).contrast
    assert found.people is People.DIFFERENT
    assert found.quotes
    for quote, side in found.sided_quotes:
        assert quote.text == f"Said in {company.channel.id if side is Lens.CX else other.id}."
    other.members.append(company.people[0].id)
    running.clock.step(timedelta(hours=1))  # what Slack said of the channel is forgotten
    await running.ask(asker, other, "seq about Atlas: send an invoice")
    await running.step(timedelta(minutes=1))
    found = (await loaded(running, company, {}, other.id)).contrast
    assert (found.people, found.quoted_sides) == (People.SOME, ())


async def test_a_quote_is_of_a_side_only_while_the_other_was_never_asked(
    running: Running, company: Company
) -> None:
    """In one channel, from the first question on the other side on, nobody is told the side."""
    question = await running.ask(company.lead, company.channel)
    for person in company.people[:5]:
        await running.click(person, question, 9)
        view = running.slack.views(person)[-1]
        await running.slack.submit(person, view, {"comment": "It is fast.", "allow": "quote"})
    await running.count()
    assert (await loaded(running, company, {})).contrast.quoted_side is Lens.CX
    await running.ask(company.lead, company.channel, "umux about Atlas")
    found = (await loaded(running, company, {})).contrast
    assert (found.quoted_side, found.quotes[0].text) == (None, "It is fast.")
