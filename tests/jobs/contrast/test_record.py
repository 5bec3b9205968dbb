"""What a contrast is made of, and a contrast as JSON and back."""

import json
from dataclasses import replace

import pytest

from jobs.contrast.build import contrast
from jobs.contrast.cuts import SideComments
from jobs.contrast.record import Contrast, from_json, to_json
from jobs.contrast.side import SideInput
from jobs.contrast.side_parts import OpenQuestion
from jobs.privacy.progress_rule import Progress, Stage
from jobs.scoring.chosen_rounds import ChosenRounds
from storage.records import Across, BlockCut, Lens, People, Quote, Sentiment, Touchpoint
from tests.jobs.contrast.sides import GOOD, POOR, side
from tests.jobs.responses import MONDAY, SIX_WEEKS
from tests.jobs.scoring.rounds import counted, nps, umux


def test_a_side_is_found_by_its_lens() -> None:
    """Each lens has its own side."""
    both = Contrast(
        product="Atlas",
        period=SIX_WEEKS,
        min_group=5,
        cx=side(Lens.CX, GOOD),
        ux=side(Lens.UX, POOR),
        people=People.DIFFERENT,
        first=False,
    )
    assert [both.side(lens).lens for lens in Lens] == list(Lens)


def full() -> Contrast:
    """A contrast in which everything that can be there is there."""
    waits = Progress(
        channel_id="C1",
        stage=Stage.FOUR_WEEKS,
        answers=3,
        score_from=10,
        word_from=5,
        at=MONDAY,
        counted_on=MONDAY.date(),
        counts_from=MONDAY.date(),
        asked_next=MONDAY,
    )
    clipped = counted("umux_lite", umux((12, 7, 7)), number=3)
    cx = SideInput(
        instrument="nps",
        rounds=ChosenRounds(
            (counted("nps", nps(14, 9, 5), number=2),), (counted("nps", nps(5, 1, 1), word=True),)
        ),
        channels=("C1",),
        progress=(waits,),
        open_question=OpenQuestion(channel_id="C1", closes_at=MONDAY, has_form=False, slack_ts="1.1"),
        comments=SideComments(
            cut=BlockCut(
                comments=24,
                tones={Sentiment.NEGATIVE: 9, Sentiment.POSITIVE: 8},
                topics={Touchpoint.BILLING: 11},
                across=Across(comments=19, about_other=6),
            ),
            waiting=7,
        ),
    )
    ux = SideInput(
        instrument="umux_lite",
        rounds=ChosenRounds((clipped,), (counted("umux_lite", umux((6, 7, 7), (6, 2, 3))),)),
    )
    made = contrast("Atlas", None, min_group=5, cx=cx, ux=ux, first=False)
    return replace(made, quote=Quote(comment_id="c1", text="The invoices.", touchpoint=Touchpoint.BILLING))


def test_there_and_back() -> None:
    """A contrast read from its JSON is the same, its quote being kept beside it."""
    made = full()
    assert made.quote
    assert made.ux.score
    assert made.ux.score.between
    figures = json.loads(json.dumps(to_json(made)))
    assert from_json(figures, [made.quote]) == made


OLDER = {
    "instrument": "nps", "n": 28, "min_group": 5, "stage": "full", "value": 32.14,
    "likely": {"low": 2.29, "high": 55.77},
    "narrow": {"low": 12.0, "high": 47.0}, "bands": ["mixed", "good"],
    "favourable": 14, "middle": 9, "unfavourable": 5,
    "spread": 0.77, "straight_lined": None,
}  # fmt: skip


def test_figures_of_an_older_version_are_read() -> None:
    """An edition made before there were rounds keeps its score, its word and how many could answer."""
    old: dict[str, object] = {
        "product": "Atlas",
        "period": {"start": "2026-10-12T00:00:00+02:00", "end": "2026-11-23T00:00:00+01:00"},
        "min_group": 5,
        "state": "no_clear_change",
        "cx": {
            "lens": "CX", "instrument": "nps", "score": OLDER, "channels": ["C1"], "invited": 61,
            "asked_on": None, "before": OLDER,
            "before_period": {"start": "2026-09-01T00:00:00Z", "end": "2026-10-12T00:00:00Z"},
            "change": {"difference": 0.0, "likely": {"low": -26.2, "high": 53.8}, "p": 0.4},
            "wrote": 18, "tone": {"positive": 11}, "topics": [["billing", 10]],
            "crossing": {"comments": 18, "about_other": 5}, "open_question": None, "waiting": 2,
            "cut_from": ["c1"],
        },
        "ux": {
            "lens": "UX", "instrument": "sus",
            "score": {"instrument": "sus", "n": 4, "min_group": 5, "stage": "hidden", "bands": []},
        },
        "people": "different",
        "first": False,
    }  # fmt: skip
    read = from_json(old)
    assert read.cx.score
    assert (read.cx.score.value, read.cx.score.favourable, read.cx.invited) == (32.14, 14, 61)
    assert (read.cx.is_shown, read.ux.is_shown, read.people) == (True, False, People.DIFFERENT)


def test_an_empty_contrast_survives_too() -> None:
    """A contrast of two sides that were never asked is the same after JSON."""
    made = contrast("Atlas", None, min_group=5, cx=SideInput(), ux=SideInput(), first=True)
    assert from_json(json.loads(json.dumps(to_json(made)))) == made


def test_no_words_of_people_and_no_names_are_in_the_figures() -> None:
    """What people wrote is kept in the quotes alone, where it can be erased; nobody's id is in either."""
    text = json.dumps(to_json(full()))
    assert "invoice" not in text
    assert not any(f'"p{place:02}"' in text for place in range(28))


def test_an_erased_quote_keeps_its_place() -> None:
    """When its author erased it, an edition's quote comes back without its text."""
    erased = Quote(comment_id="c01", text=None, touchpoint=Touchpoint.BILLING)
    assert from_json(to_json(full()), [erased]).quote == erased


def test_each_quote_keeps_its_place() -> None:
    """The first stands in the message, those after it in the thread, as many as were chosen for it."""
    quotes = [
        Quote(comment_id=f"c{n}", text=text, touchpoint=None) for n, text in enumerate([None, "b", None])
    ]
    made = replace(full(), more_quotes=tuple(quotes[1:]), quoted_below=2)
    read = from_json(json.loads(json.dumps(to_json(made))), quotes)
    assert read.quotes == tuple(quotes)
    assert "more_quotes" not in to_json(made) or to_json(made)["more_quotes"] == []
    assert from_json(to_json(full()), quotes).more_quotes == ()


def test_something_else_is_refused() -> None:
    """What is no contrast raises ValueError."""
    with pytest.raises(ValueError, match="Contrast"):
        from_json({"full": False})
