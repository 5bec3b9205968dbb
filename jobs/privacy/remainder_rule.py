"""Which numbers of a cut may be shown, so that none can be worked out that may not. Pure.

Readers subtract: of 20 comments 16 are negative, so 4 are not. So a number is shown only if it is large
enough itself, and if what is left of every shown number without the shown numbers inside it is large enough
too. A rest of nobody is too small as well: it would say of each hidden part that nobody is in it.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A number that may be shown, with the numbers inside it, which have nobody in common."""

    name: Hashable
    count: int
    parts: tuple["Part", ...] = ()


def may_be_shown(whole: Part, k: int) -> frozenset[Hashable]:
    """The names of the parts that may be shown beside the whole, which is always shown.

    Where a rest is under `k`, the smallest number in it joins it (the last of equal ones), again and again.
    """
    shown = {part.name for part in _inside(whole) if part.count >= k}
    while small := _parts_of_a_small_rest(whole, shown, k):
        place = min(range(len(small)), key=lambda place: (small[place].count, -place))
        shown.remove(small[place].name)
    return frozenset(shown)


def _inside(part: Part) -> Iterator[Part]:
    for inner in part.parts:
        yield inner
        yield from _inside(inner)


def _parts_of_a_small_rest(whole: Part, shown: set[Hashable], k: int) -> list[Part]:
    """The largest shown parts of the first shown number that has too small a rest; empty if there is none."""
    for part in (whole, *(inner for inner in _inside(whole) if inner.name in shown)):
        largest = list(_largest_shown(part, shown))
        if largest and part.count - sum(inner.count for inner in largest) < k:
            return largest
    return []


def _largest_shown(part: Part, shown: set[Hashable]) -> Iterator[Part]:
    for inner in part.parts:
        if inner.name in shown:
            yield inner
        else:
            yield from _largest_shown(inner, shown)
