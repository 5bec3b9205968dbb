"""What a channel may see."""

import pytest

from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.permissions.scope import Subject, scope, subjects
from tests.conftest import MONDAY, Company, Running


async def test_a_channel_sees_itself_and_its_sources(running: Running, company: Company) -> None:
    """Sources of its own digests, running ones only; products are those that were asked about there."""
    store, team = running.bot.store, company.lead.team_id
    directory = running.bot.context.directory
    await running.ask(company.lead, company.channel)
    here = await scope(store, directory, team_id=team, channel_id=company.team.id)
    assert (here.channels, here.products) == (("C0TEAM",), ())
    await running.type(company.lead, company.team, "digest Atlas from #atlas")
    here = await scope(store, directory, team_id=team, channel_id=company.team.id)
    assert here.channels == ("C0TEAM", "C0ATLAS")
    assert [product.name for product in here.products] == ["Atlas"]
    there = await scope(store, directory, team_id=team, channel_id=company.channel.id)
    assert there.channels == ("C0ATLAS",)
    (digest,) = await store.digests.in_channel(team, company.team.id)
    await store.digests.pause(team, digest.id, reason="is_archived")
    assert (await scope(store, directory, team_id=team, channel_id=company.team.id)).channels == ("C0TEAM",)


async def test_what_a_query_is_about(running: Running, company: Company) -> None:
    """Products of this channel, by any spelling of their name; elsewhere only for admins."""
    await running.ask(company.lead, company.channel)

    async def about(*, user_id: str, channel_id: str, name: str) -> list[Subject]:
        requester = Requester(
            team_id=company.lead.team_id, user_id=user_id, channel_id=channel_id, now=MONDAY
        )
        found = await subjects(running.bot.store, running.bot.context.directory, requester, name)
        return found.found

    ((product, channels),) = await about(user_id=company.lead.id, channel_id="C0ATLAS", name="ATLAS")
    assert (product.name, channels) == ("Atlas", ("C0ATLAS",))
    with pytest.raises(Refused):
        await about(user_id=company.lead.id, channel_id="C0TEAM", name="Atlas")
    ((_, channels),) = await about(user_id=company.admin.id, channel_id="C0TEAM", name="Atlas")
    assert channels == ("C0ATLAS",)
    company.guest.is_admin = company.guest.shows_roles = True
    with pytest.raises(Refused):
        await about(user_id=company.guest.id, channel_id="C0TEAM", name="Atlas")
