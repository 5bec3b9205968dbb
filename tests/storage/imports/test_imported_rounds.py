"""Rounds of files, as both databases keep them."""

from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, date, datetime

import pytest

from storage.imports.imported_rounds import CountedMeanwhile
from storage.records import Lens, Product, Pulse, Question, Round, RoundKind
from storage.records.count_records import Import, RoundFromFile
from storage.store import Store
from tests.storage.scene import MONDAY, TEAM, a_pulse


def a_round(id_: str, month: int, pulse_product: str, shared: dict[str, int] | None = None) -> Round:
    """Ten answers of a month."""
    return Round(
        id=id_,
        question=Question(
            team_id=TEAM,
            channel_id="C1",
            product_id=pulse_product,
            subject_key="",
            lens=Lens.CX,
            instrument="nps",
            wording="imported from Delighted",
            named=False,
        ),
        kind=RoundKind.NUMBER,
        counted_at=datetime(2026, month, 28, 12, tzinfo=UTC),
        n=10,
        invited=None,
        first_day=date(2026, month, 1),
        last_day=date(2026, month, 28),
        askings=1,
        histogram={-100: 5, 100: 5},
        shared=shared or {},
    )


async def test_a_file_is_kept_and_taken_down_whole(store: Store) -> None:
    """Rounds, shared people and comments come at once; nothing waits; one takedown takes all of them."""
    pulse = await a_pulse(store)
    rounds = (
        RoundFromFile(a_round("r1", 1, pulse.product.id), "a" * 32, ("Slow", "Dear") * 3),
        RoundFromFile(a_round("r2", 2, pulse.product.id, {"r1": 5}), "b" * 32),
    )
    kept = await store.imported.keep(Import(pulse=pulse, rounds=rounds, listed=True, counted=0))
    assert kept == pulse
    counted = await store.imported.counted(TEAM, "nps")
    assert [(each.round.id, each.pulse, each.rows) for each in counted] == [
        ("r1", pulse.number, "a" * 32),
        ("r2", pulse.number, "b" * 32),
    ]
    found = await store.rounds.find(TEAM, "r2")
    assert found
    assert found.shared == {"r1": 5}
    assert await store.rounds.due(MONDAY) == []
    (batch,) = await store.listed_comments.batches(TEAM, ["C1"], product_id=pulse.product.id)
    assert sorted(each.text for each in batch.comments) == ["Dear"] * 3 + ["Slow"] * 3
    assert await store.listed_comments.filling(1) == []  # no topic of today is made of old comments
    assert await store.waves.recent(TEAM, "C1", instrument=None, since=datetime(2025, 1, 1, tzinfo=UTC)) == []
    first, *_ = await store.imported.waves_of(TEAM, pulse.number)
    await store.erasure.take_down(TEAM, first, at=MONDAY)
    assert [each.round.withdrawn for each in await store.imported.counted(TEAM, "nps")] == [True, True]
    assert await store.imported.waves_of(TEAM, pulse.number) == []
    assert await store.listed_comments.batches(TEAM, ["C1"], product_id=pulse.product.id) == []


async def test_of_what_fails_midway_nothing_is_left(store: Store) -> None:
    """No product, no number, no wave: the next question gets the number that it would have had."""
    there = await a_pulse(store)
    product = Product(team_id=TEAM, id="new", name="Zephyr")
    unwritten = Pulse(**{**asdict(there), "id": "file", "number": 0, "product": product})
    rounds = (RoundFromFile(a_round("r1", 1, "new"), "a" * 32, ("Slow", "half \ud800")),)
    with pytest.raises(ValueError, match="surrogate"):
        await store.imported.keep(
            Import(pulse=unwritten, rounds=rounds, listed=True, counted=0, new_product=True)
        )
    assert await store.products.find(TEAM, "Zephyr") is None
    assert await store.imported.counted(TEAM, "nps") == []
    assert await store.imported.pulses_in(TEAM, "C1") == set()
    assert (await a_pulse(store, subject="it")).number == there.number + 1
    rounds = (RoundFromFile(a_round("r1", 1, "new"), "a" * 32),)
    kept = await store.imported.keep(
        Import(pulse=unwritten, rounds=rounds, listed=False, counted=0, new_product=True)
    )
    assert kept.number == there.number + 2
    assert await store.products.find(TEAM, "zephyr") == product
    assert await store.imported.pulses_in(TEAM, "C1") == {"file"}


async def test_what_was_chosen_before_another_count_is_not_kept(store: Store) -> None:
    """Where rounds came since a file's own were chosen, none of them is kept: they may be too near."""
    pulse = await a_pulse(store)
    for number, kept in ((1, True), (2, False)):
        one = a_round(f"r{number}", 1, pulse.product.id)
        new = Import(pulse=pulse, rounds=(RoundFromFile(one, f"{number}" * 32),), listed=False, counted=0)
        with nullcontext() if kept else pytest.raises(CountedMeanwhile):
            await store.imported.keep(new)
    assert [each.round.id for each in await store.imported.counted(TEAM, "nps")] == ["r1"]
