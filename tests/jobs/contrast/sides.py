"""Sides in the state that a test is about."""

from jobs.contrast.record import Side
from jobs.instruments import Band
from jobs.scoring import Score
from storage.records import Lens

POOR, MIXED, GOOD = (Band.POOR,), (Band.MIXED,), (Band.GOOD,)
POOR_TO_MIXED, MIXED_TO_GOOD, CANNOT_TELL = POOR + MIXED, MIXED + GOOD, tuple(Band)


def side(lens: Lens, bands: tuple[Band, ...], *, n: int = 28) -> Side:
    """A side with a verdict from `n` answers."""
    score = Score(instrument="nps", n=n, value=0.0, bands=bands)
    return Side(lens=lens, instrument="nps", score=score)
