"""What people answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.records.comment_records import Comment
from storage.records.pulse_records import Wave, WaveHeader

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of a click or a form.

    `first` is True for the first answer of this person in this wave; `before` holds the points as they were;
    `kept` is False when a newer choice was already there, or the wave takes no answer any more, and this one
    changed nothing. `closed` says that it was the wave.
    """

    wave: WaveHeader
    first: bool
    kept: bool
    before: Mapping[int, int] = field(default_factory=dict)
    points: Mapping[int, int] = field(default_factory=dict)
    has_comment: bool = False
    closed: bool = False
