"""From responses to a score, as far as the ladder lets it speak. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jobs.instruments import Instrument
from jobs.privacy.group_rule import showable, smallest_group
from jobs.scoring.estimate import bands_touched, class_counts, estimate
from jobs.scoring.response_score import Answer, latest_answers, straight_lined
from jobs.scoring.score import Score, Stage
from storage.records import Response


def summarize(instrument: Instrument, responses: Iterable[Response], *, min_group: int) -> Score:
    """The score of an instrument over responses, as far as the ladder lets it speak.

    The latest response of a person counts; what cannot be scored is dropped and counted. `min_group` is the
    smallest group to show anything of; a question that promised a larger one is kept to its word.
    """
    answers, dropped = latest_answers(instrument, responses)
    k = smallest_group(min_group, (answer.response for answer in answers))
    return replace(score_of(instrument, answers, min_group=k), dropped=dropped)


def score_of(instrument: Instrument, answers: Sequence[Answer], *, min_group: int) -> Score:
    """The score of one answer a person, as far as the ladder lets it speak; `min_group` is taken as it is."""
    n = len(answers)
    stage = Stage.of(n, min_group)
    base = Score(instrument=instrument.key, n=n, min_group=min_group, stage=stage)
    values = [answer.score for answer in answers]
    found = estimate(instrument, values)
    if stage is Stage.HIDDEN or found is None:
        return base
    words = replace(base, bands=bands_touched(instrument, found.narrow))
    if stage is Stage.WORDS:
        return words
    early = replace(words, value=found.value, likely=found.likely, narrow=found.narrow)
    if stage is Stage.EARLY:
        return early
    return _with_parts(replace(early, spread=found.spread), instrument, answers)


def _with_parts(score: Score, instrument: Instrument, answers: Sequence[Answer]) -> Score:
    """With people by class and straight lines, where no part of the group is too small to be shown."""
    counts = class_counts(instrument, [answer.score for answer in answers])
    lines = sum(straight_lined(instrument, answer.response.points) for answer in answers)
    if all(showable(count, score.min_group) for count in counts):
        score = replace(
            score,
            favourable=counts.favourable,
            middle=counts.middle,
            unfavourable=counts.unfavourable,
        )
    if all(showable(count, score.min_group) for count in (lines, counts.n - lines)):
        score = replace(score, straight_lined=lines)
    return score
