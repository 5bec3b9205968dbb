"""Waves that open in one transaction are as those that open one after the other."""

import asyncio
from collections import Counter
from datetime import timedelta

from sqlalchemy import Connection

from storage.pulses.askings import AskedMeanwhile, LookedAt
from storage.records import Pulse, Wave
from storage.store import Store
from tests.storage.scene import DAY, MONDAY, TEAM, a_pulse, a_wave, all_waves, an_occasion

WEEKS = timedelta(weeks=4)


async def opened(store: Store, pulse: Pulse, name: str = "now") -> Wave | None:
    """Open the wave of a pulse that is due, its asker having seen no other question."""
    return await store.waves.open(
        pulse=pulse,
        question="?",
        ui_version=1,
        opened_at=MONDAY,
        closes_at=MONDAY + DAY,
        occasion=an_occasion(pulse.id, name),
        next_at=MONDAY + 7 * DAY,
        looked_at=LookedAt(MONDAY - WEEKS, frozenset()),
    )


async def test_with_names_and_without_never_open_together(store: Store) -> None:
    """Of two about one product that nobody has looked at beside each other one opens, and all others do."""
    first, other, third = [
        await a_pulse(store, next_at=MONDAY, channel_id=channel, named=named)
        for channel, named in (("C1", False), ("C2", True), ("C3", False))
    ]
    writing = asyncio.create_task(store.database.write(_nothing))
    found = await asyncio.gather(
        *(opened(store, pulse) for pulse in (first, other, third)), return_exceptions=True
    )
    await writing
    assert [type(each) for each in found] == [Wave, AskedMeanwhile, Wave]
    assert {wave.pulse.id for wave in await all_waves(store)} == {first.id, third.id}


async def test_a_pulse_opens_once_in_a_batch(store: Store) -> None:
    """However often it is handed in, and by whatever due time it was seen."""
    pulses = [await a_pulse(store, next_at=MONDAY, channel_id=f"C{number}") for number in range(5)]
    tries = [(pulse, name) for name in ("now", "now", "then") for pulse in pulses]
    found = await asyncio.gather(*(opened(store, pulse, name) for pulse, name in tries))
    assert Counter(wave.pulse.id for wave in found if wave) == Counter(pulse.id for pulse in pulses)
    posts = await store.outbox.claim(now=MONDAY, lease=DAY, limit=99)
    assert [post.channel_id for post in posts] == [pulse.channel_id for pulse in pulses]


async def test_what_there_is_before_a_wave_opens(store: Store) -> None:
    """Its open waves, all that it has asked, and what was asked of the other kind since a moment."""
    pulse, fresh = await a_pulse(store), await a_pulse(store, channel_id="C2")
    named = await a_pulse(store, channel_id="C3", named=True)
    wave, other = await a_wave(store, pulse), await a_wave(store, named)
    mine, none, theirs = await store.openings.before([pulse, fresh, named], since=MONDAY - WEEKS)
    assert (mine.others, mine.still_open, mine.question_ids) == (
        [other],
        [wave],
        frozenset({wave.question_id}),
    )
    assert (none.others, none.still_open, none.question_ids) == ([other], [], frozenset())
    assert theirs.others == [wave]
    await store.waves.close(TEAM, other.id, at=MONDAY + DAY)
    (later,) = await store.openings.before([pulse], since=MONDAY + 2 * DAY)
    assert later.others == []


def _nothing(_: Connection) -> None:
    """Holds the writer for a moment, so that what comes next is one batch."""
