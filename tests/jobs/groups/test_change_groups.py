"""A group changes only as it was seen, and never to less than two channels."""

from dataclasses import replace

import pytest

from jobs.groups.change_groups import change_channels, list_groups, remove_group, set_group
from jobs.permissions.refusal import Refused
from jobs.permissions.requester import Requester
from storage.records import ChannelGroup
from tests.conftest import MONDAY, Company, Running
from tests.standing import TEAM


async def test_a_group_that_somebody_else_changes_meanwhile(
    running: Running, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays as they left it, and whoever was slower is told; the same again changes nothing."""
    store, directory = running.bot.store, running.bot.context.directory
    admin = Requester(team_id=TEAM, user_id=company.admin.id, channel_id=company.team.id, now=MONDAY)
    both = (company.channel.id, company.team.id)
    made = await set_group(store, directory, admin, "all", channels=both)
    assert (made.group.channels, made.before) == (both, None)
    assert (await set_group(store, directory, admin, "All", channels=both)).group == made.group
    quicker = replace(made.group, channels=both[::-1])
    find = store.groups.find

    async def seen_before(team_id: str, name: str) -> ChannelGroup | None:
        seen = await find(team_id, name)
        await store.groups.keep(quicker, instead_of=seen)
        return seen

    monkeypatch.setattr(store.groups, "find", seen_before)
    with pytest.raises(Refused, match="changed meanwhile"):
        await set_group(store, directory, admin, "all", channels=both)
    monkeypatch.undo()
    assert await list_groups(store, directory, admin) == [quicker]
    with pytest.raises(Refused, match="two channels or more"):
        await change_channels(store, directory, admin, "all", dropped=both[:1])
    assert await remove_group(store, directory, admin, "all") == quicker
