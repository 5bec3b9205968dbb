"""The two pictures of a digest: records in, PNG bytes out. The only place that knows matplotlib. Pure.

Not here: which scores are drawn (figures), the words that stand for a picture (messages), its way into Slack.
"""

from jobs.charts.chart_side import ChartMark, ChartRange, ChartScale, ChartSide
from jobs.charts.draw import history, strips

__all__ = ["ChartMark", "ChartRange", "ChartScale", "ChartSide", "history", "strips"]
