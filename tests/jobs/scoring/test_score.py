"""The ladder."""

import pytest

from jobs.instruments import Band
from jobs.scoring.score import Score, Stage


@pytest.mark.parametrize(
    "n,stage",
    [
        (0, Stage.HIDDEN),
        (4, Stage.HIDDEN),
        (5, Stage.WORDS),
        (9, Stage.WORDS),
        (10, Stage.EARLY),
        (19, Stage.EARLY),
        (20, Stage.FULL),
        (500, Stage.FULL),
    ],
)
def test_the_ladder(n: int, stage: Stage) -> None:
    """Nothing under 5, words to 9, an early score to 19, everything from 20."""
    assert Stage.of(n, 5) is stage


def test_the_first_step_is_set() -> None:
    """The smallest group is 3 to 10, and at 10 there are no words without a score."""
    assert [Stage.of(n, 3) for n in (2, 3)] == [Stage.HIDDEN, Stage.WORDS]
    assert [Stage.of(n, 10) for n in (9, 10)] == [Stage.HIDDEN, Stage.EARLY]


@pytest.mark.parametrize("bands,can_tell", [((), False), ((Band.GOOD,), True), (tuple(Band), False)])
def test_three_bands_tell_nothing(bands: tuple[Band, ...], *, can_tell: bool) -> None:
    """A range that touches all three bands is too early to tell."""
    score = Score(instrument="nps", n=12, min_group=5, stage=Stage.EARLY, bands=bands)
    assert score.can_tell is can_tell
