"""A score as it is shown, of one round or of several, and the one way in which rounds are added up. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from jobs.inference import Interval
from jobs.instruments import Band, Instrument
from jobs.privacy.clip_rule import ClippedRange, clipped_range
from jobs.scoring.likely_range import likely, moments
from storage.records.kinds import Role
from storage.records.round_records import ClassCounts, Lean, Round, RoundKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The people of one role in a score; `role` is None for those who have not told theirs.

    `value` and `likely` are as in the score.
    """

    instrument: str
    role: Role | None
    n: int
    value: float
    likely: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What is shown of rounds. What may not be shown is None here, so that no message can show it.

    `value` and its `likely` range (95 %) are on the instrument's own scale: -100 to 100 (NPS), 0 to 100
    (CSAT, CES, SUS, UMUX-Lite), 1 to 7 (SEQ). `about` says that a clipped round is in the sum. A clipped
    round alone has `clipped`, the score that at least n - 2 of `n` gave, and `between`, where its value lies.
    A word round has `lean` alone.

    `favourable`, `middle`, `unfavourable` count people; `items` are means on 0 to 100; `straight_lined`
    counts people who chose one point all through a form with reversed items. `parts` has each role, where all
    of the rounds were counted by role, and by the same ones. `askings` is how many waves were
    counted together, `counted_at` when the last count was. `first_day` to `last_day` is when it was asked.
    Only editions of an older version have `bands`, from which their word was read; they have no such days,
    and may have neither a value nor a word.
    """

    instrument: str
    n: int
    rounds: int = 1
    askings: int = 1
    named: bool = False
    source: str = ""
    counted_at: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None
    value: float | None = None
    about: bool = False
    likely: Interval | None = None
    bands: tuple[Band, ...] = ()
    clipped: float | None = None
    between: ClippedRange | None = None
    lean: Lean | None = None
    favourable: int | None = None
    middle: int | None = None
    unfavourable: int | None = None
    items: tuple[float, ...] = ()
    straight_lined: int | None = None
    parts: tuple[Part, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is a score, or at least a word."""
        return self.value is not None or self.between is not None or self.lean is not None or bool(self.bands)

    @property
    def kind(self) -> str:
        """What stands behind the name of the instrument: that it is with names, or where it comes from."""
        return f" imported from {self.source}" if self.source else " with names" if self.named else ""


def score_of(instrument: Instrument, rounds: Sequence[Round]) -> Score | None:
    """The score of rounds that were chosen to be shown together; None without any.

    Rounds with figures are added up; without any of them it is the word of the newest word round.
    """
    found = add_up(instrument, rounds)
    if found is None:
        words = [one for one in rounds if one.kind is RoundKind.WORD and not one.withdrawn]
        return _word(instrument, words[-1]) if words else None
    counted = [one for one in rounds if one.kind is RoundKind.NUMBER and not one.withdrawn]
    classes = found.classes
    return Score(
        instrument=instrument.key,
        n=found.n,
        rounds=found.rounds,
        askings=sum(one.askings for one in counted),
        named=counted[0].question.named,
        source=counted[0].question.source,
        counted_at=max(one.counted_at for one in counted),
        first_day=min(one.first_day for one in counted),
        last_day=max(one.last_day for one in counted),
        value=found.score,
        about=found.about and found.clipped is None,
        likely=found.likely,
        clipped=found.clipped,
        between=found.between,
        favourable=classes.favourable if classes else None,
        middle=classes.middle if classes else None,
        unfavourable=classes.unfavourable if classes else None,
        items=found.items,
        straight_lined=found.straight_lined,
        parts=found.parts,
    )


def _word(instrument: Instrument, one: Round) -> Score:
    return Score(
        instrument=instrument.key,
        n=one.n,
        askings=one.askings,
        named=one.question.named,
        source=one.question.source,
        counted_at=one.counted_at,
        first_day=one.first_day,
        last_day=one.last_day,
        lean=one.lean,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSum:
    """The figure of one round, or of several of one instrument added up.

    `score` is on the instrument's scale. `about` says that a clipped round is in the sum, so that the score
    is not exact and nothing is counted by class. A clipped round alone has no score and no range: it has
    `clipped`, the score that at least n - 2 gave, and `between`, where the score of the round lies.
    `items` are the means of the items on 0 to 100, empty where they are not shown. `straight_lined` counts
    people who chose one point all through. `parts` are the roles, empty where they are not shown.
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
    parts: tuple[Part, ...] = ()


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
    if len({one.question.source for one in rounds}) > 1:
        raise ValueError("answers that were given here and imported ones are never in one figure")
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
        parts=_parts(instrument, rounds),
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


def _parts(instrument: Instrument, rounds: Sequence[Round]) -> tuple[Part, ...]:
    """The roles, where every round has the same ones: what is of some of the rounds is no part of all."""
    roles = rounds[0].by_role.keys()
    if any(one.by_role.keys() != roles for one in rounds):
        return ()
    return tuple(_part(instrument, rounds, role) for role in (*Role, None) if role in roles)


def _part(instrument: Instrument, rounds: Sequence[Round], role: Role | None) -> Part:
    """One role. Two rounds share at most so many of its people as they share people, or as it has."""
    n = {one.id: sum(one.by_role[role].values()) for one in rounds}
    of_role = []
    for one in rounds:
        shared = {name: min(both, n[one.id], n[name]) for name, both in one.shared.items() if name in n}
        counts = one.by_role[role]
        of_role.append(replace(one, n=n[one.id], histogram=counts, by_role={}, shared=shared))
    return Part(
        instrument=instrument.key,
        role=role,
        n=sum(n.values()),
        value=moments(instrument, of_role).mean,
        likely=likely(instrument, of_role),
    )
