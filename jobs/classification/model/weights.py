"""What a gram weighs for negative and for positive, as one number: to add numbers adds both at once.

The trainer writes such numbers into the model file; the classifier adds them and takes the sums apart.
"""

_BITS = 24  # for the half of positive: more than all words of a comment can sum up to
HALF, MASK = 1 << _BITS - 1, (1 << _BITS) - 1


def pack(negative: int, positive: int) -> int:
    """Two whole numbers between -HALF and HALF as one."""
    return (negative << _BITS) + positive


def unpack(weights: int) -> tuple[int, int]:
    """The two numbers of `pack`, or the two sums of a sum of such numbers."""
    negative = weights + HALF >> _BITS
    return negative, weights - (negative << _BITS)
