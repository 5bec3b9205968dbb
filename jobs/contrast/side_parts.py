"""What a side of a contrast has beside its score: a question that is open, rounds before, a change. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from jobs.contrast.changed import Direction
from jobs.inference import Interval
from jobs.privacy.clip_rule import ClippedRange
from jobs.scoring import Score
from storage.records.round_records import Lean


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question of this side that can still be answered; `link` leads to it, where Slack gave one."""

    channel_id: str
    closes_at: datetime
    has_form: bool
    slack_ts: str | None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """A round of a side's story, as it is printed: rounded to what people read.

    A word round has `lean` alone. A clipped round has `between`, where its score lies, in the place of
    `value` and `likely`.
    """

    last_day: date
    n: int
    value: float | None = None
    likely: Interval | None = None
    between: ClippedRange | None = None
    lean: Lean | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideChange:
    """What may be said of a side that was tested: that it got better or worse, or that no change is clear.

    `visible` is the smallest true change that would mostly show. `since` is the last day of the newest round
    with figures in the half before, and `since_month` says that its month is name enough. `numbers` are the
    scores before and now, where they may stand beside what is said.
    """

    direction: Direction
    since: date
    since_month: bool = False
    visible: float | None = None
    numbers: tuple[Score, Score] | None = None
