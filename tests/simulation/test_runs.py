"""A second run is short, and yet shows all that a whole one would show."""

from collections.abc import Callable
from itertools import islice

import pytest

from tests.simulation.attacks import exchanges
from tests.simulation.generators import directed, ordinary
from tests.simulation.history import History
from tests.simulation.leaks import Leak, leaky
from tests.simulation.runs import MakeBot, Run, plain_bot, run


def whole_run_differs(first: Run, points: dict[tuple[str, str], tuple[int, ...]]) -> int | None:
    """The first event after which a run from the start shows something else."""
    bot = first.make(first.history, first.points | points, first.comments, first.cache)
    for place, event in enumerate(first.history.events):
        if bot.step(event) != first.shown[place]:
            return place
    return None


@pytest.mark.parametrize("make", [plain_bot, leaky(Leak.CLUSTERED_RANGE), leaky(Leak.TAKEDOWN_WAITS_AGAIN)])
@pytest.mark.parametrize("generator", [ordinary, directed])
def test_a_short_run_is_as_good_as_a_whole_one(make: MakeBot, generator: Callable[[int], History]) -> None:
    """From the first exchanged answer to where the bot remembers the same: nothing outside can differ."""
    for seed in (3,):
        first = run(generator(seed), make)
        for slot, partner in islice(exchanges(first), 0, None, 12):
            points = {slot: first.points[partner], partner: first.points[slot]}
            assert first.differs(points=points) == whole_run_differs(first, points)


def test_nothing_exchanged() -> None:
    """The same answers show the same."""
    first = run(ordinary(1))
    slot = next(iter(first.points))
    assert first.differs(points={slot: first.points[slot]}) is None
