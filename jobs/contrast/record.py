"""What a contrast is made of: two sides, a title, who answered; the whole as JSON and back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from jobs.scoring import Change, Score
from storage.records import Lens, Period, Quote, Sentiment, Touchpoint


class State(StrEnum):
    """The title of a contrast: the first of these, in this order, that is true."""

    TOO_FEW = "too_few"  # both sides under the smallest group
    ONE_SIDE = "one_side"  # one side under it
    LOVED_HARD = "loved_hard"  # CX good, UX poor
    EASY_UNHAPPY = "easy_unhappy"  # UX good, CX poor
    PERHAPS_LOVED_HARD = "perhaps_loved_hard"  # CX plainly good, UX poor to mixed
    PERHAPS_EASY_UNHAPPY = "perhaps_easy_unhappy"  # UX plainly good, CX poor to mixed
    BOTH_POOR = "both_poor"
    BOTH_GOOD = "both_good"
    TOO_EARLY = "too_early"  # a side cannot tell, or has under 10
    FIRST = "first"  # nothing to compare with yet
    NO_CLEAR_CHANGE = "no_clear_change"


class People(StrEnum):
    """Whether the same people answered on the two sides."""

    DIFFERENT = "different"
    SAME = "same"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question of this side that can still be answered; `link` leads to it, where Slack gave one."""

    channel_id: str
    closes_at: datetime
    has_form: bool
    slack_ts: str | None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Of so many comments on this side, how many are about the other side.

    `comments` are those with a topic; or all, where the rest would be too few to be set apart.
    `about_other` is None when fewer than the smallest group (shown as "fewer than 5 of 18").
    """

    comments: int
    about_other: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One lens of a contrast. `instrument` is None while nothing was asked on this side.

    `wrote`, `tone`, `topics`, `crossing` are None (or empty) where the group is too small to cut: they are
    shown from 10 answers and the smallest group of comments on. `tone` holds only tones of at least the
    smallest group; those of the other comments are one rest of at least as many. `topics` counts people by
    their strongest topic, largest first, in the same way; the rest and those who wrote nothing are one row.
    `asked_on` is the close of the last wave when it lies before the period (asked less often), else None.
    `waiting` answers are not in any figure yet: too few, they join the next. `cut_from` names the comments
    that the last shown cut was made of (ids, never shown): the next is shown when enough of them have
    changed.
    """

    lens: Lens
    instrument: str | None
    score: Score | None
    channels: tuple[str, ...] = ()
    invited: int | None = None
    asked_on: datetime | None = None
    before: Score | None = None
    before_period: Period | None = None
    change: Change | None = None
    wrote: int | None = None
    tone: Mapping[Sentiment, int] | None = None
    topics: tuple[tuple[Touchpoint, int], ...] = ()
    crossing: Crossing | None = None
    open_question: OpenQuestion | None = None
    waiting: int = 0
    cut_from: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """How many people answered; known even where nothing else is shown."""
        return self.score.n if self.score else 0

    @property
    def heard(self) -> int:
        """How many answers there are, with those that no figure counts yet."""
        return self.n + self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The two sides of a product for a period, with the title they allow. There is no blended number.

    `min_group` is the largest that the digest and its questions promised. `people` is None where a side
    has too few answers, and where nobody can tell because one side was asked with names and the other
    without.
    """

    product: str
    period: Period
    min_group: int
    state: State
    cx: Side
    ux: Side
    people: People | None
    first: bool
    quote: Quote | None = None

    def side(self, lens: Lens) -> Side:
        """The side of a lens."""
        return self.cx if lens is Lens.CX else self.ux


_FIGURES = TypeAdapter(Contrast)


def to_json(contrast: Contrast) -> dict[str, Any]:
    """The contrast as a JSON object, without its quote.

    What people wrote is kept once, in the edition's quotes, where it can be erased.
    """
    figures: dict[str, Any] = _FIGURES.dump_python(replace(contrast, quote=None), mode="json")
    return figures


def from_json(figures: Mapping[str, object], quotes: Sequence[Quote] = ()) -> Contrast:
    """The contrast of an edition, with its first quote; raises ValueError for anything else."""
    contrast = _FIGURES.validate_python(dict(figures))
    return replace(contrast, quote=quotes[0] if quotes else None)
