"""One side of a contrast."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.contrast.record import OpenQuestion, Side
from jobs.contrast.side import SideInput, answers_of, build_side, comments_of
from jobs.scoring import Stage
from storage.records import Lens, Sentiment, Touchpoint
from tests.jobs.responses import MONDAY, SIX_WEEKS, comment, nps, response, responses, wave_of


def built(given: SideInput, *, k: int = 5, cuts: bool = True, last: Side | None = None) -> Side:
    """The customer side of what is given."""
    return build_side(Lens.CX, given, answers_of(given), min_group=k, cuts=cuts, last=last)


def commented(count: int, wrote: int) -> SideInput:
    """So many promoters, of whom some wrote about support, some about billing."""
    comments = [
        comment(f"c{place:02}", Sentiment.POSITIVE, (Touchpoint.SUPPORT, Touchpoint.BILLING)[place % 2])
        for place in range(wrote)
    ]
    return SideInput(instrument="nps", responses=responses("nps", nps(count, 0, 0), comments=comments))


def test_a_side_that_was_never_asked() -> None:
    """A side without a question has nothing else."""
    assert built(SideInput()) == Side(lens=Lens.CX, instrument=None, score=None)


def test_what_the_caller_knows_stands_beside_the_score() -> None:
    """Channels, invited people, dates, the open question and what waits are handed on."""
    question = OpenQuestion(
        channel_id="C1", closes_at=MONDAY + timedelta(days=4), has_form=False, slack_ts="1.2"
    )
    given = SideInput(
        instrument="nps",
        responses=responses("nps", nps(14, 9, 5)),
        channels=("C1", "C2"),
        invited=61,
        asked_on=MONDAY - timedelta(days=60),
        open_question=question,
        waiting=3,
    )
    side = built(given)
    assert (side.n, side.heard, side.invited, side.channels) == (28, 31, 61, ("C1", "C2"))
    assert (side.asked_on, side.open_question) == (given.asked_on, question)
    assert (side.before, side.change, side.before_period) == (None, None, None)


def test_the_period_before_is_scored_and_compared() -> None:
    """The earlier score stands with its period, and a change where both have 20 answers."""
    given = SideInput(
        instrument="nps",
        responses=responses("nps", nps(14, 9, 5)),
        before=responses("nps", nps(10, 8, 6), who="b"),
        before_period=SIX_WEEKS.previous,
    )
    side = built(given)
    assert side.before
    assert side.change
    assert (side.before.n, side.before_period, side.change.difference) == (24, SIX_WEEKS.previous, 15)
    few = built(replace(given, before=given.before[:7]))
    assert few.before
    assert (few.before.stage, few.before.value, few.change) == (Stage.WORDS, None, None)


def test_comments_of_the_latest_answers_are_cut() -> None:
    """Comments are counted once a person, and one of nothing but blanks is none."""
    given = commented(24, 12)
    blank = response(wave_of("nps"), "r20", 9, comment=comment("z", text=" \n"))
    again = replace(given, responses=[*given.responses, blank, *given.responses])
    side = built(again)
    assert (side.n, side.wrote, side.tone) == (24, 12, {Sentiment.POSITIVE: 12})
    assert side.topics == ((Touchpoint.BILLING, 6), (Touchpoint.SUPPORT, 6))
    assert len(comments_of(answers_of(again))) == 12


@pytest.mark.parametrize("cuts", [True, False])
def test_cuts_are_for_the_period_of_the_digest(*, cuts: bool) -> None:
    """For another period comments are not counted, and the ids last counted are kept."""
    last = built(commented(24, 12))
    side = built(commented(24, 12), cuts=cuts, last=last)
    assert (side.wrote is not None, side.crossing is not None, bool(side.topics)) == (cuts, cuts, cuts)
    assert side.cut_from == last.cut_from


def test_a_promised_group_is_kept() -> None:
    """A question that promised groups of 8 shows nothing of 7, now or before, by itself too."""
    strict = responses("nps", nps(7, 0, 0), wave=wave_of("nps", min_group=8))
    side = built(SideInput(instrument="nps", responses=strict, before=responses("nps", nps(7, 0, 0))))
    assert side.score
    assert side.before
    assert side.score.stage is side.before.stage is Stage.HIDDEN


def test_other_instruments_are_passed_over() -> None:
    """Of several questions on a side only the one that speaks for it is counted."""
    given = SideInput(instrument="nps", responses=responses("nps", nps(6, 0, 0)) + responses("csat", [5] * 9))
    assert built(given).n == 6
