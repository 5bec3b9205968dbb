"""What a contrast is made of: two sides, who was asked; the whole as JSON and back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from jobs.privacy.progress_rule import Progress
from jobs.privacy.round_rule import NUMBER_FROM
from jobs.scoring import Score
from storage.records import BlockCut, Lens, Period, Quote


class People(StrEnum):
    """Whether the same people were asked on the two sides."""

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
class Side:
    """One lens of a contrast. `instrument` is None while nothing was asked on this side.

    `score` is that of the newest rounds, or of those of a period; None where nothing was counted.
    `score_from` is how many people a score needs. `invited` is how many could answer, where the score is of
    one round. `before` is the score before it, `before_in_month` whether its month is name enough for it.
    `progress` says what stands between answers and their next score, for each question of this side for which
    something waits.

    `cut` is what is shown of the comments, made once and only repeated; before the first one, `uncut` of them
    are on the way to it.
    """

    lens: Lens
    instrument: str | None
    score: Score | None
    score_from: int = NUMBER_FROM
    channels: tuple[str, ...] = ()
    invited: int | None = None
    before: Score | None = None
    before_in_month: bool = False
    progress: tuple[Progress, ...] = ()
    cut: BlockCut | None = None
    uncut: int = 0
    open_question: OpenQuestion | None = None

    @property
    def is_shown(self) -> bool:
        """Whether there is a score, or at least a word."""
        return self.score is not None and self.score.says_something


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The two sides of a product. There is no blended number.

    `period` is the one that was asked for, else the days on which what is shown was asked; None where nothing
    is shown. `asked_for` says that it is the one asked for. `people` is None where a side shows nothing, and
    where it is not known who was asked. `quoted_side` is that of the quote where nothing was ever asked on
    the other; else None, since the same people may have been asked on both.
    """

    product: str
    period: Period | None
    min_group: int
    cx: Side
    ux: Side
    people: People | None
    first: bool
    asked_for: bool = False
    quote: Quote | None = None
    quoted_side: Lens | None = None

    def side(self, lens: Lens) -> Side:
        """The side of a lens."""
        return self.cx if lens is Lens.CX else self.ux

    @property
    def is_shown(self) -> bool:
        """Whether any side has a score, or at least a word."""
        return self.cx.is_shown or self.ux.is_shown


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
