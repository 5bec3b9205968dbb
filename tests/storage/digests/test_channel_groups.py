"""Groups of channels: found however they are spelt, changed only as they were seen."""

from dataclasses import replace

from storage.records import ChannelGroup
from storage.store import Store
from tests.storage.scene import TEAM

EU = ChannelGroup(team_id=TEAM, name="EU", channels=("C1", "C2"))


async def test_a_group_is_kept_changed_and_removed(store: Store) -> None:
    """By name in a workspace; one that somebody else changed meanwhile stays as they left it."""
    assert await store.groups.keep(EU, instead_of=None)
    assert not await store.groups.keep(replace(EU, name="eu"), instead_of=None)
    assert await store.groups.find(TEAM, "eu") == EU
    assert await store.groups.find("T_OTHER", "eu") is None
    three = replace(EU, channels=("C1", "C2", "C3"))
    assert await store.groups.keep(three, instead_of=EU)
    assert not await store.groups.keep(EU, instead_of=EU)
    assert await store.groups.everywhere(TEAM) == [three]
    assert await store.groups.remove(three)
    assert not await store.groups.remove(three)
    assert await store.groups.everywhere(TEAM) == []
