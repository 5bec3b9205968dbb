from hypothesis import given
from hypothesis import strategies as st

from jobs.classification.model.weights import pack, unpack

STEPS = st.integers(-2_000_000, 2_000_000)


@given(STEPS, STEPS)
def test_what_is_packed_comes_out_again(negative: int, positive: int) -> None:
    """Both weights survive the model file, whatever their signs."""
    assert unpack(pack(negative, positive)) == (negative, positive)


@given(st.lists(st.tuples(st.integers(-2_000, 2_000), st.integers(-2_000, 2_000)), max_size=2_000))
def test_to_add_is_to_add_both(weights: list[tuple[int, int]]) -> None:
    """The sum of packed pairs is the packed pair of their sums, for more grams than a comment can have."""
    sums = sum(first for first, _ in weights), sum(second for _, second in weights)
    assert unpack(sum(pack(*pair) for pair in weights)) == sums
