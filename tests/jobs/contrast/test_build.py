"""CX beside UX."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.contrast import to_json
from jobs.contrast.build import contrast
from jobs.contrast.record import Contrast
from jobs.contrast.side import SideInput
from jobs.instruments import Band
from jobs.scoring.chosen_rounds import ChosenRounds
from jobs.scoring.counted_round import Points
from storage.records import AskedIn, Lens, People, Period
from tests.jobs.responses import SIX_WEEKS
from tests.jobs.scoring.rounds import counted, nps, umux


def asked(key: str, points: Sequence[int | Points], *, channel: str = "C1", **more: Any) -> SideInput:
    """A side of one round in which these points were chosen."""
    one = counted(key, points)
    return SideInput(instrument=key, rounds=ChosenRounds((one,)), story=(one,), channels=(channel,), **more)


def beside(cx: SideInput, ux: SideInput, **more: Any) -> Contrast:
    """The contrast of Atlas, with an edition before."""
    return contrast("Atlas", None, **{"min_group": 5, "first": False, **more}, cx=cx, ux=ux)


EASY = asked("umux_lite", umux((11, 7, 7), (11, 6, 7)), channel="C2")
UNHAPPY = asked("nps", nps(4, 6, 18))


def test_easy_to_use_but_unhappy_customers() -> None:
    """Each side has its own score and word, and the two are never made one number."""
    made = beside(UNHAPPY, EASY)
    assert made.cx.score
    assert made.ux.score
    assert (made.cx.bands, made.ux.bands) == ((Band.POOR,), (Band.GOOD,))
    assert made.is_shown


def test_either_side_takes_any_instrument() -> None:
    """CSAT about a feature may speak for using the product: the lens is the pulse's, not the instrument's."""
    made = beside(UNHAPPY, asked("csat", [5] * 18 + [2] * 4))
    assert (made.ux.lens, made.ux.instrument) == (Lens.UX, "csat")
    assert made.ux.score


def asking(lens: Lens, channel: str, day: int, **people: People) -> AskedIn:
    """One asking of a side, with what was known of other channels then."""
    return AskedIn(
        lens=lens, channel_id=channel, opened_at=datetime(2026, 11, day, 9, tzinfo=UTC), people=people
    )


def test_the_same_people_are_those_of_the_same_channels() -> None:
    """Who was asked decides, never who answered; of two channels it is not known, nor without a score."""
    assert beside(UNHAPPY, replace(EASY, channels=("C1",))).people is People.SAME
    assert beside(UNHAPPY, EASY).people is None
    assert beside(UNHAPPY, SideInput(instrument="umux_lite", channels=("C1",))).people is None


@pytest.mark.parametrize("people", People)
def test_the_later_of_two_askings_tells_whether_their_people_were_the_same(people: People) -> None:
    """The newest asking of each side counts; the earlier one may have been before the other side's first."""
    old = asking(Lens.CX, "C1", 1, C2=People.SAME), asking(Lens.UX, "C2", 2, C1=People.SOME)
    for cx, ux in (
        (asking(Lens.CX, "C1", 9), asking(Lens.UX, "C2", 10, C1=people)),
        (asking(Lens.CX, "C1", 10, C2=people), asking(Lens.UX, "C2", 9)),
        (asking(Lens.CX, "C1", 9, C2=people), asking(Lens.UX, "C2", 10, C1=people)),
    ):
        assert beside(UNHAPPY, EASY, askings=[ux, *old, cx]).people is people


def test_of_different_people_nothing_is_said_that_one_of_two_askings_denies() -> None:
    """Whoever has left a channel since was asked there; where the later one did not see, nothing is known."""
    before = asking(Lens.CX, "C1", 9, C2=People.SOME)
    after = asking(Lens.UX, "C2", 10, C1=People.DIFFERENT)
    assert beside(UNHAPPY, EASY, askings=[before, after]).people is People.SOME
    unseen = asking(Lens.UX, "C2", 11)
    assert beside(UNHAPPY, EASY, askings=[before, after, unseen]).people is None
    assert beside(UNHAPPY, EASY, askings=[before]).people is None


def test_every_channel_of_one_side_is_held_against_every_one_of_the_other() -> None:
    """One pair with people in common, or unknown, and the sides are not two different groups."""
    easy = replace(EASY, channels=("C2", "C3"))
    cx = asking(Lens.CX, "C1", 9)
    apart = asking(Lens.UX, "C2", 10, C1=People.DIFFERENT)
    for third, said in ((People.DIFFERENT, People.DIFFERENT), (People.SOME, People.SOME)):
        askings = [cx, apart, asking(Lens.UX, "C3", 10, C1=third)]
        assert beside(UNHAPPY, easy, askings=askings).people is said
    assert beside(UNHAPPY, easy, askings=[cx, apart]).people is None


def test_the_days_are_those_on_which_what_is_shown_was_asked() -> None:
    """From the first asking to the last close; a period that was asked for is named instead."""
    made = beside(UNHAPPY, EASY)
    assert made.period == Period(datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))
    assert contrast("Atlas", SIX_WEEKS, min_group=5, cx=UNHAPPY, ux=EASY, first=True).period == SIX_WEEKS
    assert beside(SideInput(), SideInput()).period is None


def test_the_days_are_those_of_what_is_new() -> None:
    """A score that was shown before says by itself from when it is."""
    late = counted("umux_lite", umux((11, 7, 7), (11, 6, 7)), number=3)
    late = replace(late, first_day=date(2026, 12, 9), last_day=date(2026, 12, 11))
    new = SideInput(instrument="umux_lite", rounds=ChosenRounds((late,)), story=(late,))
    old = replace(UNHAPPY, counted_since_last=False)
    assert beside(old, new).period == beside(SideInput(), new).period
    assert beside(old, replace(new, counted_since_last=False)).period == beside(UNHAPPY, new).period
    assert beside(old, new).period != beside(UNHAPPY, new).period


ROUNDS = st.lists(st.integers(0, 10), min_size=10, max_size=25)


@settings(max_examples=60, deadline=None)
@given(ROUNDS, st.data())
def test_who_chose_what_is_in_no_figure(points: list[int], data: st.DataObject) -> None:
    """The same answers given by other people are the same contrast, to the letter."""
    other = data.draw(st.permutations(points))
    made, again = beside(asked("nps", points), EASY), beside(asked("nps", other), EASY)
    assert json.dumps(to_json(made)) == json.dumps(to_json(again))
