"""What runs in a channel, and who may stop it."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from jobs.permissions.requester import Requester
from jobs.pulses.control import running_in_channel
from tests.conftest import Company, Running


async def test_a_list_asks_the_database_as_often_for_many_as_for_one(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much runs in a channel, its list is read with the same few queries."""
    store, reads = running.bot.store, []
    read = store.database.read

    async def counted(work: Callable[[Connection], object]) -> object:
        reads.append(work)
        return await read(work)

    monkeypatch.setattr(store.database, "read", counted)
    lead = Requester(
        team_id=company.lead.team_id,
        user_id=company.lead.id,
        channel_id=company.channel.id,
        now=running.clock(),
    )
    counts = []
    for asked in (1, 4):
        for _ in range(asked):
            await running.ask(company.lead, company.channel)
        reads.clear()
        rows, _, _ = await running_in_channel(store, lead, weeks=4)
        assert all(wave for _, wave in rows)
        counts.append(len(reads))
    assert counts[0] == counts[1]
