"""What a picture shows of one side: numbers to draw, and the words and printed numbers beside them. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from storage.records import Lens


class ChartRange(NamedTuple):
    """A likely range."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartScale:
    """The scale of an instrument: its ends and its two borders, each with the number printed at it."""

    low: float
    mixed_from: float
    good_from: float
    high: float
    printed: tuple[str, str, str, str]

    @property
    def cuts(self) -> tuple[float, float, float, float]:
        """The ends and the borders, low to high."""
        return self.low, self.mixed_from, self.good_from, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartMark:
    """A score of one round. `value` is None where no exact number is shown: it leaves a gap in the line."""

    day: date
    value: float | None
    likely: ChartRange | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSide:
    """One side. `short_name` stands in where `name` is too long, or has letters that cannot be drawn.

    `word` is what stands behind the name: a level, or why there is no score. `scale` is None where nothing
    was asked. `value`, `likely` and `before` are None where nothing exact is shown: an empty strip.
    `printed` is the number of now: "+42", also of a score that has no exact value; `printed_before` is
    "about" or empty, `printed_after` "or more", "or less" or empty. `rounds` are the last ones, oldest first.
    """

    lens: Lens
    name: str
    short_name: str
    word: str
    instrument: str = ""
    scale: ChartScale | None = None
    value: float | None = None
    printed: str = ""
    printed_before: str = ""
    printed_after: str = ""
    likely: ChartRange | None = None
    before: float | None = None
    before_name: str = ""
    rounds: tuple[ChartMark, ...] = ()
