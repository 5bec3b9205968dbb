"""What each topic adds to a net score. Pure."""

from collections.abc import Mapping
from typing import TypeVar

from jobs.inference import Counts

Topic = TypeVar("Topic")


def contributions(topics: Mapping[Topic, Counts]) -> dict[Topic, float]:
    """Points that each topic's people add to the net score: 100 (favourable - unfavourable) / n of all.

    Every person stands under one topic, so the parts add up to the score exactly; empty for nobody. It shows
    no causes, and is to be shown only for topics, and a rest, of enough people.
    """
    n = sum(counts.n for counts in topics.values())
    return {topic: 100 * (c.favourable - c.unfavourable) / n for topic, c in topics.items()} if n else {}
