"""The real bot does with a history what the model does: over HTTP, on a database file, by commands and forms.

Here a few short histories, by `make attack` twenty of each generator.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.simulation.generators import directed, ordinary
from tests.simulation.history import START, History
from tests.simulation.playable import playable
from tests.simulation.replay import Played, counted_by_model, difference, other_points, play
from tests.simulation.runs import Run, run

DAYS = 32  # long enough for a second round of a question
CASES = [(ordinary, 5), (ordinary, 18), (directed, 5)]


@pytest.fixture(params=CASES, ids=[f"{maker.__name__}-{seed}" for maker, seed in CASES], scope="module")
def played(request: pytest.FixtureRequest) -> tuple[Run, Played]:
    """A history in the model, and as it went through the real bot."""
    maker: Callable[[int], History]
    maker, seed = request.param
    modelled = run(playable(maker(seed), until=START + timedelta(days=DAYS)))
    return modelled, asyncio.run(play(modelled, modelled.points))


def test_counts_as_the_model_does(played: tuple[Run, Played]) -> None:
    """Rounds and batches in the database are the model's: people, counts, clip, days, shared people, cuts."""
    modelled, real = played
    assert counted_by_model(modelled)
    assert real.counted == counted_by_model(modelled)
    assert not real.problems


def test_exchanged_answers_show_nowhere(played: tuple[Run, Played]) -> None:
    """T1: with all answers of each round exchanged, and others for those not counted, every byte is equal."""
    modelled, real = played
    again = asyncio.run(play(modelled, other_points(modelled, 1)))
    assert difference(real, again) is None
    assert again.counted == real.counted


def test_a_line_that_differs_is_seen(played: tuple[Run, Played]) -> None:
    """Planted: one figure more, in the last answer to a query, is a difference."""
    _, real = played
    last = next(place for place in reversed(range(len(real.lines))) if "NPS" in real.lines[place].text)
    lines = list(real.lines)
    lines[last] = lines[last]._replace(text=lines[last].text.replace("NPS", "NPS 1", 1))
    assert difference(real, real._replace(lines=lines))
