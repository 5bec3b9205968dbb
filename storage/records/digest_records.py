"""Digests, their editions, figures from elsewhere that stand beside them, and groups of channels. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.records.kinds import Lens, Touchpoint
from storage.records.moments import Period
from storage.records.pulse_records import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A standing order: the contrast of a product, to a channel, on a cadence.

    `sources` are the channels whose pulses it reads. `cx_metric` and `ux_metric` are instrument keys, None
    until a first one is asked on that side. `unclicked` is how many editions were posted since anybody has
    pressed a button of one.
    """

    team_id: str
    id: str
    product: Product
    channel_id: str
    sources: tuple[str, ...]
    cadence: str
    zone: str
    next_at: datetime | None
    cx_metric: str | None
    ux_metric: str | None
    min_group: int
    paused: bool
    pause_reason: str | None
    leads: tuple[str, ...]
    created_at: datetime
    unclicked: int = 0

    def reads(self, product_id: str, lens: Lens | None) -> bool:
        """Whether it shows a side of a product (None: any) that is asked in a channel which it reads."""
        return self.product.id == product_id or (self.product.whole and lens is Lens.UX)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSettings:
    """What a new digest reads, and when it is posted."""

    sources: tuple[str, ...]
    cadence: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A comment as posted, with its author's tick; an erased one keeps its place and loses its text.

    `wish` says whether it asked for something when it was chosen; None in editions of before.
    """

    comment_id: str
    text: str | None
    touchpoint: Touchpoint | None
    wish: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in Slack: its file there, and the words that say what was drawn."""

    file: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One posted digest: the figures and the quotes as they were when it was made.

    `figures` is a JSON object (`jobs.contrast` knows its shape). `full` is False for the one line that says
    that nothing is new. `strips` is the picture in its message, `history` the one in its first reply; None
    where there is none.
    """

    team_id: str
    id: str
    digest_id: str
    channel_id: str
    period: Period
    made_at: datetime
    full: bool
    figures: Mapping[str, object]
    quotes: tuple[Quote, ...] = ()
    strips: Picture | None = None
    history: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The results of an edition, told back to a channel whose people answered.

    `shared_by` is the lead who did so, `name` what people call them. `next_step` is what they say will be
    done about it, as typed; None where they said nothing. `request_id` is that of the form, so that one sent
    twice shares once.
    """

    team_id: str
    id: str
    edition_id: str
    channel_id: str
    shared_by: str
    name: str
    next_step: str | None
    request_id: str
    shared_at: datetime
    removed_at: datetime | None = None


class Unit(StrEnum):
    """What a figure from elsewhere counts in."""

    PERCENT = "percent"
    MONEY = "money"
    STARS = "stars"
    POINTS = "points"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFigure:
    """A figure from elsewhere: how much of what, of which side, of which day, from where.

    `value` is a decimal number as text, so that it stays as entered; `currency` is empty but for money.
    `day` is the last day that it is about; with `whole_month` it is about the month that ends then. `source`
    is empty where nobody named one, `name` (of whoever entered it) where it is from a file.
    """

    metric: str
    value: str
    unit: Unit
    lens: Lens
    day: date
    whole_month: bool = False
    currency: str = ""
    source: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Such a figure as it is kept. `entered_by` is the lead's user id, None where it is from a file."""

    team_id: str
    id: str
    product_id: str
    figure: OutcomeFigure
    entered_by: str | None
    entered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelGroup:
    """Channels whose figures are read together under a name of one word, in the order in which they came."""

    team_id: str
    name: str
    channels: tuple[str, ...]
