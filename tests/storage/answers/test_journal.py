"""What was erased stays neither in the database's file nor in its journal, from the next tick on."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from jobs.pulses.count_rounds import decide_count
from storage.engine.address import read_url
from storage.records import GRACE, Wave
from storage.store import Store
from tests.storage.scene import (
    DAY,
    HASH,
    MONDAY,
    TEAM,
    a_comment,
    a_pulse,
    a_rating,
    a_wave,
    answer_key,
)

pytestmark = pytest.mark.sqlite("what stands in a SQLite file")

WORDS = "Nobody has told me of this."
LATER = MONDAY + 200 * DAY
Erase = Callable[[Store, Wave], Awaitable[object]]


def left(url: str, *words: str) -> list[str]:
    """Which words are found in the file or its journal."""
    name = read_url(url).database
    assert name is not None
    content = b"".join(path.read_bytes() for path in (Path(name), Path(f"{name}-wal")) if path.exists())
    return [each for each in words if each.encode() in content]


async def waits(store: Store, wave: Wave) -> None:
    """Close a wave and let it wait."""
    await store.waves.close(TEAM, wave.id, at=wave.closes_at)
    decide = partial(decide_count, k=5, weeks=4)
    made = await store.rounds.count(TEAM, wave.question_id, at=wave.closes_at + GRACE, decide=decide)
    assert made is not None
    assert made.round is None


@pytest.mark.parametrize(
    "erase",
    [
        pytest.param(lambda store, _: store.erasure.forget(TEAM, [HASH]), id="forget"),
        pytest.param(lambda store, wave: store.erasure.take_down(TEAM, wave.id, at=LATER), id="takedown"),
        pytest.param(lambda store, _: store.listed_comments.expire_unlisted(LATER), id="26 weeks"),
        pytest.param(lambda store, wave: store.answers.take_back(answer_key(wave), at=LATER), id="take back"),
        pytest.param(
            lambda store, wave: store.answers.comment(answer_key(wave), a_comment("", label=None)),
            id="an empty comment",
        ),
    ],
)
async def test_erased_words_leave_the_files(erase: Erase, store: Store, url: str) -> None:
    """Words, and the keys of answers that go with them, are in no byte after the next cleaning."""
    wave = await a_wave(store, await a_pulse(store))
    await store.rounds.clean_journal()
    await store.answers.record([a_rating(wave, "another")], comment=a_comment("Another word."))
    await store.answers.record([a_rating(wave)], comment=a_comment(WORDS))
    assert left(url, WORDS) == [WORDS]
    await erase(store, wave)
    await store.rounds.clean_journal()
    assert left(url, WORDS) == []


async def test_forgotten_keys_leave_the_files(store: Store, url: str) -> None:
    """After forgetting, no byte holds the key with which a person had answered."""
    wave = await a_wave(store, await a_pulse(store))
    await store.rounds.clean_journal()
    await store.answers.record([a_rating(wave)], comment=a_comment(WORDS))
    await store.erasure.forget(TEAM, [HASH])
    await store.rounds.clean_journal()
    assert left(url, HASH, WORDS) == []


async def test_the_answers_of_an_ended_question_leave_the_files(store: Store, url: str) -> None:
    """What waited in it goes with its schedule, also from the journal."""
    pulse = await a_pulse(store, cadence="weekly mon 09:00")
    wave = await a_wave(store, pulse)
    await store.answers.record([a_rating(wave)], comment=a_comment(WORDS))
    await waits(store, wave)
    await store.rounds.clean_journal()
    assert left(url, HASH, WORDS) == [HASH, WORDS]
    await store.ended_questions.end_schedule(TEAM, pulse.id, at=LATER)
    await store.rounds.clean_journal()
    assert left(url, HASH, WORDS) == []
