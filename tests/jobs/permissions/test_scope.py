"""What a channel may see, and who leads what."""

from jobs.permissions.scope import is_lead, scope
from tests.conftest import Company, Running


async def test_a_channel_sees_itself_and_its_sources(running: Running, company: Company) -> None:
    """Sources of its own digests, running ones only; products are those that were asked about there."""
    store, team = running.bot.store, company.lead.team_id
    await running.ask(company.lead, company.channel)
    here = await scope(store, team_id=team, channel_id=company.team.id)
    assert (here.channels, here.products) == (("C0TEAM",), ())
    await running.type(company.lead, company.team, "digest Atlas from #atlas")
    here = await scope(store, team_id=team, channel_id=company.team.id)
    assert here.channels == ("C0TEAM", "C0ATLAS")
    assert [product.name for product in here.products] == ["Atlas"]
    there = await scope(store, team_id=team, channel_id=company.channel.id)
    assert there.channels == ("C0ATLAS",)
    (digest,) = await store.digests.in_channel(team, company.team.id)
    await store.digests.pause(team, digest.id, reason="is_archived")
    assert (await scope(store, team_id=team, channel_id=company.team.id)).channels == ("C0TEAM",)


async def test_leads_and_admins(running: Running, company: Company) -> None:
    """Who made it, and admins of the workspace; nobody else, also not an admin elsewhere."""
    await running.ask(company.lead, company.channel)
    (pulse,) = await running.bot.store.pulses.in_channel(company.lead.team_id, company.channel.id)
    directory = running.bot.context.directory
    company.guest.is_admin = True
    led = [
        user.id
        for user in (company.lead, company.admin, company.people[0], company.guest)
        if await is_lead(directory, pulse, user.id)
    ]
    assert led == [company.lead.id, company.admin.id]
