"""Scores as answers to one person."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobs.contrast import Side
from jobs.instruments import Band
from jobs.messages.report.score_answer import score_answer
from jobs.privacy.clip_rule import ClippedRange
from jobs.privacy.progress_rule import Progress, Stage
from storage.records import Lean, Period
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import (
    ATLAS,
    CLOSES,
    CX,
    NO_CX,
    SIX_WEEKS,
    UX,
    banded,
    score,
    waits,
    word_of,
)


def answer(*found: Side, period: Period | None = None) -> dict[str, Any]:
    """The answer about Atlas."""
    built = score_answer([(ATLAS, side) for side in found], period=period, zone="Europe/Berlin")
    check(built)
    return built


def shown(side: Side, period: Period | None = None) -> list[str]:
    """The lines on the screen."""
    lines = []
    for block in answer(side, period=period)["blocks"]:
        texts = [block["text"]] if "text" in block else block["elements"]
        lines += [line for text in texts for line in text["text"].splitlines()]
    return lines


def test_a_score_of_one_round() -> None:
    """Score and word, the one before, how sure it is, who chose what; when and where it was asked."""
    assert shown(CX) == [
        "*Atlas, NPS +32* · mixed to good",
        "October: +17, 24 answers. Too few answers to say if anything changed.",
        "Likely +2 to +56, 28 of 61 answered",
        "14 chose 9 or 10, 9 chose 7 or 8, 5 chose 0 to 6.",
        "Closed Fri 20 Nov · asked in <#C0ATLAS>",
        "Likely: the true score is in this range 19 times in 20.",
    ]
    assert answer(CX)["text"] == (
        "Atlas, NPS plus 32, mixed to good. October: plus 17, 24 answers. "
        "Too few answers to say if anything changed. "
        "Likely plus 2 to plus 56, 28 of 61 answered. "
        "14 chose 9 or 10, 9 chose 7 or 8, 5 chose 0 to 6. "
        "Closed Friday 20 November, asked in <#C0ATLAS>. "
        "Likely: the true score is in this range 19 times in 20."
    )


def test_rounds_added_up() -> None:
    """Answers and rounds are counted, and the days of all of them are named."""
    assert CX.score
    sum_of = replace(CX.score, n=148, rounds=6, first_day=date(2026, 7, 3))
    lines = shown(replace(CX, score=sum_of, before=None, invited=None), SIX_WEEKS)
    assert lines[1] == "Likely +2 to +56, 148 answers, 6 rounds"
    assert lines[-2] == "3 Jul to 20 Nov, six rounds added up · asked in <#C0ATLAS>"


def test_nothing_in_the_period_names_the_newest_score() -> None:
    """Where nothing was counted in a time, the score of another time does not take its place unsaid."""
    nothing = replace(CX, score=None)
    none = "*Atlas, NPS:* Nothing was counted from 12 Oct to 22 Nov 2026."
    assert shown(nothing, SIX_WEEKS) == [f"{none} The newest score: October: +17, 24 answers."]
    assert shown(replace(nothing, before=None), SIX_WEEKS) == [none]


def test_an_unclear_score_says_what_is_possible() -> None:
    """Where all three bands are possible, no word is the word."""
    unclear = banded(replace(CX, score=score("nps", 13, 15.0, (-25.0, 50.0))), *Band)
    assert shown(unclear)[0] == ("*Atlas, NPS +15* · unclear: poor, mixed or good are all possible")


def test_a_word_round() -> None:
    """Which way it leans, how many answered, the score before, and from when on a number is shown."""
    word = replace(CX, score=word_of("nps", 7, Lean.GOOD), invited=31)
    assert shown(word) == [
        "*Atlas, NPS: leaning good* · 7 of 31 answered",
        "October: +17, 24 answers. A number is shown from 10 answers.",
        "Closed Fri 20 Nov · asked in <#C0ATLAS>",
    ]


def test_a_clipped_round() -> None:
    """The bound of its score and what at least all but two chose; no range, and nothing said of ranges."""
    clipped = replace(score("nps", 20), clipped=100, between=ClippedRange(75.0, None))
    assert shown(banded(replace(CX, score=clipped, before=None), Band.GOOD)) == [
        "*Atlas, NPS +75 or more* · good",
        "20 of 61 answered",
        "At least 18 of 20 chose 9 or 10.",
        "Closed Fri 20 Nov · asked in <#C0ATLAS>",
    ]


NEED = "A score needs 10, so that nobody can be picked out."
JOIN = "These 3 join the next round"
ERASED = "After 26 weeks without one they are erased."


@pytest.mark.parametrize(
    "progress, said",
    [
        (waits(Stage.TOO_FEW), f"3 people answered. {NEED} {JOIN}, asked Mon 14 Dec."),
        (
            waits(Stage.TOO_FEW, asked_next=None),
            f"3 people answered. {NEED} {JOIN}; none is planned. {ERASED}",
        ),
        (
            waits(Stage.LATE, answers=12, at=datetime(2026, 11, 27, 16, 16, tzinfo=UTC)),
            (
                "Closed with 12 answers. They should have been counted by "
                "<!date^1795796160^{date_short_pretty} at {time}|Fri 27 Nov, 17:16 CET>. "
                "The count is late; it is tried again, at least once an hour."
            ),
        ),
        (
            waits(Stage.LATE, answers=12),
            "12 answers should be counted today. That is tried again, at least once an hour.",
        ),
        (
            waits(Stage.TOO_FEW, answers=1, word_from=5),
            (
                "1 person answered. A word needs 5 and a score 10, so that nobody can be picked out. "
                "This answer joins the next round, asked Mon 14 Dec."
            ),
        ),
        (
            waits(Stage.OPEN, answers=12, at=CLOSES),
            (
                "12 answers so far. Scores come when the question has closed, so that nobody is led by the "
                "others. It closes <!date^1795795200^{date_short_pretty} at {time}|Fri 27 Nov, 17:00 CET>."
            ),
        ),
        (
            waits(Stage.COUNTING, answers=12, at=datetime(2026, 11, 27, 16, 16, tzinfo=UTC)),
            (
                "Closed with 12 answers. Open forms have 15 minutes to come in; the score is ready "
                "<!date^1795796160^{date_short_pretty} at {time}|Fri 27 Nov, 17:16 CET>."
            ),
        ),
        (
            waits(Stage.COUNTING, answers=6),
            f"Closed with 6 answers. Open forms have 15 minutes to come in. {NEED}",
        ),
        (
            waits(Stage.FOUR_WEEKS, counted_on=date(2026, 11, 20), counts_from=date(2026, 12, 17)),
            "3 people answered. This question was counted on 20 Nov; new answers are counted from 17 Dec on.",
        ),
        (
            waits(Stage.COUNTED_LATELY, answers=12, counts_from=date(2026, 12, 17)),
            (
                f"12 people answered. {NEED} Who was counted for the same lately does not count again yet. "
                "They are looked at again on 17 Dec."
            ),
        ),
        (
            waits(Stage.RESTORED, counts_from=date(2026, 12, 17)),
            "3 people answered. The database was restored from a copy; answers are counted from 17 Dec on.",
        ),
        (
            waits(Stage.WITHDRAWN, counted_on=date(2026, 11, 20)),
            "The score of 20 Nov was withdrawn: one of its questions was taken down.",
        ),
    ],
)
def test_each_reason_has_its_sentence(progress: Progress, said: str) -> None:
    """What stands before a score is said as it is, with what comes next and when."""
    assert " ".join(shown(replace(NO_CX, progress=(progress,)))) == f"*Atlas, NPS:* {said}"
    assert shown(replace(CX, progress=(progress,)))[4] == said


def test_questions_of_several_channels_are_told_apart() -> None:
    """Each that waits names its channel."""
    both = (waits(Stage.TOO_FEW), waits(Stage.TOO_FEW, "C0USERS", answers=4))
    lines = shown(replace(NO_CX, progress=both))
    assert lines[0].startswith("*Atlas, NPS:* <#C0ATLAS>: 3 people answered.")
    assert lines[1].startswith("<#C0USERS>: 4 people answered.")


def test_sus_says_its_grade() -> None:
    """SUS names its grade with both ends, and the average product."""
    built = answer(UX)
    assert "Grade C, between D and B. Average product: 68." in built["text"]
    lines = built["blocks"][0]["text"]["text"].splitlines()
    assert lines[-1] == "Grade C, between D and B. Average product: 68."


def test_answers_with_names_have_a_figure_of_their_own() -> None:
    """It says that it is one with names."""
    assert CX.score
    assert shown(replace(CX, score=replace(CX.score, named=True)))[0].startswith(
        "*Atlas, NPS with names +32*"
    )


def test_several_scores_follow_each_other() -> None:
    """Every score that was asked for stands in one answer, with its own small print."""
    few = replace(NO_CX, progress=(waits(Stage.TOO_FEW),))
    built = answer(CX, UX, few)
    assert built["blocks"] == [*answer(CX)["blocks"], *answer(UX)["blocks"], *answer(few)["blocks"]]


def test_nothing_asked_says_how_to_begin() -> None:
    """Without data there is no score of 0, but the way to a first question."""
    built = answer(Side(lens=CX.lens, instrument=None, score=None))
    assert built["text"] == "Nothing has been asked here yet. Start with /pulse ask nps about Atlas."
    assert score_answer([])["text"] == built["text"]


@pytest.mark.parametrize(
    "left, said",
    [
        (0, ""),
        (1, "One more was asked: NPS about Beacon 1. To see one: `/pulse score nps about Beacon 1`"),
        (2, "Two more were asked: NPS about Beacon 1 and NPS about Beacon 2. To see one: "),
        (6, "Six more were asked: NPS about Beacon 1, NPS about Beacon 2, "),
        (7, "NPS about Beacon 6 and 1 more. To see one: "),
        (40, "NPS about Beacon 6 and 34 more. To see one: "),
    ],
)
def test_an_answer_says_which_scores_have_no_room(left: int, said: str) -> None:
    """How many more were asked and how to name one, on the screen and aloud; nothing where all are shown."""
    others = [(replace(ATLAS, name=f"Beacon {place}"), CX) for place in range(1, left + 1)]
    built = score_answer([(ATLAS, CX)] * 6, left=others, zone="Europe/Berlin")
    check(built)
    last = built["blocks"][-1]["elements"][0]["text"]
    assert said in last
    assert ("more" in built["text"] and "To see one: /pulse score nps about" in built["text"]) is bool(left)
    assert ("To see one" in last) is bool(left)
