"""What can be worked out from printed numbers."""

import pytest

from tests.simulation.span import masks, nested_differences, smallest_cover


def of(*ranges: range) -> frozenset[int]:
    """The answers with these numbers."""
    return frozenset(number for numbers in ranges for number in numbers)


def test_whole_rounds_only() -> None:
    """Rounds and their sums never come to fewer than the smallest round."""
    first, second, third = of(range(12)), of(range(12, 25)), of(range(25, 35))
    rows = masks([first, second, third, first | second, first | second | third, first | third])
    assert smallest_cover(rows) == 10
    assert set(nested_differences(rows)) == {10, 12, 13, 22, 23, 25}


def test_a_difference_of_two() -> None:
    """Eleven less ten of them is one."""
    assert smallest_cover(masks([of(range(11)), of(range(10))])) == 1


def test_three_overlapping_numbers() -> None:
    """Three sums of two groups each give every group, though no two of them differ by few."""
    a, b, c = of(range(4)), of(range(4, 24)), of(range(24, 44))
    rows = masks([a | b, b | c, a | c])
    assert not list(nested_differences(rows))
    assert smallest_cover(rows) == 4


@pytest.mark.parametrize("rows,size", [([], 0), ([of(range(10))], 10), ([of(range(10)), of(range(10))], 10)])
def test_few_numbers(rows: list[frozenset[int]], size: int) -> None:
    """One number covers its answers, however often it is printed."""
    assert smallest_cover(masks(rows)) == size
