"""Intervals and tests for small samples. Pure. Every formula names its source.

Contract for this module (filled in by its author): see the functions named in the plan.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A range from `low` to `high`, in the unit of what it is a range of."""

    low: float
    high: float
