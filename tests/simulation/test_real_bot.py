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
from tests.simulation.replay import Played, play, rounds_of_model
from tests.simulation.runs import Run, run

DAYS = 32  # long enough for a second round of a question
CASES = [(ordinary, 3), (directed, 2)]


@pytest.fixture(params=CASES, ids=[f"{maker.__name__}-{seed}" for maker, seed in CASES], scope="module")
def played(request: pytest.FixtureRequest) -> tuple[Run, Played]:
    """A history in the model, and as it went through the real bot."""
    maker: Callable[[int], History]
    maker, seed = request.param
    modelled = run(playable(maker(seed), until=START + timedelta(days=DAYS), named=False))
    return modelled, asyncio.run(play(modelled, modelled.points))


def test_counts_as_the_model_does(played: tuple[Run, Played]) -> None:
    """The rounds in the database are those of the model: kind, people, counts, clip, days, shared people."""
    modelled, real = played
    assert rounds_of_model(modelled)
    assert real.rounds == rounds_of_model(modelled)


def test_nobody_is_failed(played: tuple[Run, Played]) -> None:
    """Slack never has to say that the bot did not answer."""
    assert not played[1].problems
