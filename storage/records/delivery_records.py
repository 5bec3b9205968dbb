"""Due times and the messages that Slack should show. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    SHARE = "share"


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


class DueKind(StrEnum):
    """What is done by itself when its time has come, apart from messages."""

    OPEN = "open"
    CLOSE = "close"
    COUNT = "count"
    EDITION = "digest"


class Lane(StrEnum):
    """The kinds of calls that messages need, those first that may wait least. One holds up no other."""

    POSTS = "posts"  # new messages for everybody in a channel
    NOTICES = "notices"  # new messages for one person
    CHANGES = "changes"  # renewals that may not wait: a close, an edition
    DELETIONS = "deletions"
    RENEWALS = "renewals"  # of how many have answered


ADMINS = "*"
"""Who reads a notice where it has reached none of those it was for: an admin of the workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What has become of a message a moment after it was handed over.

    `stands` is None as long as nobody knows. `why_not` is what its reader has to know of one that does not
    stand, or perhaps not; None where they are told that otherwise.
    """

    stands: bool | None = None
    why_not: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message that Slack should show: one row a message, with the version wanted and the version sent.

    `ref` is the id of the wave, edition or share it shows; `part` is 0 for the message itself, 1 and up for
    replies in its thread. A notice carries its own `text`, and goes to a person (`channel_id` is a user id);
    if it cannot reach them, to the first of the `others`, in which ADMINS stands for the workspace's admins.
    `answered` is how many had answered a question when a renewal was last asked for because of that. An
    `urgent` message shows more than another count. An unknown one is looked up at `look_up_at`.
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
    urgent: bool = False
    attempts: int = 0
    first_try_at: datetime | None = None
    lease_until: datetime | None = None
    not_before: datetime | None = None
    look_up_at: datetime | None = None
    slack_ts: str | None = None
    error: str | None = None
    text: str | None = None
    others: tuple[str, ...] = ()
    answered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWork:
    """How much is due of one kind of work, or of one kind of message, and since when at the longest.

    `undated` tells the oldest message of which nobody has noted since when it is due: it is the same one as
    long as this stays the same.
    """

    kind: DueKind | PostKind
    count: int
    since: datetime | None
    undated: int | None = None
