"""Waves that versions before rounds counted become rounds, as of the moments at which they were counted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jobs.pulses import count_old_waves as verb
from storage.answers.old_waves import Rebuilt
from storage.records import Round, RoundKind, Wave
from storage.schema.migrate import upgrade
from storage.store import Store
from tests.storage.scene import all_waves, rows
from tests.storage.schema.old import NIGHT, PRODUCT, PULSE, counted_wave, old_database, people

NOW = datetime(2025, 12, 1, tzinfo=UTC)
WEEKLY = {**PULSE, "cadence": "weekly mon 09:00"}
Rows = list[tuple[str, dict[str, Any]]]


async def rebuilt(folder: Path, *old: tuple[str, dict[str, Any]], pulse: dict[str, Any] = WEEKLY) -> Store:
    """A store over an old database, migrated and counted anew."""
    store = await opened(folder, *old, pulse=pulse)
    await count(store)
    return store


async def opened(folder: Path, *old: tuple[str, dict[str, Any]], pulse: dict[str, Any] = WEEKLY) -> Store:
    """A store over an old database whose tables are migrated; nothing is counted anew yet."""
    url = old_database(folder / "old.db", "0004", ("product", PRODUCT), ("pulse", pulse), *old)
    assert await upgrade(url)
    return await Store.open(url)


async def count(store: Store, *, weeks: int = 4) -> Rebuilt:
    """Count what old waves are left."""
    return await verb.count_old_waves(store, now=NOW, k=5, weeks=weeks, advance=lambda _: None)


async def rounds(store: Store) -> list[Round]:
    """Every round about Atlas, oldest first."""
    return await store.rounds.about("T1", ["C1", "C2"], product_id="p1")


async def waves(store: Store) -> list[Wave]:
    """Every wave, oldest first."""
    return (await all_waves(store))[::-1]


def weekly(*answers: dict[str, int]) -> Rows:
    """A wave a week with these answers, each counted on its own."""
    return [row for number, points in enumerate(answers) for row in counted_wave(number, points)]


async def test_rounds_are_made_as_of_the_old_moments(tmp_path: Path) -> None:
    """A weekly question of ten gets the rounds that it would have had: at once, then every four weeks."""
    store = await rebuilt(tmp_path, *weekly(*[people(1, 10)] * 10))
    made = await rounds(store)
    assert [each.askings for each in made] == [1, 3, 4]
    first = NIGHT.replace(tzinfo=UTC) + timedelta(days=1, minutes=15)
    assert made[0].counted_at == first
    assert [(each.counted_on - first.date()).days for each in made] == [0, 27, 54]
    assert [each.shared for each in made] == [{}, {made[0].id: 10}, {made[0].id: 10, made[1].id: 10}]
    assert [wave.counted_at is None for wave in await waves(store)] == [False] * 8 + [True] * 2
    assert await store.old_waves.left() == 0
    await store.close()


async def test_ties_of_what_is_counted_are_gone_and_those_of_what_waits_stay(tmp_path: Path) -> None:
    """Six people are no round with figures: they wait, and the seventh week joins them."""
    store = await rebuilt(tmp_path, *weekly(people(1, 6), people(7, 12), people(13, 18)))
    (made,) = await rounds(store)
    assert (made.kind, made.n, made.askings) == (RoundKind.NUMBER, 12, 2)
    kept = await rows(store)
    assert {row[1] for row in kept["rating"]} == {"wave00002"}
    assert len(kept["participation"]) == 12
    answered = [(wave.answered, wave.counted_at is None) for wave in await waves(store)]
    assert answered == [(6, False), (6, False), (6, True)]
    await store.close()


async def test_what_was_asked_once_becomes_a_word(tmp_path: Path) -> None:
    """Without a schedule six people make a word round; a promise of three becomes five, so four wait."""
    once = {**PULSE, "min_group": 3}
    store = await rebuilt(tmp_path, *weekly(people(1, 4), people(1, 6)), pulse=once)
    (made,) = await rounds(store)
    assert (made.kind, made.n, made.askings) == (RoundKind.WORD, 6, 2)
    assert {wave.promise for wave in await waves(store)} == {5}
    await store.close()


async def test_who_was_counted_elsewhere_lately_is_left_out(tmp_path: Path) -> None:
    """Two channels with the same people, counted a week apart: those of the second were counted before."""
    other = {**WEEKLY, "id": "u2", "number": 2, "channel_id": "C2"}
    there = counted_wave(1, people(1, 12), pulse_id="u2", channel_id="C2")
    store = await rebuilt(tmp_path, *weekly(people(1, 10)), ("pulse", other), *there)
    (made,) = await rounds(store)
    assert made.question.channel_id == "C1"
    assert [wave.counted_at is None for wave in await waves(store)] == [False, True]
    await store.close()


async def test_the_order_of_the_old_counts_holds(tmp_path: Path) -> None:
    """A wave that was counted late, after one that was asked later, is counted after it."""
    other = {**WEEKLY, "id": "u2", "number": 2, "channel_id": "C2"}
    late = counted_wave(0, people(1, 12), counts_after=timedelta(days=20), pulse_id="u2", channel_id="C2")
    store = await rebuilt(
        tmp_path, ("pulse", other), *late, *counted_wave(1, people(1, 10), counts_after=timedelta(days=1))
    )
    (made,) = await rounds(store)
    assert made.question.channel_id == "C1"
    await store.close()


async def test_what_has_waited_for_26_weeks_is_erased(tmp_path: Path) -> None:
    """Six answers do not join a wave of half a year later; nothing of them is left."""
    store = await opened(tmp_path, *counted_wave(0, people(1, 6)), *counted_wave(30, people(7, 16)))
    assert await count(store) == Rebuilt(waves=2, rounds=1, erased=1)
    assert [each.n for each in await rounds(store)] == [10]
    await store.close()


async def test_named_answers_keep_their_names(tmp_path: Path) -> None:
    """A question with names is counted, and its ties stay; of one that was taken down nothing is counted."""
    named = {**WEEKLY, "named": 1}
    gone = counted_wave(1, {}, taken_down=1)
    store = await rebuilt(tmp_path, *weekly(people(1, 10)), *gone, pulse=named)
    (made,) = await rounds(store)
    assert made.n == 10
    assert len((await rows(store))["rating"]) == 10
    assert [wave.round_id is None for wave in await waves(store)] == [False, True]
    await store.close()


async def test_it_can_be_stopped_and_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended after every commit, it makes the same rounds as in one go, and none twice."""
    history = weekly(*[people(1, 10), people(3, 14), people(1, 6), people(5, 20)] * 4)
    whole = await rebuilt(tmp_path, *history)
    monkeypatch.setattr(verb, "BATCH", 1)
    (tmp_path / "again").mkdir()
    store = await opened(tmp_path / "again", *history)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    for _ in range(16):
        with pytest.raises(KeyboardInterrupt):
            await verb.count_old_waves(store, now=NOW, k=5, weeks=4, advance=stop)
    assert await count(store) == Rebuilt()
    assert [without_ids(each) for each in await rounds(store)] == [
        without_ids(each) for each in await rounds(whole)
    ]
    assert (await rows(store))["rating"] == (await rows(whole))["rating"]
    await store.close()
    await whole.close()


def without_ids(made: Round) -> tuple[object, ...]:
    """What a round holds but ids."""
    return made.counted_at, made.kind, made.n, made.askings, made.histogram, sorted(made.shared.values())
