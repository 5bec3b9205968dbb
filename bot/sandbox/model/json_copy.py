"""Copies of JSON values: all that stands in the fake Slack is copied when it comes in."""

from typing import TypeVar

T = TypeVar("T")


def copied(value: T) -> T:
    """The value with objects and lists of its own; several times faster than `copy.deepcopy`."""
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}  # type: ignore[return-value]
    if isinstance(value, list):
        return [copied(one) for one in value]  # type: ignore[return-value]
    return value
