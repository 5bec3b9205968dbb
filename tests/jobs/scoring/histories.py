"""Rounds over the weeks, given by their scores: what the level and the test of a change are replayed from."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from jobs.instruments import INSTRUMENTS
from jobs.privacy.clip_rule import clipped_score
from storage.records.round_records import Lean, Round, RoundKind
from tests.jobs.privacy.looks import QUESTION

FIRST_MONDAY = datetime(2025, 1, 6, 9, 15, tzinfo=UTC)
Scores = Mapping[float, int]
"""People by score, as scored."""


def of_scores(
    key: str,
    week: float,
    scores: Scores | Iterable[float],
    *,
    channel: str = "C1",
    shared: Iterable[Round] = (),
    **question: object,
) -> Round:
    """A round with these scores; with each round of `shared` it has as many people in common as can be."""
    histogram = Counter(scores)
    clipped, n = clipped_score(histogram), histogram.total()
    counted_at = FIRST_MONDAY + timedelta(weeks=week)
    return Round(
        id=f"{channel}/{week}",
        question=replace(
            QUESTION,
            channel_id=channel,
            instrument=key,
            lens=INSTRUMENTS[key].lens,
            **question,  # type: ignore[arg-type]
        ),
        kind=RoundKind.NUMBER,
        counted_at=counted_at,
        n=n,
        invited=None,
        first_day=counted_at.date() - timedelta(days=2),
        last_day=counted_at.date(),
        askings=1,
        histogram=dict(histogram) if clipped is None else {},
        clipped=clipped,
        shared={one.id: min(n, one.n) for one in shared},
    )


def word_round(key: str, week: float, n: int = 7) -> Round:
    """A round so small that only a word is said."""
    made = of_scores(key, week, {0: n, 100: n})
    return replace(made, kind=RoundKind.WORD, lean=Lean.POOR, n=n, histogram={})


def net(promoters: int, passives: int, detractors: int) -> Scores:
    """NPS: so many people of each class."""
    return {100: promoters, 0: passives, -100: detractors}


def same_people(key: str, *rounds: Scores, every: float = 4) -> list[Round]:
    """The same people each time."""
    made: list[Round] = []
    for number, scores in enumerate(rounds):
        made.append(of_scores(key, every * number, scores, shared=made))
    return made


def other_people(key: str, *rounds: Scores) -> list[Round]:
    """Other people each time, every four weeks."""
    return [of_scores(key, 4 * number, scores) for number, scores in enumerate(rounds)]
