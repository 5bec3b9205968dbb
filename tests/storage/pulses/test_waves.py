import asyncio
from dataclasses import replace

import pytest

from storage.pulses.waves import Waves
from storage.records import AnswerRules, OccasionState, PostKind, PostState, Wave
from storage.store import Store
from tests.storage.scene import DAY, HOUR, MONDAY, TEAM, a_pulse, a_wave, all_waves, an_occasion, rows


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
    assert await all_waves(store, pulse) == [wave]


async def test_two_processes_open_one_wave_for_an_occasion(store: Store, other: Store) -> None:
    """When two stores race for a due time, one opens its wave and the other gets None (rule 3)."""
    pulse = await a_pulse(store, next_at=MONDAY)

    async def race(each: Store, week: int) -> Wave | None:
        at = MONDAY + 7 * week * DAY
        return await each.waves.open(
            pulse=replace(pulse, next_at=at),
            question="?",
            ui_version=1,
            opened_at=at,
            closes_at=at + DAY,
            invited=None,
            occasion=an_occasion(pulse.id, f"week {week}", due_at=at),
            next_at=at + 7 * DAY,
        )

    weeks = range(8)
    opened: list[Wave | None] = []
    for week in weeks:
        opened += await asyncio.gather(*(race(each, week) for each in (store, other, store)))
    assert len([wave for wave in opened if wave]) == len(weeks)
    assert len(await all_waves(store, pulse)) == len(weeks)
    assert len(await store.ledger.occasions_of(TEAM, pulse.id)) == len(weeks)
    assert len(await store.outbox.claim(now=MONDAY, lease=DAY, limit=100)) == len(weeks)


@pytest.mark.parametrize("changed", ["paused", "resumed"])
async def test_a_pulse_that_was_changed_is_left_as_it_is(store: Store, changed: str) -> None:
    """A due time opens and skips nothing when the pulse was changed after it was read."""
    pulse = await a_pulse(store, next_at=MONDAY, cadence="weekly mon 10:00")
    if changed == "paused":
        await store.pulses.pause(TEAM, pulse.id, reason=None)
    else:
        await store.pulses.resume(TEAM, pulse.id, next_at=MONDAY + 4 * DAY)
    before = await rows(store)
    opened = await store.waves.open(
        pulse=pulse,
        question="?",
        ui_version=1,
        opened_at=MONDAY,
        closes_at=MONDAY + DAY,
        occasion=an_occasion(pulse.id),
        next_at=MONDAY + 7 * DAY,
    )
    assert opened is None
    assert not await store.ledger.skip(
        occasions=[an_occasion(pulse.id)], owner="pulse", seen=MONDAY, next_at=MONDAY + 7 * DAY
    )
    assert await rows(store) == before


async def test_asking_now_leaves_the_schedule_alone(store: Store) -> None:
    """A wave without an occasion does not move the pulse's next time."""
    pulse = await a_pulse(store, next_at=MONDAY)
    assert (await a_wave(store, pulse)).pulse.next_at == MONDAY


async def test_the_open_waves_of_a_pulse(store: Store) -> None:
    """Newest first, until they are closed or taken down."""
    pulse = await a_pulse(store)
    await a_wave(store)
    waves = [await a_wave(store, pulse, opened_at=MONDAY + hours * HOUR) for hours in (1, 3, 2, 0)]
    await store.waves.close(TEAM, waves[0].id, at=MONDAY + DAY)
    await store.erasure.take_down(TEAM, waves[3].id, at=MONDAY + DAY)
    assert await store.waves.open_of(TEAM, pulse.id) == [waves[1], waves[2]]
    assert await store.waves.open_of("T2", pulse.id) == []


async def test_the_newest_wave_of_a_pulse_and_the_one_before(store: Store) -> None:
    """The newest is of those that stand; the one before is when people were last asked, taken down or not."""
    pulse = await a_pulse(store)
    assert await store.waves.newest(TEAM, pulse.id) is None
    old, middle, new = [await a_wave(store, pulse, opened_at=MONDAY + hours * HOUR) for hours in (0, 1, 2)]
    assert await store.waves.newest(TEAM, pulse.id) == new
    await store.erasure.take_down(TEAM, middle.id, at=MONDAY + DAY)
    await store.erasure.take_down(TEAM, new.id, at=MONDAY + DAY)
    assert await store.waves.newest(TEAM, pulse.id) == old
    for wave, before in ((new, middle.opened_at), (old, None)):
        shown = await store.waves.to_show(TEAM, wave.id)
        assert shown is not None
        assert (shown[0].id, shown[1]) == (wave.id, before)


async def test_what_was_asked_lately(store: Store) -> None:
    """An instrument's waves in a channel that opened after a moment, and older ones that are still open."""
    pulse = await a_pulse(store)
    hours = (-90, -80, -3, -1)
    waves = [await a_wave(store, pulse, opened_at=MONDAY + hour * HOUR, closes_at=MONDAY) for hour in hours]
    await store.waves.close(TEAM, waves[0].id, at=MONDAY)
    await store.waves.close(TEAM, waves[2].id, at=MONDAY)
    gone = await a_wave(store, pulse)
    await store.erasure.take_down(TEAM, gone.id, at=MONDAY)
    await a_wave(store, await a_pulse(store, channel_id="C2"))
    await a_wave(store, await a_pulse(store, instrument="csat"))
    found = await store.waves.recent(TEAM, "C1", instrument="nps", since=MONDAY - DAY)
    assert [wave.id for wave in found] == [waves[3].id, waves[2].id, waves[1].id]


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
