"""Whether somebody may be written to is asked and claimed in one write."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from jobs.reminders.writing_rule import quiet
from storage.records import AnswerKey, Lens, Pulse, Wave
from storage.records.pause_records import CAP, REST, SNOOZE
from storage.reminders.claims import Claim
from storage.reminders.pauses import once_forgotten
from storage.store import Store
from tests.storage.scene import DAY, HASH, HOUR, MONDAY, TEAM, a_pulse, a_rating, a_wave

NAMED = "U0NAMED"


def claim_of(wave: Wave, respondent: str = HASH, *, answers_as: str | None = None) -> Claim:
    """A reminder of that wave to somebody who answers it under their code, or as somebody else."""
    answer = AnswerKey(team_id=wave.team_id, wave_id=wave.id, respondent=answers_as or respondent)
    return Claim(respondent=respondent, answer=answer)


async def reminded(store: Store, at: datetime) -> bool:
    """Whether a reminder of a wave of its own is claimed at that moment."""
    wave = await a_wave(store, opened_at=at - DAY, closes_at=at + DAY, pulse=await a_pulse_of_its_own(store))
    return await store.reminders.claim(claim_of(wave), now=at)


async def a_pulse_of_its_own(store: Store) -> Pulse:
    """A pulse about the product that is there already."""
    product = await store.products.find(TEAM, "Atlas")
    return await a_pulse(store, **({"product": product} if product else {}))


async def test_one_of_many_that_ask_at_once_may_write(store: Store, other: Store) -> None:
    """Of two processes with many questions each, one writes to a person, once within 14 days."""
    waves = [await a_wave(store)]
    waves += [await a_wave(store, pulse=waves[0].pulse) for _ in range(9)]
    asked = [each.reminders.claim(claim_of(wave), now=MONDAY) for wave in waves for each in (store, other)]
    asked += [each.pauses.claim_writing(TEAM, HASH, now=MONDAY) for each in (store, other)]
    assert sum(await asyncio.gather(*asked)) == 1
    assert not await store.pauses.claim_writing(TEAM, HASH, now=MONDAY + CAP - timedelta(seconds=1))
    assert await store.pauses.claim_writing(TEAM, HASH, now=MONDAY + CAP)


async def test_a_wave_is_claimed_once_for_ever(store: Store) -> None:
    """Nobody is reminded twice of a wave, be it open for months."""
    wave = await a_wave(store, closes_at=MONDAY + 90 * DAY)
    assert await store.reminders.claim(claim_of(wave), now=MONDAY)
    assert not await store.reminders.claim(claim_of(wave), now=MONDAY + 20 * DAY)


@pytest.mark.parametrize("how", ["closed", "taken down", "paused", "answered", "by name", "a second"])
async def test_no_reminder_of_what_is_no_longer_open_to_them(store: Store, how: str) -> None:
    """A claim is refused where the wave closed a second ago, is paused or taken down, or was answered."""
    wave, now, person = await a_wave(store), MONDAY + HOUR, HASH
    if how == "closed":
        await store.waves.close(TEAM, wave.id, at=now)
    elif how == "taken down":
        await store.erasure.take_down(TEAM, wave.id, at=now)
    elif how == "paused":
        await store.pulses.pause(TEAM, wave.pulse.id, reason=None)
    elif how == "answered":
        await store.answers.record([a_rating(wave)])
    elif how == "by name":
        person = NAMED
        await store.answers.record([a_rating(wave, NAMED)])
    else:
        now = wave.closes_at + timedelta(seconds=1)
    assert not await store.reminders.claim(claim_of(wave, answers_as=person), now=now)
    assert await store.pauses.of_person(TEAM, HASH) is None


@pytest.mark.parametrize("others, refused", [("the same", True), ("closed", False), ("another", False)])
async def test_no_reminder_of_what_was_answered_elsewhere(
    store: Store, others: str, *, refused: bool
) -> None:
    """An answer to the same question in another channel is enough while that is open, also with the name."""
    wave = await a_wave(store)
    product = wave.pulse.product
    subject = "Atlas billing" if others == "another" else "ATLAS"
    there = await a_pulse(store, product=product, channel_id="C2", named=True, subject=subject)
    elsewhere = await a_wave(store, pulse=there)
    await store.answers.record([a_rating(elsewhere, NAMED)])
    if others == "closed":
        await store.waves.close(TEAM, elsewhere.id, at=MONDAY + HOUR)
    answered, _ = await store.reminders.left_out(wave, now=MONDAY + HOUR)
    assert (NAMED in answered) is refused
    claim = replace(claim_of(wave), keys=(HASH, NAMED))
    assert await store.reminders.claim(claim, now=MONDAY + HOUR) is not refused


async def test_an_instrument_rests_longer_than_a_person(store: Store) -> None:
    """Nobody is reminded again of NPS within its own pause, though of something else; then it is gone."""
    first = await a_wave(store)
    assert await store.reminders.claim(claim_of(first), now=MONDAY)
    product, later = first.pulse.product, MONDAY + 20 * DAY
    nps = await a_wave(store, closes_at=MONDAY + 200 * DAY, pulse=await a_pulse(store, product=product))
    rests = replace(claim_of(nps), pause=REST)
    assert not await store.reminders.claim(rests, now=later)
    assert HASH in (await store.reminders.left_out(nps, now=later, pause=REST))[1]
    sus = await a_wave(
        store,
        closes_at=MONDAY + 200 * DAY,
        pulse=await a_pulse(store, product=product, instrument="sus", lens=Lens.UX),
    )
    assert await store.reminders.claim(replace(claim_of(sus), pause=REST), now=later)
    await store.pauses.expire(MONDAY + REST - HOUR)
    assert not await store.reminders.claim(rests, now=MONDAY + REST - HOUR)
    assert await store.reminders.claim(rests, now=MONDAY + REST + 20 * DAY)
    await store.erasure.forget(TEAM, [HASH])
    assert HASH not in (await store.reminders.left_out(first, now=MONDAY + REST + 20 * DAY, pause=REST))[1]


async def test_three_silent_reminders_bring_a_rest_of_90_days(store: Store) -> None:
    """After the third in a row without an answer nothing is sent for 90 days; then it begins anew."""
    at = MONDAY
    for _ in range(3):
        assert await reminded(store, at)
        at += CAP
    assert not await reminded(store, at)
    third = at - CAP
    assert not await reminded(store, third + REST - timedelta(seconds=1))
    assert await reminded(store, third + REST)
    assert await reminded(store, third + REST + CAP)


async def test_an_answer_ends_the_silence(store: Store) -> None:
    """Whoever answers anything in between, also with their name, is not silent."""
    at, wave = MONDAY, await a_wave(store, closes_at=MONDAY + 300 * DAY)
    for _ in range(3):
        assert await reminded(store, at)
        at += CAP
    await store.answers.record([a_rating(wave, NAMED, clicked_at=at)], code=HASH)
    pause = await store.pauses.of_person(TEAM, HASH)
    assert pause is not None
    assert pause.silent == 0
    assert await reminded(store, at)


async def test_not_now_keeps_quiet_for_a_week_and_can_be_undone(store: Store) -> None:
    """Not now holds for the wave and for 7 days; undone, what was said of another wave holds on."""
    first, second = await a_wave(store), await a_wave(store, pulse=await a_pulse_of_its_own(store))
    assert not (await store.pauses.decline(TEAM, first.id, HASH, now=MONDAY)).sent
    assert not (await store.pauses.decline(TEAM, second.id, HASH, now=MONDAY + DAY)).sent
    assert not await store.pauses.claim_writing(TEAM, HASH, now=MONDAY + DAY + SNOOZE - HOUR)
    assert not await store.reminders.claim(claim_of(first), now=MONDAY + DAY)
    await store.pauses.undo(TEAM, second.id, HASH)
    assert not await store.pauses.claim_writing(TEAM, HASH, now=MONDAY + SNOOZE - HOUR)
    await store.pauses.undo(TEAM, first.id, HASH)
    await store.pauses.undo(TEAM, first.id, HASH)
    assert await store.reminders.claim(claim_of(first), now=MONDAY + DAY)


async def test_undo_does_not_bring_a_second_reminder(store: Store) -> None:
    """A reminder that was sent stays sent, whatever is pressed afterwards."""
    wave = await a_wave(store, closes_at=MONDAY + 90 * DAY)
    assert await store.reminders.claim(claim_of(wave), now=MONDAY)
    assert (await store.pauses.decline(TEAM, wave.id, HASH, now=MONDAY)).sent
    assert (await store.pauses.undo(TEAM, wave.id, HASH)).sent
    assert not await store.reminders.claim(claim_of(wave), now=MONDAY + 20 * DAY)


async def test_stop_holds_until_it_is_taken_back(store: Store) -> None:
    """After Stop nothing is claimed, not after a year either, until the person wants it again."""
    await store.pauses.stop(TEAM, HASH)
    await store.pauses.stop(TEAM, HASH)
    await store.pauses.expire(MONDAY + 400 * DAY)
    assert not await store.pauses.claim_writing(TEAM, HASH, now=MONDAY + 400 * DAY)
    await store.pauses.stop(TEAM, HASH, stopped=False)
    assert await store.pauses.claim_writing(TEAM, HASH, now=MONDAY + 400 * DAY)


async def test_nothing_is_kept_longer_than_it_holds(store: Store) -> None:
    """A pause goes when it holds nothing back, a reminder when its wave has closed."""
    wave = await a_wave(store)
    await store.reminders.claim(claim_of(wave), now=MONDAY)
    await store.pauses.decline(TEAM, wave.id, "ab" * 32, now=MONDAY)
    await store.waves.close(TEAM, wave.id, at=MONDAY + DAY)
    await store.reminders.expire(MONDAY + DAY)
    assert await store.reminders.left_out(wave, now=MONDAY + DAY) == (set(), {HASH, "ab" * 32})
    await store.reminders.expire(MONDAY + SNOOZE)
    await store.pauses.expire(MONDAY + REST - HOUR)
    assert await store.pauses.of_person(TEAM, HASH)
    assert await store.pauses.of_person(TEAM, "ab" * 32) is None
    await store.pauses.expire(MONDAY + REST)
    assert await store.pauses.of_person(TEAM, HASH) is None
    assert await store.reminders.left_out(wave, now=MONDAY + REST) == (set(), set())


async def test_forget_erases_pauses_and_stop(store: Store) -> None:
    """Forget erases what is kept for reminders, and tells that they had wanted none."""
    wave = await a_wave(store)
    await store.pauses.decline(TEAM, wave.id, HASH, now=MONDAY)
    await store.pauses.stop(TEAM, HASH)
    gone = await store.erasure.forget(TEAM, [HASH, "U1"])
    assert gone
    assert (gone.pauses, gone.stopped) == (True, True)
    assert await store.pauses.of_person(TEAM, HASH) is None
    assert await store.reminders.left_out(wave, now=MONDAY) == (set(), {once_forgotten(wave.id, HASH)})


@pytest.mark.parametrize("how", ["reminded", "not now", "undone"])
async def test_forget_brings_no_second_reminder(store: Store, how: str) -> None:
    """An open wave knows that it is done with a forgotten person until it closes, under a code of its own."""
    wave = await a_wave(store, closes_at=MONDAY + 30 * DAY)
    if how == "reminded":
        assert await store.reminders.claim(claim_of(wave), now=MONDAY)
    else:
        await store.pauses.decline(TEAM, wave.id, HASH, now=MONDAY)
    for _ in range(2):
        await store.erasure.forget(TEAM, [HASH, "U1"])
    if how == "undone":
        assert not (await store.pauses.undo(TEAM, wave.id, HASH)).sent
    assert await store.reminders.claim(claim_of(wave), now=MONDAY + HOUR) is (how == "undone")
    await store.waves.close(TEAM, wave.id, at=MONDAY + DAY)
    await store.erasure.forget(TEAM, [HASH])
    await store.reminders.expire(MONDAY + DAY)
    assert await store.reminders.left_out(wave, now=MONDAY + DAY) == (set(), set())


async def test_a_forgotten_reminder_stays_sent(store: Store) -> None:
    """Not now and Undo after a forget know that the reminder of this wave went out."""
    wave = await a_wave(store, closes_at=MONDAY + 30 * DAY)
    await store.reminders.claim(claim_of(wave), now=MONDAY)
    await store.erasure.forget(TEAM, [HASH])
    assert (await store.pauses.decline(TEAM, wave.id, HASH, now=MONDAY)).sent
    assert (await store.pauses.undo(TEAM, wave.id, HASH)).sent
    assert not await store.reminders.claim(claim_of(wave), now=MONDAY + 20 * DAY)


async def test_unmute_keeps_nothing_of_who_has_nothing(store: Store) -> None:
    """To want reminders is what holds for everybody: it leaves no row, also after a Stop."""
    await store.pauses.stop(TEAM, HASH, stopped=False)
    assert await store.pauses.of_person(TEAM, HASH) is None
    await store.pauses.stop(TEAM, HASH)
    await store.pauses.stop(TEAM, HASH, stopped=False)
    assert await store.pauses.of_person(TEAM, HASH) is None


async def test_the_rule_and_the_write_agree(store: Store) -> None:
    """What the rule says of a pause is what the write allows, at each edge of each pause."""
    wave = await a_wave(store, closes_at=MONDAY + 400 * DAY)
    await store.reminders.claim(claim_of(wave), now=MONDAY)
    await store.pauses.decline(TEAM, wave.id, HASH, now=MONDAY + 10 * DAY)
    for now in (MONDAY + DAY, MONDAY + CAP, MONDAY + 17 * DAY - HOUR, MONDAY + 17 * DAY):
        pause = await store.pauses.of_person(TEAM, HASH)
        held = quiet(pause, now) is not None
        assert await store.pauses.claim_writing(TEAM, HASH, now=now) is not held
