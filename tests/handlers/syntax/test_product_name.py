"""The name of a product, the words in a question."""

import pytest

from handlers.syntax.product_name import InvalidName, read_subject


@pytest.mark.parametrize(
    "name", ["A", "x" * 60, "R&D <beta>", "the support you just received", "Ünïcode ✓", "👩\u200d🔧"]
)
def test_names(name: str) -> None:
    """1 to 60 characters of any script."""
    assert read_subject(f" {name}  ") == name


@pytest.mark.parametrize(
    "name, says",
    [
        ("", "at least one character"),
        (" \u00a0 ", "at least one character"),
        ("\u200d", "at least one character"),
        ("x" * 61, "at most 60 characters; this one has 61"),
        ("a\nb", "one line"),
        ("*bold*", "Leave out the * in"),
        ("snake_case", "Leave out the _ in"),
        ("~gone~", "Leave out the ~ in"),
        ("`code`", "Leave out the backtick in"),
    ],
)
def test_what_is_no_name(name: str, says: str) -> None:
    """Empty, long, broken over lines or marked with formatting: refused with a sentence."""
    with pytest.raises(InvalidName) as refused:
        read_subject(name)
    assert says in str(refused.value)
