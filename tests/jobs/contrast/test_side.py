"""One side of a contrast."""

from datetime import timedelta

from jobs.contrast.cuts import SideComments
from jobs.contrast.record import OpenQuestion, Side
from jobs.contrast.side import SideInput, build_side
from jobs.privacy.progress_rule import Progress, Stage
from jobs.scoring.chosen_rounds import ChosenRounds
from storage.records import BlockCut, Lens, Sentiment
from tests.jobs.responses import MONDAY
from tests.jobs.scoring.rounds import counted, nps

NOW, BEFORE = counted("nps", nps(14, 9, 5), number=2), counted("nps", nps(10, 8, 6))
ELSEWHERE = counted("nps", nps(4, 4, 4), number=3, people=[f"q{place}" for place in range(12)])


def built(given: SideInput, *, k: int = 5) -> Side:
    """The customer side of what is given."""
    return build_side(Lens.CX, given, min_group=k)


def test_a_side_that_was_never_asked() -> None:
    """A side without a question has nothing else."""
    made = built(SideInput())
    assert made == Side(lens=Lens.CX, instrument=None, score=None)
    assert not made.is_shown


def test_what_the_caller_knows_stands_beside_the_score() -> None:
    """Channels, the open question, what waits and the cuts are handed on."""
    question = OpenQuestion(
        channel_id="C1", closes_at=MONDAY + timedelta(days=4), has_form=False, slack_ts="1.2"
    )
    waits = Progress(channel_id="C1", stage=Stage.OPEN, answers=3)
    given = SideInput(
        instrument="nps",
        rounds=ChosenRounds((NOW,), (BEFORE,)),
        before_in_month=True,
        channels=("C1", "C2"),
        progress=(waits,),
        open_question=question,
        comments=SideComments(cut=BlockCut(comments=20, tones={Sentiment.POSITIVE: 12}), waiting=6),
    )
    side = built(given)
    assert side.score
    assert side.before
    assert (side.score.n, side.before.n, side.before_in_month) == (28, 24, True)
    assert (side.channels, side.progress, side.open_question) == (("C1", "C2"), (waits,), question)
    assert (side.cut, side.uncut) == (given.comments.cut, 6)


def test_how_many_could_answer_is_told_of_one_round() -> None:
    """Of rounds added up nobody knows how many different people were asked."""
    assert built(SideInput(instrument="nps", rounds=ChosenRounds((NOW,)))).invited == 31
    assert built(SideInput(instrument="nps", rounds=ChosenRounds((NOW, ELSEWHERE)))).invited is None


def test_a_score_needs_ten_or_what_was_promised() -> None:
    """Who waits for a number reads how many people it needs."""
    assert [built(SideInput(instrument="nps"), k=k).score_from for k in (5, 10, 12)] == [10, 10, 12]
