"""A question's message is renewed when more people have answered; no answer writes its row."""

from typing import Any

import pytest

from storage.records import Wave
from storage.store import Store
from tests.storage.scene import DAY, MONDAY, TEAM, a_pulse, a_wave, answer, settle


async def wanted(store: Store, wave: Wave) -> int:
    """Which version of its message is wanted."""
    post = await store.outbox.post_for(TEAM, wave.id)
    assert post is not None
    return post.wanted


async def test_many_answers_ask_for_one_renewal(store: Store) -> None:
    """What was noted is asked for once, and only for the questions that were answered."""
    one = await a_wave(store)
    other = await a_wave(store, await a_pulse(store, channel_id="C2"))
    await answer(store, one, [f"p{number}" for number in range(20)])
    assert await store.renewals.ask() == 1
    assert await store.renewals.ask() == 0
    assert [await wanted(store, wave) for wave in (one, other)] == [2, 1]


async def test_a_renewal_that_was_noted_before_a_kill_is_found(store: Store, other: Store) -> None:
    """Another process, which was told of nothing, sees whose count is not the one that was asked for."""
    waves = [await a_wave(store, await a_pulse(store, channel_id=f"C{number}")) for number in range(3)]
    for wave in waves[:2]:
        await answer(store, wave, ["a", "b"])
    await store.renewals.ask()
    await answer(store, waves[0], ["c"])
    assert await other.renewals.sweep() == 1
    assert await other.renewals.sweep() == 0
    assert [await wanted(store, wave) for wave in waves] == [3, 2, 1]


async def test_a_settled_question_is_not_looked_at(store: Store) -> None:
    """What has been looked at for a count says what became of it, whatever its number was."""
    wave = await a_wave(store)
    await answer(store, wave, ["a", "b"])
    await settle(store, wave, at=MONDAY + 4 * DAY, counts=False)
    before = await wanted(store, wave)
    assert await store.renewals.sweep() == 0
    assert await wanted(store, wave) == before


async def test_what_could_not_be_asked_for_stays_noted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away loses no renewal: the next try asks for it."""
    wave = await a_wave(store)
    await answer(store, wave, ["a"])

    async def away(*_: Any) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(store.database, "write", away)
        with pytest.raises(OSError):  # noqa: PT011 - our own
            await store.renewals.ask()
    assert await store.renewals.ask() == 1
