"""A score as it is shown: of one round, or of several added up, with its base, range and words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobs.inference import Interval
from jobs.instruments import Band, Instrument
from jobs.privacy.clip_rule import ClippedRange
from jobs.scoring.round_sum import add_up
from storage.records.round_records import Lean, Round, RoundKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What is shown of rounds. What may not be shown is None here, so that no message can show it.

    `value` and its `likely` range (95 %) are on the instrument's own scale: -100 to 100 (NPS), 0 to 100
    (CSAT, CES, SUS, UMUX-Lite), 1 to 7 (SEQ). `about` says that a clipped round is in the sum. A clipped
    round alone has `clipped`, the score that at least n - 2 of `n` gave, and `between`, where its value lies.
    A word round has `lean` alone.

    `favourable`, `middle`, `unfavourable` count people; `items` are means on 0 to 100; `straight_lined`
    counts people who chose one point all through a form with reversed items. `askings` is how many waves were
    counted together. `first_day` to `last_day` is when it was asked. Only editions of an older version have
    `bands`, from which their word was read; they have no such days, and may have neither a value nor a word.
    """

    instrument: str
    n: int
    rounds: int = 1
    askings: int = 1
    named: bool = False
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

    @property
    def says_something(self) -> bool:
        """Whether there is a score, or at least a word."""
        return self.value is not None or self.between is not None or self.lean is not None or bool(self.bands)


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
    )


def _word(instrument: Instrument, one: Round) -> Score:
    return Score(
        instrument=instrument.key,
        n=one.n,
        askings=one.askings,
        named=one.question.named,
        first_day=one.first_day,
        last_day=one.last_day,
        lean=one.lean,
    )
