from storage.records import Lens
from storage.schema.wave_rows import PULSES, WAVES, read_pulse, read_wave
from storage.store import Store
from tests.storage.scene import DAY, MONDAY, a_pulse, a_wave, answer, answer_key


async def test_a_wave_comes_with_its_pulse_and_product(store: Store) -> None:
    """One query gives the wave, what it is a posting of, and what that is about."""
    pulse = await a_pulse(store, instrument="csat", lens=Lens.UX, leads=["U1", "U2"])
    wave = await a_wave(store, pulse)
    row = await store.database.read(lambda connection: connection.execute(WAVES).one())
    assert read_wave(row) == wave
    assert read_pulse(row) == pulse
    assert (wave.pulse.product.name, wave.pulse.leads, wave.pulse.lens) == ("Atlas", ("U1", "U2"), Lens.UX)


async def test_a_pulse_keeps_what_it_was_made_with(store: Store) -> None:
    """All that a pulse was made with comes back, moments in UTC."""
    made = await a_pulse(store, cadence="weekly mon 09:00", next_at=MONDAY, open_for=2 * DAY)
    row = await store.database.read(lambda connection: connection.execute(PULSES).one())
    assert read_pulse(row) == made
    assert (made.cadence, made.next_at, made.open_for, made.number) == (
        "weekly mon 09:00",
        MONDAY,
        2 * DAY,
        1,
    )


async def test_people_are_counted_not_rows(store: Store) -> None:
    """A wave's count is of people: two items of one are one, and one who took it back is none."""
    wave = await a_wave(store)
    await answer(store, wave, ["a", "b", "c"])
    await answer(store, wave, ["a"], item=2)
    await store.answers.take_back(answer_key(wave, "c"), at=MONDAY + DAY)
    found = await store.waves.get(wave.team_id, wave.id)
    assert found is not None
    assert found.answered == 2
