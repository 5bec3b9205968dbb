"""What people wrote about: the cuts of whole blocks, in words."""

from dataclasses import replace

import pytest

from jobs.contrast import Contrast, Side
from jobs.messages.report.topic_table import across, most_written, topics
from jobs.messages.wording.voice import MRKDWN
from storage.records import Across, BlockCut, Lens, Sentiment, Touchpoint
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import CX, NORMAL, UX

NEGATIVE, POSITIVE, NEUTRAL = Sentiment.NEGATIVE, Sentiment.POSITIVE, Sentiment.NEUTRAL
BILLING = Touchpoint.BILLING
CUT = BlockCut(comments=20, tones={NEGATIVE: 7}, topics={BILLING: 10})


def of_customers(cut: BlockCut | None, uncut: int = 0) -> Contrast:
    """A contrast in which customers have written this, and users nothing yet."""
    return replace(NORMAL, cx=replace(CX, cut=cut, uncut=uncut), ux=replace(UX, cut=None, uncut=0))


def lines(of: Contrast) -> list[str]:
    """What stands about customers."""
    built = topics(of)
    check(built)
    return str(built["blocks"][0]["text"]["text"]).splitlines()


@pytest.mark.parametrize(
    "cut, said",
    [
        (CUT, ["Of 20 comments: 7 negative, 13 not.", "Billing: 10 · anything else: 10"]),
        (
            replace(CUT, tones={NEGATIVE: 7, POSITIVE: 6}, topics={BILLING: 6, Touchpoint.SUPPORT: 7}),
            [
                "Of 20 comments: 6 positive, 7 negative, 7 others.",
                "Support: 7 · billing: 6 · anything else: 7",
            ],
        ),
        (
            replace(CUT, tones={NEGATIVE: 7}, wishes=6),
            ["Of 20 comments: 7 negative, 6 wishes, 7 others.", "Billing: 10 · anything else: 10"],
        ),
        (
            replace(CUT, tones={}, wishes=6),
            ["Of 20 comments: 6 wishes, 14 others.", "Billing: 10 · anything else: 10"],
        ),
        (
            replace(CUT, tones={}, topics={}),
            [
                "Of 20 comments. Tone is not shown: one part would be too small.",
                "Topics are not shown: one part would be too small.",
            ],
        ),
    ],
)
def test_parts_add_up_to_the_comments(cut: BlockCut, said: list[str]) -> None:
    """Tones and topics that may be shown, and one number for the rest; the base is the comments."""
    first, *more = lines(of_customers(cut))
    assert [first, *more] == [f"*What customers write about.* {said[0]}", *said[1:]]


@pytest.mark.parametrize("wishes", [None, 6])
def test_what_a_wish_is_stands_beside_their_number(wishes: int | None) -> None:
    """It is said only where wishes are shown: cuts of before have them in their tones."""
    built = topics(of_customers(replace(CUT, wishes=wishes)))
    assert ("is a wish, whatever its tone." in built["text"]) is (wishes is not None)


def test_of_one_block_it_is_said_how_few_are_too_few() -> None:
    """The number is the promise under its comments; of a sum of blocks it is not said."""
    of = of_customers(replace(CUT, tones={}, topics={}, need=6))
    of = replace(of, cx=replace(of.cx, cut_of_one=True))
    few = "one part would be fewer than 6 comments."
    assert lines(of) == [
        f"*What customers write about.* Of 20 comments. Tone is not shown: {few}",
        f"Topics are not shown: {few}",
    ]


def test_before_the_first_block() -> None:
    """Until a block is full it is said from how many comments on topics are shown, and how many there are."""
    assert lines(of_customers(None, 14)) == [
        "*What customers write about.* Topics are shown from 20 comments; 14 so far."
    ]


def test_a_side_that_was_not_asked_has_no_topics_to_come() -> None:
    """Nothing is said of comments on a side on which no question was asked."""
    of = replace(NORMAL, ux=Side(lens=Lens.UX, instrument=None, score=None))
    assert "users" not in str(topics(of))
    assert "so far" not in topics(of)["text"]


def test_across_in_words_and_numbers() -> None:
    """A number under the smallest group is said in words, with the group that was promised."""
    found = replace(CUT, across=Across(comments=18, about_other=6))
    few = replace(CUT, need=6, across=Across(comments=14, about_other=None))
    both = replace(NORMAL, cx=replace(CX, cut=found), ux=replace(UX, cut=few))
    assert across(MRKDWN, both) == (
        "*Across.* 6 of 18 customer comments are about the product itself. "
        "Fewer than 6 of 14 user comments are about price or support."
    )
    assert across(MRKDWN, of_customers(CUT)) == ""


def test_what_is_most_written_about() -> None:
    """What each side names; in an older edition the largest topic of all its cuts; no line without any."""
    both = replace(
        NORMAL, cx=replace(CX, cut=CUT), ux=replace(UX, cut=replace(CUT, topics={Touchpoint.PERFORMANCE: 6}))
    )
    assert most_written(MRKDWN, both) == "Most written about: *billing* (customers), *speed* (users)."
    assert most_written(MRKDWN, of_customers(CUT)) == "Most written about: *billing* (customers)."
    assert most_written(MRKDWN, of_customers(replace(CUT, topics={}))) == ""
    named = replace(both, cx=replace(both.cx, topic=Touchpoint.SUPPORT), ux=replace(UX, cut=None))
    assert most_written(MRKDWN, named) == "Most written about: *support* (customers)."


def test_no_count_joins_comments_to_answers() -> None:
    """Neither "15 of 24 wrote" nor any number of those who answered stands beside the comments."""
    built = topics(NORMAL)
    check(built)
    assert "wrote" not in built["text"]
    assert NORMAL.cx.score
    assert str(NORMAL.cx.score.n) not in built["text"]
