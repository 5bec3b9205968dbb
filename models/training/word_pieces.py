"""The table of word pieces that the accurate model carries: what an English comment can be made of."""

import copy
from collections.abc import Collection, Mapping
from typing import Any


def kept(table: Mapping[str, Any], met: Collection[int]) -> list[int]:
    """The numbers of the pieces to keep, rising.

    Left out are pieces that were never given a meaning and those of other scripts that no text held. English
    pieces that no text held stay: the base knows what they mean.
    """
    special = {token["content"] for token in table["added_tokens"]}
    return [
        number
        for piece, number in sorted(table["model"]["vocab"].items(), key=lambda each: each[1])
        if piece in special or number in met or (piece.isascii() and not piece.startswith("[unused"))
    ]


def renumbered(table: Mapping[str, Any], numbers: Collection[int]) -> dict[str, Any]:
    """The tokenizer's table with only these pieces, numbered from 0 in the order given."""
    new = {old: at for at, old in enumerate(numbers)}
    made = copy.deepcopy(dict(table))
    made["model"]["vocab"] = {
        piece: new[old]
        for piece, old in sorted(made["model"]["vocab"].items(), key=lambda each: each[1])
        if old in new
    }
    for token in made["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in made["post_processor"]["special_tokens"].values():
        token["ids"] = [new[old] for old in token["ids"]]
    return made
