"""What a gram weighs for negative and for positive: a number in the model file, a pair where it is read."""

from typing import NamedTuple

_BITS = 24
_HALF = 1 << _BITS - 1


class Weights(NamedTuple):
    """Two whole numbers of steps; what speaks for neutral is their negative sum."""

    negative: int
    positive: int


def pack(negative: int, positive: int) -> int:
    """Both weights as the one number of the model file; `positive` is between -2**23 and 2**23."""
    return (negative << _BITS) + positive


def unpack(packed: int) -> Weights:
    """The weights that `pack` put into one number."""
    negative = packed + _HALF >> _BITS
    return Weights(negative, packed - (negative << _BITS))
