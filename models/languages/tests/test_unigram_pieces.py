import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

if os.environ.get("CI") != "true":  # there nothing is skipped
    pytest.importorskip("bifocal_languages", reason="not installed: pip install -e models/languages")

from bifocal_languages.pieces import BEGIN, END, MOST, UNKNOWN, Pieces, within

SCORES = {"▁": -2.0, "▁gut": -1.0, "e": -3.0, "▁g": -2.5, "ut": -2.0, "▁gute": -5.0}
CUT = Pieces(SCORES)
NUMBER = {piece: number for number, piece in enumerate(SCORES, 4)}


def test_the_likeliest_cut_is_taken() -> None:
    """Two likely pieces beat a longer one that is less likely than both together."""
    assert CUT("gut") == [BEGIN, NUMBER["▁gut"], END]
    assert CUT(" gute ") == [BEGIN, NUMBER["▁gut"], NUMBER["e"], END]


def test_a_letter_without_a_piece_is_unknown() -> None:
    """What the table does not hold costs more than any piece, and is kept as unknown."""
    assert CUT("gutx") == [BEGIN, NUMBER["▁gut"], UNKNOWN, END]


@given(st.text(max_size=300))
def test_any_text_is_cut(text: str) -> None:
    """It begins and ends as it should, and is never too long."""
    ids = CUT(text)
    assert ids[0] == BEGIN
    assert ids[-1] == END
    assert len(ids) <= MOST


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    """The first 48 and the last 32."""
    assert within(list(range(100))) == [*range(48), *range(68, 100)]
