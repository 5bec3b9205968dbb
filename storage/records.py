"""The words of the domain as plain records. Pure: nothing here reads a clock, a database or Slack."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum


class Lens(StrEnum):
    """The side of a product that an instrument looks at."""

    CX = "CX"
    UX = "UX"

    @property
    def other(self) -> "Lens":
        """The opposite side."""
        return Lens.UX if self is Lens.CX else Lens.CX


class Sentiment(StrEnum):
    """The tone of a comment, or why it has none."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    UNSURE = "unsure"
    UNCLASSIFIED = "unclassified"
    EMPTY = "empty"


class Touchpoint(StrEnum):
    """What a comment is about."""

    USABILITY = "usability"
    RELIABILITY = "reliability"
    PERFORMANCE = "performance"
    FEATURES = "features"
    DESIGN = "design"
    SUPPORT = "support"
    BILLING = "billing"
    PURCHASE = "purchase"
    ONBOARDING = "onboarding"
    COMMUNICATION = "communication"
    BRAND = "brand"
    OTHER = "other"

    @property
    def lens(self) -> Lens | None:
        """The side this topic belongs to; `other` belongs to none."""
        if self is Touchpoint.OTHER:
            return None
        return Lens.UX if self in _PRODUCT_FACING else Lens.CX


_PRODUCT_FACING = frozenset(
    {
        Touchpoint.USABILITY,
        Touchpoint.RELIABILITY,
        Touchpoint.PERFORMANCE,
        Touchpoint.FEATURES,
        Touchpoint.DESIGN,
    }
)


def aware(moment: datetime) -> datetime:
    """The same moment; raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a zone: {moment.isoformat()}")
    return moment


@dataclass(frozen=True, slots=True)
class Period:
    """Time from `start`, included, to `end`, excluded; both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if aware(self.start) > aware(self.end):
            raise ValueError("a period ends after it starts")

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def seen_in(self, zone: tzinfo) -> "Period":
        """The same period on the clocks of a zone, for its days to be named."""
        return Period(self.start.astimezone(zone), self.end.astimezone(zone))

    @property
    def previous(self) -> "Period":
        """The period of the same length that ends where this one starts."""
        return Period(self.start - (self.end - self.start), self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What the two lenses look at; its name is unique in the workspace without regard to case."""

    team_id: str
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """An instrument asked about a subject in a channel, once (`cadence` is None) or on a cadence.

    `cadence` is text that `jobs.cadence.read` understands; `zone` is an IANA name. `min_group` is the
    smallest group whose figures are shown; it is fixed when the pulse is made and may only be raised.
    """

    team_id: str
    id: str
    number: int
    product: Product
    instrument: str
    lens: Lens
    subject: str
    channel_id: str
    named: bool
    min_group: int
    open_for: timedelta
    cadence: str | None
    zone: str
    next_at: datetime | None
    paused: bool
    pause_reason: str | None
    leads: tuple[str, ...]
    asked_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One posting of a pulse: opens, collects, closes, and counts once the last forms are in.

    `closed_at` is when the buttons went. `counted_at` is the moment from which its answers are in figures:
    after the grace for forms, and only together with enough answers; until then None. `settled_at` is when
    that was decided: settled and not counted means that the wave waits and joins the next.
    """

    team_id: str
    id: str
    pulse: Pulse
    question: str
    ui_version: int
    opened_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    settled_at: datetime | None = None
    counted_at: datetime | None
    taken_down: bool
    invited: int | None
    answered: int

    def open_at(self, now: datetime) -> bool:
        """Whether a click still counts at `now`."""
        return self.closed_at is None and not self.taken_down and now < self.closes_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The point that a respondent chose on one item (items count from 1)."""

    team_id: str
    wave_id: str
    respondent: str
    item: int
    point: int
    clicked_at: datetime
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one version of the classifier read in a comment.

    `polarity` is in [-1, 1]; the three probabilities sum to 1 (all 0 when there was nothing to read);
    `touchpoints` are strongest first; `reasons` are the words that decided.
    """

    version: str
    sentiment: Sentiment
    polarity: float
    probabilities: Mapping[Sentiment, float]
    touchpoints: tuple[Touchpoint, ...]
    reasons: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """The highest of the three probabilities, 0 when there was nothing to read."""
        return max(self.probabilities.values(), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a lead says of a comment instead; None keeps the label's word."""

    sentiment: Sentiment | None = None
    touchpoint: Touchpoint | None = None
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
class Response:
    """One respondent's ratings and comment in one wave, put together from their rows.

    `points` maps item (from 1) to point. Only people who rated have a response; a comment alone is none.
    """

    wave: Wave
    respondent: str
    points: Mapping[int, int]
    answered_at: datetime
    external: bool = False
    comment: Comment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is kept of a respondent beside their answers."""

    team_id: str
    respondent: str
    role: str | None = None
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A standing order: the contrast of a product, to a channel, on a cadence.

    `sources` are the channels whose pulses it reads. `cx_metric` and `ux_metric` are instrument keys, None
    until a first one is asked on that side.
    """

    team_id: str
    id: str
    product: Product
    channel_id: str
    sources: tuple[str, ...]
    cadence: str
    zone: str
    window: timedelta
    next_at: datetime | None
    cx_metric: str | None
    ux_metric: str | None
    min_group: int
    paused: bool
    pause_reason: str | None
    leads: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A comment as posted, with its author's tick; an erased one keeps its place and loses its text."""

    comment_id: str
    text: str | None
    touchpoint: Touchpoint | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One posted digest: the figures and the quotes as they were when it was made.

    `figures` is a JSON object (`jobs.contrast` knows its shape). `full` is False for the one line that says
    that nothing is new.
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


class OccasionState(StrEnum):
    """What became of a due time."""

    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One due time of a schedule. `owner_id` is a pulse's or a digest's id.

    `local` is the wall-clock time in the schedule's zone (`2027-03-29T00:15`), the ledger's key: new rules
    for a zone cannot make a second one.
    """

    team_id: str
    owner_id: str
    local: str
    due_at: datetime
    state: OccasionState
    reason: str | None = None


class PostKind(StrEnum):
    """What a message of the outbox shows."""

    WAVE = "wave"
    EDITION = "edition"
    NOTICE = "notice"


class PostState(StrEnum):
    """Where a message of the outbox stands.

    `unknown`: sent, but Slack's answer was lost; never repeated. `failed`: Slack refused for good.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message that Slack should show: one row a message, with the version wanted and the version sent.

    `ref` is the id of the wave or edition it shows; `part` is 0 for the message itself, 1 and up for replies
    in its thread. A notice carries its own `text`, and goes to a person (`channel_id` is a user id).
    """

    team_id: str
    key: str
    kind: PostKind
    ref: str
    part: int
    channel_id: str
    state: PostState
    wanted: int = 1
    sent: int = 0
    delete: bool = False
    attempts: int = 0
    first_try_at: datetime | None = None
    lease_until: datetime | None = None
    not_before: datetime | None = None
    slack_ts: str | None = None
    error: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of a click or a form.

    `first` is True for the first answer of this person in this wave; `before` holds the points as they were;
    `kept` is False when a newer choice was already there and this one changed nothing.
    """

    wave: Wave
    first: bool
    kept: bool
    before: Mapping[int, int] = field(default_factory=dict)
    points: Mapping[int, int] = field(default_factory=dict)
    has_comment: bool = False
