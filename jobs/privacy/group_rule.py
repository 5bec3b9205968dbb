"""What may be shown of a group: the whole must be large enough, and so must every part. Pure."""

from collections.abc import Iterable

from storage.records import Response


def showable(count: int, min_group: int) -> bool:
    """Whether a part of a group may be shown: it is empty, or large enough."""
    return count == 0 or count >= min_group


def smallest_group(min_group: int, responses: Iterable[Response]) -> int:
    """The smallest group that may be shown: `min_group`, or more where a question promised more."""
    return max([min_group, *(response.wave.pulse.min_group for response in responses)])
