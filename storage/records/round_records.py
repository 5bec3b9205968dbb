"""Rounds: what is kept of a question once its answers are counted. Pure.

A round keeps what may be shown and nothing else: what is not there can leak from no figure, no export and no
stolen file. So a round in which nearly everybody agreed ("clipped") has no counts, and a word round has only
its word. Who chose what is in no record: that tie is deleted at the count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from storage.records.kinds import Lens, Role
from storage.records.moments import aware

GRACE = timedelta(minutes=15)
"""How long after a wave closes forms that were open may still come in; then it is counted."""

MARKS_KEPT = timedelta(days=400)
"""How long it is kept who took part in a round."""

FROM_FILE = "imported from "
"""With what the wording of a question begins that was asked elsewhere, in words that nobody knows here."""


def source_in(wording: str) -> str:
    """Where the answers to a question came from in a file, by its wording; empty where they did not."""
    return wording.removeprefix(FROM_FILE) if wording.startswith(FROM_FILE) else ""


ByRole = Mapping[Role | None, Mapping[float, int]]
"""The people at each score, for each role; None stands for those who have not told theirs."""


class RoundKind(StrEnum):
    """Whether a round has figures, or is so small that only a word is said."""

    NUMBER = "number"
    WORD = "word"


class Lean(StrEnum):
    """The word of a word round: which way more people lean."""

    GOOD = "good"
    POOR = "poor"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, of whom, about what, with or without names; asking the same again is another wave.

    `product_id` and `wording` stay the same when a product is renamed; a new wording is a new question.
    `subject_key` is the subject with its case, spaces and punctuation folded away. `apart` is empty but for a
    question that a merge of products has brought beside one like it: there it is its own id, since the two
    stay two. It is not asked again.
    """

    team_id: str
    channel_id: str
    product_id: str
    subject_key: str
    lens: Lens
    instrument: str
    wording: str
    named: bool
    apart: str = ""

    @property
    def source(self) -> str:
        """Where its answers came from in a file, such as "Delighted"; empty where they were given here."""
        return source_in(self.wording)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That somebody took part in a round, and in which; never what they chose.

    It is kept so that nobody is counted twice within four weeks, and to know how many people two rounds
    share; it is deleted after MARKS_KEPT. `product_key` is the product's name, folded, so that a product that
    was removed and made anew is still the same; `former_keys` are the names that it had before.
    """

    round_id: str
    respondent: str
    instrument: str
    product_key: str
    subject_key: str
    day: date
    kind: RoundKind
    named: bool
    former_keys: tuple[str, ...] = ()

    @property
    def product_keys(self) -> frozenset[str]:
        """All names of the product, now and before."""
        return frozenset({self.product_key, *self.former_keys})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCounts:
    """People by class of answer."""

    favourable: int
    middle: int
    unfavourable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The totals of one count. They never change; only `withdrawn` may become True.

    `invited` is how many people could answer (None: not known), `askings` how many waves were counted
    together, `first_day` and `last_day` when they were open. `histogram` has the people at each score as
    scored: 100, 0 and -100 for NPS, 100 and 0 for a share, each person's own score for a mean. `classes` are
    printed for NPS and shares only, so a mean has none. `items` has, for each item, the people at each point
    (UMUX-Lite). `straight_lined` counts people who chose one point all through (SUS). `by_role` has the
    histogram of each role, where that may be kept. `shared` maps the id of an earlier round to how many
    people took part in both, rounded up to the next 5.

    A clipped round has `clipped`, the score that all but two or fewer gave, in the place of all counts. A
    word round has `lean` in the place of all counts, and shares nobody with other rounds, since it is in no
    sum. ValueError for a round that holds more than it may show.
    """

    id: str
    question: Question
    kind: RoundKind
    counted_at: datetime
    n: int
    invited: int | None
    first_day: date
    last_day: date
    askings: int
    histogram: Mapping[float, int] = field(default_factory=dict)
    classes: ClassCounts | None = None
    items: tuple[Mapping[int, int], ...] = ()
    straight_lined: int | None = None
    clipped: float | None = None
    lean: Lean | None = None
    by_role: ByRole = field(default_factory=dict)
    shared: Mapping[str, int] = field(default_factory=dict)
    withdrawn: bool = False

    def __post_init__(self) -> None:
        aware(self.counted_at)
        counted = bool(self.histogram or self.classes or self.items) or self.straight_lined is not None
        if counted and (self.clipped is not None or self.lean is not None):
            raise ValueError("a clipped round and a word round have no counts")
        if (self.lean is not None) is not (self.kind is RoundKind.WORD):
            raise ValueError("a word round has a word, and no other round has one")
        if self.kind is RoundKind.WORD and (self.clipped is not None or self.shared):
            raise ValueError("a word round has its word and how many answered, nothing else")
        if self.kind is RoundKind.NUMBER and self.clipped is None and sum(self.histogram.values()) != self.n:
            raise ValueError("the counts of a round add up to its people")
        if self.by_role and (self.withdrawn or not self.histogram):
            raise ValueError("only a round that stands and shows its counts has them by role")

    @property
    def counted_on(self) -> date:
        """The day of the count, UTC: the one that four weeks are reckoned from."""
        return self.counted_at.astimezone(UTC).date()


class OldRound(NamedTuple):
    """A round that is long past, as far as the level of its side needs it; there may be hundreds.

    The fields are those of a round. What is shown of single rounds is never made of old ones.
    """

    id: str
    question: Question
    kind: RoundKind
    counted_at: datetime
    counted_on: date
    first_day: date
    n: int
    histogram: Mapping[float, int]
    clipped: float | None
    withdrawn: bool
