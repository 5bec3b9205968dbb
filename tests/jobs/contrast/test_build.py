"""CX beside UX for a period."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.contrast import to_json
from jobs.contrast.build import contrast
from jobs.contrast.record import Contrast, People, State
from jobs.contrast.side import SideInput
from jobs.instruments import INSTRUMENTS, Band, Scale
from storage.records import Lens, Sentiment, Touchpoint
from tests.jobs.responses import SIX_WEEKS, comment, nps, responses, wave_of


def asked(key: str, points: list[Any], who: str, **more: Any) -> SideInput:
    """A side on which these points were chosen."""
    return SideInput(instrument=key, responses=responses(key, points, who=who, **more))


def beside(cx: SideInput, ux: SideInput, **more: Any) -> Contrast:
    """The contrast of Atlas, with an edition before."""
    return contrast("Atlas", SIX_WEEKS, **{"min_group": 5, "first": False, **more}, cx=cx, ux=ux)


EASY = asked("umux_lite", [[7, 7], [6, 7]] * 11, "u")
UNHAPPY = asked("nps", nps(4, 6, 18), "r")


def test_easy_to_use_but_unhappy_customers() -> None:
    """Good UX beside poor CX is named so, and the two are never made one number."""
    made = beside(UNHAPPY, EASY)
    assert made.cx.score
    assert made.ux.score
    assert made.state is State.EASY_UNHAPPY
    assert (made.cx.score.bands, made.ux.score.bands) == ((Band.POOR,), (Band.GOOD,))
    assert made.people is People.DIFFERENT


def test_the_worked_digest() -> None:
    """NPS of 14, 9, 5 and SUS 69 are both mixed to good: no clear change, or at first a first digest."""
    sheets = [
        [4, 2] * 5,
        [4, 3] * 5,
        [3, 2, 4, 2, 3, 2, 4, 3, 3, 2],
        [5, 1] * 5,
        [3, 3] * 5,
        [4, 2, 4, 3] * 2 + [3, 2],
    ]
    sus = asked("sus", (sheets * 4)[:22], "u")
    made = beside(asked("nps", nps(14, 9, 5), "r"), sus)
    assert made.ux.score
    assert made.ux.score.bands == (Band.MIXED, Band.GOOD)
    assert made.state is State.NO_CLEAR_CHANGE
    assert beside(asked("nps", nps(14, 9, 5), "r"), sus, first=True).state is State.FIRST


def test_too_few_on_a_side_tells_nothing_of_its_people() -> None:
    """Where a side is hidden, so is whether its people answered the other."""
    made = beside(UNHAPPY, asked("umux_lite", [[7, 7]] * 4, "r"))
    assert (made.state, made.people) == (State.ONE_SIDE, None)


def test_the_largest_promise_holds_for_both_sides() -> None:
    """A question that promised groups of 8 binds the whole contrast."""
    strict = SideInput(
        instrument="umux_lite",
        responses=responses("umux_lite", [[7, 7]] * 7, who="u", wave=wave_of("umux_lite", min_group=8)),
    )
    made = beside(UNHAPPY, strict)
    assert (made.min_group, made.state) == (8, State.ONE_SIDE)


def test_a_quote_of_the_worse_side() -> None:
    """The complaint about the first topic of the poor side is quoted."""
    comments = [comment(f"c{place:02}", may_quote=place == 7) for place in range(12)]
    made = beside(asked("nps", nps(4, 6, 18), "r", comments=comments), EASY)
    assert made.quote
    assert (made.quote.comment_id, made.quote.touchpoint) == ("c07", Touchpoint.BILLING)


def test_a_cut_follows_the_one_last_posted() -> None:
    """Two more comments than in the last edition are not enough to count them anew."""
    comments = [comment(f"c{place:02}") for place in range(14)]
    last = beside(asked("nps", nps(4, 6, 18), "r", comments=comments[:12]), EASY)
    made = beside(asked("nps", nps(4, 6, 18), "r", comments=comments), EASY, last=last)
    assert last.cx.wrote == 12
    assert (made.cx.wrote, made.cx.tone, made.cx.topics, made.cx.crossing) == (None, None, (), None)
    assert made.cx.cut_from == last.cx.cut_from


def test_a_seventh_instrument_reaches_the_contrast(monkeypatch: pytest.MonkeyPatch) -> None:
    """An instrument of one more literal is scored and compared without another line of code."""
    umux = replace(
        INSTRUMENTS["sus"],
        key="umux",
        name="UMUX",
        scale=Scale(low=1, high=7, labels={1: "strongly disagree", 7: "strongly agree"}),
        items=INSTRUMENTS["sus"].items[:4],
        reversed_items=frozenset({2, 4}),
        min_answered=None,
    )
    monkeypatch.setitem(INSTRUMENTS, "umux", umux)
    given = replace(
        asked("umux", [[7, 1, 7, 1], [6, 2, 6, 1]] * 11, "u"),
        before=responses("umux", [[7, 1, 7, 1], [4, 4, 4, 4]] * 10, who="b"),
    )
    made = beside(UNHAPPY, given)
    assert made.state is State.EASY_UNHAPPY
    assert made.ux.change
    assert made.ux.change.difference == 19


def test_either_side_takes_any_instrument() -> None:
    """CSAT about a feature may speak for using the product: the lens is the pulse's, not the instrument's."""
    made = beside(UNHAPPY, asked("csat", [5] * 22, "u"))
    assert (made.ux.lens, made.ux.instrument, made.state) == (Lens.UX, "csat", State.EASY_UNHAPPY)


ANSWERS = st.lists(
    st.tuples(
        st.integers(0, 10),
        st.booleans(),
        st.sampled_from([None, *Sentiment]),
        st.sampled_from([None, Touchpoint.BILLING, Touchpoint.USABILITY, Touchpoint.OTHER]),
    ),
    max_size=30,
)
Answers = list[tuple[int, bool, Sentiment | None, Touchpoint | None]]


def side_of(answers: Answers, who: str) -> SideInput:
    """A side on which people chose points, and some wrote."""
    comments = [
        comment(f"{who}-c{place}", tone, topic, may_quote=True) if wrote else None
        for place, (_, wrote, tone, topic) in enumerate(answers)
    ]
    given = wave_of("nps", min_group=3)
    return SideInput(
        instrument="nps",
        responses=responses("nps", [point for point, *_ in answers], who=who, comments=comments, wave=given),
    )


def numbers(figures: Any) -> Iterator[tuple[str, float]]:
    """Every number of a JSON value, with the name that it stands under."""
    for name, value in figures.items() if isinstance(figures, dict) else ():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from numbers(each)
            for number in each if isinstance(each, list) else [each]:
                if isinstance(number, int | float) and not isinstance(number, bool):
                    yield name, number


BASES = {"n", "min_group", "dropped", "waiting"}  # how many answered is always told
SCORES = {"value", "low", "high", "spread"}  # and, from 10 answers on, the score with its ranges


@settings(max_examples=80, deadline=None)
@given(ANSWERS, ANSWERS, st.integers(3, 10))
def test_no_small_group_stands_in_the_figures(cx: Answers, ux: Answers, k: int) -> None:
    """Of all numbers in a contrast none but bases and scores is from 1 to under the smallest group."""
    made = beside(side_of(cx, "r"), side_of(ux, "u"), min_group=k)
    figures = json.loads(json.dumps(to_json(made)))
    small = {name: number for name, number in numbers(figures) if 0 < abs(number) < k}
    assert not small.keys() - BASES - SCORES
    for side in (made.cx, made.ux):
        if side.n < k:
            assert {name for name, _ in numbers(to_json(made)[side.lens.lower()])} <= BASES
        if side.n < 10:
            assert (side.wrote, side.tone, side.topics, side.crossing) == (None, None, (), None)


@settings(max_examples=40, deadline=None)
@given(ANSWERS, st.data())
def test_order_does_not_matter(answers: Answers, data: st.DataObject) -> None:
    """The same responses in any order are the same contrast, with the same quote."""
    given = side_of(answers, "r")
    shuffled = replace(given, responses=data.draw(st.permutations(given.responses)))
    assert beside(given, EASY) == beside(shuffled, EASY)
