from storage.people import People
from storage.records import Person
from storage.store import Store
from tests.storage.scene import DAY, HASH, MONDAY, TEAM


async def test_a_person_is_what_was_kept_last(store: Store) -> None:
    """What is put replaces what was there, for that workspace."""
    assert isinstance(store.people, People)
    assert await store.people.get(TEAM, HASH) is None
    await store.people.put(Person(team_id=TEAM, respondent=HASH, role="buyer"))
    paused = Person(team_id=TEAM, respondent=HASH, paused_until=MONDAY + DAY)
    await store.people.put(paused)
    assert await store.people.get(TEAM, HASH) == paused
    assert await store.people.get("T2", HASH) is None
