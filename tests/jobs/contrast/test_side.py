"""One side of a contrast."""

from dataclasses import replace
from datetime import timedelta

from jobs.contrast.build import contrast
from jobs.contrast.changed import Direction
from jobs.contrast.cuts import SideComments
from jobs.contrast.record import Side
from jobs.contrast.side import SideInput, build_side, without_withdrawn
from jobs.contrast.side_parts import OpenQuestion
from jobs.inference import Interval
from jobs.instruments import INSTRUMENTS
from jobs.privacy.progress_rule import Progress, Stage
from jobs.scoring.chosen_rounds import ChosenRounds, newest_rounds
from jobs.scoring.level import level_of
from storage.records import BlockCut, Lean, Lens, Sentiment
from tests.jobs.responses import MONDAY
from tests.jobs.scoring.histories import net, of_scores, word_round
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


def test_a_side_has_its_word_and_its_story() -> None:
    """The word is read from all rounds of the side; its story has the newest six, rounded as printed."""
    rounds = tuple(of_scores("nps", week, net(14 - week, 9, 5)) for week in range(8))
    made = built(SideInput(instrument="nps", rounds=newest_rounds(rounds), story=rounds))
    assert made.level == level_of(INSTRUMENTS["nps"], rounds)
    assert made.bands == (made.level.bands if made.level else None)
    assert [row.last_day for row in made.history] == [one.last_day for one in rounds[:1:-1]]
    assert [(row.n, row.value) for row in made.history][:2] == [(21, 10.0), (22, 14.0)]
    assert made.history[0].likely == Interval(-21.0, 38.0)


def test_a_story_tells_what_was_clipped_and_words_as_they_are_shown() -> None:
    """A clipped round has its ends and a word round its word; what was withdrawn is not in the story."""
    agreed, words = of_scores("nps", 0, net(20, 0, 0)), word_round("nps", 4)
    gone = replace(of_scores("nps", 2, net(5, 5, 5)), withdrawn=True)
    made = built(SideInput(instrument="nps", story=(agreed, gone, words)))
    assert [(row.value, row.likely, row.lean) for row in made.history] == [
        (None, None, Lean.POOR),
        (None, None, None),
    ]
    assert made.history[1].between
    assert made.history[1].between.low == 80


def test_a_side_says_what_changed_since_the_newest_round_before() -> None:
    """The two scores stand beside a change; a word round, which has no score, says nothing of one."""
    rounds = [of_scores("umux_lite", week, {80.0: 10, 70.0: 10}) for week in (0, 4, 8)]
    rounds.append(of_scores("umux_lite", 16, {50.0: 10, 40.0: 10}))
    found = built(SideInput(instrument="umux_lite", rounds=newest_rounds(rounds), story=tuple(rounds))).change
    assert found
    assert (found.direction, found.since, found.since_month) == (Direction.WORSE, rounds[2].last_day, True)
    assert found.numbers
    assert [(score.n, score.value) for score in found.numbers] == [(20, 75.0), (20, 45.0)]
    assert all(score.likely is None for score in found.numbers)  # nothing else of them is printed there
    rounds.append(word_round("umux_lite", 20))
    shown = SideInput(instrument="umux_lite", rounds=newest_rounds(rounds), story=tuple(rounds))
    assert built(shown).change is None


def test_no_change_is_said_without_numbers() -> None:
    """Where no change is clear there are no numbers, but how large a change would have to be."""
    rounds = tuple(of_scores("nps", week, net(10, 6, 4)) for week in (0, 4, 8, 12))
    found = built(SideInput(instrument="nps", rounds=newest_rounds(rounds), story=rounds)).change
    assert found
    assert (found.direction, found.numbers) == (Direction.NOT_CLEAR, None)
    assert found.visible
    assert found.visible % 5 == 0


def test_what_was_withdrawn_is_in_no_side() -> None:
    """A round that is shown takes score and word along, an older one its row and what is compared with it."""
    rounds = [of_scores("nps", 4 * n, net(14, 9, 5)) for n in range(3)]
    ux = [of_scores("umux_lite", 4 * n, {75.0: 10, 62.5: 10}) for n in range(3)]
    of = contrast(
        "Atlas",
        None,
        min_group=5,
        cx=SideInput(instrument="nps", rounds=newest_rounds(rounds), story=tuple(rounds)),
        ux=SideInput(instrument="umux_lite", rounds=newest_rounds(ux), story=tuple(ux)),
        first=False,
    )
    assert of.cx.score
    assert without_withdrawn(of, [], []) == of
    gone = without_withdrawn(of, [rounds[-1]], [])
    assert (gone.cx.score, gone.cx.level, gone.cx.history, gone.ux) == (None, None, (), of.ux)
    assert [each.stage for each in gone.cx.progress] == [Stage.WITHDRAWN]
    older = without_withdrawn(of, [rounds[0]], [])
    assert older.cx.score == of.cx.score
    assert (older.cx.before, older.cx.level, older.cx.change) == (None, None, None)
    assert [row.last_day for row in older.cx.history] == [row.last_day for row in of.cx.history[:-1]]
    assert without_withdrawn(of, [], [Lens.UX]).ux.reduced
