"""What a contrast is made of: its sides, who was asked; the whole as JSON and back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from pydantic import TypeAdapter

from jobs.contrast.side_parts import HistoryRow, OpenQuestion, SideChange
from jobs.instruments import INSTRUMENTS, Band
from jobs.privacy.progress_rule import Progress, Stage
from jobs.privacy.round_rule import NUMBER_FROM
from jobs.scoring import Score
from jobs.scoring.level import Level
from storage.records import BlockCut, Lens, OutcomeFigure, People, Period, Quote, Touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One lens of a contrast. `instrument` is None while nothing was asked on this side.

    `score` is that of the newest rounds, or of those of a period; None where nothing was counted.
    `score_from` is how many people a score needs. `invited` is how many could answer, where the score is of
    one round. `before` is the score before it, `before_in_month` whether its month is name enough for it.
    `level` gives the word, from all rounds; None while there are too few answers for one, and in editions of
    an older version. `change` is what may be said of a change, None where too few have answered to say
    anything. `history` has the newest rounds that can be compared, newest first, at most six.
    `counted_since_last` is False where the digest has shown this score before; `score_in_month` says whether
    the month is name enough for it. `reworded_on` is the day since which the question has another text, where
    that keeps the score before from being compared.
    `first_asked` is the day on which a side that was never asked will be asked first, where that is planned.
    `progress` says what stands between answers and their next score, for each question of this side for which
    something waits.

    `cut` is what is shown of the comments, made once and only repeated; `cut_of_one` says that it is of one
    block, so no sum (in editions of an older version nobody knows). Before the first one, `uncut` of them are
    on the way to it. `topic` is what is most written about in the last half year. `reduced` says that a round
    or a block was taken out after it was told. In the contrast of an organisation the users of a product have
    its name (`about`) and its id.
    """

    lens: Lens
    instrument: str | None
    score: Score | None
    score_from: int = NUMBER_FROM
    channels: tuple[str, ...] = ()
    invited: int | None = None
    before: Score | None = None
    before_in_month: bool = False
    level: Level | None = None
    change: SideChange | None = None
    history: tuple[HistoryRow, ...] = ()
    counted_since_last: bool = True
    score_in_month: bool = False
    reworded_on: date | None = None
    first_asked: date | None = None
    progress: tuple[Progress, ...] = ()
    cut: BlockCut | None = None
    cut_of_one: bool = False
    uncut: int = 0
    topic: Touchpoint | None = None
    reduced: bool = False
    open_question: OpenQuestion | None = None
    about: str = ""
    product_id: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether there is a score, or at least a word."""
        return self.score is not None and self.score.says_something

    @property
    def imported(self) -> str:
        """What stands behind its instrument where its answers came from a file; else empty."""
        return self.score.kind if self.score and self.score.source else ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether a newer score was taken down."""
        return any(each.stage is Stage.WITHDRAWN for each in self.progress)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands that the side's word names; empty where it has none, and for a word round."""
        if self.level is None or self.score is None or self.score.lean is not None:
            return self.score.bands if self.score else ()
        return self.level.bands


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherScore:
    """A score that speaks for no side; `subject` is what it is about, if that is not the product."""

    score: Score
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The two sides of a product. There is no blended number.

    Of a product that stands for the whole organisation, `ux` is the user side which differs most from its
    customers, `beside` has those of other products, each with its own figures, and `left_out` the names of
    products for which there is no room. Nothing is added up over products.

    `period` is the one that was asked for, else the days on which what is shown was asked; None where nothing
    is shown. `asked_for` says that it is the one asked for. `people` is None where a side shows nothing, and
    where it is not known who was asked. `quoted_sides` are those of the quotes, in their order; none where
    the same people may have been asked on both. `others` are the scores of what
    speaks for no side, where it was counted since the last edition. `last_on` is when that was made, None
    where there is none, and `last_link` leads to it. `cut_since_last` says that topics were counted since.
    `more_quotes` stand in a reply of their own, which has room for `quoted_below` of them, be they erased.
    `outcomes` are figures from elsewhere, as of `outcomes_on`: they stand beside the sides, and no title,
    word or test knows of them.
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
    quoted_sides: tuple[Lens, ...] = ()
    others: tuple[OtherScore, ...] = ()
    last_on: datetime | None = None
    last_link: str | None = None
    cut_since_last: bool = False
    more_quotes: tuple[Quote, ...] = ()
    quoted_below: int = 0
    outcomes: tuple[OutcomeFigure, ...] = ()
    outcomes_on: date | None = None
    beside: tuple[Side, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[Side, ...]:
        """All sides: that of customers first, then the one that its title has, then those beside."""
        return self.cx, self.ux, *self.beside

    def side(self, lens: Lens) -> Side:
        """The side of a lens; of users the one that the title has."""
        return self.cx if lens is Lens.CX else self.ux

    def sides_of(self, lens: Lens) -> tuple[Side, ...]:
        """All sides of a lens."""
        return tuple(side for side in self.sides if side.lens is lens)

    def with_sides(self, sides: Sequence[Side]) -> "Contrast":
        """The same with other sides, in the order of `sides`."""
        cx, ux, *beside = sides
        return replace(self, cx=cx, ux=ux, beside=tuple(beside))

    @property
    def is_shown(self) -> bool:
        """Whether any side has a score, or at least a word."""
        return any(side.is_shown for side in self.sides)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What is quoted: in the message, then in the thread."""
        return (self.quote, *self.more_quotes) if self.quote else ()

    @property
    def quoted_side(self) -> Lens | None:
        """The side of what is quoted in the message, where that may be said."""
        return self.quoted_sides[0] if self.quoted_sides else None

    @property
    def sided_quotes(self) -> list[tuple[Quote, Lens | None]]:
        """What is quoted, each with its side where that may be said."""
        return list(zip_longest(self.quotes, self.quoted_sides[: len(self.quotes)]))

    @property
    def only_others(self) -> bool:
        """Whether all scores of the sides were shown before, so were the topics, and another score is new."""
        shown = [side for side in self.sides if side.is_shown]
        is_old = bool(shown) and not any(side.counted_since_last or side.is_withdrawn for side in shown)
        return is_old and bool(self.others) and self.last_on is not None and not self.cut_since_last


_FIGURES = TypeAdapter(Contrast)


def to_json(contrast: Contrast) -> dict[str, Any]:
    """The contrast as a JSON object, without its quotes.

    What people wrote is kept once, in the edition's quotes, where it can be erased.
    """
    figures: dict[str, Any] = _FIGURES.dump_python(replace(contrast, quote=None, more_quotes=()), mode="json")
    return figures


def from_json(figures: Mapping[str, object], quotes: Sequence[Quote] = ()) -> Contrast:
    """The contrast of an edition, with its quotes; raises ValueError for anything else.

    An erased quote is among them, without its text, so that every other one keeps its place: the first stands
    in the message, those after it in the thread.
    """
    known = {name: _without_old_test(part) for name, part in figures.items()}
    if side := known.pop("quoted_side", None):  # of an older version: all that is quoted is of one side
        known["quoted_sides"] = [side] * len(quotes)
    contrast = _FIGURES.validate_python(known)
    sides = contrast.sides
    scores = [*(side.score for side in sides), *(other.score for other in contrast.others)]
    used = {score.instrument for score in scores if score} | {side.instrument for side in sides} - {None}
    if not used <= set(INSTRUMENTS):
        raise ValueError("Contrast: an instrument that nobody knows")
    below = tuple(quotes[1 : 1 + contrast.quoted_below])
    return replace(contrast, quote=quotes[0] if quotes else None, more_quotes=below)


def _without_old_test(part: object) -> object:
    """A side without the change that an older version tested by another rule, and never showed."""
    if not isinstance(part, dict) or not isinstance(part.get("change"), dict):
        return part
    return part if "direction" in part["change"] else part | {"change": None}
