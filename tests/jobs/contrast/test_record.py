"""The shapes of a contrast."""

from jobs.contrast.record import Contrast, People, Side, State
from storage.records import Lens
from tests.jobs.contrast.sides import GOOD, POOR, side
from tests.jobs.responses import SIX_WEEKS


def test_a_side_knows_how_many_were_heard() -> None:
    """Answers that wait for the next count are heard, and are in no figure."""
    waiting = Side(lens=Lens.UX, instrument="sus", score=None, waiting=4)
    assert (waiting.n, waiting.heard) == (0, 4)
    assert side(Lens.CX, GOOD).heard == 28


def test_a_side_is_found_by_its_lens() -> None:
    """Each lens has its own side."""
    both = Contrast(
        product="Atlas",
        period=SIX_WEEKS,
        min_group=5,
        state=State.LOVED_HARD,
        cx=side(Lens.CX, GOOD),
        ux=side(Lens.UX, POOR),
        people=People.DIFFERENT,
        first=False,
    )
    assert [both.side(lens).lens for lens in Lens] == list(Lens)
