"""What people write, what a classifier read in it, what a lead says instead. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from storage.records.kinds import Lens, Sentiment, Touchpoint
from storage.records.pulse_records import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one version of the classifier read in a comment.

    `polarity` is in [-1, 1]; the three probabilities sum to 1 (all 0 when there was nothing to read);
    `touchpoints` are strongest first; `reasons` are the words that decided. `wish` says whether it asks for
    something, whatever its tone; None in labels of versions that did not look.
    """

    version: str
    sentiment: Sentiment
    polarity: float
    probabilities: Mapping[Sentiment, float]
    touchpoints: tuple[Touchpoint, ...]
    reasons: tuple[str, ...] = ()
    wish: bool | None = None

    @property
    def confidence(self) -> float:
        """The highest of the three probabilities, 0 when there was nothing to read."""
        return max(self.probabilities.values(), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a lead says of a comment instead; None keeps the label's word."""

    sentiment: Sentiment | None = None
    touchpoint: Touchpoint | None = None
    wish: bool | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """The free text of one respondent in one wave, with its label and a lead's correction."""

    team_id: str
    id: str
    wave_id: str
    text: str
    may_quote: bool
    label: Label | None = None
    correction: Correction | None = None

    @property
    def sentiment(self) -> Sentiment | None:
        """The tone that counts: the correction's, else the label's; None before it is classified."""
        if self.correction and self.correction.sentiment:
            return self.correction.sentiment
        return self.label.sentiment if self.label else None

    @property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """The topics that count, strongest first; a correction names one."""
        if self.correction and self.correction.touchpoint:
            return (self.correction.touchpoint,)
        return self.label.touchpoints if self.label else ()

    @property
    def wish(self) -> bool | None:
        """Whether it asks for something, as the correction says, else the label; None where neither knows."""
        if self.correction and self.correction.wish is not None:
            return self.correction.wish
        return self.label.wish if self.label else None

    @property
    def is_wish(self) -> bool:
        """Whether it is known to ask for something."""
        return bool(self.wish)

    @property
    def hidden(self) -> bool:
        """Whether a lead has hidden it."""
        return bool(self.correction and self.correction.hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComment:
    """A comment as it comes out of a form, with what the classifier read in it (None: to be read later)."""

    text: str
    may_quote: bool
    label: Label | None
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a saved message was written: a public channel, or a private conversation known by a keyed hash.

    Neither where it was said to Bifocal. `saver` is the key of whoever saved it from a private conversation.
    """

    channel_id: str | None = None
    place: str | None = None
    saver: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSaved:
    """A message to be kept; `author` is the key of who wrote it, `lens` the side where one was chosen."""

    team_id: str
    product_id: str
    mark: str
    author: str
    text: str
    lens: Lens | None
    origin: Origin
    label: Label | None
    saved_on: date
    said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMessage:
    """A message about a product, saved or said in passing; `chosen` is the side that somebody named.

    `hidden` says that a lead took it out of the list.
    """

    team_id: str
    id: str
    product: Product
    text: str
    said: bool
    origin: Origin
    chosen: Lens | None
    sentiment: Sentiment | None
    touchpoints: tuple[Touchpoint, ...]
    is_wish: bool = False
    hidden: bool = False

    @property
    def lens(self) -> Lens | None:
        """The side that it is about: as chosen, else that of its first topic; None belongs to both."""
        topic = next(iter(self.touchpoints), None)
        return self.chosen or (topic.lens if topic else None)
