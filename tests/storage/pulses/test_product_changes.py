"""What becomes of questions, rounds and digests when a product is renamed, merged or removed."""

from datetime import timedelta
from typing import Any

import pytest

from storage.pulses.product_changes import ProductChanged
from storage.records import ConfirmedName, Product, Pulse, Uses, Wave
from storage.store import Store
from tests.storage.scene import (
    DAY,
    MONDAY,
    TEAM,
    a_digest,
    a_pulse,
    a_wave,
    an_edition,
    answer,
    publish,
    rows,
    settle,
)

FIVE = [f"{number:064x}" for number in range(5)]
WEEK = timedelta(weeks=1)


async def named(store: Store, name: str) -> Product:
    """The product of that name."""
    return await store.products.create(TEAM, ConfirmedName(name))


async def a_counted_wave(store: Store, name: str, **changes: Any) -> Wave:
    """A wave about the product itself that is counted, with five people."""
    pulse = await a_pulse(store, product=await named(store, name), subject=name, **changes)
    wave = await a_wave(store, pulse)
    await answer(store, wave, FIVE)
    assert await settle(store, wave, at=MONDAY + 4 * DAY)
    return wave


async def test_a_new_name_ends_nothing(store: Store) -> None:
    """A renamed product keeps its question, its rounds and its pulses; asked again it names the new one."""
    wave = await a_counted_wave(store, "Altas")
    altas = await named(store, "Altas")
    atlas = await store.product_changes.rename(altas, "Atlas")
    assert (atlas.id, atlas.name, atlas.former_keys) == (altas.id, "Atlas", ("altas",))
    assert await store.product_changes.rename(altas, "Atlas") == atlas
    pulse = await store.pulses.find(TEAM, wave.pulse.id)
    assert pulse is not None
    assert (pulse.subject, pulse.about) == ("Altas", "Atlas")
    again = await a_wave(store, pulse, opened_at=MONDAY + WEEK, closes_at=MONDAY + 2 * WEEK)
    assert again.question_id == wave.question_id
    assert [one.n for one in await store.rounds.about(TEAM, ["C1"], product_id=atlas.id)] == [5]


async def test_a_name_that_another_has_is_not_taken(store: Store) -> None:
    """Two products never get one name by renaming, and one that was renamed meanwhile is left alone."""
    altas = await named(store, "Altas")
    await named(store, "Atlas")
    with pytest.raises(ProductChanged):
        await store.product_changes.rename(altas, "ATLAS")
    await store.product_changes.rename(altas, "Beacon")
    with pytest.raises(ProductChanged):
        await store.product_changes.rename(altas, "Calypso")


async def test_a_merge_changes_no_round_and_keeps_two_questions(store: Store) -> None:
    """Every round, mark and wave stays as it is; questions that are the same by it are kept apart."""
    mine, other = await a_counted_wave(store, "Atlas"), await a_counted_wave(store, "Altas")
    elsewhere = await a_counted_wave(store, "Altas", channel_id="C2")
    before = await rows(store)
    altas, atlas = await named(store, "Altas"), await named(store, "Atlas")
    assert await store.product_changes.merge(altas, atlas) == []
    after = await rows(store)
    assert {name for name in before if before[name] != after[name]} == {
        "product",
        "pulse",
        "wave",
        "question",
    }
    found = await store.rounds.about(TEAM, ["C1", "C2"], product_id=atlas.id)
    assert sorted((one.question.channel_id, one.question.apart) for one in found) == [
        ("C1", ""),
        ("C1", other.question_id),
        ("C2", ""),
    ]
    assert await store.products.find(TEAM, "Altas") is None
    pulse = await store.pulses.find(TEAM, other.pulse.id)
    assert pulse is not None
    again = await a_wave(store, pulse, opened_at=MONDAY + WEEK, closes_at=MONDAY + 2 * WEEK)
    assert again.question_id == mine.question_id
    assert elsewhere.question_id in {
        asked.id for asked in await store.questions.asked(TEAM, ["C2"], product_id=atlas.id)
    }


async def test_a_merge_happens_once(store: Store) -> None:
    """The second of two merges finds the product gone, and nothing changes any more."""
    altas, atlas = await named(store, "Altas"), await named(store, "Atlas")
    await store.product_changes.merge(altas, atlas)
    before = await rows(store)
    with pytest.raises(ProductChanged):
        await store.product_changes.merge(altas, atlas)
    assert await rows(store) == before


async def test_marks_know_the_former_names(store: Store) -> None:
    """Whoever was counted for a merged product was counted for the other, also if its name is used anew."""
    await a_counted_wave(store, "Altas")
    await store.product_changes.merge(await named(store, "Altas"), await named(store, "Atlas"))
    for name in ("Atlas", "Altas"):
        wave = await a_wave(
            store, await a_pulse(store, product=await named(store, name), subject=name, channel_id="C7")
        )
        await answer(store, wave, FIVE)
        await store.waves.close(TEAM, wave.id, at=wave.closes_at)
        given = await store.rounds.waiting(TEAM, wave.question_id, at=MONDAY + 5 * DAY)
        assert given is not None
        assert len(given.marks) >= len(FIVE)
        assert all(mark.product_keys & given.product_keys for mark in given.marks)


async def test_what_waits_is_not_ended_by_the_next_asking(store: Store) -> None:
    """Answers that wait in a question kept apart wait on when its pulse asks the kept product's question."""
    atlas = await named(store, "Atlas")
    await a_counted_wave(store, "Atlas")
    pulse = await a_pulse(
        store, product=await named(store, "Altas"), subject="Altas", cadence="weekly mon 09:00"
    )
    wave = await a_wave(store, pulse)
    await answer(store, wave, FIVE[:2])
    assert await settle(store, wave, at=MONDAY + 4 * DAY, counts=False)
    await store.product_changes.merge(await named(store, "Altas"), atlas)
    again = await a_wave(store, pulse, opened_at=MONDAY + WEEK, closes_at=MONDAY + 2 * WEEK)
    await store.ended_questions.end_reworded(TEAM, pulse.id, question_id=again.question_id, at=MONDAY + WEEK)
    given = await store.rounds.waiting(TEAM, wave.question_id, at=MONDAY + 2 * WEEK)
    assert given is not None
    assert [len(each.answers) for each in given.waves] == [2]


async def test_two_digests_in_a_channel_become_the_older_one(store: Store) -> None:
    """The older digest goes on with the editions of both; one in another channel goes on under the name."""
    atlas, altas = await named(store, "Atlas"), await named(store, "Altas")
    older = await a_digest(store, product=altas, now=MONDAY - DAY)
    newer = await a_digest(store, product=atlas)
    apart = await a_digest(store, product=altas, channel_id="C8")
    await publish(store, newer, an_edition(newer))
    await store.product_changes.merge(altas, atlas)
    found = await store.digests.everywhere()
    assert {(each.id, each.product.name) for each in found} == {(older.id, "Atlas"), (apart.id, "Atlas")}
    assert await store.editions.last(TEAM, older.id) is not None


async def test_of_two_schedules_the_later_one_is_paused(store: Store) -> None:
    """What both ask in one channel is asked by the earlier schedule; in another channel both go on."""
    given: dict[str, Any] = {"cadence": "weekly mon 09:00", "next_at": MONDAY + WEEK}

    async def scheduled(name: str, **more: Any) -> Pulse:
        return await a_pulse(store, product=await named(store, name), subject=name, **given, **more)

    await scheduled("Atlas")
    later = await scheduled("Altas")
    await scheduled("Altas", channel_id="C2")
    paused = await store.product_changes.merge(await named(store, "Altas"), await named(store, "Atlas"))
    assert [pulse.id for pulse in paused] == [later.id]


async def test_only_a_product_without_anything_is_removed(store: Store) -> None:
    """A product with a pulse stays; one of which there is nothing goes, once."""
    await a_wave(store)
    atlas, altas = await named(store, "Atlas"), await named(store, "Altas")
    assert await store.product_changes.uses(TEAM, atlas.id) == Uses(open_waves=1, pulses=1)
    with pytest.raises(ProductChanged):
        await store.product_changes.remove(atlas)
    await store.product_changes.remove(altas)
    assert [each.name for each in await store.products.everywhere(TEAM)] == ["Atlas"]
    with pytest.raises(ProductChanged):
        await store.product_changes.remove(altas)
