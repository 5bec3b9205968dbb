"""From the answers that a decision names to the totals that are kept. Pure.

This is the one place that reads who answered what, and it is done before the tie between them is deleted.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from jobs.instruments import AnswerClass, Instrument, Scoring
from jobs.privacy.clip_rule import clipped_score, items_may_be_shown
from jobs.privacy.round_rule import NUMBER_FROM, NumberRound, WordRound
from jobs.privacy.split_rule import EarlierSplit, split_by_role
from jobs.scoring.response_score import response_score, straight_lined
from storage.records.count_records import EarlierRound
from storage.records.kinds import Role
from storage.records.round_records import MARKS_KEPT, ByRole, ClassCounts, Lean, Question, Round, RoundKind

Points = Mapping[int, int]
"""What one person chose: point by item, from 1."""
Point = TypeVar("Point", bound=float)

SHARED_STEP = 5
"""How many people two rounds share is kept rounded up to so many."""


class _Totals(NamedTuple):
    """The counts that a round keeps, or what stands in their place."""

    histogram: Mapping[float, int] = {}
    classes: ClassCounts | None = None
    items: tuple[Mapping[int, int], ...] = ()
    straight_lined: int | None = None
    clipped: float | None = None
    lean: Lean | None = None


def count_round(
    instrument: Instrument,
    decision: NumberRound | WordRound,
    answers: Mapping[str, Points],
    *,
    id: str,  # noqa: A002 (the record's own name)
    question: Question,
    counted_at: datetime,
    earlier: Iterable[EarlierRound] = (),
    roles: Mapping[str, Role] | None = None,
    need: int = NUMBER_FROM,
) -> Round:
    """The totals of the answers that a decision counts.

    `answers` holds what each of its members chose in the wave that counts for them. `earlier` are rounds with
    the people in them, as far as that is still known. `roles` say how people know the product, where they
    have told it, and `need` is how many of a role are told apart. ValueError where the answers are not those
    of the members, or one of them cannot be scored.
    """
    if answers.keys() != decision.members.keys():
        raise ValueError("a round counts its members, each of them once")
    scored = {person: _score(instrument, points) for person, points in answers.items()}
    scores, word = list(scored.values()), isinstance(decision, WordRound)
    totals = (
        _Totals(lean=lean_of(instrument, scores)) if word else _totals(instrument, scores, answers.values())
    )
    people = frozenset(decision.members)
    before = [] if word else [each for each in earlier if _is_recent(each[0], question, counted_at)]
    as_scored = {person: instrument.as_scored(score) for person, score in scored.items()}
    return Round(
        id=id,
        question=question,
        kind=RoundKind.WORD if word else RoundKind.NUMBER,
        counted_at=counted_at,
        n=len(people),
        invited=decision.invited,
        first_day=decision.first_day,
        last_day=decision.last_day,
        askings=len(decision.waves),
        by_role={} if word else _by_role(question, as_scored, before, roles or {}, need),
        shared=_shared(people, before),
        **totals._asdict(),
    )


def lean_of(instrument: Instrument, scores: Iterable[float]) -> Lean:
    """Which way more people lean.

    Favourable answers against unfavourable ones; for a mean, people above the typical score against those
    below it.
    """
    if instrument.scoring in (Scoring.MEAN, Scoring.SUM):
        typical = instrument.typical.score
        balance = sum((score > typical) - (score < typical) for score in scores)
    else:
        found = Counter(map(instrument.class_of, scores))
        balance = found[AnswerClass.FAVOURABLE] - found[AnswerClass.UNFAVOURABLE]
    if not balance:
        return Lean.NEITHER
    return Lean.GOOD if balance > 0 else Lean.POOR


def _totals(instrument: Instrument, scores: Sequence[float], forms: Collection[Points]) -> _Totals:
    """The counts of a round with figures; for a clipped one its score alone."""
    histogram = Counter(map(instrument.as_scored, scores))
    clipped = clipped_score(histogram)
    if clipped is not None:
        return _Totals(clipped=clipped)
    return _Totals(
        histogram=_ascending(histogram),
        classes=_classes(instrument, scores),
        items=_items(instrument, forms),
        straight_lined=sum(straight_lined(instrument, points) for points in forms)
        if instrument.reversed_items
        else None,
    )


def _classes(instrument: Instrument, scores: Iterable[float]) -> ClassCounts | None:
    """People by class; None for a mean, whose classes are never shown."""
    if instrument.scoring in (Scoring.MEAN, Scoring.SUM):
        return None
    found = Counter(map(instrument.class_of, scores))
    return ClassCounts(**{name.value: found[name] for name in AnswerClass})


def _items(instrument: Instrument, forms: Iterable[Points]) -> tuple[Mapping[int, int], ...]:
    """People by point of each item, where each item has a line of its own and all may be shown."""
    if instrument.reversed_items or instrument.min_answered:
        return ()
    items = [Counter(points[item] for points in forms) for item, _ in enumerate(instrument.items, start=1)]
    return tuple(map(_ascending, items)) if items_may_be_shown(items) else ()


def _score(instrument: Instrument, points: Points) -> float:
    score = response_score(instrument, points)
    if score is None:
        raise ValueError(f"too few items of {instrument.name} are answered to be scored")
    return score


def _is_recent(other: Round, question: Question, counted_at: datetime) -> bool:
    """Whether an earlier round has figures that can stand beside those of this question."""
    recent = counted_at - other.counted_at <= MARKS_KEPT
    return recent and other.kind is RoundKind.NUMBER and other.question.named is question.named


def _shared(people: frozenset[str], before: Iterable[EarlierRound]) -> dict[str, int]:
    """How many people a round shares with earlier ones that it can be in one figure with: rounded up."""
    found = {}
    for other, they, _ in before:
        if both := len(people & they):
            found[other.id] = min(-(-both // SHARED_STEP) * SHARED_STEP, len(people), other.n)
    return found


def _by_role(
    question: Question,
    scores: Mapping[str, float],
    before: Iterable[EarlierRound],
    roles: Mapping[str, Role],
    need: int,
) -> ByRole:
    """The split by role, which no question with names has.

    Of a withdrawn round nobody knows any more whether it was split, so it is taken for one that was.
    """
    if question.named:
        return {}
    earlier = (
        EarlierSplit(other.n, len(scores.keys() & they), forgotten)
        for other, they, forgotten in before
        if other.question.product_id == question.product_id and (other.by_role or other.withdrawn)
    )
    return split_by_role(scores, roles, need=need, earlier=earlier)


def _ascending(counts: Mapping[Point, int]) -> dict[Point, int]:
    return {point: counts[point] for point in sorted(counts)}
