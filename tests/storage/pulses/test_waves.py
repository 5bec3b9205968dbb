import asyncio

import pytest

from storage.pulses.waves import Waves
from storage.records import AnswerRules, OccasionState, PostKind, PostState, Wave
from storage.store import Store
from tests.storage.scene import DAY, MONDAY, TEAM, a_pulse, a_wave, an_occasion


async def test_a_wave_opens_with_its_message(store: Store) -> None:
    """Opening a wave hands its message to the outbox in the same transaction."""
    assert isinstance(store.waves, Waves)
    wave = await a_wave(store)
    post = await store.outbox.post_for(TEAM, wave.id)
    assert post is not None
    assert (post.key, post.kind, post.channel_id) == (f"wave/{wave.id}", PostKind.WAVE, "C1")
    assert (post.state, post.wanted, post.sent, post.slack_ts) == (PostState.PENDING, 1, 0, None)


async def test_an_occasion_opens_a_wave_once(store: Store) -> None:
    """A due time that is in the ledger opens nothing and changes nothing, however often it is tried."""
    pulse = await a_pulse(store, next_at=MONDAY, cadence="weekly mon 10:00")
    occasion = an_occasion(pulse.id)
    skipped = an_occasion(
        pulse.id, "2026-11-09T10:00", state=OccasionState.SKIPPED, reason="missed while down"
    )
    wave = await a_wave(store, pulse, occasion=occasion, skipped=[skipped], next_at=MONDAY + 7 * DAY)
    assert wave.pulse.next_at == MONDAY + 7 * DAY
    assert await store.ledger.occasions_of(TEAM, pulse.id) == [skipped, occasion]
    again = await store.waves.open(
        pulse=pulse,
        question="again",
        ui_version=1,
        opened_at=MONDAY,
        closes_at=MONDAY + DAY,
        invited=None,
        occasion=occasion,
        next_at=MONDAY + 70 * DAY,
    )
    assert again is None
    assert await store.waves.of_pulse(TEAM, pulse.id) == [wave]


async def test_two_processes_open_one_wave_for_an_occasion(store: Store, other: Store) -> None:
    """When two stores race for a due time, one opens its wave and the other gets None (rule 3)."""
    pulse = await a_pulse(store, next_at=MONDAY)

    async def race(each: Store, week: int) -> Wave | None:
        at = MONDAY + 7 * week * DAY
        return await each.waves.open(
            pulse=pulse,
            question="?",
            ui_version=1,
            opened_at=at,
            closes_at=at + DAY,
            invited=None,
            occasion=an_occasion(pulse.id, f"week {week}", due_at=at),
            next_at=at + 7 * DAY,
        )

    weeks = range(8)
    opened = await asyncio.gather(*(race(each, week) for week in weeks for each in (store, other, store)))
    assert len([wave for wave in opened if wave]) == len(weeks)
    assert len(await store.waves.of_pulse(TEAM, pulse.id)) == len(weeks)
    assert len(await store.ledger.occasions_of(TEAM, pulse.id)) == len(weeks)
    assert len(await store.outbox.claim(now=MONDAY, lease=DAY, limit=100)) == len(weeks)


async def test_asking_now_leaves_the_schedule_alone(store: Store) -> None:
    """A wave without an occasion does not move the pulse's next time."""
    pulse = await a_pulse(store, next_at=MONDAY)
    assert (await a_wave(store, pulse)).pulse.next_at == MONDAY


async def test_waves_are_found_newest_first(store: Store) -> None:
    """A pulse's waves come newest first; those taken down are among them, but in no channel."""
    pulse = await a_pulse(store)
    old = await a_wave(store, pulse)
    new = await a_wave(store, pulse, opened_at=MONDAY + DAY)
    elsewhere = await a_wave(store, await a_pulse(store, channel_id="C2"), opened_at=MONDAY + 2 * DAY)
    assert await store.waves.of_pulse(TEAM, pulse.id) == [new, old]
    assert await store.waves.in_channels(TEAM, ["C1", "C2"]) == [elsewhere, new, old]
    assert await store.waves.in_channels(TEAM, ["C1"]) == [new, old]
    await store.erasure.take_down(TEAM, new.id, at=MONDAY + DAY)
    assert await store.waves.in_channels(TEAM, ["C1"]) == [old]
    assert [wave.id for wave in await store.waves.of_pulse(TEAM, pulse.id)] == [new.id, old.id]


async def test_open_waves_are_those_not_closed(store: Store) -> None:
    """Asked for open ones only, a channel leaves out what was closed."""
    wave = await a_wave(store)
    assert await store.waves.in_channels(TEAM, ["C1"], open_only=True) == [wave]
    await store.waves.close(TEAM, wave.id, at=MONDAY + DAY)
    assert await store.waves.in_channels(TEAM, ["C1"], open_only=True) == []


async def test_an_unknown_wave_is_none(store: Store) -> None:
    """What is not there, or in another workspace, is None."""
    wave = await a_wave(store)
    assert await store.waves.get(TEAM, "nowhere") is None
    assert await store.waves.get("T2", wave.id) is None


async def test_the_terms_of_a_wave_are_read_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instrument and namedness of each wave, of no wave None; the latest of them are remembered."""
    monkeypatch.setattr("storage.pulses.waves.REMEMBERED", 2)
    named = await a_wave(store, await a_pulse(store, instrument="sus", named=True))
    plain = [await a_wave(store) for _ in range(3)]
    for wave in [named, *plain, named, named]:
        rules = await store.waves.answer_rules(TEAM, wave.id)
        assert rules == AnswerRules(team_id=TEAM, instrument=wave.pulse.instrument, named=wave.pulse.named)
    assert await store.waves.answer_rules("T2", named.id) is None
    assert await store.waves.answer_rules(TEAM, named.id) is await store.waves.answer_rules(TEAM, named.id)
