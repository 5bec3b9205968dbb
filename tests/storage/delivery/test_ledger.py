from dataclasses import replace

import pytest

from storage.delivery.ledger import Ledger, Owner
from storage.records import OccasionState
from storage.store import Store
from tests.storage.scene import DAY, MONDAY, TEAM, a_digest, a_pulse, an_occasion


@pytest.mark.parametrize("owner", ["pulse", "digest"])
async def test_what_is_skipped_leaves_a_row_that_says_why(store: Store, owner: Owner) -> None:
    """Skipped occasions are in the ledger with their reason, and the schedule moves on."""
    assert isinstance(store.ledger, Ledger)
    made = await (a_pulse(store, next_at=MONDAY) if owner == "pulse" else a_digest(store, next_at=MONDAY))
    skipped = [
        an_occasion(
            made.id, f"2026-11-{day:02}T10:00", state=OccasionState.SKIPPED, reason="missed while down"
        )
        for day in (9, 2)
    ]
    await store.ledger.skip(occasions=skipped, owner=owner, seen=MONDAY, next_at=MONDAY + DAY)
    assert await store.ledger.occasions_of(TEAM, made.id) == skipped[::-1]
    owners = store.pulses if owner == "pulse" else store.digests
    assert await owners.due(MONDAY) == []
    (found,) = await owners.due(MONDAY + DAY)
    assert (found.id, found.next_at) == (made.id, MONDAY + DAY)


async def test_what_was_done_is_not_skipped(store: Store) -> None:
    """An occasion that is in the ledger stays as it is."""
    pulse = await a_pulse(store)
    done = an_occasion(pulse.id)
    assert await store.waves.open(
        pulse=pulse,
        question="?",
        ui_version=1,
        opened_at=MONDAY,
        closes_at=MONDAY + DAY,
        invited=None,
        occasion=done,
    )
    late = replace(done, state=OccasionState.SKIPPED, reason="missed while down")
    await store.ledger.skip(occasions=[late], owner="pulse", seen=pulse.next_at, next_at=None)
    assert await store.ledger.occasions_of(TEAM, pulse.id) == [done]


async def test_skipping_nothing_is_a_mistake(store: Store) -> None:
    """Without an occasion nobody knows whose schedule to move."""
    with pytest.raises(ValueError, match="no occasions"):
        await store.ledger.skip(occasions=[], owner="pulse", seen=MONDAY, next_at=None)
