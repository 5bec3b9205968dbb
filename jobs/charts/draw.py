"""Draws the two pictures. What draws them is large: it is imported when the first one is drawn."""

from collections.abc import Sequence

from jobs.charts.chart_side import ChartSide


def strips(sides: Sequence[ChartSide]) -> bytes:
    """The picture in the post of a digest, of two sides or more, as PNG; takes a moment: use a thread."""
    from jobs.charts.strip_chart import draw_strips  # noqa: PLC0415 - brings matplotlib

    return draw_strips(sides).png()


def history(sides: Sequence[ChartSide]) -> bytes:
    """The picture of the last rounds of one or two sides, as PNG; takes a moment too."""
    from jobs.charts.history_chart import draw_history  # noqa: PLC0415 - brings matplotlib

    return draw_history(sides).png()
