"""Who leads what."""

from jobs.permissions.leads import is_lead
from tests.conftest import Company, Running


async def test_leads_and_admins(running: Running, company: Company) -> None:
    """Who made it, and admins of the workspace; nobody else, also not an admin elsewhere."""
    await running.ask(company.lead, company.channel)
    ((pulse, _),) = await running.bot.store.pulses.in_channel(
        company.lead.team_id, company.channel.id, now=running.clock()
    )
    directory = running.bot.context.directory
    company.guest.is_admin = company.guest.shows_roles = True
    led = [
        user.id
        for user in (company.lead, company.admin, company.people[0], company.guest)
        if await is_lead(directory, pulse, user.id)
    ]
    assert led == [company.lead.id, company.admin.id]
