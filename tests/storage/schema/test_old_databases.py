"""What becomes of the rows that older versions wrote."""

from pathlib import Path

from storage.schema.migrate import upgrade
from storage.store import Store
from tests.storage.schema.old import DIGEST, PRODUCT, PULSE, WAVE, old_database


async def test_groups_that_were_promised_too_small_become_five(tmp_path: Path) -> None:
    """A promise of 3 or 4 becomes 5, a larger one stays, and nothing that belongs to a pulse is lost."""
    groups = {"u1": 3, "u2": 4, "u3": 5, "u4": 10}
    pulses = [
        ("pulse", {**PULSE, "id": id_, "number": number, "min_group": group})
        for number, (id_, group) in enumerate(groups.items(), start=1)
    ]
    url = old_database(
        tmp_path / "old.db",
        "0004",
        ("product", PRODUCT),
        *pulses,
        ("wave", WAVE),
        ("digest", {**DIGEST, "min_group": 3}),
    )
    await upgrade(url)
    store = await Store.open(url)
    kept = await store.pulses.in_channel("T1", "C1")
    assert {pulse.id: pulse.min_group for pulse in kept} == {"u1": 5, "u2": 5, "u3": 5, "u4": 10}
    assert (await store.waves.in_channels("T1", ["C1"]))[0].pulse.id == "u1"
    assert [digest.min_group for digest in await store.digests.in_channel("T1", "C1")] == [5]
    await store.close()
