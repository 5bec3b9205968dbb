"""What people answer. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from storage.records.comment_records import Comment, SavedMessage
from storage.records.kinds import Role
from storage.records.pause_records import Pause
from storage.records.pulse_records import Product, Wave, WaveHeader
from storage.records.round_records import Mark

MOST_CHARACTERS = 1000  # of a comment


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """Whose answer in which wave; `respondent` is the key of `jobs.answers.respondent_key`."""

    team_id: str
    wave_id: str
    respondent: str


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


@dataclass(frozen=True, slots=True)
class RoleSaid:
    """What somebody said when they were asked how they know a product; None: nothing."""

    role: Role | None


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product of which somebody was asked how they know it, and what they said; None: nothing."""

    product: Product
    role: Role | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of a click or a form.

    `first` is True for the first answer of this person in this wave; `before` holds the points as they were;
    `kept` is False when a newer choice was already there, or the wave takes no answer any more, and this one
    changed nothing. `closed` says that it was the wave. `marks` say in which rounds this person took
    part, and `ask_role` that they were never asked how they know the product; both are read with the first
    answer to a confidential question only.
    """

    wave: WaveHeader
    first: bool
    kept: bool
    before: Mapping[int, int] = field(default_factory=dict)
    points: Mapping[int, int] = field(default_factory=dict)
    has_comment: bool = False
    closed: bool = False
    marks: tuple[Mark, ...] = ()
    ask_role: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAnswer:
    """What is left of a person's answer once its question is counted: that they took part, what they wrote.

    `counted_on` is the day (UTC) of the round in which they took part. It is None where only the comment is
    kept: the answer was left out, or the round is more than 400 days old. What they chose is in no record.
    """

    wave: Wave
    counted_on: date | None
    comment: Comment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOfPerson:
    """All that is kept of a person, the newest first.

    `responses` are answers that are not counted yet, and those with a name; `counted` is what is left of the
    others; `pause` is what is kept for reminders; `roles` say how they know products, by name. `saved` are
    messages of theirs that somebody saved, and what they said in passing; `savings` is how many of others
    they saved from private conversations.
    """

    responses: Sequence[Response] = ()
    counted: Sequence[CountedAnswer] = ()
    pause: Pause | None = None
    roles: Sequence[KnownProduct] = ()
    saved: Sequence[SavedMessage] = ()
    savings: int = 0

    def __bool__(self) -> bool:
        answers = self.responses or self.counted
        return bool(answers or self.pause or self.roles or self.saved or self.savings)

    @property
    def named(self) -> bool:
        """Whether an answer with their name is among it."""
        return any(response.wave.pulse.named for response in self.responses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was erased of a person.

    `comments` and `quotes` are their comments, and whether posted digests quote one; `answers` those in open
    and waiting questions, `named_answers` those with their name, `marks` the rounds in which they took part
    and the products of which they were asked how they know them, `roles` those of which they said it.
    `saved` are their messages that were saved or said in passing, `savings` that they saved those of others
    in private conversations. `pauses` says that something was kept for reminders, `stopped` that they wanted
    none at all.
    """

    comments: int = 0
    answers: int = 0
    named_answers: int = 0
    marks: int = 0
    roles: int = 0
    quotes: bool = False
    pauses: bool = False
    stopped: bool = False
    saved: int = 0
    savings: int = 0

    def __bool__(self) -> bool:
        kept = self.comments, self.answers, self.named_answers, self.marks, self.roles, self.pauses
        return any((*kept, self.saved, self.savings))
