"""What was asked about a product, and what of it no round counts yet."""

from datetime import timedelta

from storage.records import ConfirmedName, Lens
from storage.store import Store
from tests.storage.scene import MONDAY, TEAM, a_pulse, a_wave, settle

HOUR = timedelta(hours=1)


async def test_what_was_asked_about_a_product(store: Store) -> None:
    """Each question once, if a wave of it was posted and stands."""
    pulses = [
        await a_pulse(store),
        await a_pulse(store),
        await a_pulse(store, instrument="csat", lens=Lens.UX),
        await a_pulse(store, channel_id="C2"),
        await a_pulse(store, channel_id="C3"),
        await a_pulse(
            store, product=await store.products.create(TEAM, ConfirmedName("Zeus")), instrument="seq"
        ),
    ]
    for pulse in pulses:
        await a_wave(store, pulse)
    await a_pulse(store, instrument="sus")  # set up and never posted
    gone = await a_wave(store, await a_pulse(store, instrument="ces"))
    await store.erasure.take_down(TEAM, gone.id, at=MONDAY)
    product_id = pulses[0].product.id
    found = await store.questions.asked(TEAM, ["C1", "C2"], product_id=product_id)
    asked = [(each.question.channel_id, each.question.instrument, each.question.lens) for each in found]
    assert sorted(asked) == [("C1", "csat", Lens.UX), ("C1", "nps", Lens.CX), ("C2", "nps", Lens.CX)]
    assert await store.questions.asked("T2", ["C1"], product_id=product_id) == []


async def test_what_no_round_counts_yet(store: Store) -> None:
    """Open waves and those that wait, newest first; not what is counted or was taken down."""
    pulse = await a_pulse(store)
    opened, waits, counts, gone = [await a_wave(store, pulse, opened_at=MONDAY + n * HOUR) for n in range(4)]
    for wave, is_counted in ((counts, True), (waits, False)):
        await settle(store, wave, at=MONDAY + timedelta(days=2), counts=is_counted)
    await store.erasure.take_down(TEAM, gone.id, at=MONDAY + timedelta(days=1))
    (asked,) = await store.questions.asked(TEAM, ["C1"], product_id=pulse.product.id)
    assert [wave.id for wave in asked.uncounted] == [waits.id, opened.id]
    assert asked.id == opened.question_id
