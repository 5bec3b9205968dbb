"""The accurate model's table of word pieces."""

from typing import Any

import pytest

from models.training import word_pieces

PIECES = ["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "slow", "##ly", "das", "東", "й", "##s"]


@pytest.fixture
def table() -> dict[str, Any]:
    """A small table of a tokenizer."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    return {
        "added_tokens": [{"id": PIECES.index(piece), "content": piece} for piece in special],
        "post_processor": {
            "special_tokens": {
                piece: {"ids": [PIECES.index(piece)], "tokens": [piece]} for piece in ("[CLS]", "[SEP]")
            },
        },
        "model": {"vocab": {piece: at for at, piece in enumerate(PIECES)}},
    }


def names(table: dict[str, Any], met: set[int]) -> list[str]:
    """The pieces that are kept."""
    return [PIECES[number] for number in word_pieces.kept(table, met)]


def test_english_pieces_stay_though_no_text_held_them(table: dict[str, Any]) -> None:
    """The base knows them; those of other scripts and those without a meaning go."""
    assert names(table, set()) == ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "slow", "##ly", "das", "##s"]


def test_a_piece_of_another_script_stays_when_a_text_held_it(table: dict[str, Any]) -> None:
    """Then it has learnt something."""
    assert "й" in names(table, {PIECES.index("й")})


def test_the_smaller_table_names_rows_in_the_order_kept(table: dict[str, Any]) -> None:
    """A number of the smaller table is the place of its row, so both agree on what a piece means."""
    numbers = word_pieces.kept(table, {PIECES.index("東")})
    smaller = word_pieces.renumbered(table, numbers)
    assert [PIECES[number] for number in numbers] == list(smaller["model"]["vocab"])
    assert list(smaller["model"]["vocab"].values()) == list(range(len(numbers)))
    assert {token["content"]: token["id"] for token in smaller["added_tokens"]} == {
        "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3,
    }  # fmt: skip
    assert [token["ids"] for token in smaller["post_processor"]["special_tokens"].values()] == [[2], [3]]


def test_the_table_given_is_left_as_it_was(table: dict[str, Any]) -> None:
    """The caller still has the whole one."""
    word_pieces.renumbered(table, [0, 2, 3, 4, 5])
    assert len(table["model"]["vocab"]) == len(PIECES)
