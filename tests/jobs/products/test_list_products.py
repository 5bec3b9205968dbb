"""Who reads which products."""

import pytest

from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from jobs.products.list_products import list_products
from tests.conftest import MONDAY, Company, Running
from tests.standing import TEAM


async def test_products_are_listed_by_name_with_the_channels_that_may_be_seen(
    running: Running, company: Company
) -> None:
    """A member reads every product that was asked about where they are; a guest is refused."""
    await running.ask(company.lead, company.channel, "nps about Beacon")
    store, directory = running.bot.store, running.bot.context.directory

    def by(user_id: str) -> Requester:
        return Requester(team_id=TEAM, user_id=user_id, channel_id=company.channel.id, now=MONDAY)

    found = {one.name: one.channels for one in await list_products(store, directory, by("U0P01"))}
    assert found["Beacon"] == (company.channel.id,)
    assert list(found) == sorted(found)
    with pytest.raises(Refused):
        await list_products(store, directory, by(company.guest.id))
