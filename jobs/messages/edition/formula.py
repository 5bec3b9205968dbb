"""How a score is reckoned from what people chose, with its own numbers."""

from jobs.contrast import Side
from jobs.instruments import AnswerClass, Instrument, Scoring, half_up
from jobs.messages.report import score_words
from jobs.messages.wording.voice import Voice, capital, count, spelled
from jobs.privacy.clip_rule import HIDDEN
from jobs.scoring import Score
from storage.records import Lean


def formula(voice: Voice, instrument: Instrument, side: Side, score: Score) -> str:
    """The score and how it comes about; of what is only told roughly, why."""
    if score.lean is not None:
        return _word_round(voice, instrument, side)
    name = f"{instrument.name}{score.kind}"
    head = voice.bold(f"{name} {score_words.value(voice, score)}:")
    if score.clipped is not None:
        return f"{head} {_clipped(voice, score)} {_scale(voice, instrument)}"
    if score.about:
        return f"{head} {_about(instrument, score)} {_scale(voice, instrument)}"
    reckoned = {Scoring.NET: _net, Scoring.SHARE: _share}.get(instrument.scoring, _mean)
    return f"{head} {reckoned(voice, instrument, score)} {_scale(voice, instrument)}"


def _scale(voice: Voice, instrument: Instrument) -> str:
    low, high = (score_words.number(voice, instrument, end) for end in instrument.bounds)
    return f"The scale runs from {low} to {high}."


def _net(voice: Voice, instrument: Instrument, score: Score) -> str:
    """Those who would recommend less those who would not, of a hundred."""
    if score.favourable is None or score.unfavourable is None or score.value is None:
        return _average(score)
    for_, against = score.favourable, score.unfavourable
    shares = [int(half_up(100 * people / score.n)) for people in (for_, against)]
    chose = [
        f"{people:,} of {score.n:,} chose {score_words.chosen_points(instrument, name)}"
        for people, name in ((for_, AnswerClass.FAVOURABLE), (against, AnswerClass.UNFAVOURABLE))
    ]
    percents = [voice.number(share, percent=True) for share in shares]
    total = voice.number(score.value)
    if shares[0] - shares[1] == int(half_up(score.value)):
        both = ", ".join(f"{said} ({percent})" for said, percent in zip(chose, percents, strict=True))
        return f"{both}. {shares[0]} less {shares[1]} is {total}."
    left = voice.number(for_ - against)
    return f"{', '.join(chose)}. {for_:,} less {against:,} is {left}; of a hundred people that is {total}."


def _share(voice: Voice, instrument: Instrument, score: Score) -> str:
    """Those who chose the upper points, of all."""
    if score.favourable is None or score.value is None:
        return _average(score)
    points = score_words.chosen_points(instrument, AnswerClass.FAVOURABLE)
    shown = score_words.number(voice, instrument, score.value)
    return f"{score.favourable:,} of {score.n:,} chose {points}, which is {shown}."


def _mean(voice: Voice, instrument: Instrument, score: Score) -> str:
    """The average of one point, or of each person's points together."""
    low, high = instrument.scale.low, instrument.scale.high
    if not instrument.has_form:
        return f"the average of what people chose from {low} to {high}. {_average(score)}"
    turned = " Where agreeing is bad, it is turned round." if instrument.reversed_items else ""
    items = score_words.items(voice, score)
    halfway = f" {items} The score lies halfway between them." if items else ""
    return (
        f"the {spelled(instrument.item_count)} points that a person chose, {low} to {high} each, "
        f"become one number from 0 to 100.{turned} {_average(score)}{halfway}"
    )


def _average(score: Score) -> str:
    return f"The score is the average of {count(score.n, 'answer')}."


def _about(instrument: Instrument, score: Score) -> str:
    """A sum that holds a round of which only what nearly all chose is kept."""
    other = "one had given a typical answer"
    if instrument.scoring is Scoring.NET:
        other = f"one had chosen {score_words.chosen_points(instrument, AnswerClass.UNFAVOURABLE)}"
    if instrument.scoring is Scoring.SHARE:
        other = f"one had not chosen {score_words.chosen_points(instrument, AnswerClass.FAVOURABLE)}"
    return (
        f"reckoned from {count(score.n, 'answer')}. Of a round in which all but {spelled(HIDDEN)} or fewer "
        f"answered alike, only that is kept; it is added as if all but one had, and {other}."
    )


def _clipped(voice: Voice, score: Score) -> str:
    """One round in which nearly all gave one answer: the score is only told as far as that says."""
    nearly = score_words.classes(voice, score)
    between = score.between
    fits = "the lowest and the highest that fit"
    if between is None or between.low is None or between.high is None:
        fits = "the highest that fits" if between and between.low is None else "the lowest that fits"
    hidden = f"What the other {spelled(HIDDEN)} or fewer chose is not kept, so that nobody can be picked out"
    return f"{nearly}. {hidden}; the score is told as {fits}."


def _word_round(voice: Voice, instrument: Instrument, side: Side) -> str:
    """A word for a small group, by the rule and without any count."""
    head = voice.bold(f"{capital(score_words.word(side))}:")
    if instrument.scoring in (Scoring.MEAN, Scoring.SUM):
        typical = voice.number(instrument.typical.score, digits=instrument.decimals)
        more, fewer = f"were above the typical score of {typical} than below it", "were"
    else:
        points = (AnswerClass.FAVOURABLE, AnswerClass.UNFAVOURABLE)
        upper, lower = (score_words.chosen_points(instrument, name) for name in points)
        more, fewer = f"chose {upper} than {lower}", "did"
    return (
        f"{head} of a small group only this is told. Where more people {more}, it leans {Lean.GOOD}; "
        f"where fewer {fewer}, it leans {Lean.POOR}."
    )
