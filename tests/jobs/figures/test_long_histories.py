"""Figures of channels with a long history: what is read of it in short says the same as all of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from jobs.contrast.side import build_side
from jobs.figures.gather_rounds import AskedRounds, load_asked_rounds, side_input
from jobs.privacy.look import CountSettings
from storage.records import Lens, Period
from storage.schema.migrate import prepare
from storage.store import Store
from tests.bench.long_history import EVERY, NOW, OWN, TEAM, Size, write_history

COUNTING = CountSettings(5, 4)
ROUNDS = 60


@pytest.fixture
async def long_store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store with sixty rounds of both sides."""
    url = f"sqlite:///{tmp_path / 'long.db'}"
    await prepare(url)
    write_history(url, Size(rounds_of_side=ROUNDS))
    opened = await Store.open(url)
    yield opened
    await opened.close()


def the_last(rounds: int) -> Period:
    """The time in which so many newest rounds were counted."""
    return Period(NOW - rounds * EVERY, NOW)


@pytest.mark.parametrize(
    "period",
    [
        None,
        the_last(1),
        the_last(30),
        Period(NOW - 50 * EVERY, NOW - 40 * EVERY),
        Period(NOW - timedelta(days=1), NOW),
        Period(NOW - 90 * EVERY, NOW - 80 * EVERY),
    ],
    ids=["newest", "a round", "years", "years ago", "a day without", "before the first"],
)
async def test_a_side_is_the_same_of_short_and_of_whole_rounds(
    long_store: Store, period: Period | None
) -> None:
    """Score, word, change and rounds of a side are those that all rounds read whole would give."""
    [product] = await long_store.products.in_channels(TEAM, [OWN])

    async def asked(instrument: str | None, *, all_whole: bool) -> AskedRounds:
        return await load_asked_rounds(
            long_store,
            team_id=TEAM,
            product=product,
            channels=[OWN],
            instrument=instrument,
            period=period,
            all_whole=all_whole,
        )

    for lens in Lens:
        whole, short = await asked(None, all_whole=True), await asked(None, all_whole=False)
        [topic] = whole.topics(lens)
        alone = await asked(topic.instrument, all_whole=False)
        assert len(whole.rounds) == 2 * ROUNDS
        sides = [
            build_side(
                lens,
                await side_input(long_store, topic, each, period=period, counting=COUNTING, now=NOW),
                min_group=5,
            )
            for each in (whole, short, alone)
        ]
        assert sides[0] == sides[1] == sides[2]
