"""The title of a contrast, its sentences and its cards."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from jobs.contrast import Contrast, Side
from jobs.instruments import Band
from jobs.messages.report import side_cards, verdict
from jobs.messages.wording.voice import MRKDWN, SPEECH
from jobs.privacy.clip_rule import ClippedRange
from jobs.privacy.progress_rule import Stage
from storage.records import Lean, Lens, Period
from tests.jobs.messages import examples
from tests.jobs.messages.examples import CX, NO_CX, NO_UX, NORMAL, TOO_FEW, UX, banded, score, waits, word_of

POOR, MIXED, GOOD = Band
NOVEMBER, WEEK = datetime(2026, 11, 2, tzinfo=UTC), timedelta(weeks=1)
BANDS = {
    "poor": (POOR,),
    "poor to mixed": (POOR, MIXED),
    "mixed": (MIXED,),
    "mixed to good": (MIXED, GOOD),
    "good": (GOOD,),
    "unclear": (POOR, MIXED, GOOD),
}
TITLES = json.loads((Path(__file__).parent.parent / "drawn" / "titles.json").read_text())


def of_word(side: Side, word: str) -> Side:
    """A side in the state that a drawn title is about."""
    empty = NO_CX if side.lens is Lens.CX else NO_UX
    if word in BANDS:
        return banded(replace(side, score=score("nps", 28, 0.0)), *BANDS[word])
    if word == "not asked":
        return Side(lens=side.lens, instrument=None, score=None)
    stage = {"waiting": Stage.TOO_FEW, "open": Stage.OPEN}[word]
    return replace(empty, progress=(waits(stage),))


def beside(cx: Side, ux: Side) -> Contrast:
    """A contrast of two sides."""
    return replace(NORMAL, cx=cx, ux=ux)


@pytest.mark.parametrize("pair", TITLES)
def test_each_pair_of_words_has_its_title(pair: str) -> None:
    """The title of each pair is word for word the one that was drawn; it never speaks of time."""
    cx, ux = pair.split(" / ")
    assert verdict.title(beside(of_word(CX, cx), of_word(UX, ux))) == f"Atlas: {TITLES[pair]}"


@pytest.mark.parametrize(
    "lean, customers, users",
    [
        (Lean.GOOD, "customers lean to good", "users lean to good"),
        (Lean.POOR, "customers lean to poor", "users lean to poor"),
        (Lean.NEITHER, "customers are divided", "users are divided"),
    ],
)
def test_a_word_round_has_no_word_of_the_level(lean: Lean, customers: str, users: str) -> None:
    """Beside a side with a word it stands as a side that has none, with which way it leans."""
    cx, ux = replace(CX, score=word_of("nps", 7, lean)), replace(UX, score=word_of("sus", 6, lean))
    assert verdict.title(beside(cx, of_word(UX, "poor"))) == f"Atlas: hard to use; {customers}"
    assert verdict.title(beside(of_word(CX, "good"), ux)) == f"Atlas: customers are happy; {users}"
    assert verdict.title(beside(cx, ux)) == f"Atlas: {customers}; {users}"


def test_what_else_keeps_a_side_without_a_word() -> None:
    """A withdrawn score and one that waits for its four weeks are not called too few."""
    gone = replace(NO_CX, progress=(waits(Stage.WITHDRAWN),))
    assert verdict.title(beside(gone, UX)) == "Atlas: fairly easy to use; the customer score was withdrawn"
    later = replace(NO_UX, progress=(waits(Stage.FOUR_WEEKS),))
    assert verdict.title(beside(CX, later)) == "Atlas: customers are fairly happy; no user score yet"
    both = beside(replace(NO_CX, progress=(waits(Stage.COUNTING),)), of_word(UX, "open"))
    assert verdict.title(both) == "Atlas: answers are coming in"


def test_the_first_digest_says_when_a_change_can_show() -> None:
    """Only where no side has a score before; then its cards say "First score"."""
    first = replace(NORMAL, first=True, cx=replace(CX, before=None), ux=replace(UX, before=None))
    said = "This is the first digest. A change can show from the next one on."
    assert verdict.body(MRKDWN, first, None) == said
    assert said not in verdict.body(MRKDWN, replace(NORMAL, first=True), None)
    assert verdict.body(MRKDWN, replace(first, first=False), None) == ""


def test_each_side_says_what_stands_before_its_score() -> None:
    """Every reason is the true one, with the day that the count gives."""
    assert verdict.body(MRKDWN, TOO_FEW, None).splitlines() == [
        (
            "Being a customer: 3 people answered. A score needs 10, so that nobody can be picked out. "
            "These 3 join the next round, asked Mon 14 Dec."
        ),
        (
            "Using Atlas: 4 people answered. A score needs 10, so that nobody can be picked out. "
            "These 4 join the next round, asked Mon 14 Dec."
        ),
    ]
    assert "asked Monday 14 December." in verdict.body(SPEECH, TOO_FEW, None)


def test_an_unclear_side_says_what_is_possible() -> None:
    """Where all three bands are possible, that is said, beside what waits."""
    cx = replace(of_word(CX, "unclear"), progress=(waits(Stage.OPEN, at=examples.CLOSES),))
    said = verdict.body(MRKDWN, beside(cx, UX), "Europe/Berlin")
    assert said.startswith(
        "Being a customer: poor, mixed or good are all possible with these answers. 3 answers so far."
    )


def test_a_side_that_was_never_asked_says_so() -> None:
    """A side that was not asked has no "0 answers"."""
    of = beside(CX, of_word(UX, "not asked"))
    assert verdict.body(MRKDWN, of, None).splitlines() == [
        "Users: no question in the channels that this digest reads.",
        "Being a customer: too few answers to say if anything changed.",
    ]
    assert side_cards.cards(of)["fields"][1]["text"] == "*Using Atlas (UX)*\nNot asked here"
    silent = beside(CX, NO_UX)
    assert verdict.body(MRKDWN, silent, None).startswith("Using Atlas: no answers yet.\n")
    assert side_cards.cards(silent)["fields"][1]["text"] == "*Using Atlas (UX)*\nNo score yet"


def card(side: Side) -> list[str]:
    """The lines of the customers' card."""
    lines: list[str] = side_cards.cards(beside(side, UX))["fields"][0]["text"].splitlines()
    return lines


def test_a_card_has_five_lines() -> None:
    """Side and word, score with its scale, score before, likely range, how many answered."""
    assert card(CX) == [
        "*Being a customer (CX): mixed to good*",
        "NPS *+32* (−100 to +100)",
        "October: +17, 24 answers",
        "Likely +2 to +56",
        "28 of 61 answered",
    ]
    assert card(replace(CX, before=None))[2] == "First score"


def test_the_card_of_a_period_does_not_call_its_score_the_first() -> None:
    """What was counted before a period is not looked at, so nothing is said of it."""
    contrast = replace(beside(replace(CX, before=None), UX), asked_for=True)
    assert "First score" not in str(side_cards.cards(contrast)) + side_cards.cards_aloud(contrast)


def test_the_title_of_a_period_speaks_of_that_period() -> None:
    """Where nothing was counted in it, a side that has an earlier score, or waits, has not "too few"."""
    week = Period(NOVEMBER, NOVEMBER + WEEK)
    customers, users = replace(NO_CX, before=CX.before), replace(NO_UX, progress=(waits(Stage.OPEN),))

    def said(cx: Side, ux: Side) -> str:
        return verdict.title(replace(beside(cx, ux), period=week, asked_for=True))

    assert said(customers, users) == "Atlas: no score in this period"
    assert said(customers, UX) == "Atlas: fairly easy to use; no customer score in this period"
    shown = side_cards.cards(replace(beside(customers, UX), asked_for=True))
    assert shown["fields"][0]["text"] == "*Being a customer (CX)*\nNo score in this period"
    never = Side(lens=Lens.UX, instrument=None, score=None)
    assert said(customers, never) == "Atlas: no customer score in this period; users are not asked here"


def test_a_side_without_a_count_in_a_period_names_its_newest_score() -> None:
    """It does not say that nobody has answered."""
    empty = replace(NO_CX, before=CX.before, progress=())
    contrast = replace(beside(empty, UX), period=Period(NOVEMBER, NOVEMBER + WEEK), asked_for=True)
    said = verdict.body(MRKDWN, contrast, None)
    assert "Being a customer: nothing was counted from 2 to 8 Nov 2026. The newest score: " in said
    assert "no answers yet" not in said


def test_the_card_of_a_word_round_has_no_number() -> None:
    """Which way it leans, from how many a number is shown, and how many answered."""
    assert card(replace(CX, score=word_of("nps", 7, Lean.GOOD), invited=31, score_from=12)) == [
        "*Being a customer (CX): leaning good*",
        "NPS: a number is shown from 12 answers",
        "October: +17, 24 answers",
        "7 of 31 answered",
    ]


def test_the_card_of_a_clipped_round_has_no_range() -> None:
    """What at least all but two chose stands in the place of the range."""
    clipped = replace(score("nps", 20), clipped=100, between=ClippedRange(75.0, None))
    assert card(banded(replace(CX, score=clipped, before=None), GOOD)) == [
        "*Being a customer (CX): good*",
        "NPS *+75 or more* (−100 to +100)",
        "First score",
        "At least 18 of 20 chose 9 or 10",
        "20 of 61 answered",
    ]


def test_cards_are_said_aloud() -> None:
    """A screen reader hears the same facts in sentences."""
    assert side_cards.cards_aloud(NORMAL).startswith(
        "Being a customer (CX): mixed to good. NPS plus 32 (minus 100 to plus 100). "
        "October: plus 17, 24 answers. Likely plus 2 to plus 56. 28 of 61 answered. Using Atlas (UX): "
    )


def test_names_are_said_on_the_card() -> None:
    """A figure of answers with names says so."""
    assert CX.score
    assert card(replace(CX, score=replace(CX.score, named=True)))[1] == "NPS with names *+32* (−100 to +100)"


def test_a_side_that_is_about_to_be_asked_first_says_when() -> None:
    """It is not called one that is not asked: title, sentence and card say what comes."""
    side = Side(lens=Lens.CX, instrument=None, score=None, first_asked=date(2026, 6, 1))
    of = replace(NORMAL, cx=side)
    assert verdict.title(of).endswith("; no customer score yet")
    assert verdict.body(MRKDWN, of, "UTC").startswith("Customers: first asked Mon 1 Jun.")
    assert "No score yet" in str(side_cards.cards(of))
    assert verdict.title(replace(of, cx=replace(side, first_asked=None))).endswith(
        "; customers are not asked here"
    )
