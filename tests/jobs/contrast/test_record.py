"""What a contrast is made of, and a contrast as JSON and back."""

import json

import pytest

from jobs.contrast.build import contrast
from jobs.contrast.record import Contrast, People, Side, State, from_json, to_json
from jobs.contrast.side import SideInput
from storage.records import Lens, Quote, Sentiment, Touchpoint
from tests.jobs.contrast.sides import GOOD, POOR, side
from tests.jobs.responses import MONDAY, SIX_WEEKS, comment, nps, responses


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


def full() -> Contrast:
    """A contrast in which everything that can be there is there."""
    comments = [
        comment(
            f"c{place:02}",
            (Sentiment.NEGATIVE, Sentiment.POSITIVE)[place % 2],
            Touchpoint.BILLING,
            may_quote=True,
        )
        for place in range(14)
    ]
    cx = SideInput(
        instrument="nps",
        responses=responses("nps", nps(14, 9, 5), comments=comments),
        before=responses("nps", nps(10, 8, 6), who="b"),
        before_period=SIX_WEEKS.previous,
        channels=("C1",),
        invited=61,
    )
    ux = SideInput(
        instrument="sus", responses=responses("sus", [[4, 2] * 5, [3] * 10] * 11, who="u"), asked_on=MONDAY
    )
    return contrast("Atlas", SIX_WEEKS, min_group=5, cx=cx, ux=ux, first=False)


def test_there_and_back() -> None:
    """A contrast read from its JSON is the same, its quote being kept beside it."""
    made = full()
    assert made.quote
    assert made.cx.change
    figures = json.loads(json.dumps(to_json(made)))
    assert from_json(figures, [made.quote]) == made


def test_figures_of_an_older_version_are_read() -> None:
    """A field that scores have no more, such as how many answers were dropped, is passed over."""
    made = full()
    figures = to_json(made)
    figures["cx"]["score"]["dropped"] = 2
    assert from_json(figures, [made.quote] if made.quote else []) == made


def test_an_empty_contrast_survives_too() -> None:
    """A contrast of two sides that were never asked is the same after JSON."""
    made = contrast("Atlas", SIX_WEEKS, min_group=5, cx=SideInput(), ux=SideInput(), first=True)
    assert from_json(json.loads(json.dumps(to_json(made)))) == made


def test_no_words_of_people_and_no_names_are_in_the_figures() -> None:
    """What people wrote is kept in the quotes alone, where it can be erased; nobody's id is in either."""
    text = json.dumps(to_json(full()))
    assert "invoice" not in text
    assert not any(f'"{who}{place}"' in text for who in "rbu" for place in range(28))


def test_an_erased_quote_keeps_its_place() -> None:
    """When its author erased it, an edition's quote comes back without its text."""
    erased = Quote(comment_id="c01", text=None, touchpoint=Touchpoint.BILLING)
    assert from_json(to_json(full()), [erased]).quote == erased


def test_something_else_is_refused() -> None:
    """What is no contrast raises ValueError."""
    with pytest.raises(ValueError, match="Contrast"):
        from_json({"full": False})
