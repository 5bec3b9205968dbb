"""Comments in groups: batches, which are listed together, and blocks, which are cut together. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from storage.records.comment_records import Comment
from storage.records.kinds import Lens, Sentiment, Touchpoint
from storage.records.pulse_records import SMALLEST_PROMISE, Pulse
from storage.records.round_records import source_in


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlistedComment:
    """A comment on a question without names, of a wave whose forms are all in, that no batch holds yet.

    `promise` is the smallest group that was promised when its wave was asked.
    """

    id: str
    writer: str
    promise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBatch:
    """Comments that are listed from now on, all at once. `need` is how many must be left to be listed."""

    comments: frozenset[str]
    need: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch that was not withdrawn, with the comments that are left in it, in an order that says nothing.

    `need` is how many must be left for them to be listed. `pulses` are all those whose waves are in it.
    `wording` is that of its question. `block_id` is None before it is in a block; one that is `never_cut`
    never is.
    """

    id: str
    question_id: str
    lens: Lens
    listed_at: datetime
    need: int
    block_id: str | None
    never_cut: bool
    pulses: tuple[Pulse, ...]
    comments: tuple[Comment, ...]
    wording: str = ""

    @property
    def source(self) -> str:
        """Where its comments came from in a file; empty where they were written here."""
        return source_in(self.wording)


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """Of so many comments on one side, how many are about the other; None: fewer than the smallest group.

    `comments` are those with a topic of a side, or all, where the rest would be too few to be set apart.
    """

    comments: int
    about_other: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCut:
    """What is shown of the comments of a block. What is missing is hidden, be it nobody.

    `wishes` are those that ask for something; they are in none of the `tones`. In cuts that were made before
    wishes were told apart they are hidden, and each is in its tone. No number in it is under `need`, the
    largest group that was promised under any of them.
    """

    comments: int
    need: int = SMALLEST_PROMISE
    tones: Mapping[Sentiment, int] = field(default_factory=dict)
    wishes: int | None = None
    topics: Mapping[Touchpoint, int] = field(default_factory=dict)
    across: Across | None = None


class NewBlock(NamedTuple):
    """The batches of a block, and its cut."""

    batch_ids: tuple[str, ...]
    cut: BlockCut
