"""The title and the sentence of a contrast, by its state."""

from dataclasses import replace

import pytest

from jobs.contrast import Contrast, Side, State
from jobs.instruments import Band
from jobs.messages.report import side_cards, verdict
from jobs.messages.wording.voice import MRKDWN, SPEECH
from tests.jobs.messages import examples
from tests.jobs.messages.examples import CX, NORMAL, UX, banded, score

GOOD, POOR = (Band.GOOD,), (Band.POOR,)


def split(state: State, cx: tuple[Band, ...], ux: tuple[Band, ...]) -> Contrast:
    """A contrast of two verdicts."""
    assert CX.score is not None
    assert UX.score is not None
    return replace(
        NORMAL,
        state=state,
        cx=replace(CX, score=banded(CX.score, *cx)),
        ux=replace(UX, score=banded(UX.score, *ux)),
    )


@pytest.mark.parametrize(
    "state, title",
    [
        (State.TOO_FEW, "not enough answers yet"),
        (State.ONE_SIDE, "one side so far"),
        (State.LOVED_HARD, "loved, but hard to use"),
        (State.EASY_UNHAPPY, "easy to use, but customers are unhappy"),
        (State.PERHAPS_LOVED_HARD, "loved, but perhaps hard to use"),
        (State.PERHAPS_EASY_UNHAPPY, "easy to use, but customers may be unhappy"),
        (State.BOTH_POOR, "poor on both sides"),
        (State.BOTH_GOOD, "good on both sides"),
        (State.TOO_EARLY, "too early to tell"),
        (State.FIRST, "first digest"),
        (State.NO_CLEAR_CHANGE, "no clear change"),
    ],
)
def test_each_state_has_its_title(state: State, title: str) -> None:
    """The title of each state is word for word that of its drawing."""
    assert verdict.title(replace(NORMAL, state=state)) == f"Atlas: {title}"


def test_the_body_says_the_good_side_first() -> None:
    """Where the sides differ, the sentence begins with the good one, as the title does."""
    hard = split(State.LOVED_HARD, GOOD, POOR)
    assert verdict.body(MRKDWN, hard) == "Being a customer is *good*, using Atlas is *poor*. No clear change."
    unhappy = split(State.EASY_UNHAPPY, POOR, GOOD)
    assert verdict.body(MRKDWN, unhappy) == (
        "Using Atlas is *good*, being a customer is *poor*. No clear change."
    )
    perhaps = split(State.PERHAPS_LOVED_HARD, GOOD, (Band.POOR, Band.MIXED))
    assert verdict.body(SPEECH, perhaps) == (
        "Being a customer is good, using Atlas is poor to mixed. No clear change."
    )
    both = split(State.BOTH_POOR, POOR, POOR)
    assert verdict.body(MRKDWN, both) == "Being a customer and using Atlas are both *poor*. No clear change."


def test_the_first_digest_has_nothing_to_compare_with() -> None:
    """A first digest says so, whatever its title."""
    for state in (State.FIRST, State.BOTH_GOOD):
        first = replace(NORMAL, state=state, first=True)
        assert verdict.body(MRKDWN, first).endswith("Nothing to compare with yet.")


def untested(side: Side) -> Side:
    """A side without a test."""
    return replace(side, change=None)


def differing(side: Side) -> Side:
    """A side on which a test sees a difference."""
    assert side.change is not None
    return replace(side, change=replace(side.change, p=0.001))


def test_no_clear_change_is_said_only_of_what_was_tested() -> None:
    """It is said of both sides, of one by name, or of none, as tests were possible."""
    split_both = split(State.BOTH_GOOD, GOOD, GOOD)
    one = replace(split_both, ux=untested(split_both.ux))
    none = replace(one, cx=untested(one.cx))
    assert verdict.change(MRKDWN, split_both) == "No clear change."
    assert verdict.change(MRKDWN, one) == "Being a customer: no clear change."
    assert verdict.change(MRKDWN, none) == ""


def test_a_difference_has_no_verdict_at_first_sight() -> None:
    """Two different scores stand side by side; no word calls that a change or no change."""
    of = replace(NORMAL, ux=differing(UX))
    assert verdict.title(of) == "Atlas: mixed to good on both sides"
    assert verdict.change(MRKDWN, of) == (
        "*SUS was 72 (20 answers), now 69.* Being a customer: no clear change."
    )
    both = replace(split(State.NO_CLEAR_CHANGE, GOOD, (Band.MIXED,)), cx=differing(NORMAL.cx))
    title = verdict.title(replace(both, ux=differing(both.ux)))
    assert title == "Atlas: being a customer mixed to good, using it mixed"


def test_too_early_says_both_figures_with_their_ranges() -> None:
    """A side that cannot tell says so, beside its number; the other side has its word."""
    early = replace(
        NORMAL,
        state=State.TOO_EARLY,
        cx=replace(CX, score=banded(score("nps", 12, 25.0, (-17.0, 57.0)), *Band)),
        ux=replace(UX, score=score("sus", 7)),
    )
    assert verdict.body(MRKDWN, early) == (
        "Being a customer: *too early to tell*, NPS +25, likely −17 to +57, 12 of 61 answered.\n"
        "Using Atlas: *mixed to good*, 7 answers. A score is shown from 10."
    )


def test_a_side_that_was_never_asked_says_so() -> None:
    """A side that was not asked has no "0 answers"."""
    of = replace(examples.ONE_SIDE, ux=Side(lens=UX.lens, instrument=None, score=None))
    assert side_cards.line(MRKDWN, of.ux, of) == "Using Atlas (UX): nothing asked yet."
    silent = replace(UX, score=score("sus", 0))
    assert side_cards.line(MRKDWN, silent, of) == "Using Atlas (UX): no answers; scores are shown from 5."
    waiting = replace(UX, score=score("sus", 0), waiting=4)
    assert side_cards.line(MRKDWN, waiting, of) == "Using Atlas (UX): 4 answers; scores are shown from 5."


def test_a_card_has_five_lines_and_says_early() -> None:
    """Both cards have the same facts on the same lines; under 20 answers the verdict begins with "early"."""
    of = replace(NORMAL, cx=replace(CX, score=score("nps", 12, 50.0, (5.0, 75.0))))
    card = side_cards.cards(of)["fields"][0]["text"].splitlines()
    assert card == [
        "*Being a customer*",
        "CX · NPS *+50*",
        "early: mixed to good",
        "likely +5 to +75",
        "12 of 61 answered",
    ]


def test_across_hides_what_is_small() -> None:
    """A number under the smallest group is said in words; a side without such a number is left out."""
    assert side_cards.across(MRKDWN, NORMAL) == (
        "*Across:* 5 of 18 comments on being a customer are about the product. "
        "Fewer than 5 of 14 on using Atlas are about anything else."
    )
    one = replace(NORMAL, cx=replace(CX, crossing=None))
    assert side_cards.across(MRKDWN, one) == (
        "*Across:* fewer than 5 of 14 comments on using Atlas are about anything else."
    )
    assert side_cards.across(MRKDWN, replace(one, ux=replace(UX, crossing=None))) == ""
