"""A range. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A range from `low` to `high`, in the unit of the figure that it belongs to."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def within(self, low: float, high: float) -> "Interval":
        """The part of it that lies on a scale from `low` to `high`."""
        return Interval(min(max(self.low, low), high), max(min(self.high, high), low))

    def times(self, factor: float) -> "Interval":
        """The same range in a unit that is `factor` (above 0) times finer."""
        return Interval(self.low * factor, self.high * factor)


def around(middle: float, reach: float) -> Interval:
    """The range that reaches `reach` (0 or more) to both sides of `middle`."""
    return Interval(middle - reach, middle + reach)
