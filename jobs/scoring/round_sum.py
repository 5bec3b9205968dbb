"""The one way in which rounds are added up: whole rounds, by what they show. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobs.inference import Interval
from jobs.instruments import Instrument
from jobs.privacy.clip_rule import ClippedRange, clipped_range
from jobs.scoring.likely_range import likely, moments
from storage.records.round_records import ClassCounts, Round, RoundKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSum:
    """The figure of one round, or of several of one instrument added up.

    `score` is on the instrument's scale. `about` says that a clipped round is in the sum, so that the score
    is not exact and nothing is counted by class. A clipped round alone has no score and no range: it has
    `clipped`, the score that at least n - 2 gave, and `between`, where the score of the round lies.
    `items` are the means of the items on 0 to 100, empty where they are not shown. `straight_lined` counts
    people who chose one point all through.
    """

    instrument: str
    n: int
    rounds: int
    about: bool
    score: float | None
    likely: Interval | None
    classes: ClassCounts | None = None
    items: tuple[float, ...] = ()
    straight_lined: int | None = None
    clipped: float | None = None
    between: ClippedRange | None = None


def add_up(instrument: Instrument, rounds: Sequence[Round]) -> RoundSum | None:
    """The figure of all rounds with figures among these, None if there is none.

    Word rounds are in no sum, withdrawn rounds in no figure. ValueError where rounds of another instrument,
    or with names and without, are given together: they are never mixed.
    """
    rounds = [one for one in rounds if one.kind is RoundKind.NUMBER and not one.withdrawn]
    if not rounds:
        return None
    if {one.question.instrument for one in rounds} != {instrument.key}:
        raise ValueError("a figure is of one instrument")
    if len({one.question.named for one in rounds}) > 1:
        raise ValueError("answers with names and without are never in one figure")
    n, clipped = sum(one.n for one in rounds), rounds[0].clipped
    if len(rounds) == 1 and clipped is not None:
        lowest, highest = instrument.bounds
        return RoundSum(
            instrument=instrument.key,
            n=n,
            rounds=1,
            about=True,
            score=None,
            likely=None,
            clipped=clipped,
            between=clipped_range(n, clipped, lowest=lowest, highest=highest),
        )
    return RoundSum(
        instrument=instrument.key,
        n=n,
        rounds=len(rounds),
        about=any(one.clipped is not None for one in rounds),
        score=moments(instrument, rounds).mean,
        likely=likely(instrument, rounds),
        classes=_classes(rounds),
        items=_items(instrument, rounds),
        straight_lined=_straight_lined(rounds),
    )


def _classes(rounds: Sequence[Round]) -> ClassCounts | None:
    """People by class, where every round counts them."""
    found = [one.classes for one in rounds if one.classes]
    if len(found) < len(rounds):
        return None
    return ClassCounts(
        favourable=sum(classes.favourable for classes in found),
        middle=sum(classes.middle for classes in found),
        unfavourable=sum(classes.unfavourable for classes in found),
    )


def _items(instrument: Instrument, rounds: Sequence[Round]) -> tuple[float, ...]:
    """The mean of each item, 0 to 100, where every round may show its items."""
    if not all(one.items for one in rounds):
        return ()
    low, high = instrument.scale.low, instrument.scale.high
    n = sum(one.n for one in rounds)
    totals = (
        sum(point * people for one in rounds for point, people in one.items[place].items())
        for place in range(instrument.item_count)
    )
    return tuple(100 * (total / n - low) / (high - low) for total in totals)


def _straight_lined(rounds: Sequence[Round]) -> int | None:
    """People who chose one point all through, where every round counts them."""
    found = [one.straight_lined for one in rounds if one.straight_lined is not None]
    return sum(found) if len(found) == len(rounds) else None
