"""Who is offered which products, and who may read what is saved, as channels and products change."""

from datetime import timedelta

from bot.sandbox.api.faults import RateLimited
from bot.sandbox.model.channels import Channel, Kind
from bot.sandbox.model.people import User
from jobs.messages.layout.saved_ids import SHORTCUT
from jobs.messages.saved import saved_words
from jobs.permissions.requester import Requester
from jobs.saved.offer_products import offered_products
from tests.conftest import Company, Running

WORDS = "The invoice is wrong."


async def offered(running: Running, user: User, channel: Channel) -> tuple[list[str], str | None]:
    """The names that somebody may choose from, and the one chosen beforehand."""
    context = running.bot.context
    requester = Requester(
        team_id=running.slack.workspace.team.id,
        user_id=user.id,
        channel_id=channel.id,
        now=running.clock(),
    )
    offer = await offered_products(context.store, context.directory, requester)
    return [each.name for each in offer.products], offer.chosen.name if offer.chosen else None


async def test_only_products_that_somebody_may_know_of_are_offered(
    running: Running, company: Company
) -> None:
    """Those of public channels, of their own, and those nobody asks about yet; to admins all."""
    secret = running.slack.add_channel("secret", company.lead, id="G0SECRET", kind=Kind.PRIVATE)
    await running.ask(company.lead, secret, "nps about Calypso")
    await running.ask(company.lead, company.team, "nps about Beacon")
    await running.ask(company.lead, company.channel)
    person = company.people[0]
    assert await offered(running, person, company.channel) == (["Atlas", "Beacon", "Borea"], "Atlas")
    every = ["Atlas", "Beacon", "Borea", "Calypso"]
    assert await offered(running, company.lead, secret) == (every, "Calypso")
    assert await offered(running, company.admin, company.team) == (every, "Beacon")
    running.slack.faults.add("users.conversations", RateLimited(30))
    assert "Atlas" in (await offered(running, person, company.channel))[0]


async def test_guests_choose_among_products_of_their_own_channels(running: Running, company: Company) -> None:
    """Not among those of public channels where they are not, by the form or by a name."""
    await running.ask(company.lead, company.team, "nps about Beacon")
    await running.ask(company.lead, company.channel)
    guest = running.slack.workspace.add_user("Rita Restricted", id="U0PART", is_guest=True)
    company.channel.members.append(guest.id)
    assert await offered(running, guest, company.channel) == (["Atlas"], "Atlas")
    for words in ("say about Beacon: it is slow", "say it is slow about beacon"):
        answer = await running.type(guest, company.channel, words)
        assert answer is not None
        assert "Beacon" not in answer.text.replace("about Beacon: it", "")


async def test_a_channel_that_becomes_private_is_read_and_named_as_one(
    running: Running, company: Company
) -> None:
    """The leads elsewhere read it no more; admins do, without its name."""
    await running.ask(company.lead, company.team)
    place = running.slack.add_channel("random", *company.people, company.lead, id="C0RANDOM")
    await _save(running, company.lead, place)
    assert "From <#C0RANDOM>" in await _listed(running, company.lead, company.team)
    place.kind = Kind.PRIVATE
    running.clock.step(timedelta(minutes=1))
    assert WORDS not in await _listed(running, company.lead, company.team)
    seen = await _listed(running, company.admin, company.team)
    assert "From a private conversation" in seen
    assert "RANDOM" not in seen


async def test_a_form_that_cannot_be_kept_yet_stays_open(running: Running, company: Company) -> None:
    """Slack is slow, then the product is merged away: each is said in the form, and nothing is lost."""
    await running.ask(company.lead, company.channel)
    message = running.slack.say(company.people[0], company.channel, WORDS)
    await running.slack.shortcut(company.lead, message, SHORTCUT)
    await running.bot.finish()
    view = running.slack.views(company.lead)[-1]
    running.clock.step(timedelta(minutes=1))
    running.slack.faults.add("conversations.info", RateLimited(30))
    outcome = await running.slack.submit(company.lead, view)
    assert outcome.errors == {"subject": saved_words.SLACK_SLOW}
    running.slack.faults.clear()
    running.clock.step(timedelta(minutes=1))
    store, team = running.bot.store, running.slack.workspace.team.id
    atlas, beacon = await store.products.find(team, "Atlas"), await store.products.find(team, "Beacon")
    assert atlas is not None
    assert beacon is not None
    await store.product_changes.merge(atlas, beacon)
    outcome = await running.slack.submit(company.lead, view)
    assert outcome.errors == {"subject": saved_words.PRODUCT_GONE}
    await running.slack.submit(company.lead, view, {"subject": beacon.id})
    await running.bot.finish()
    assert saved_words.saved("Beacon") in [each.text for each in running.slack.ephemerals(company.lead)]


async def _save(running: Running, user: User, place: Channel) -> None:
    message = running.slack.say(user, place, WORDS)
    await running.slack.shortcut(user, message, SHORTCUT)
    await running.bot.finish()
    view = running.slack.views(user)[-1]
    atlas = await running.bot.store.products.find(running.slack.workspace.team.id, "Atlas")
    assert atlas is not None
    await running.slack.submit(user, view, {"subject": atlas.id})
    await running.bot.finish()


async def _listed(running: Running, user: User, place: Channel) -> str:
    answer = await running.type(user, place, "comments saved")
    assert answer is not None
    return answer.text
