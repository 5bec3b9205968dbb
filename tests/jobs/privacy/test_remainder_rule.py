"""No number that is hidden can be worked out from those that are shown."""

from collections.abc import Iterator
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.privacy.remainder_rule import Part, may_be_shown


def cut(*counts: int) -> Part:
    """A whole of 20 with parts that are named by their place."""
    return Part("all", 20, tuple(Part(place, count) for place, count in enumerate(counts)))


@pytest.mark.parametrize(
    "counts,shown",
    [
        ((7, 13), {1}),  # a shown 7 beside a shown 13 would say that nobody is in any other part
        ((7, 6), {0, 1}),  # rest 7
        ((10, 6, 4), {0}),  # the 4 takes the 6 along: rest 10
        ((16, 4), set[int]()),  # 16 would leave 4
        ((20,), set[int]()),  # all of one kind: nothing is said
        ((15, 5), {0}),
        ((5, 5, 5, 5), {0, 1, 2}),
        ((4, 4, 4, 4, 4), set[int]()),
        ((15,), {0}),
    ],
)
def test_a_cut_of_twenty(counts: tuple[int, ...], shown: set[int]) -> None:
    """Small parts are hidden, and with them so many others that the rest is of five or more."""
    assert may_be_shown(cut(*counts), 5) == shown


def test_a_part_inside_a_part() -> None:
    """Of 20, 14 have a topic, 9 of them support: the rest of the 14 is 5, so both may be shown."""
    whole = Part("all", 20, (Part("topic", 14, (Part("support", 9), Part("price", 3))),))
    assert may_be_shown(whole, 5) == {"topic", "support"}
    assert may_be_shown(Part("all", 20, (Part("topic", 13, (Part("support", 9),)),)), 5) == {"topic"}
    assert may_be_shown(Part("all", 17, (Part("topic", 13, (Part("support", 8),)),)), 5) == {"support"}


@st.composite
def parts(draw: st.DrawFn, depth: int = 2, name: str = "all") -> Part:
    """Any whole with parts in parts."""
    inner = draw(st.lists(st.none(), max_size=4)) if depth else []
    below = tuple(draw(parts(depth - 1, f"{name}.{place}")) for place in range(len(inner)))
    own = draw(st.integers(0, 9))
    return Part(name, own + sum(part.count for part in below), below)


def everything(part: Part) -> Iterator[Part]:
    """A part and all that is inside it."""
    yield part
    for inner in part.parts:
        yield from everything(inner)


@given(parts(), st.integers(5, 8))
def test_no_difference_is_small(whole: Part, k: int) -> None:
    """No shown number, less any shown numbers inside it that have nobody in common, is under k."""
    names = may_be_shown(whole, k)
    shown = [part for part in everything(whole) if part.name in names]
    assert all(part.count >= k for part in shown)
    for part in [whole, *shown]:
        inside = [inner for inner in everything(part) if inner is not part and inner.name in names][:8]
        some = chain.from_iterable(combinations(inside, size) for size in range(1, len(inside) + 1))
        for taken in some:
            apart = all(
                a is b or a not in list(everything(b)) for a in taken for b in taken
            )  # nobody in common
            if apart:
                assert part.count - sum(inner.count for inner in taken) >= k
