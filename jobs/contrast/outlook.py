"""What comes next, as it was known when an edition without new scores was made; as JSON and back. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter

from jobs.contrast.record import Contrast
from jobs.privacy.progress_rule import Progress, Stage, ready_at
from storage.records import Lens

_MINUTE = timedelta(minutes=1)
COMING = (Stage.OPEN, Stage.COUNTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAsked:
    """A question that a schedule asks on a day; `channel_id` is None where the channel may not be named."""

    instrument: str
    channel_id: str | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is said when there are no new scores.

    `made_on` is the day of the edition, `same_as` that of the one whose scores still stand, with a `link` to
    it. `none_closed` says that no question has closed since. `results` is, by side, the day of the edition
    that will have the results of what is open now.
    """

    made_on: date
    same_as: date | None = None
    link: str | None = None
    none_closed: bool = True
    next_asked: NextAsked | None = None
    results: dict[Lens, date] = field(default_factory=dict)


_OUTLOOK = TypeAdapter(Outlook)


def outlook_to_json(outlook: Outlook) -> dict[str, Any]:
    """The outlook as a JSON object."""
    kept: dict[str, Any] = _OUTLOOK.dump_python(outlook, mode="json")
    return kept


def outlook_from_json(kept: object) -> Outlook:
    """The outlook of an edition; raises ValueError for anything else."""
    return _OUTLOOK.validate_python(kept)


def results_on(contrast: Contrast, edition_after: Callable[[datetime], date]) -> dict[Lens, date]:
    """By side the day of the edition that will have the results of everything that is open on it.

    `edition_after` gives the day of the first edition that is made at a moment or later.
    """
    ready = {
        lens: ready_by([each for side in contrast.sides_of(lens) for each in side.progress]) for lens in Lens
    }
    return {lens: edition_after(moment) for lens, moment in ready.items() if moment}


def ready_by(progress: Sequence[Progress]) -> datetime | None:
    """When everything that is open, or just closed, is counted; None where nothing is, or it will wait."""
    moments = [_ready(each) for each in progress if each.stage in COMING]
    known = [moment for moment in moments if moment]
    return max(known) if known and len(known) == len(moments) else None


def _ready(progress: Progress) -> datetime | None:
    """The count of one question: after its last forms, and not before its four weeks are over."""
    if progress.at is None:
        return None
    ready = ready_at(progress.at) if progress.stage is Stage.OPEN else progress.at
    if progress.counts_from is None:
        return ready
    return max(ready, datetime.combine(progress.counts_from, time(), UTC) + _MINUTE)
