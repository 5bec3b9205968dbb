"""Makes a contrast of what is known of both sides. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

from jobs.contrast.record import Contrast, Side
from jobs.contrast.side import SideInput, build_side
from storage.records import AskedIn, Lens, People, Period


def contrast(
    product: str,
    period: Period | None,
    *,
    min_group: int,
    cx: SideInput,
    ux: SideInput,
    first: bool,
    askings: Iterable[AskedIn] = (),
) -> Contrast:
    """The two sides of a product; `period` is the one that was asked for, if any.

    `min_group` is the smallest group that was promised. `first` says that there is no earlier edition. By the
    newest of the `askings` it says whether the same people were asked on both sides.
    """
    sides = [build_side(lens, side, min_group=min_group) for lens, side in ((Lens.CX, cx), (Lens.UX, ux))]
    return Contrast(
        product=product,
        period=period or _days_of(sides),
        min_group=min_group,
        cx=sides[0],
        ux=sides[1],
        people=_people(sides, askings),
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


def _people(sides: Sequence[Side], askings: Iterable[AskedIn]) -> People | None:
    """Whether the same people were asked on both sides; None where it is not known, or nothing is shown."""
    cx, ux = sides
    if not (cx.is_shown and ux.is_shown):
        return None
    if set(cx.channels) == set(ux.channels):
        return People.SAME
    newest: dict[tuple[Lens, str], AskedIn] = {}
    for asking in askings:
        key = asking.lens, asking.channel_id
        if key not in newest or newest[key].opened_at < asking.opened_at:
            newest[key] = asking
    found = {
        _people_of(newest.get((Lens.CX, one)), newest.get((Lens.UX, other)))
        for one in cx.channels
        for other in ux.channels
    }
    if len(found) == 1:
        return found.pop()
    return People.SOME if found - {None, People.DIFFERENT} else None


def _people_of(cx: AskedIn | None, ux: AskedIn | None) -> People | None:
    """How the people of two askings went together, as far as it was known at the later one."""
    if cx is None or ux is None:
        return None
    if cx.channel_id == ux.channel_id:
        return People.SAME
    earlier, later = sorted((cx, ux), key=lambda asking: asking.opened_at)
    before, now = earlier.people.get(later.channel_id), later.people.get(earlier.channel_id)
    return People.SOME if now and before and before is not now else now
