"""What may be shown of a group."""

from jobs.privacy.group_rule import showable


def test_nobody_or_enough() -> None:
    """A part is shown when nobody is in it, or enough people are."""
    assert [count for count in range(8) if showable(count, 5)] == [0, 5, 6, 7]
