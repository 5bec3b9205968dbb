"""What may be shown of a group."""

from jobs.privacy.group_rule import showable, smallest_group
from tests.jobs.responses import response, wave_of


def test_nobody_or_enough() -> None:
    """A part is shown when nobody is in it, or enough people are."""
    assert [count for count in range(8) if showable(count, 5)] == [0, 5, 6, 7]


def test_a_promise_is_kept() -> None:
    """Where a question promised a larger group, that holds."""
    given = [response(wave_of("nps", min_group=k), f"r{k}", 9) for k in (5, 8)]
    assert smallest_group(5, given) == 8
    assert smallest_group(10, given) == 10
    assert smallest_group(5, []) == 5
