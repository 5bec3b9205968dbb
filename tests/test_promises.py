"""What the papers promise about figures and privacy are the rules that the code counts by."""

import pytest

from jobs.messages.respondent.who_sees import WHAT_FIGURES_TELL
from jobs.privacy.block_rule import BLOCK_FROM
from jobs.privacy.look import LONGEST_WAIT
from jobs.privacy.round_rule import NUMBER_FROM, SMALL_CHANNEL, WORD_FROM
from jobs.pulses.count_rounds import WEEKS
from jobs.scoring.counted_round import SHARED_STEP
from storage.records import GRACE, MARKS_KEPT, SMALLEST_PROMISE
from tests import papers

WORDS = {4: "four"}
FIGURES, PRIVACY = (" ".join(paper.split()) for paper in (papers.FIGURES, papers.PRIVACY))

IN_FIGURES = {
    "the grace after the close": f"{GRACE.total_seconds() / 60:.0f} minutes after it closes",
    "the people of a round": f"A round has {NUMBER_FROM} people or more",
    "the weeks between two rounds": f"at least {WORDS[WEEKS]} weeks after the last one",
    "what a lead needs": f"you need {NUMBER_FROM} answers on each side",
    "the small channel": f"fewer than {SMALL_CHANNEL} people",
    "the people of a word": f"{WORD_FROM} answers give a word",
    "the people of a batch": f"when {SMALLEST_PROMISE} more people have written",
    "the comments of a block": f"for each {BLOCK_FROM} comments",
}
IN_PRIVACY = {
    "shared people": f"rounded up to the next {SHARED_STEP}",
    "the marks of who took part": f"for {MARKS_KEPT.days} days",
    "the longest wait": f"still wait {LONGEST_WAIT.days // 7} weeks",
    "the people of a batch": f"once {SMALLEST_PROMISE} people have written",
    "after a restore": f"no round is made for {WORDS[WEEKS]} weeks",
}


@pytest.mark.parametrize("what", IN_FIGURES)
def test_the_numbers_of_figures_are_those_of_the_code(what: str) -> None:
    """What the papers say of a figure's numbers is what the rule counts by."""
    assert IN_FIGURES[what] in FIGURES


@pytest.mark.parametrize("what", IN_PRIVACY)
def test_the_numbers_of_privacy_are_those_of_the_code(what: str) -> None:
    """What the papers say of numbers that protect people is what the rule counts by."""
    assert IN_PRIVACY[what] in PRIVACY


def test_what_no_rule_can_prevent_is_said_in_the_same_words() -> None:
    """The paper on privacy says what Bifocal cannot do as Privacy under each question does."""
    told = WHAT_FIGURES_TELL[0].lower() + WHAT_FIGURES_TELL[1:]
    assert told in PRIVACY
