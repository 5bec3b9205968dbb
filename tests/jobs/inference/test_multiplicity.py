"""Many tests at once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.inference.multiplicity import benjamini_hochberg, holm
from tests.jobs.vectors import agrees, vectors

P_VALUES = st.lists(st.floats(0, 1), max_size=20)


@vectors("mult.bh")
def test_benjamini_hochberg(vector: dict[str, Any]) -> None:
    """Of the fifteen tests of the paper four hold."""
    adjusted = benjamini_hochberg(vector["inputs"]["p"])
    agrees(vector, rejected=sum(p <= vector["inputs"]["q"] for p in adjusted), adj_4=adjusted[3])


@vectors("mult.holm")
def test_holm(vector: dict[str, Any]) -> None:
    """Of the same fifteen three hold when no error at all is wanted."""
    agrees(vector, rejected=sum(p <= vector["inputs"]["alpha"] for p in holm(vector["inputs"]["p"])))


@given(P_VALUES)
def test_adjusting_only_doubts(p_values: list[float]) -> None:
    """An adjusted p is never smaller than its own, keeps the order, and Holm's doubts most."""
    gentle, strict = benjamini_hochberg(p_values), holm(p_values)
    for own, one, other in zip(p_values, gentle, strict, strict=True):
        assert own <= one * (1 + 1e-12)
        assert one <= other * (1 + 1e-12)
        assert other <= 1
    assert sorted(p_values) == pytest.approx([p for _, p in sorted(zip(strict, p_values, strict=True))])
