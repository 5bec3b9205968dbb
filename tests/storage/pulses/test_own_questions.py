"""What one person has to do with is found, and nothing else."""

from storage.store import Store
from tests.storage.scene import DAY, MONDAY, TEAM, a_digest, a_pulse, a_wave


async def test_what_somebody_leads(store: Store) -> None:
    """Questions and digests by the whole id of a lead, the newest question first; not those of others."""
    first = await a_pulse(store, leads=["U_ADA", "U_LEAD"])
    await a_pulse(store, leads=["U_LEADER"])
    second = await a_pulse(store, team_id="T_OTHER", leads=["U_LEAD"])
    third = await a_pulse(store, leads=["U_LEAD"])
    digest = await a_digest(store, lead="U_LEAD")
    assert await store.own_questions.led_by(TEAM, "U_LEAD") == [third, first]
    assert await store.own_questions.led_by("T_OTHER", "U_LEAD") == [second]
    assert await store.digests.led_by(TEAM, "U_LEAD") == [digest]
    for other in ("U_LEA", "EAD", "%", "_", '"'):
        assert await store.own_questions.led_by(TEAM, other) == []
        assert await store.digests.led_by(TEAM, other) == []


async def test_what_is_open_in_some_channels(store: Store) -> None:
    """The one that closes next first; not what has closed, was taken down, or stands elsewhere."""
    late = await a_wave(store, closes_at=MONDAY + 3 * DAY)
    soon = await a_wave(store, await a_pulse(store, channel_id="C2"), closes_at=MONDAY + 2 * DAY)
    elsewhere = await a_wave(store, await a_pulse(store, channel_id="C3"))
    closed, gone = await a_wave(store, await a_pulse(store)), await a_wave(store, await a_pulse(store))
    await store.waves.close(TEAM, closed.id, at=MONDAY + DAY)
    await store.erasure.take_down(TEAM, gone.id, at=MONDAY + DAY)
    now = MONDAY + DAY
    found = await store.own_questions.open_in(TEAM, ["C1", "C2"], now=now, since=MONDAY - DAY)
    assert [wave.id for wave in found] == [soon.id, late.id]
    assert await store.own_questions.open_in(TEAM, [], now=now, since=MONDAY - DAY) == []
    assert (
        await store.own_questions.open_in(TEAM, ["C1", "C2"], now=MONDAY + 3 * DAY, since=MONDAY - DAY) == []
    )
    assert await store.own_questions.open_in(TEAM, ["C1", "C2"], now=now, since=MONDAY) == []
    assert elsewhere.id not in {wave.id for wave in found}


async def test_whether_anything_was_ever_asked(store: Store) -> None:
    """A question that was taken down was asked; one of another workspace was not asked in this one."""
    assert not await store.questions.ever_asked(TEAM)
    wave = await a_wave(store)
    await store.erasure.take_down(TEAM, wave.id, at=MONDAY + DAY)
    assert await store.questions.ever_asked(TEAM)
    assert not await store.questions.ever_asked("T_OTHER")


async def test_the_newest_wave_of_each_question(store: Store) -> None:
    """Not one that was taken down, and of nothing that was not asked for."""
    first, second, other = [await a_pulse(store) for _ in range(3)]
    await a_wave(store, first)
    newest = await a_wave(store, first, opened_at=MONDAY + DAY)
    gone = await a_wave(store, first, opened_at=MONDAY + 2 * DAY)
    await a_wave(store, other)
    await store.erasure.take_down(TEAM, gone.id, at=MONDAY + 3 * DAY)
    found = await store.own_questions.newest_waves(TEAM, [first.id, second.id])
    assert {pulse_id: wave.id for pulse_id, wave in found.items()} == {first.id: newest.id}
    assert await store.own_questions.newest_waves(TEAM, []) == {}
