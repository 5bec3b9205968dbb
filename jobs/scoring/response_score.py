"""One person's answers to one questionnaire, as a number. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from jobs.instruments import Instrument, Scoring
from storage.records import Response


class Answer(NamedTuple):
    """A response and its own score: the point chosen, or 0 to 100 where items are summed."""

    response: Response
    score: float


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


def latest_answers(instrument: Instrument, responses: Iterable[Response]) -> list[Answer]:
    """The latest answer of each person to this instrument that can be scored.

    Left out are responses to other instruments, and those off the scale or with too few items: none is
    changed to fit. The order of the responses does not matter.
    """
    kept: dict[str, Answer] = {}
    for response in responses:
        if response.wave.pulse.instrument != instrument.key:
            continue
        score = _scored(instrument, response)
        if score is None:
            continue
        other = kept.get(response.respondent)
        if other is None or _when(response) > _when(other.response):
            kept[response.respondent] = Answer(response, score)
    return [kept[respondent] for respondent in sorted(kept)]


def _scored(instrument: Instrument, response: Response) -> float | None:
    try:
        return response_score(instrument, response.points)
    except ValueError:
        return None


def _when(response: Response) -> tuple[datetime, datetime, str]:
    """The order of a person's responses; two at the same moment are ordered by their wave."""
    return response.answered_at, response.wave.opened_at, response.wave.id
