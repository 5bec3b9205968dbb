"""Makes a contrast of what is known of both sides. Pure."""

from datetime import UTC, datetime, time, timedelta

from jobs.contrast.record import Contrast, People, Side
from jobs.contrast.side import SideInput, build_side
from storage.records import Lens, Period


def contrast(
    product: str, period: Period | None, *, min_group: int, cx: SideInput, ux: SideInput, first: bool
) -> Contrast:
    """The two sides of a product; `period` is the one that was asked for, if any.

    `min_group` is the smallest group that was promised. `first` says that there is no earlier edition.
    """
    sides = [build_side(lens, side, min_group=min_group) for lens, side in ((Lens.CX, cx), (Lens.UX, ux))]
    return Contrast(
        product=product,
        period=period or _days_of(sides),
        min_group=min_group,
        cx=sides[0],
        ux=sides[1],
        people=_people(*sides),
        first=first,
        asked_for=period is not None,
    )


def _days_of(sides: list[Side]) -> Period | None:
    """From the first to the last day on which what is shown was asked; of what is new, if anything is."""
    new = [side for side in sides if side.score and side.counted_since_last]
    scores = [side.score for side in new or sides]
    shown = [score for score in scores if score and score.first_day and score.last_day]
    if not shown:
        return None
    first = min(score.first_day for score in shown if score.first_day)
    last = max(score.last_day for score in shown if score.last_day)
    return Period(
        datetime.combine(first, time(), UTC), datetime.combine(last + timedelta(days=1), time(), UTC)
    )


def _people(cx: Side, ux: Side) -> People | None:
    """Whether the same people were asked; of different channels it is not known who was in both."""
    shown = cx.is_shown and ux.is_shown
    return People.SAME if shown and set(cx.channels) == set(ux.channels) else None
