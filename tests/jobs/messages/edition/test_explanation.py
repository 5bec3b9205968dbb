"""How a figure was made is true for every instrument, for clipped rounds, word rounds and sums."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jobs.contrast import Side
from jobs.contrast.changed import Direction
from jobs.contrast.side_parts import SideChange
from jobs.inference import Interval
from jobs.instruments import INSTRUMENTS, Band
from jobs.messages.edition.explanation import explanation
from jobs.messages.edition.how_view import how_view, why_answer
from jobs.messages.wording.voice import MRKDWN, SPEECH
from jobs.privacy.clip_rule import ClippedRange
from jobs.privacy.progress_rule import Stage
from jobs.scoring import Score
from jobs.scoring.level import Level
from storage.records import Lean
from tests.jobs.messages.checking import check
from tests.jobs.messages.examples import CX, score, waits, word_of

LEVEL = Level(
    bands=(Band.GOOD,),
    mean=45.77,
    se=9.0,
    likely=Interval(34.2, 57.3),
    answers=61,
    since=date(2026, 6, 8),
)
NPS = replace(
    score("nps", 26, 42.3, (12.2, 63.9)),
    favourable=14,
    middle=9,
    unfavourable=3,
    counted_at=datetime(2026, 11, 20, 16, 15, tzinfo=UTC),
)


def side(of: Score, **changes: object) -> Side:
    """A side with this score, good by its level."""
    made = replace(CX, lens=INSTRUMENTS[of.instrument].lens, instrument=of.instrument, score=of, level=LEVEL)
    return replace(made, invited=31, **changes)  # type: ignore[arg-type]


def said(of: Side) -> str:
    """What is explained, in speech, after it was checked that Slack takes the form and the message."""
    check(how_view([of], "Atlas", min_group=5, zone="Europe/Berlin"))
    check(why_answer([("Atlas", [of])], min_group=5, zone="Europe/Berlin"))
    paragraphs, source = explanation(SPEECH, of, "Atlas", min_group=5, zone="Europe/Berlin")
    return "\n".join([*paragraphs, source])


def test_everything_about_a_score_is_said() -> None:
    """Formula with its numbers, range, word and memory, change, people, what is left out, source."""
    change = SideChange(
        direction=Direction.NOT_CLEAR, since=date(2026, 10, 23), since_month=True, visible=55.0
    )
    paragraphs, source = explanation(
        MRKDWN, side(NPS, change=change), "Atlas", min_group=5, zone="Europe/Berlin"
    )
    assert paragraphs == [
        (
            "*NPS +42:* 14 of 26 chose 9 or 10 (54%), 3 of 26 chose 0 to 6 (12%). 54 less 12 is 42. "
            "The scale runs from −100 to +100."
        ),
        (
            "*Likely +12 to +64:* 26 other people would have given another number. "
            "A range made this way holds the true score 19 times in 20."
        ),
        (
            "*Good:* below 0 is poor, from 0 mixed, from 30 good. Good is read from all answers since "
            "June, 61 "
            "of them, not from the last round alone. Older ones count less: half after 13 weeks. "
            "Together they "
            "stand at +46, most likely +34 to +57, and good begins at 30. One odd round does not change "
            "the word; a "
            "round far off all that went before, or two in the same direction, makes it start anew. It "
            "is the word of "
            "those who answer; the likely range speaks of people like them."
        ),
        (
            "*No clear change:* in October it was +17. The last six weeks are compared with the half "
            "year before. "
            "With so few answers, only a change of 55 points or more would show."
        ),
        (
            "*Who is in it:* 26 of 31 people, each once, with their last answer. Counted "
            "<!date^1795191300^{date_short_pretty} at {time}|Fri 20 Nov, 17:15 CET>; it does not change "
            "afterwards. Not in it: scores that were withdrawn, answers with names, questions worded "
            "differently, people who "
            "were counted for the same shortly before. Groups under 5 are never shown."
        ),
    ]
    assert source == "Range: 95% adjusted-Wald (Rocks 2016)."
    assert "None" not in said(side(NPS, change=change))


@pytest.mark.parametrize("favourable", range(27))
@pytest.mark.parametrize("unfavourable", [0, 1, 5, 11])
def test_the_numbers_of_nps_add_up_as_printed(favourable: int, unfavourable: int) -> None:
    """Where the rounded shares do not give the printed score, the people themselves are subtracted."""
    if favourable + unfavourable > 26:
        return
    value = 100 * (favourable - unfavourable) / 26
    of = replace(NPS, favourable=favourable, unfavourable=unfavourable, value=value)
    first = said(side(of)).split("\n")[0].replace("minus ", "-").replace("plus ", "")
    left, _, right = first.partition(" less ")
    minus, _, result = right.partition(" is ")
    result = result.partition("; of a hundred people that is ")[0].split(".")[0]
    assert int(left.rpartition(" ")[2]) - int(minus) == int(result)


@pytest.mark.parametrize(
    "of, formula",
    [
        (
            replace(score("csat", 21, 76.19, (54.9, 89.4)), favourable=16, middle=3, unfavourable=2),
            (
                "CSAT 76 percent: 16 of 21 chose 4 or 5, which is 76 percent. "
                "The scale runs from 0 percent to 100 percent."
            ),
        ),
        (
            replace(score("ces", 20, 60.0, (38.0, 78.0)), favourable=12, middle=3, unfavourable=5),
            (
                "CES 60 percent: 12 of 20 chose 5 to 7, which is 60 percent. "
                "The scale runs from 0 percent to 100 percent."
            ),
        ),
        (
            replace(score("umux_lite", 22, 52.0, (44.0, 60.0)), items=(66.0, 38.0)),
            (
                "UMUX-Lite 52: the two points that a person chose, 1 to 7 each, become one number from 0 "
                "to 100. "
                "The score is the average of 22 answers. Useful: 66 of 100. Easy: 38 of 100. "
                "The score lies halfway between them. The scale runs from 0 to 100."
            ),
        ),
        (
            score("sus", 22, 69.4, (61.7, 77.1)),
            (
                "SUS 69: the ten points that a person chose, 1 to 5 each, become one number from 0 to 100. "
                "Where agreeing is bad, it is turned round. The score is the average of 22 answers. "
                "The scale runs from 0 to 100."
            ),
        ),
        (
            score("seq", 12, 5.5, (4.8, 6.1)),
            (
                "SEQ 5.5: the average of what people chose from 1 to 7. "
                "The score is the average of 12 answers. The scale runs from 1.0 to 7.0."
            ),
        ),
        (
            replace(score("nps", 20), clipped=100.0, between=ClippedRange(80.0, None)),
            (
                "NPS plus 80 or more: at least 18 of 20 chose 9 or 10. What the other two or fewer chose "
                "is not "
                "kept, so that nobody can be picked out; the score is told as the lowest that fits. "
                "The scale runs from minus 100 to plus 100."
            ),
        ),
        (
            replace(score("csat", 20), clipped=0.0, between=ClippedRange(None, 10.0)),
            (
                "CSAT 10 percent or less: at least 18 of 20 chose 1 to 3. What the other two or fewer "
                "chose is "
                "not kept, so that nobody can be picked out; the score is told as the highest that fits. "
                "The scale runs from 0 percent to 100 percent."
            ),
        ),
        (
            replace(score("nps", 48, 62.4, (40.0, 79.0)), rounds=2, about=True),
            (
                "NPS about plus 62: reckoned from 48 answers. Of a round in which all but two or fewer "
                "answered "
                "alike, only that is kept; it is added as if all but one had, and one had chosen 0 to 6. "
                "The scale runs from minus 100 to plus 100."
            ),
        ),
        (
            word_of("nps", 7, Lean.GOOD),
            (
                "Leaning good: of a small group only this is told. Where more people chose 9 or 10 than "
                "0 to 6, "
                "it leans good; where fewer did, it leans poor."
            ),
        ),
        (
            word_of("sus", 7, Lean.NEITHER),
            (
                "Leaning neither way: of a small group only this is told. Where more people were above the "
                "typical score of 68 than below it, it leans good; where fewer were, it leans poor."
            ),
        ),
    ],
)
def test_each_instrument_has_its_own_formula(of: Score, formula: str) -> None:
    """A share, an average, a clipped round, a sum with one in it, and a word, each as it is reckoned."""
    assert said(side(of)).split("\n")[0] == formula


def test_a_clipped_round_and_a_word_say_no_more_than_is_shown() -> None:
    """No range for what nearly all answered alike; no range, memory or change for a word."""
    clipped = said(side(replace(score("nps", 20), clipped=100.0, between=ClippedRange(80.0, None))))
    assert "No likely range: nearly all answered alike, and what the others chose is not kept." in clipped
    assert "19 times in 20" not in clipped
    word = said(side(word_of("nps", 7, Lean.GOOD)))
    assert not any(each in word for each in ("likely", "read from all answers", "change", "19 times"))
    assert "7 of 31 people, each once" in word


def test_a_sum_says_that_people_may_be_in_it_more_than_once() -> None:
    """Answers are counted, not people, and those of one person tell less."""
    text = said(side(replace(NPS, n=148, rounds=6, favourable=80, middle=40, unfavourable=28)))
    assert "148 answers in six rounds added up; in each round everybody once" in text
    assert "Several answers of one person tell less than those of several people." in text
    assert "The last round was counted" in text


def test_a_change_is_said_with_what_it_is_compared_with() -> None:
    """A side that got worse names the score before; without a test there is the reason."""
    worse = SideChange(direction=Direction.WORSE, since=date(2026, 10, 23))
    assert "Got worse: in October it was plus 17." in said(side(NPS, change=worse))
    better = replace(worse, direction=Direction.BETTER)
    assert "Got better:" in said(side(NPS, change=better))
    assert "Too few answers to say if anything changed: that takes at least 10 people" in said(side(NPS))


@pytest.mark.parametrize(
    "bands, ends",
    [
        ((Band.POOR,), "and mixed begins at 0"),
        ((Band.POOR, Band.MIXED), "and mixed begins at 0"),
        ((Band.MIXED,), "and mixed lies between 0 and 30"),
        ((Band.MIXED, Band.GOOD), "and good begins at 30"),
        (tuple(Band), "and that touches poor, mixed and good"),
    ],
)
def test_each_word_names_its_own_border(bands: tuple[Band, ...], ends: str) -> None:
    """The border that the word is about stands beside the level."""
    assert ends in said(side(NPS, level=replace(LEVEL, bands=bands)))


def test_an_edition_of_an_older_version_says_how_its_word_was_read() -> None:
    """Without a level the word came from the score's own range."""
    text = said(side(replace(NPS, bands=(Band.MIXED, Band.GOOD)), level=None))
    assert "Mixed to good: below 0 is poor" in text
    assert "The word names what the score can be by its 80% range." in text


def test_a_side_without_a_score_says_why() -> None:
    """Nothing was asked, or too few have answered so far."""
    nothing = replace(CX, instrument=None, score=None)
    assert "No question about it was asked in the channels that are read." in said(nothing)
    assert said(replace(CX, score=None)).startswith("Being a customer: no score yet. No answers yet.")
    few = replace(CX, score=None, progress=(waits(Stage.TOO_FEW),))
    assert "no score yet. 3 people answered." in said(few)
