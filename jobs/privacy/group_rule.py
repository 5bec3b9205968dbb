"""What may be shown of a group: the whole must be large enough, and so must every part. Pure."""


def showable(count: int, min_group: int) -> bool:
    """Whether a part of a group may be shown: it is empty, or large enough."""
    return count == 0 or count >= min_group
