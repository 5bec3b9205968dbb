from dataclasses import replace

from storage.pulses.pulses import Pulses
from storage.store import Store
from tests.storage.scene import DAY, HOUR, MONDAY, TEAM, a_pulse, a_wave, answer


async def test_numbers_count_within_a_workspace(store: Store) -> None:
    """People know a pulse by its number: 1, 2, 3 in each workspace."""
    numbers = [(await a_pulse(store, team_id=team)).number for team in [TEAM, TEAM, "T2", TEAM]]
    assert numbers == [1, 2, 1, 3]


async def test_a_pulse_is_found_by_id_and_by_number(store: Store) -> None:
    """Both names of a pulse lead to it, within its workspace only."""
    pulse = await a_pulse(store)
    assert isinstance(store.pulses, Pulses)
    assert await store.pulses.numbered(TEAM, pulse.number) == pulse
    assert await store.pulses.numbered("T2", pulse.number) is None


async def test_a_channel_has_its_pulses_by_number(store: Store) -> None:
    """A channel's list holds its own pulses only, in the order in which they were made."""
    first, second = await a_pulse(store), await a_pulse(store)
    await a_pulse(store, channel_id="C2")
    assert await store.pulses.in_channel(TEAM, "C1", now=MONDAY) == [(first, None), (second, None)]


async def test_a_pulse_is_listed_with_its_newest_open_wave(store: Store) -> None:
    """Closed waves, those past their end and those taken down are not listed; the pulse still is."""
    pulse, quiet = await a_pulse(store), await a_pulse(store)
    waves = [await a_wave(store, pulse, opened_at=MONDAY + hours * HOUR) for hours in (0, 2, 1)]
    await answer(store, waves[1], ["a", "b"])
    ended = await a_wave(store, quiet, opened_at=MONDAY - 2 * DAY, closes_at=MONDAY - DAY)
    assert ended.closed_at is None
    listed = await store.pulses.in_channel(TEAM, "C1", now=MONDAY)
    assert listed == [(pulse, replace(waves[1], answered=2)), (quiet, None)]
    await store.waves.close(TEAM, waves[1].id, at=MONDAY + 3 * HOUR)
    await store.erasure.take_down(TEAM, waves[2].id, at=MONDAY + 3 * HOUR)
    assert await store.pulses.in_channel(TEAM, "C1", now=MONDAY) == [(pulse, waves[0]), (quiet, None)]


async def test_due_is_whose_time_has_come_and_who_is_not_paused(store: Store) -> None:
    """Every workspace's pulses are due at their next time, the longest waiting first, unless paused."""
    late = await a_pulse(store, next_at=MONDAY, team_id="T2")
    later = await a_pulse(store, next_at=MONDAY - DAY)
    paused = await a_pulse(store, next_at=MONDAY)
    await a_pulse(store, next_at=None)
    await a_pulse(store, next_at=MONDAY + DAY)
    await store.pulses.pause(TEAM, paused.id, reason="Bifocal was removed from the channel.")
    assert await store.pulses.due(MONDAY) == [later, late]


async def test_pausing_says_why_and_resuming_when(store: Store) -> None:
    """A paused pulse carries its reason; a resumed one is due at the time given."""
    pulse = await a_pulse(store, next_at=MONDAY)
    await store.pulses.pause(TEAM, pulse.id, reason="archived")
    paused = await store.pulses.numbered(TEAM, pulse.number)
    assert paused is not None
    assert (paused.paused, paused.pause_reason) == (True, "archived")
    await store.pulses.resume(TEAM, pulse.id, next_at=MONDAY + DAY)
    resumed = await store.pulses.numbered(TEAM, pulse.number)
    assert resumed is not None
    assert (resumed.paused, resumed.pause_reason, resumed.next_at) == (False, None, MONDAY + DAY)
