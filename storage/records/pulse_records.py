"""What is asked: products, pulses, waves. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.records.kinds import Lens
from storage.records.name_folding import comparison_key, fold

ENDED = "ended"
"""The `pause_reason` of a pulse whose schedule was removed."""
SMALLEST_PROMISE = 5
"""The smallest group that is ever promised."""


def changed_leads(leads: tuple[str, ...], user_id: str, *, add: bool) -> tuple[str, ...] | None:
    """The leads with or without this person; None where the last one or somebody who is none would go."""
    if add:
        return tuple(dict.fromkeys((*leads, user_id)))
    others = tuple(each for each in leads if each != user_id)
    return others if others and others != leads else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What the two lenses look at; its name, folded, is unique in the workspace.

    `former_keys` are the names that it, or what was merged into it, had before, by `comparison_key`. With
    `whole` it stands for the organisation: its customers stand beside the users of other products.
    """

    team_id: str
    id: str
    name: str
    former_keys: tuple[str, ...] = ()
    whole: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """All its names, now and before, as they are compared for privacy."""
        return frozenset({comparison_key(self.name), *self.former_keys})

    def is_called(self, name: str) -> bool:
        """Whether a spelling of a name means this product."""
        return fold(name) == fold(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What there is of a product: how many rounds, questions that are open, answers that wait, and so on.

    `schedules` counts those that have not ended, also paused ones; `pulses` all; `digests` those that have
    not ended, `editions` what any of them has posted; `saved` are messages that were saved about it.
    """

    rounds: int = 0
    open_waves: int = 0
    waiting: int = 0
    schedules: int = 0
    pulses: int = 0
    digests: int = 0
    editions: int = 0
    saved: int = 0


@dataclass(frozen=True, slots=True)
class ConfirmedName:
    """A name that somebody has read as a new product's and confirmed: only such a name makes a product.

    In the product only `jobs.permissions.known_names.confirmed_product` makes one.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """An instrument asked about a subject in a channel, once (`cadence` is None) or on a cadence.

    `cadence` is text that `jobs.cadence.read` understands; `zone` is an IANA name. `min_group` is the
    smallest group whose figures are shown; it is fixed when the pulse is made and may only be raised.
    `open_for` is how long it is open each time, None: until the last working day before a digest that has it.
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
    open_for: timedelta | None
    cadence: str | None
    zone: str
    next_at: datetime | None
    paused: bool
    pause_reason: str | None
    leads: tuple[str, ...]
    asked_by: str
    created_at: datetime

    @property
    def about(self) -> str:
        """What it asks about the next time: its subject, or the product's name if that is one of its names.

        What is posted keeps the subject that people read there.
        """
        return self.product.name if comparison_key(self.subject) in self.product.keys else self.subject

    @property
    def asked_once(self) -> bool:
        """Whether it never had a schedule; of one whose schedule has ended, `pause_reason` says that."""
        return self.cadence is None and self.pause_reason != ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveHeader:
    """A wave without the count of its answers, which costs more to read the more there are.

    `closed_at` is when the buttons went. `counted_at` is the moment from which its answers are in figures:
    after the grace for forms, and only together with enough answers; until then None. `settled_at` is when
    that was decided: settled and not counted means that the wave waits and joins the next. `promise` is the
    smallest group that was promised when it was asked, `round_id` the round in which it is counted.
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
    question_id: str
    promise: int = SMALLEST_PROMISE
    round_id: str | None = None

    def open_at(self, now: datetime) -> bool:
        """Whether a click still counts at `now`."""
        return self.closed_at is None and not self.taken_down and now < self.closes_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave(WaveHeader):
    """One posting of a pulse: opens, collects, closes, and counts once the last forms are in.

    `answered` is how many people have an answer in it; from the count on it stays.
    """

    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRules:
    """By what rules a wave takes answers: to which instrument, and whether by name. They never change."""

    team_id: str
    instrument: str
    named: bool
