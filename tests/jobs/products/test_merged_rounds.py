"""After a merge: every round as counted, nobody counted twice, and no answer can be told from another."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from jobs.pulses.count_rounds import decide_count
from jobs.scoring.chosen_rounds import newest_rounds
from storage.records import GRACE, ConfirmedName, Product, Round
from storage.store import Store
from tests.storage.scene import DAY, MONDAY, TEAM, a_pulse, a_wave, answer

MIXED = (9, 9, 9, 9, 8, 8, 8, 3, 3, 3)
PEOPLE = [f"{number:064x}" for number in range(10)]
OTHERS = [f"{number:064x}" for number in range(10, 20)]
WEEK = timedelta(weeks=1)


async def named(store: Store, name: str) -> Product:
    """The product of that name."""
    return await store.products.create(TEAM, ConfirmedName(name))


async def ask(store: Store, name: str, people: list[str], points: tuple[int, ...], *, week: int = 0) -> bool:
    """Ask about a product in #C1 in a week; whether the answers became a round."""
    at = MONDAY + week * WEEK
    pulse = await a_pulse(store, product=await named(store, name), subject=name)
    wave = await a_wave(store, pulse, opened_at=at, closes_at=at + DAY)
    for person, point in zip(people, points, strict=True):
        await answer(store, wave, [person], point=point)
    await store.waves.close(TEAM, wave.id, at=wave.closes_at)
    decide = partial(decide_count, k=5, weeks=4)
    found = await store.rounds.count(TEAM, wave.question_id, at=wave.closes_at + GRACE, decide=decide)
    return found is not None and found.round is not None


async def rounds(store: Store, name: str) -> list[Round]:
    """All rounds of a product as they are shown: without ids, which are drawn at random."""
    product = await named(store, name)
    found = await store.rounds.about(TEAM, ["C1"], product_id=product.id)
    found.sort(key=lambda one: (one.counted_at, bool(one.question.apart)))
    names = {one.id: str(place) for place, one in enumerate(found)}
    return [
        replace(
            one,
            id=names[one.id],
            question=replace(one.question, product_id="", apart="apart" if one.question.apart else ""),
            shared={names[id_]: n for id_, n in one.shared.items() if id_ in names},
        )
        for one in found
    ]


async def merged(points: tuple[int, ...], others: tuple[int, ...]) -> list[Round]:
    """The rounds of Atlas after Altas was merged into it, and what was asked a week later."""
    store = await Store.open("sqlite://")
    try:
        assert await ask(store, "Atlas", PEOPLE, points)
        assert await ask(store, "Altas", OTHERS, others)
        await store.product_changes.merge(await named(store, "Altas"), await named(store, "Atlas"))
        return await rounds(store, "Atlas")
    finally:
        await store.close()


def exchanged(points: tuple[int, ...], one: int, other: int) -> tuple[int, ...]:
    """The same answers, two of them exchanged."""
    changed: list[Any] = list(points)
    changed[one], changed[other] = changed[other], changed[one]
    return tuple(changed)


async def test_exchanging_two_answers_of_a_round_changes_nothing() -> None:
    """Every answer exchanged with one of another class of its round: all that is kept stays equal."""
    expected = await merged(MIXED, MIXED)
    assert [one.n for one in expected] == [10, 10]
    for place in range(len(MIXED)):
        other = next(each for each in range(len(MIXED)) if MIXED[each] != MIXED[place])
        changed = exchanged(MIXED, place, other)
        assert await merged(changed, MIXED) == expected
        assert await merged(MIXED, changed) == expected


@pytest.fixture
async def store() -> Any:
    """A store in memory."""
    opened = await Store.open("sqlite://")
    yield opened
    await opened.close()


async def test_the_rounds_of_both_are_the_same_to_the_digit(store: Store) -> None:
    """A merge adds whole rounds: those of each product, no other, each in its own question."""
    assert await ask(store, "Atlas", PEOPLE, MIXED)
    assert await ask(store, "Altas", OTHERS, exchanged(MIXED, 0, 9)[::-1])
    before = [*(await rounds(store, "Atlas")), *(await rounds(store, "Altas"))]
    await store.product_changes.merge(await named(store, "Altas"), await named(store, "Atlas"))
    after = await rounds(store, "Atlas")

    def figures(found: list[Round]) -> list[Any]:
        return [(one.n, one.histogram, one.classes, one.kind, one.counted_at) for one in found]

    assert figures(after) == figures(before)
    assert sorted(one.question.apart for one in after) == ["", "apart"]
    assert len(newest_rounds(after).now) == len(after)


@pytest.mark.parametrize("then", ["Atlas", "Altas"], ids=["the kept name", "the old name made anew"])
@pytest.mark.parametrize("rename", [False, True], ids=["merged", "renamed"])
async def test_nobody_is_counted_twice_in_four_weeks(store: Store, then: str, rename: bool) -> None:  # noqa: FBT001
    """Who was counted for Altas is not counted for Atlas, nor for a new Altas, within four weeks."""
    assert await ask(store, "Altas", PEOPLE, MIXED)
    altas = await named(store, "Altas")
    if rename:
        await store.product_changes.rename(altas, "Atlas")
    else:
        await store.product_changes.merge(altas, await named(store, "Atlas"))
    assert not await ask(store, then, PEOPLE, MIXED, week=1)
    assert not await ask(store, then, [*PEOPLE[1:], OTHERS[0]], MIXED, week=2)
