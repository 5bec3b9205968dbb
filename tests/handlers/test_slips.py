"""Slips of a lead, typed as a newcomer would: what is near is offered, what is left out is said."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.records import ConfirmedName
from tests.conftest import Company, Running
from tests.standing import TEAM

NEAR = {  # what is typed for a product, and what is offered
    "Atlas Pro": ["Altas Pro", "Atals Pro", "AtlasPro", "Atlas Por", "Atlas Prod", "Pro Atlas", "Atlass Pro"],
    "Beacon": ["Baecon", "Becaon", "Beakon", "Bcon", "the Beacon", "Beacon 2", "“Beacno”", "Beacon :rocket:"],
}
READS = [
    "score about {}", "score nps about {}", "trend about {}", "contrast for {}", "comments about {}",
    "why of {}", "answers about {}", "digest {} preview", "digest {} off", "digest now {}", "leads {}",
    "products remove {}", "products rename {} to Zephyr", "products merge {} into Calypso",
]  # fmt: skip
MAKES = ["ask nps about {}", "ask csat about {}, please", "digest {} weekly mon 09:00"]


async def test_a_near_name_is_offered_by_every_command(running: Running, company: Company) -> None:
    """Letters exchanged, two edits, a word in common: the known name is offered, and nothing is done."""
    lead, here, store = company.lead, company.channel, running.bot.store
    for name in NEAR:
        await store.products.create(TEAM, ConfirmedName(name))
        await running.ask(lead, here, f"nps about {name}")
    await running.digest(lead, here, "digest Calypso weekly mon 09:00 Europe/Berlin")
    before = await store.products.everywhere(TEAM)
    posts, digests = len(here.messages), await store.digests.in_channel(TEAM, here.id)
    for name, spellings in NEAR.items():
        for command in (*READS, *MAKES):
            for spelling in spellings if command in {READS[0], MAKES[0]} else spellings[:1]:
                answer = await running.type(lead, here, command.format(spelling))
                assert answer is not None
                if command.startswith(("digest", "leads")) and command not in MAKES:
                    assert "no digest about" in answer.text or "Did you mean" in answer.text, command
                else:
                    assert "Did you mean" in answer.text, (command, spelling, answer.text)
                    assert name in answer.text, (command, spelling, answer.text)
    assert await store.products.everywhere(TEAM) == before
    assert await store.digests.in_channel(TEAM, here.id) == digests
    assert len(here.messages) == posts


WORDS = [  # what is typed in a channel with one product, what is asked, and about which product
    ("csat about the support you just received", "with the support you just received?"),
    ("csat about your last order", "with your last order?"),
    ("csat about how we handled your ticket", "with how we handled your ticket?"),
    ("csat about Atlas, the delivery of last week", "with the delivery of last week?"),
    ("csat about Atlas: our onboarding", "with our onboarding?"),
    ("seq about sending an invoice", "The task: sending an invoice."),
    ("seq about Atlas: export a report", "The task: export a report."),
    ("ces about the support of Atlas", "the support of Atlas made it easy"),
    ("umux_lite about the new editor", "about the new editor:"),
    ("nps about Atlas.", "recommend Atlas to"),
]


async def test_words_belong_to_the_product_of_the_channel(running: Running, company: Company) -> None:
    """Words stand in the question, and contrast, trend and digest know it as one about the product."""
    lead, here = company.lead, company.channel
    await running.ask(lead, here, "sus about Atlas")
    before = {each.name for each in await running.bot.store.products.everywhere(TEAM)}
    for typed, shown in WORDS:
        await running.ask(lead, here, typed)
        await running.step(timedelta(seconds=2))  # one message a second and channel
        assert shown in here.messages[-1].text, typed
    assert {each.name for each in await running.bot.store.products.everywhere(TEAM)} == before
    found = await running.bot.store.pulses.in_channel(TEAM, here.id, now=running.clock())
    assert {pulse.product.name for pulse, _ in found} == {"Atlas"}
    contrast = await running.type(lead, here, "contrast")
    assert contrast is not None
    assert contrast.text.startswith("Atlas: ")
    offer = await running.type(lead, here, "digest weekly mon 09:00 Europe/Berlin")
    assert offer is not None
    assert offer.text.startswith("Atlas, in <#C0ATLAS>, Mondays 09:00 Europe/Berlin.")
    for wrong in (
        "seq about Atlas",
        "ces about Atlas",
        "ces about Atlas Pro",
        "seq about Borea",
        "ces Atlas",
    ):
        posts = len(here.messages)
        answer = await running.type(lead, here, f"ask {wrong}")
        assert answer is not None
        assert f"/pulse ask {wrong[:3]} about " in answer.text, wrong
        assert len(here.messages) == posts, wrong


EIGHT = ["Atlas", "Beacon", "Borea", "Calypso", "Dione", "Europa", "Fenix", "Galatea"]


async def test_eight_products_are_more_than_one_answer_shows(running: Running, company: Company) -> None:
    """Each answer that shows fewer says how many it leaves out, and how to read them."""
    lead, here, store = company.lead, company.channel, running.bot.store
    for name in EIGHT:
        await store.products.create(TEAM, ConfirmedName(name))
        question = await running.ask(lead, here, f"nps about {name}")
        if name == "Atlas":
            for person in company.people:
                await running.click(person, question, 9)
                for form in running.slack.views(person):
                    await running.slack.submit(person, form, {"comment": "The invoices are wrong."})
    await running.count()
    more = (
        "Two more were asked: NPS about Fenix and NPS about Galatea. To see one: /pulse score nps about Fenix"
    )
    which = "Say which product: Atlas, Beacon, Borea, Calypso, Dione; 3 more are in /pulse products."
    for typed, said in {
        "score": more,
        "score nps": more,
        "score nps 30d": more,
        "contrast": f"{which} Try /pulse contrast about Atlas.",
        "trend nps": f"{which} Try /pulse trend nps about Atlas.",
        "why nps": f"{which} Try /pulse why nps about Atlas.",
        "digest weekly mon 09:00": f"{which} Try /pulse digest Atlas weekly mon 09:00",
        "comments": "Asked about here too: Beacon, Borea, Calypso, Dione, Europa and 2 more. "
        "Theirs: /pulse comments about Beacon.",
        "products": "Galatea: in <#C0ATLAS>.",
        "score about Zeus": "Products asked about in this channel: Atlas, Beacon, Borea, Calypso, Dione",
    }.items():
        answer = await running.type(lead, here, typed)
        assert answer is not None
        assert said in answer.text, (typed, answer.text)


@pytest.mark.parametrize("until", ["Mon 9 Nov 08:00", "Sun 8 Nov 23:50"])
async def test_what_closes_before_the_digest_is_in_it(until: str, running: Running, company: Company) -> None:
    """The closed question names the edition, and the edition of that Monday has its ten answers."""
    lead, here = company.lead, company.channel
    await running.digest(lead, here, "digest Atlas weekly mon 09:00 Europe/Berlin")
    asked = await running.type(lead, here, f"ask nps about Atlas until {until}")
    assert asked is not None
    assert "Results: digest in <#C0ATLAS>, Monday 9 November." in asked.text
    await running.settle()
    question = here.messages[-1]
    for person in company.people:
        await running.click(person, question, 9)
    for minute in ((8, 1), (8, 31), (9, 6)):
        running.clock.set(datetime(2026, 11, 9, minute[0] - 1, minute[1], tzinfo=UTC))
        await running.settle()
    await running.settle()
    assert here.messages[0].text.endswith(
        "10 answered, thank you. Results: Monday's digest, in this channel."
    )
    posts = [each for each in here.messages if each.thread_ts is None]
    assert "10 of 13 answered" in posts[-1].text
    assert len(posts) == 2
