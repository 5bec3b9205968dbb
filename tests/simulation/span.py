"""What can be worked out from printed numbers by adding and subtracting them: exact, over the rationals."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

Answer = TypeVar("Answer")


def masks(rows: Iterable[frozenset[Answer]]) -> list[int]:
    """Each row once, as a number with a bit for each answer."""
    bits: dict[Answer, int] = {}
    found = set()
    for row in rows:
        mask = 0
        for answer in row:
            mask |= bits.setdefault(answer, 1 << len(bits))
        found.add(mask)
    return sorted(found)


def atoms(rows: Sequence[int]) -> list[int]:
    """The smallest groups of answers that always stand in a number together."""
    groups: list[int] = []
    for row in rows:
        split = [part for group in groups for part in (group & row, group & ~row) if part]
        fresh = row
        for group in groups:
            fresh &= ~group
        groups = [*split, fresh] if fresh else split
    return groups


def reduced(rows: Sequence[int]) -> list[tuple[list[Fraction], list[int]]]:
    """The rows after Gauss and Jordan: for each its coefficients, with the atoms that they stand for."""
    groups = atoms(rows)
    matrix = [[Fraction(bool(row & group)) for group in groups] for row in rows]
    place = 0
    for column in range(len(groups)):
        pivot = next((line for line in range(place, len(matrix)) if matrix[line][column]), None)
        if pivot is None:
            continue
        matrix[place], matrix[pivot] = matrix[pivot], matrix[place]
        head = matrix[place][column]
        matrix[place] = [value / head for value in matrix[place]]
        for line, values in enumerate(matrix):
            if line != place and values[column]:
                factor = values[column]
                matrix[line] = [a - factor * b for a, b in zip(values, matrix[place], strict=True)]
        place += 1
    return [(values, groups) for values in matrix[:place]]


def covered(values: Sequence[Fraction], groups: Sequence[int]) -> int:
    """How many answers a combination of rows covers."""
    return sum(group.bit_count() for value, group in zip(values, groups, strict=True) if value)


def smallest_cover(rows: Sequence[int]) -> int:
    """The fewest answers that a row covers, or a difference of two, as printed or row-reduced; 0 if none."""
    return min((size for size in _covers(rows) if size), default=0)


def nested_differences(rows: Sequence[int]) -> Iterator[int]:
    """How many answers one number has more than another that lies in it."""
    for first, second in combinations(rows, 2):
        if first & second in (first, second):
            yield (first ^ second).bit_count()


def _covers(rows: Sequence[int]) -> Iterator[int]:
    yield from (row.bit_count() for row in rows)
    yield from ((first ^ second).bit_count() for first, second in combinations(rows, 2))
    basis = reduced(rows)
    yield from (covered(values, groups) for values, groups in basis)
    for (first, groups), (second, _) in combinations(basis, 2):
        yield covered([a - b for a, b in zip(first, second, strict=True)], groups)
