"""The picture in the post of a digest: one strip a side, with now, the likely range, and the score before."""

from collections.abc import Callable, Sequence

from jobs.charts.canvas import (
    BIG,
    BIGGEST,
    COLOURS,
    INK,
    MIDDLE,
    PAPER,
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
from jobs.charts.chart_side import ChartScale, ChartSide

_LEFT, _RIGHT = 40, WIDTH - 40
_FIRST, _WHOLE, _SHORT = (
    18,
    312,
    190,
)  # where the first side begins; how high one is, with its scale named or not
_HEADING, _STRIP, _SHORT_STRIP, _HIGH = 32, 122, 72, 100  # below the top of a side; how high its strip is
_BELOW_KEY, _ROOM = 33, 26  # below the words of the key; above them where the last side is a short one
_GAP = 14
_RIM = 8  # pixels by which a mark must look out to be seen
_LEAST_ROOM = 40  # between a heading and its number
_QUIET = Type(SMALL, colour=QUIET)
_AMID = Type(SMALL, colour=QUIET, align="center")


def draw_strips(sides: Sequence[ChartSide]) -> Canvas:
    """The page with the strips of two sides or more, the first one above.

    A third one and those after it stand close under a side with the same scale, which is named there.
    """
    short = [place > 1 and side.scale == sides[place - 1].scale for place, side in enumerate(sides)]
    heights = [_SHORT if is_short else _WHOLE for is_short in short]
    key = _FIRST + sum(heights) + (_ROOM if short[-1] else 0)
    canvas = Canvas(key + _BELOW_KEY)
    top = _FIRST
    for side, height, is_short in zip(sides, heights, short, strict=True):
        _heading(canvas, side, top + _HEADING)
        _strip(canvas, side, top + (_SHORT_STRIP if is_short else _STRIP), named=not is_short)
        top += height
    canvas.write(WIDTH / 2, key, _key(sides), _AMID)
    return canvas


def _heading(canvas: Canvas, side: ChartSide, y: float) -> None:
    start = _number(canvas, side, y)
    room = (start - _LEAST_ROOM if start < _RIGHT else _RIGHT) - _LEFT

    def fits(text: str, size: float) -> bool:
        return canvas.width(text, Type(size, bold=True)) <= room

    names = [side.name, side.short_name] if can_be_drawn(side.name) else [side.short_name]
    texts = [f"{name}: {side.word}" for name in names]
    text = next((text for text in texts if fits(text, BIG)), texts[-1])
    size = largest_that_fits((BIG, 40, MIDDLE, SMALL), lambda size: fits(text, size))
    canvas.write(_LEFT, y, text, Type(size, bold=True, colour=INK))


def _number(canvas: Canvas, side: ChartSide, y: float) -> float:
    """The number of now at the right edge, its instrument before it; gives where they begin."""
    start = float(_RIGHT)
    if not side.printed:
        return start
    small, right = Type(SMALL, colour=QUIET, align="right"), y + 2  # sits on the line of the number
    if side.printed_after:
        start = canvas.write(start, right, side.printed_after, small).left - _GAP
    number = Type(BIGGEST, bold=True, colour=COLOURS[side.lens], align="right")
    start = canvas.write(start, y, side.printed, number).left - _GAP
    before = " ".join(filter(None, (side.instrument, side.printed_before)))
    return canvas.write(start, right, before, small).left


def _strip(canvas: Canvas, side: ChartSide, above: float, *, named: bool) -> None:
    """A strip from the height `above` down; its zones and borders are `named`, or the strip above does it."""
    below = above + _HIGH
    if side.scale is None:
        canvas.zone(Box(_LEFT, above, _RIGHT, below), PAPER)
        return
    at = _places(side.scale)
    for start, end, (word, colour) in zip(side.scale.cuts, side.scale.cuts[1:], ZONES.items(), strict=False):
        canvas.zone(Box(at(start), above, at(end), below), colour)
        if named:
            canvas.write((at(start) + at(end)) / 2, above - 26, word, _AMID)
    aligned = ("left", "center", "center", "right")
    for cut, printed, align in (
        zip(side.scale.cuts, side.scale.printed, aligned, strict=True) if named else ()
    ):
        canvas.write(at(cut), below + 28, printed, Type(SMALL, colour=QUIET, align=align))
    _marks(canvas, side, at, (above + below) / 2)


def _marks(canvas: Canvas, side: ChartSide, at: Callable[[float], float], y: float) -> None:
    """The likely range, the score before on it, and the score of now on top."""
    colour = COLOURS[side.lens]
    if side.value is None:
        return
    if side.likely:
        canvas.line([(at(end), y) for end in side.likely], colour, 10)
        for end in side.likely:
            canvas.line([(at(end), y - 17), (at(end), y + 17)], colour, 6)
    if side.before is not None:
        canvas.mark(at(side.before), y, side.lens, 40, edge=3.2, hollow=True)
    canvas.mark(at(side.value), y, side.lens, 46, edge=2.5)


def _places(scale: ChartScale) -> Callable[[float], float]:
    """Where a value stands on the strip."""
    pixels = (_RIGHT - _LEFT) / (scale.high - scale.low)
    return lambda value: _LEFT + (value - scale.low) * pixels


def _key(sides: Sequence[ChartSide]) -> str:
    """What the marks are; only of those that are drawn."""
    drawn = [side for side in sides if side.value is not None and side.scale]
    if not drawn:
        return ""
    seen = _name_of({side.before_name for side in drawn if _sees_before(side)})
    behind = "" if seen else _name_of({side.before_name for side in drawn if side.before is not None})
    parts = [
        f"filled: now and {behind}" if behind else "filled: now",
        "bar: likely range" if any(side.likely for side in drawn) else "",
        f"hollow: {seen}" if seen else "",
    ]
    return " · ".join(filter(None, parts))


def _name_of(before: set[str]) -> str:
    return before.pop() if len(before) == 1 else "the score before" if before else ""


def _sees_before(side: ChartSide) -> bool:
    """Whether the mark of the score before is more than a rim behind the one of now."""
    if side.before is None or side.value is None or side.scale is None:
        return False
    at = _places(side.scale)
    return abs(at(side.before) - at(side.value)) > _RIM
