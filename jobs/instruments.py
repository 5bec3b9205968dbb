"""The standard questionnaires: wording, scale, class borders, scoring, bands and credit, one literal each. Pure.

Adding an instrument is adding one literal to INSTRUMENTS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from storage.records import Lens


class Scoring(StrEnum):
    """How answers become a score."""

    NET = "net"  # 100 (favourable - unfavourable) / n, from -100 to +100
    SHARE = "share"  # 100 favourable / n
    MEAN = "mean"  # the mean point of one item
    SUM = "sum"  # the mean of each person's items, turned so that high is good, on 0 to 100


class Band(StrEnum):
    """A score against the reference of its own instrument."""

    POOR = "poor"
    MIXED = "mixed"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The points of an item, `low` to `high`, and the words that stand at some or all of them."""

    low: int
    high: int
    labels: Mapping[int, str]

    def __contains__(self, point: object) -> bool:
        return isinstance(point, int) and not isinstance(point, bool) and self.low <= point <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A standard questionnaire with fixed wording and its scoring.

    `question` and `items` hold `{subject}` where the subject goes. One item without a form is answered by
    buttons under `question`; several are `items` of a form, and `question` invites to it.
    """

    key: str  # what people type: "nps", "umux_lite"
    name: str  # what people read: "NPS", "UMUX-Lite"
    lens: Lens
    rank: int  # which one speaks for its side when several are asked: the lowest
    question: str
    lead_in: str | None  # a line above the question, for SEQ "The task: {subject}."
    about: str  # the line in the form that asks: "Would you recommend it? (NPS)"
    about_more: str  # its small print
    scale: Scale
    items: tuple[str, ...]  # statements of a form; empty for one question with buttons
    reversed_items: frozenset[int]  # items for which low is good (SUS: the even ones)
    scoring: Scoring
    favourable_from: float  # a response at or above is favourable: a point, or 0 to 100 for SUM
    middle_from: float  # at or above: middle; below: unfavourable
    mixed_from: float  # a score at or above is mixed, below it is poor
    good_from: float  # a score at or above is good
    signed: bool = False  # printed with its sign (NPS)
    percent: bool = False  # printed with a percent sign (shares)
    form_intro: str | None = None
    effort: str | None = None  # "About 20 seconds."
    pause_days: int = 14  # how long after asking it here again tires people
    min_answered: int | None = None  # items a person must answer; None: all of them
    credit: str | None = None  # the source line it must carry

    @property
    def has_form(self) -> bool:
        """Whether it is answered in a form rather than by one click."""
        return bool(self.items)

    @property
    def item_count(self) -> int:
        """How many items a person answers."""
        return len(self.items) or 1


INSTRUMENTS: dict[str, Instrument] = {}
"""Every instrument by its key, in the order in which people are offered them."""
