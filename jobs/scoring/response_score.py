"""One person's answers to one questionnaire, as a number. Pure."""

from collections.abc import Mapping

from jobs.instruments import Instrument, Scoring


def response_score(instrument: Instrument, points: Mapping[int, int]) -> float | None:
    """The score of one person's points by item (from 1); None when too few items are answered.

    It is the point chosen; or, where items are summed, 0 to 100: the points given, turned so that high is
    good, as a share of the most that the answered items could give. For SUS with all items that is
    Brooke's sum x 2.5, with one missing Lewis and Sauro's sum x 100/36. Raises ValueError for an item or
    a point that the instrument does not have.
    """
    for item, point in points.items():
        if not 1 <= item <= instrument.item_count or point not in instrument.scale:
            raise ValueError(f"{instrument.name} has no point {point} on item {item}")
    if len(points) < (instrument.min_answered or instrument.item_count):
        return None
    low, high, count = instrument.scale.low, instrument.scale.high, len(points)
    turned = sum(low + high - p if item in instrument.reversed_items else p for item, p in points.items())
    if instrument.scoring is Scoring.SUM:
        return 100 * (turned - count * low) / (count * (high - low))
    return turned / count


def straight_lined(instrument: Instrument, points: Mapping[int, int]) -> bool:
    """Whether one point was chosen all through a form in which half of the items are turned."""
    return bool(instrument.reversed_items) and len(points) > 1 and len(set(points.values())) == 1
