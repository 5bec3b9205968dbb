"""The picture in the thread of a digest and in `/pulse trend`: the last rounds of each side as a line."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from jobs.charts.canvas import (
    BIGGEST,
    COLOURS,
    EDGE,
    EDGE_POINTS,
    HEIGHT,
    MIDDLE,
    QUIET,
    SMALL,
    WIDTH,
    ZONES,
    Box,
    Canvas,
    Type,
    can_be_drawn,
    largest_that_fits,
)
from jobs.charts.chart_side import ChartMark, ChartScale, ChartSide

_LEFT, _RIGHT = 108, 1010  # of the panels
_TOPS = (12, 316)
_ABOVE, _BELOW = 62, 258  # the panel, below the top of a side
_BELOW_ALONE = _BELOW + 304  # of the only side, which has the room of both
_FIRST, _LAST = _LEFT + 50, _RIGHT - 140  # where the first and the last mark stand; words are behind
_SIDE_MARGIN, _NUMBER_MARGIN = 40, 20
_LEAST_WORD = 40  # the height of a zone that is named
_ROOM = 4  # above and below the ranges, on a scale of 100
_ALL_DATED = 3  # days, of which each has its date
_APART = 24  # between two dates
_AMID = Type(SMALL, colour=QUIET, align="center")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def draw_history(sides: Sequence[ChartSide]) -> Canvas:
    """The page with a panel for each of one or two sides that has a score to show."""
    canvas = Canvas()
    shown = [side for side in sides if side.scale and _marked(side.rounds)]
    days = sorted({mark.day for side in shown for mark in side.rounds})
    x = _along(days)
    height = _BELOW_ALONE if len(shown) == 1 else _BELOW
    for side, top in zip(shown, _TOPS, strict=False):
        _panel(canvas, side, Box(_LEFT, top + _ABOVE, _RIGHT, top + height), x)
    if shown:
        below = _TOPS[len(shown) - 1] + height
        _dates(canvas, days, x, below + 26)
        key = "each mark is one round · bars: likely ranges"
        canvas.write(WIDTH / 2, min(below + 72, HEIGHT - 29), key, _AMID)
    return canvas


def _panel(canvas: Canvas, side: ChartSide, box: Box, x: Callable[[date], float]) -> None:
    assert side.scale is not None  # noqa: S101 - chosen so
    _heading(canvas, side, box.top - _ABOVE + 28)
    marks, above, below = _marked(side.rounds), box.top, box.bottom
    low, high = _shown_part(side.scale, marks)

    def y(value: float) -> float:
        return below - (min(max(value, low), high) - low) / (high - low) * (below - above)

    _zones(canvas, side.scale, y)
    colour = COLOURS[side.lens]
    for mark in marks:
        if mark.likely:
            canvas.line([(x(mark.day), y(end)) for end in mark.likely], colour, 7, seen=0.45)
    for stretch in _stretches(side.rounds):
        canvas.line([(x(mark.day), y(_value(mark))) for mark in stretch], colour, 5)
    for mark in marks:
        canvas.mark(x(mark.day), y(_value(mark)), side.lens, 24, edge=2)
    first, last = marks[0], side.rounds[-1]
    size = largest_that_fits(
        (MIDDLE, SMALL), lambda size: canvas.width(first.printed, Type(size)) <= _LEFT - 14
    )
    beside = max(y(_value(first)), above + SMALL / 2)  # keeps off the heading
    canvas.write(_LEFT - 14, beside, first.printed, Type(size, colour=QUIET, align="right"))
    _last_number(canvas, side, y(last.value) if last.value is not None else (above + below) / 2)


def _heading(canvas: Canvas, side: ChartSide, y: float) -> None:
    names = [side.name, side.short_name] if can_be_drawn(side.name) else [side.short_name]
    texts = [f"{name} ({side.instrument})" for name in names]
    type_ = Type(MIDDLE, bold=True)
    room = WIDTH - 2 * _SIDE_MARGIN
    text = next((text for text in texts if canvas.width(text, type_) <= room), texts[-1])
    canvas.write(_SIDE_MARGIN, y, text, type_)


def _zones(canvas: Canvas, scale: ChartScale, y: Callable[[float], float]) -> None:
    for start, end, (word, colour) in zip(scale.cuts, scale.cuts[1:], ZONES.items(), strict=False):
        box = Box(_LEFT, y(end), _RIGHT, y(start))
        if box.bottom <= box.top:
            continue
        canvas.zone(box, colour, edged=False)
        if box.bottom - box.top >= _LEAST_WORD:
            middle = (box.top + box.bottom) / 2
            canvas.write(_RIGHT - 12, middle, word, Type(SMALL, colour=QUIET, align="right"))
    for border in (scale.mixed_from, scale.good_from):
        canvas.line([(_LEFT, y(border)), (_RIGHT, y(border))], EDGE, EDGE_POINTS * 100 / 72)


def _last_number(canvas: Canvas, side: ChartSide, y: float) -> None:
    """The number of now, right of the panel, with "about" above it or "or more" below it."""
    left = _RIGHT + _NUMBER_MARGIN
    if not side.printed:
        return

    def type_(size: float) -> Type:
        return Type(size, bold=True, colour=COLOURS[side.lens])

    room = WIDTH - 8 - left
    size = largest_that_fits(
        (BIGGEST, 48, 42, MIDDLE, SMALL), lambda size: canvas.width(side.printed, type_(size)) <= room
    )
    canvas.write(left, y, side.printed, type_(size))
    if side.printed_before:
        canvas.write(left, y - 46, side.printed_before, Type(SMALL, colour=QUIET))
    if side.printed_after:
        canvas.write(left, y + 46, side.printed_after, Type(SMALL, colour=QUIET))


def _dates(canvas: Canvas, days: Sequence[date], x: Callable[[date], float], y: float) -> None:
    """The first day, the last one, and of those in between every second one for which there is room."""
    between = days[1:-1] if len(days) <= _ALL_DATED else days[2:-2:2]
    taken = list[tuple[float, float]]()
    for day in dict.fromkeys([days[0], days[-1], *between]):
        text = f"{day.day} {_MONTHS[day.month - 1]}"
        half = canvas.width(text, _AMID) / 2
        start, end = x(day) - half - _APART, x(day) + half + _APART
        if all(end <= other_start or other_end <= start for other_start, other_end in taken):
            canvas.write(x(day), y, text, _AMID)
            taken.append((start + _APART, end - _APART))


def _along(days: Sequence[date]) -> Callable[[date], float]:
    """Where a day stands: both panels have the same days."""
    if not days:
        return lambda _: float(_FIRST)
    first, length = days[0], max((days[-1] - days[0]).days, 1)
    only = days[0] == days[-1]
    return lambda day: _LAST if only else _FIRST + (day - first).days / length * (_LAST - _FIRST)


def _shown_part(scale: ChartScale, marks: Sequence[ChartMark]) -> tuple[float, float]:
    """The part of the scale that the panel shows: every range and both borders, with some room."""
    seen = [scale.mixed_from, scale.good_from, *(_value(mark) for mark in marks)]
    seen += [end for mark in marks if mark.likely for end in mark.likely]
    room = _ROOM * (scale.high - scale.low) / 100
    return max(scale.low, min(seen) - room), min(scale.high, max(seen) + room)


def _stretches(rounds: Sequence[ChartMark]) -> Iterator[list[ChartMark]]:
    """The rounds that are joined by a line: it is broken where a round shows no number."""
    stretch = list[ChartMark]()
    for mark in rounds:
        if mark.value is not None:
            stretch.append(mark)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _marked(rounds: Sequence[ChartMark]) -> list[ChartMark]:
    return [mark for mark in rounds if mark.value is not None]


def _value(mark: ChartMark) -> float:
    return mark.value if mark.value is not None else 0.0
