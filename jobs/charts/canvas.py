"""A white page of 1200 x 675 pixels, or a longer one, on which pictures are drawn. Pure.

Places are in pixels from its top left corner.

Nothing here uses the global state of pyplot, so two pages may be drawn at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from matplotlib import get_data_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import Rectangle

from storage.records import Lens

WIDTH, HEIGHT = 1200, 675
PAPER, INK, QUIET, EDGE = "#FFFFFF", "#1D1C1D", "#4A4A4A", "#8A8A8A"
ZONES = {"poor": "#D9D9D9", "mixed": "#E9E9E9", "good": "#F6F6F6"}  # greys, darker is poorer
COLOURS = {Lens.CX: "#0072B2", Lens.UX: "#00795A"}
MARKERS = {Lens.CX: "o", Lens.UX: "s"}  # the sides are told apart by shape too
BIGGEST, BIG, MIDDLE, SMALL = 56, 44, 36, 34  # heights of type; nothing is smaller: 10 px on a phone of 360
EDGE_POINTS = 1.5
_DPI = 100
_POINTS = 72 / _DPI  # of one pixel


class Box(NamedTuple):
    """Where something stands, in pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Whether two boxes have more than an edge in common."""
        apart = self.right <= other.left or other.right <= self.left
        return not apart and self.top < other.bottom and other.top < self.bottom


class Words(NamedTuple):
    """Words on the page: how high their type is, their colour, and where they stand."""

    text: str
    size: float
    colour: str
    box: Box


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set: height, weight, colour, and which point of them `at` names."""

    size: float
    bold: bool = False
    colour: str = INK
    align: str = "left"


class Canvas:
    """One page, `height` pixels high; `words` are all that were written on it."""

    def __init__(self, height: int = HEIGHT) -> None:
        self.height = height
        figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(figure)
        self._axes = figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)
        self._axes.axis("off")
        self.words: list[Words] = []

    def write(self, x: float, y: float, text: str, type_: Type) -> Box:
        """Words on the line whose middle is `y`; gives where they stand."""
        shown = self._axes.text(
            x,
            y,
            text,
            fontsize=type_.size * _POINTS,
            fontproperties=_font(bold=type_.bold, size=type_.size * _POINTS),
            color=type_.colour,
            horizontalalignment=type_.align,
            verticalalignment="center",
            parse_math=False,  # a name may hold a dollar sign
        )
        extent = shown.get_window_extent(self._canvas.get_renderer())  # type: ignore[no-untyped-call]
        box = Box(extent.x0, self.height - extent.y1, extent.x1, self.height - extent.y0)
        self.words.append(Words(text, type_.size, type_.colour, box))
        return box

    def width(self, text: str, type_: Type) -> float:
        """How wide these words would be."""
        box = self.write(0, 0, text, type_)
        self._axes.texts[-1].remove()
        self.words.pop()
        return box.right - box.left

    def zone(self, box: Box, colour: str, *, edged: bool = True) -> None:
        """A part of a scale."""
        edge = EDGE if edged else "none"
        size = (box.right - box.left, box.bottom - box.top)
        self._axes.add_patch(
            Rectangle((box.left, box.top), *size, facecolor=colour, edgecolor=edge, linewidth=EDGE_POINTS)
        )

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, *, seen: float = 1
    ) -> None:
        """A line through points, `width` pixels wide; `seen` is its opacity."""
        self._axes.plot(
            [x for x, _ in points],
            [y for _, y in points],
            "-",
            color=colour,
            linewidth=width * _POINTS,
            solid_capstyle="butt",
            alpha=seen,
        )

    def mark(self, x: float, y: float, lens: Lens, size: float, *, edge: float, hollow: bool = False) -> None:
        """A circle or a square of `size` pixels, with an edge of `edge` points: filled, or hollow."""
        self._axes.plot(
            [x],
            [y],
            MARKERS[lens],
            markersize=size * _POINTS,
            markerfacecolor=PAPER if hollow else COLOURS[lens],
            markeredgecolor=QUIET if hollow else PAPER,
            markeredgewidth=edge,
        )

    def png(self) -> bytes:
        """The page as a picture; the same bytes for the same page."""
        made = BytesIO()
        self._canvas.print_png(made, metadata={"Software": None})  # type: ignore[no-untyped-call]
        return made.getvalue()


def largest_that_fits(sizes: Sequence[float], fits: Callable[[float], bool]) -> float:
    """The first of these sizes that fits; where none does, the last."""
    return next((size for size in sizes if fits(size)), sizes[-1])


def can_be_drawn(text: str) -> bool:
    """Whether the typeface has every letter of a text."""
    return all(ord(letter) in _letters() for letter in text)


@cache
def _letters() -> frozenset[int]:
    return frozenset(get_font(_file(bold=True)).get_charmap()) & frozenset(
        get_font(_file(bold=False)).get_charmap()
    )


def _file(*, bold: bool) -> str:
    return str(Path(get_data_path(), "fonts", "ttf", f"DejaVuSans{'-Bold' if bold else ''}.ttf"))


def _font(*, bold: bool, size: float) -> FontProperties:
    """DejaVu Sans as matplotlib brings it, whatever is installed or set on this machine."""
    return FontProperties(fname=_file(bold=bold), size=size)
