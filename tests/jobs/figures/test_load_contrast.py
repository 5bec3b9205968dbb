"""Which instrument speaks for a side, and what a contrast brings along."""

from collections.abc import Mapping

from jobs.figures.load_contrast import ContrastResult, load_contrast
from jobs.privacy.look import CountSettings
from storage.records import Lens
from tests.conftest import Company, Running

COUNTING = CountSettings()


async def loaded(running: Running, company: Company, metrics: Mapping[Lens, str | None]) -> ContrastResult:
    """The contrast of Atlas as its channel sees it now."""
    store, team, now = running.bot.store, company.lead.team_id, running.clock()
    product = await store.products.find(team, "Atlas")
    assert product is not None
    return await load_contrast(
        store,
        running.bot.client,
        team_id=team,
        product=product,
        channels=(company.channel.id,),
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


async def test_a_quote_is_of_a_side_only_while_the_other_was_never_asked(
    running: Running, company: Company
) -> None:
    """From the first question on the other side on, with names or without, nobody is told the side."""
    await running.ask(company.lead, company.channel)
    assert (await loaded(running, company, {})).contrast.quoted_side is Lens.CX
    await running.ask(company.lead, company.channel, "umux about Atlas")
    assert (await loaded(running, company, {})).contrast.quoted_side is None
