"""An organisation, from the mark to its digest: by the real bot, as people type and read it."""

from datetime import timedelta

from bot.sandbox.model.channels import Channel
from storage.records import ConfirmedName, People
from tests.conftest import Company, Running
from tests.handlers.commands.test_product_commands import pressed, typed
from tests.handlers.scene import refused
from tests.jobs.digests.mondays import due

ORDER = "digest Northwind from #atlas #atlas-users #beacon-users weekly mon 09:00 Europe/Berlin"


async def ask(running: Running, company: Company, channel: Channel, words: str, points: list[int]) -> None:
    """Ten people answer a question of a channel, and it counts."""
    question = await running.ask(company.lead, channel, words)
    for person, point in zip(company.people, points, strict=True):
        await running.click(person, question, point)
    await running.count()


async def test_a_digest_of_an_organisation(running: Running, company: Company) -> None:
    """Marked by its leads alone; a card each, the pair in the title; a takedown takes its own side."""
    lead, member, team = company.lead, company.people[0], company.team
    atlas, beacon = (
        running.slack.add_channel(name, lead, *company.people) for name in ("atlas-users", "beacon-users")
    )
    for name in ("Northwind", "Atlas", "Beacon"):
        await running.bot.store.products.create(lead.team_id, ConfirmedName(name))
    await ask(running, company, company.channel, "nps about Northwind", [9] * 7 + [7] * 2 + [3])
    await ask(running, company, atlas, "seq about Atlas: send an invoice", [7] * 4 + [6] * 4 + [5] * 2)
    await ask(running, company, beacon, "seq about Beacon: find a light", [2] * 4 + [3] * 4 + [4] * 2)
    await running.digest(lead, team, ORDER)
    assert (
        "Only somebody who leads" in (await typed(running, member, company.channel, "whole Northwind")).text
    )
    shown = await typed(running, lead, company.channel, "whole Northwind")
    assert shown.text.startswith("Northwind would stand for the whole organisation: its digests would show")
    assert shown.text.endswith("Nothing was changed yet. Buttons: It is the whole, Cancel.")
    said = "Northwind stands for the whole organisation from now on."
    assert await pressed(running, lead, shown, "product/whole") == said
    for words, why in (
        ("whole Northwind", "stands for the whole organisation already."),
        ("whole Atlas", "Northwind stands for the whole organisation, and one product can."),
        ("part Atlas", "Atlas does not stand for the organisation."),
    ):
        assert why in (await typed(running, lead, company.channel, words)).text
    assert "Northwind, the whole organisation: in" in (await typed(running, lead, team, "")).text
    listed = await running.type(lead, team, "list")
    assert listed is not None
    assert "Digest of Northwind, the whole organisation" in listed.text

    await due(running, company)
    digest = next(one for one in team.messages if one.text.startswith("Northwind: "))
    assert digest.text.startswith("Northwind: customers are fairly happy, but Beacon is hard to use.")
    for card in (
        "Being a customer (CX): mixed to good",
        "Using Beacon (UX): poor",
        "Using Atlas (UX): mixed to good",
    ):
        assert card in digest.text
    assert "same people on all sides" not in digest.text
    assert "Using Atlas: SEQ 6.2" in team.thread(digest.ts)[0].text
    answer = await running.type(lead, team, "contrast about Northwind")
    assert answer is not None
    assert answer.text.startswith("Northwind: customers are fairly happy, but Beacon is hard to use.")
    own = await running.type(lead, beacon, "contrast about Beacon")
    assert own is not None
    assert own.text.startswith("Beacon: hard to use; customers are not asked here.")
    assert "results" in beacon.messages[-1].text.lower()

    for number, gone, stays in ((3, "Using Beacon (UX): poor", "Using Atlas (UX): mixed to good"),):
        down = await running.type(lead, beacon, f"takedown {number}")
        assert down is not None
        await running.slack.click(lead, down, "take_down")
        for _ in range(3):
            await running.step(timedelta(seconds=2))
        assert gone not in digest.text
        assert stays in digest.text

    back = await typed(running, lead, company.channel, "part Northwind")
    one = "Northwind is one product among others from now on."
    assert await pressed(running, lead, back, "product/part") == one
    answer = await running.type(lead, team, "contrast about Northwind")
    assert answer is not None
    assert "Atlas" not in answer.text
    assert not refused(running.slack)
    assert not running.slack.troubles


async def test_an_organisation_without_questions_of_its_own(running: Running, company: Company) -> None:
    """Where its digest is posted, it is read by its name though nobody was asked about it."""
    lead, team, store = company.lead, company.team, running.bot.store
    atlas = running.slack.add_channel("atlas-users", lead, *company.people)
    whole, _ = [
        await store.products.create(lead.team_id, ConfirmedName(name)) for name in ("Northwind", "Atlas")
    ]
    await ask(running, company, atlas, "seq about Atlas: send an invoice", [7] * 4 + [6] * 4 + [5] * 2)
    await running.digest(lead, team, "digest Northwind from #atlas-users weekly mon 09:00 Europe/Berlin")
    await store.products.mark(whole, whole=True, at=running.clock())
    answer = await running.type(lead, team, "contrast about Northwind")
    assert answer is not None
    assert answer.text.startswith("Northwind: Atlas is fairly easy to use; customers are not asked here.")
    elsewhere = await running.type(lead, atlas, "contrast about Northwind")
    assert elsewhere is not None
    assert elsewhere.text.startswith("Nothing about Northwind here.")
    score = await running.type(lead, team, "score about Northwind")
    assert score is not None
    assert score.text.startswith("Nothing has been asked here yet.")


async def test_the_mark_does_not_move_to_another_product_by_a_merge(
    running: Running, company: Company
) -> None:
    """Nor by a new name: its digests would show other users without a word. It may take one in."""
    lead, channel, store = company.lead, company.channel, running.bot.store
    whole = await store.products.create(lead.team_id, ConfirmedName("Northwind"))
    for name in ("Northwind", "Atlas"):
        await running.ask(lead, channel, f"nps about {name}")
    await store.products.mark(whole, whole=True, at=running.clock())
    for words in ("merge Northwind into Atlas", "rename Northwind to Atlas"):
        told = (await typed(running, lead, channel, words)).text
        assert told.startswith("Northwind stands for the whole organisation, so it does not become part")
        assert "First: /pulse products part Northwind; or the other way round:" in told
    taken = await typed(running, lead, channel, "merge Atlas into Northwind")
    assert taken.text.startswith("Atlas would become part of Northwind")


async def test_who_was_asked_is_known_beside_the_users_of_other_products(
    running: Running, company: Company
) -> None:
    """An asking of users looks at the channels of the organisation's customers, and theirs at all users'."""
    store, team_id = running.bot.store, company.lead.team_id
    beacon = running.slack.add_channel("beacon-users", company.lead, *company.people[:2])
    whole, product = [
        await store.products.create(team_id, ConfirmedName(name)) for name in ("Northwind", "Beacon")
    ]
    await running.ask(company.lead, company.channel, "nps about Northwind")
    await store.products.mark(whole, whole=True, at=running.clock())
    await running.ask(company.lead, beacon, "seq about Beacon: find a light")
    await running.step(timedelta(minutes=1))
    await running.ask(company.lead, company.channel, "csat about Northwind")
    for about, asked_in, other in ((product, beacon, company.channel), (whole, company.channel, beacon)):
        await running.step(timedelta(seconds=10))
        made = await store.questions.askings(
            team_id, [asked_in.id], product_id=about.id, since=running.clock() - timedelta(days=1)
        )
        newest = max(made, key=lambda asking: asking.opened_at)
        assert newest.people == {other.id: People.SOME}


async def test_only_what_it_shows_is_news_for_the_digest_of_an_organisation(
    running: Running, company: Company
) -> None:
    """Its offer has the users of other products; what else is asked about these makes no edition."""
    lead, team, store = company.lead, company.team, running.bot.store
    atlas = running.slack.add_channel("atlas-users", lead, *company.people)
    whole, _ = [
        await store.products.create(lead.team_id, ConfirmedName(name)) for name in ("Northwind", "Atlas")
    ]
    await ask(running, company, company.channel, "nps about Northwind", [9] * 7 + [7] * 2 + [3])
    await ask(running, company, atlas, "seq about Atlas: send an invoice", [7] * 4 + [6] * 4 + [5] * 2)
    await store.products.mark(whole, whole=True, at=running.clock())
    order = "digest Northwind from #atlas #atlas-users weekly mon 09:00 Europe/Berlin"
    offer = await running.type(lead, team, order)
    assert offer is not None
    assert f"Users: SEQ in <#{atlas.id}>. Not open now." in offer.text
    await running.digest(lead, team, order)
    await due(running, company)
    await ask(running, company, atlas, "csat about Atlas", [5] * 6 + [3] * 4)
    await due(running, company)
    assert sum(one.text.startswith("Northwind: ") for one in team.messages) == 1
    digest = next(one for one in team.messages if one.text.startswith("Northwind: "))
    await running.slack.click(lead, digest, "share")
    await running.bot.finish()
    await running.slack.submit(lead, running.slack.views(lead)[-1], {"where": [atlas.id]})
    await running.settle()
    await running.slack.submit(lead, running.slack.views(lead)[-1])
    await running.settle()
    await running.step(timedelta(seconds=2))
    shared = atlas.messages[-1].text
    assert shared.startswith("10 people answered about Atlas in November. Thank you. Using Atlas: ")
    assert "Northwind" not in shared
    assert not running.slack.troubles
